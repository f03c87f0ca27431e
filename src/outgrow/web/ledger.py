"""The ledger: what the person can do now that they could not, how they know, and what waits for an entry."""

from collections.abc import Callable, Mapping
from datetime import date

from starlette.responses import Response

from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.judgement import Value
from outgrow.reports.charts import capability_timeline, learning_curve
from outgrow.reports.ledger import FIRST_QUESTION, MEANINGS, PROMPTS, learnt, standing
from outgrow.reports.words import full_date, said_of
from outgrow.web.answers import DISCOMFORTS, NoAnswer, read_discomfort, read_value
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import keep_evidence, keep_ledger
from outgrow.workflows.answer_outgrown import answer_again, enter_outgrown, turn_down
from outgrow.workflows.keep_ledger import NeedsEvidence, NoSuchCapability, Proof
from outgrow.workflows.periods import parse_day
from outgrow.workflows.show_ledger import show_capability, show_ledger
from outgrow.workflows.sort_work import WorkAnswer

_ASKED = 5  # so many kinds of work are on the page at once
_MOST = 10**17  # no number of a capability is as high


def show(visit: Visit) -> Response:
    """Show the ledger."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Do what a form of the ledger asks for; what is wrong with it stands beside its field."""
    return _do(visit, _LEDGER)


def show_one(visit: Visit) -> Response:
    """Show one capability."""
    number = _number(visit)
    try:
        view = show_capability(visit.workspace, number)
    except NoSuchCapability:
        if not visit.desk.notice:
            raise
        return visit.go("ledger")  # what was shown here has just been taken back
    if view.line.number != number:
        return visit.go("capability", number=view.line.number)  # it was merged
    return _one(visit, number)


def change_one(visit: Visit) -> Response:
    """Do what a form of a capability's page asks for."""
    return _do(visit, _CAPABILITY)


def _do(visit: Visit, doing: Mapping[str, Callable[[Visit], Response]]) -> Response:
    do = doing.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit)


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    view = show_ledger(visit.workspace)
    told = {
        "view": view,
        "timeline": capability_timeline.draw(view.capabilities, visit.workspace.today),
        "waiting": [(each, learning_curve.draw(each)) for each in view.outgrown],
        "due": view.due[:_ASKED],
        "learnt": learnt,
        "standing": standing,
        "first_question": FIRST_QUESTION,
        "meanings": MEANINGS,
        "discomforts": DISCOMFORTS,
    }
    return visit.page("ledger.html", status, here="ledger", **{**told, **values})


def _one(visit: Visit, number: int, status: int = 200, **values: object) -> Response:
    view = show_capability(visit.workspace, number)
    others = [each for each in show_ledger(visit.workspace).capabilities if each.number != view.line.number]
    told = {
        "view": view,
        "curves": [learning_curve.draw(each) for each in view.curves],
        "others": others,
        "states": tuple(CapabilityState),
        "kinds": tuple(EvidenceKind),
        "meanings": MEANINGS,
        "prompts": PROMPTS,
    }
    return visit.page("capability.html", status, here="ledger", **{**told, **values})


def _claim(visit: Visit) -> Response:
    """Make an entry in the person's own words."""
    wrong: dict[str, str] = {}
    day, number = _day(visit, wrong), 0
    if not wrong:
        with beside(wrong, "name"):
            number = keep_ledger.claim(visit.workspace, visit.said("name"), day)
    if wrong:
        return _page(visit, 400, typed=visit.typed, wrong=wrong)
    return visit.go("capability", number=number, tell="It is in your ledger. What shows it?")


def _enter(visit: Visit) -> Response:
    """Make the entry for an outgrown workstream."""
    wrong: dict[str, str] = {}
    day, spent, number = _day(visit, wrong), None, 0
    with beside(wrong, "hours"):
        spent = keep_evidence.read_hours(visit.said("hours"))
    if not wrong:
        with beside(wrong, "name"):
            number = enter_outgrown(
                visit.workspace,
                visit.said("workstream"),
                visit.said("name"),
                day,
                hours=spent,
                keep_work=bool(visit.said("keep")),
            )
    if wrong:
        return _page(visit, 400, typed=visit.typed, wrong=wrong)
    return visit.go("capability", number=number, tell="It is in your ledger.")


def _turn_down(visit: Visit) -> Response:
    name = turn_down(visit.workspace, visit.said("workstream"))
    return visit.go("ledger", tell=f"No entry for {name}; it is not asked for again.")


def _bring_back(visit: Visit) -> Response:
    number = read_number(visit.said("number"), 0, _MOST)
    keep_ledger.stand_again(visit.workspace, number)
    return visit.go("capability", number=number, tell="It stands in your ledger again.")


def _again(visit: Visit) -> Response:
    """Keep what work that is asked about again is by now; where it is depth the ledger asks for the entry."""
    value = read_value(visit.said("answer"))
    felt = visit.said("discomfort")
    discomfort = read_discomfort(felt) if felt and value is Value.GROWTH else None
    day = parse_day(visit.said("day") or "today", visit.workspace.today)
    name = answer_again(visit.workspace, visit.said("workstream"), WorkAnswer(value, discomfort=discomfort), day)
    told = f"Kept: {name}, {said_of(value)} from {full_date(day)} on."
    if value is Value.DEPTH:
        return visit.go("ledger", tell=f"{told} It is outgrown: what can you do now?")
    return visit.go_back(tell=told)


