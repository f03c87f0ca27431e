"""The audit: the person's own guess first, then one card at a time, while the range narrows."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from outgrow.model.fault import Fault
from outgrow.model.judgement import Reason, Value
from outgrow.model.share import Certainty
from outgrow.reports.audit import AnswerView, AuditView
from outgrow.reports.charts import scale
from outgrow.reports.charts.chart import Chart
from outgrow.reports.words import count
from outgrow.web.visit import Route, Visit
from outgrow.workflows.hold_audit import AuditSession, NoCard, NothingToAudit

_MOST_CARDS = 10_000
_LINES, _LINES_ALIKE, _MOST_LINES = 12, 5, 150  # of a card: in sight, where all say the same, and at all
_DISCOMFORTS = range(1, 6)
_SAID = {Value.DEPTH: "depth", Value.GROWTH: "growth", Value.OUTSIDE: "not work", None: "skipped"}


class NoAnswer(Fault):
    """What was sent is no answer to a card."""

    exit_code = 2


class _NotSaid(NoAnswer):
    """The guess is no number, and was not left open either."""


def show(visit: Visit) -> Response:
    """Show what comes next in the audit of a period: the guess, a card, or how it ended."""
    try:
        session = _open(visit)
    except NothingToAudit:
        return visit.page("audit_nothing.html", here="audit", period=visit.period)
    return _show(visit, session)


def answer(visit: Visit) -> Response:
    """Take what was said, and show what comes next."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of the audit's. Open the audit again."
        raise NoAnswer(message)
    try:
        session = _open(visit)
    except NothingToAudit:
        return visit.go("audit", period=visit.period.words)
    try:
        told = do(visit, session)
    except NoCard as fault:
        told = str(fault)
    except _NotSaid as fault:
        return _show_guess(visit, session, str(fault))
    return _go_on(visit, session, told)


def _go_on(visit: Visit, session: AuditSession, told: str) -> Response:
    """Show the next page: at once where a script asks, else by leading there."""
    if "x-swap" not in visit.request.headers:
        return visit.go("audit", tell=told, period=session.period.words, cards=visit.asked("cards"))
    visit.desk.notice = told
    return _show(visit, session)


def _open(visit: Visit) -> AuditSession:
    """Return the session that is kept, or a new one; raises NothingToAudit."""
    kept = visit.desk.kept.get("audit")
    if (
        not isinstance(kept, AuditSession)
        or kept.period.words != visit.period.words
        or not kept.resume(visit.workspace)
    ):
        kept = AuditSession(visit.workspace, visit.period)
        visit.desk.kept["audit"] = kept
    kept.offer(_cards(visit) or kept.usual)
    return kept


def _cards(visit: Visit) -> int:
    """Return until how many answered cards the person wants to go on, 0 if nothing is said of it."""
    said = visit.asked("cards")
    return min(int(said), _MOST_CARDS) if said.isdecimal() and len(said) < 9 else 0  # noqa: PLR2004 - no count is longer


def _show(visit: Visit, session: AuditSession) -> Response:
    view = session.view()
    if not session.begun:
        return _show_guess(visit, session)
    narrow = view.enough and not _cards(visit)
    if view.card is None or narrow or visit.asked("stop"):
        return _page(visit, "audit_end.html", view, chart=_scale(view, ended=True))
    alike = session.alike()
    shown = _LINES if len({line.title for line in view.card.activities}) > 1 else _LINES_ALIKE
    values = {"alike": alike, "together": visit.asked("together"), "shown": shown, "most": _MOST_LINES}
    return _page(visit, "audit_card.html", view, chart=_scale(view), **values)


def _show_guess(visit: Visit, session: AuditSession, wrong: str = "") -> Response:
    """Show the question that comes before any number; what is wrong with the answer stands beside it."""
    told = {"guess": wrong} if wrong else {}
    view = session.view()
    return visit.page("audit_guess.html", 400 if wrong else 200, here="audit", view=view, wrong=told, typed=visit.typed)


