"""The audit: the person's own guess first, then one card at a time, while the range narrows."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from outgrow.model.judgement import Reason
from outgrow.model.share import Certainty
from outgrow.reports.audit import AnswerView, AuditView
from outgrow.reports.charts import scale
from outgrow.reports.charts.chart import Chart
from outgrow.reports.words import said_of
from outgrow.web.answers import (
    DISCOMFORTS,
    NoAnswer,
    named,
    read_discomfort,
    read_numbers,
    read_reason,
    read_several,
    read_value,
)
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows.hold_audit import AuditSession, NoCard, NothingToAudit
from outgrow.workflows.look_at_reviews import under_way

_MOST_CARDS = 10_000
_MORE = 8
_LINES, _LINES_ALIKE, _MOST_LINES = 12, 5, 150  # of a card: in sight, where all say the same, and at all


class _NotSaid(NoAnswer):
    """The guess is no number, and was not left open either."""


def show(visit: Visit) -> Response:
    """Show what comes next in the audit of a period: the guess, a card, or how it ended."""
    try:
        session = _open(visit)
    except NothingToAudit:
        return visit.page("audit_nothing.html", here="audit", period=visit.period)
    if visit.asked("more"):
        return visit.go("audit", period=session.period.words, cards=session.view().answered + _MORE)
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
    return read_number(visit.asked("cards"), 0, _MOST_CARDS)


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
    values = {"wrong": {"guess": wrong} if wrong else {}, "typed": visit.typed, "cards": visit.asked("cards")}
    return visit.page("audit_guess.html", 400 if wrong else 200, here="audit", view=session.view(), **values)


def _page(visit: Visit, template: str, view: AuditView, **values: object) -> Response:
    return visit.page(
        template,
        200,
        here="audit",
        view=view,
        cards=visit.asked("cards"),
        because=visit.said("do") == "because",
        reviewed=under_way(visit.workspace, view.period),
        reasons=tuple(Reason),
        discomforts=DISCOMFORTS,
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
    struck = read_numbers(visit, "struck")
    session.answer(read_value(visit.said("answer")), (), None, struck, also=read_several(visit, "also"))
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
        reasons ^= {read_reason(said)}
    if said := visit.said("discomfort"):
        discomfort = None if read_discomfort(said) == discomfort else read_discomfort(said)
    session.explain(visit.said("card"), reasons, discomfort)
    return _kept(session.last)


def _kept(last: AnswerView | None) -> str:
    return f"Kept: {_told(last)}." if last else ""


def _told(last: AnswerView) -> str:
    because = ", because: " + "; ".join(each.value for each in last.reasons) if last.reasons else ""
    felt = f", discomfort {last.discomfort} of 5" if last.discomfort else ""
    return f"{named(last.names)}, {said_of(last.value) if last.value else 'skipped'}{because}{felt}"


_DOING: Mapping[str, Callable[[Visit, AuditSession], str]] = {
    "begin": _begin,
    "judge": _judge,
    "skip": _skip,
    "undo": _undo,
    "because": _explain,
}
ROUTES = (Route("audit", "/audit", show), Route("audit_answer", "/audit", answer, "POST"))