def _reach(visit: Visit) -> Response:
    """Say that a capability has reached a state, with a line of evidence if one was typed."""
    wrong: dict[str, str] = {}
    day, state, proof = _day(visit, wrong), _state(visit), _proof(visit)
    note = visit.said("note")
    if not wrong:
        try:
            keep_ledger.reach(visit.workspace, _number(visit), state, day, proof=proof, note=note)
        except NeedsEvidence as fault:
            wrong["proof"] = str(fault)
        except keep_ledger.CannotKeep as fault:
            wrong["day"] = str(fault)
    if wrong:
        return _one(visit, _number(visit), 400, typed=visit.typed, wrong=wrong)
    return _stay(visit, f"Kept: {state.value} on {full_date(day or visit.workspace.today)}.")


def _prove(visit: Visit) -> Response:
    """Keep a line of evidence for a capability; the rest of it can be said later."""
    wrong: dict[str, str] = {}
    number, day = show_capability(visit.workspace, _number(visit)).line.number, _day(visit, wrong)
    field = f"action-{_kind(visit).name}"
    draft = Evidence(
        action=visit.said(field), on=day or visit.workspace.today, kind=_kind(visit), capabilities=(number,)
    )
    if not wrong:
        with beside(wrong, field):
            keep_evidence.keep(visit.workspace, draft)
    if wrong:
        return _one(visit, number, 400, typed=visit.typed, wrong=wrong)
    return _stay(visit, "Kept as evidence.")


def _take_back(visit: Visit) -> Response:
    state = _state(visit)
    keep_ledger.take_back(visit.workspace, _number(visit), state)
    return _stay(visit, f"Not {state.value} after all; the history keeps both.")


def _rename(visit: Visit) -> Response:
    wrong: dict[str, str] = {}
    with beside(wrong, "name"):
        keep_ledger.rename(visit.workspace, _number(visit), visit.said("name"))
    if wrong:
        return _one(visit, _number(visit), 400, typed=visit.typed, wrong=wrong)
    return _stay(visit, "The name is kept.")


def _merge(visit: Visit) -> Response:
    keep_ledger.merge(visit.workspace, _number(visit), [_other(visit)])
    return _stay(visit, "They are one now, with the states and the evidence of both.")


def _supersede(visit: Visit) -> Response:
    keep_ledger.supersede(visit.workspace, _number(visit), _other(visit))
    return _stay(visit, "Another capability took its place; this one stays as what came before.")


def _part(visit: Visit) -> Response:
    """Let a merged capability, or this one, stand on its own again."""
    number = read_number(visit.said("number"), 0, _MOST)
    keep_ledger.stand_again(visit.workspace, number)
    return visit.go("capability", number=number, tell="It stands on its own again.")


def _withdraw(visit: Visit) -> Response:
    keep_ledger.withdraw(visit.workspace, _number(visit))
    return visit.go("ledger", tell="Withdrawn. It can be brought back from the end of this page.")


def _stay(visit: Visit, tell: str) -> Response:
    return visit.go("capability", number=_number(visit), tell=tell)


def _number(visit: Visit) -> int:
    return int(f"{visit.path['number']}")


def _other(visit: Visit) -> int:
    return read_number(visit.said("other"), 0, _MOST)


def _day(visit: Visit, wrong: dict[str, str]) -> date | None:
    """Read the day of a form, today where none was said; what is wrong with it is noted."""
    with beside(wrong, "day"):
        return parse_day(visit.said("day") or "today", visit.workspace.today)
    return None


def _state(visit: Visit) -> CapabilityState:
    if visit.said("state") not in list(CapabilityState):
        message = "That is no state of a capability: it is claimed, shown, repeated or taught. Nothing was changed."
        raise NoAnswer(message)
    return CapabilityState(visit.said("state"))


def _kind(visit: Visit) -> EvidenceKind:
    said = visit.said("kind", EvidenceKind.MY_WORD.name)
    if said not in EvidenceKind.__members__:
        message = "That is no kind of evidence. Nothing was changed."
        raise NoAnswer(message)
    return EvidenceKind[said]


def _proof(visit: Visit) -> Proof | None:
    said = visit.said("proof")
    return Proof(action=said, kind=_kind(visit)) if said.strip() else None


_LEDGER: Mapping[str, Callable[[Visit], Response]] = {
    "claim": _claim,
    "enter": _enter,
    "turn down": _turn_down,
    "bring back": _bring_back,
    "again": _again,
}
_CAPABILITY: Mapping[str, Callable[[Visit], Response]] = {
    "reach": _reach,
    "prove": _prove,
    "take back": _take_back,
    "rename": _rename,
    "merge": _merge,
    "supersede": _supersede,
    "part": _part,
    "withdraw": _withdraw,
}
ROUTES = (
    Route("ledger", "/ledger", show),
    Route("ledger_change", "/ledger", change, "POST"),
    Route("capability", "/ledger/{number:int}", show_one),
    Route("capability_change", "/ledger/{number:int}", change_one, "POST"),
)