def _page(visit: Visit, template: str, view: AuditView, **values: object) -> Response:
    return visit.page(
        template,
        200,
        here="audit",
        view=view,
        cards=visit.asked("cards"),
        because=visit.said("do") == "because",
        reasons=tuple(Reason),
        discomforts=_DISCOMFORTS,
        **values,
    )


def _scale(view: AuditView, *, ended: bool = False) -> Chart:
    """Draw what the answers say so far; at the end with the person's own guess."""
    guess = view.guess if ended and view.share else None
    point = view.certainty is not Certainty.EARLY
    return scale.draw(
        scale.ScaleView(target=view.target, share=view.share, guess=guess, point=point, before=view.first)
    )


def _begin(visit: Visit, session: AuditSession) -> str:
    """Keep the guess and draw the cards."""
    session.begin(None if visit.said("open") else _share(visit.said("guess")))
    return ""


def _share(said: str) -> float:
    try:
        share = float(said.strip(" %").replace(",", ".")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        message = "Say a number from 0 to 100, or choose “No idea”."
        raise _NotSaid(message)
    return share


def _judge(visit: Visit, session: AuditSession) -> str:
    """Keep an answer to the card that the form carries; one to another card is not kept."""
    card = session.view().card
    if card is None or card.workstream != visit.said("card"):
        message = (
            "That card was answered in another window. Nothing was changed here: this is the card that is open now."
        )
        raise NoCard(message)
    struck = _numbers(visit, "struck")
    session.answer(_value(visit.said("answer")), (), None, struck, also=_several(visit, "also"))
    return _kept(session.last)


def _skip(visit: Visit, session: AuditSession) -> str:
    card = session.view().card
    if card is not None and card.workstream == visit.said("card"):
        session.skip()
    return _kept(session.last)


def _undo(_visit: Visit, session: AuditSession) -> str:
    return f"Taken back: {_told(session.undo())}."


def _explain(visit: Visit, session: AuditSession) -> str:
    """Add or take away one reason of the growth that was said last, or set how uncomfortable it is."""
    last = session.last
    reasons = set(last.reasons) if last else set()
    discomfort = last.discomfort if last else None
    if said := visit.said("reason"):
        reasons ^= {_reason(said)}
    if said := visit.said("discomfort"):
        discomfort = None if _discomfort(said) == discomfort else _discomfort(said)
    session.explain(visit.said("card"), reasons, discomfort)
    return _kept(session.last)


def _kept(last: AnswerView | None) -> str:
    return f"Kept: {_told(last)}." if last else ""


def _told(last: AnswerView) -> str:
    what = last.names[0] if len(last.names) == 1 else count(len(last.names), "kind of work", "kinds of work")
    because = "; ".join(each.value for each in last.reasons)
    felt = f", discomfort {last.discomfort} of 5" if last.discomfort else ""
    return f"{what}, {_SAID[last.value]}{', because: ' if because else ''}{because}{felt}"


def _value(said: str) -> Value:
    if said not in list(Value):
        message = "That is no answer to a card: it is depth, growth or not work."
        raise NoAnswer(message)
    return Value(said)


def _reason(said: str) -> Reason:
    if said not in Reason.__members__:
        message = "That is not one of the reasons why work is growth."
        raise NoAnswer(message)
    return Reason[said]


def _discomfort(said: str) -> int:
    if said not in {str(each) for each in _DISCOMFORTS}:
        message = "Discomfort is a number from 1 to 5."
        raise NoAnswer(message)
    return int(said)


def _several(visit: Visit, name: str) -> list[str]:
    return [each for each in visit.form.getlist(name) if isinstance(each, str)]


def _numbers(visit: Visit, name: str) -> list[int]:
    said = _several(visit, name)
    if not all(each.isascii() and each.isdecimal() and len(each) < 19 for each in said):  # noqa: PLR2004 - no id is longer
        message = "One of the lines that were struck out is not on the card."
        raise NoAnswer(message)
    return list(map(int, said))


_DOING: Mapping[str, Callable[[Visit, AuditSession], str]] = {
    "begin": _begin,
    "judge": _judge,
    "skip": _skip,
    "undo": _undo,
    "because": _explain,
}
ROUTES = (Route("audit", "/audit", show), Route("audit_answer", "/audit", answer, "POST"))
