"""Offers small experiments for the next level, and keeps which were planned, tried, done and turned down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NoReturn

from outgrow.analysis import opportunities
from outgrow.analysis.opportunities import KINDS, Fitting, Meeting
from outgrow.model.activity import Kind, Role, State, Visibility
from outgrow.model.evidence import Evidence
from outgrow.model.fault import Fault
from outgrow.model.period import Period
from outgrow.model.plan import Experiment, Opportunity, OpportunityState
from outgrow.model.review import GrowthBlock
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.next_level import NextView
from outgrow.reports.opportunities import OpportunitiesView, OpportunityView
from outgrow.reports.words import full_date, percent
from outgrow.store import activities, journal, versions
from outgrow.store.activities import Stored
from outgrow.store.database import Transaction
from outgrow.workflows import keep_evidence
from outgrow.workflows.keep_feed import keep_feed
from outgrow.workflows.review_answers import read_block
from outgrow.workflows.show_next import show_next
from outgrow.workflows.workspace import Workspace

#: Meetings of so many days from today on are looked at.
AHEAD = timedelta(days=14)
DEFAULT_DAY = "tomorrow"
_TURNED_DOWN = "experiment "
_LONGEST = {"title": 200, "first_step": 300, "ask": 200, "leaves": 300}
_LONGEST_QUOTE = 60
_MOST_HOURS = 100
_MOST_BLOCK = 2.0  # hours: time planned without saying for how long is a beginning
_MOST_OWN = 200


class CannotPlan(Fault):
    """What was said cannot be kept; `field` is the part of it that is wrong. Nothing was changed."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        """Keep which part it is about."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read: the experiments the person has said something of, and the ids of those turned down."""

    taken: Mapping[int, Opportunity]
    declined: frozenset[str]
    blocks: Mapping[int, GrowthBlock]

    @classmethod
    def read(cls, tx: Transaction) -> "_Known":
        """Read it from the store."""
        keys = (each.key for each in versions.current(tx, TurnedDown).values())
        return cls(
            versions.current(tx, Opportunity),
            frozenset(key.removeprefix(_TURNED_DOWN) for key in keys if key.startswith(_TURNED_DOWN)),
            versions.current(tx, GrowthBlock),
        )

    def offered(self) -> dict[str, tuple[int | None, Experiment]]:
        """Return by their id the experiments that may be offered, own ideas with their number."""
        said = {each.experiment.id for each in self.taken.values()}
        shipped = {each.id: (None, each) for each in opportunities.catalogue()}
        ideas = {
            each.experiment.id: (number, each.experiment)
            for number, each in self.taken.items()
            if each.state is OpportunityState.OWN
        }
        return {
            id_: each
            for id_, each in {**ideas, **shipped}.items()
            if id_ not in self.declined and (id_ in ideas or id_ not in said)
        }


def _refuse(field: str, message: str) -> NoReturn:
    raise CannotPlan(field, message)


def show_opportunities(workspace: Workspace) -> OpportunitiesView:
    """Return the experiments that fit now, the best first, and those that are planned, tried and done."""
    what = ("opportunities", workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace))


def _show(workspace: Workspace) -> OpportunitiesView:
    step = show_next(workspace)
    with workspace.store.look() as view:
        known, coming = _Known.read(view), _coming(view, workspace)
    offered = known.offered()
    open_ = opportunities.gaps((row.kind, row.state) for row in step.rows) if step else {}
    ranked = opportunities.rank([each for _, each in offered.values()], open_, workspace.today.month, coming)
    taken = sorted(known.taken.items(), key=lambda each: (each[1].on, each[0]), reverse=True)
    views = [_taken(number, each, known) for number, each in taken]
    return OpportunitiesView(
        offered=tuple(_offered(offered[each.experiment.id][0], each, step) for each in ranked),
        under_way=tuple(each for each in views if each.state in {OpportunityState.PLANNED, OpportunityState.TRIED}),
        done=tuple(each for each in views if each.state is OpportunityState.DONE),
        kinds=KINDS,
        step=step.next.name if step else "",
        turned_down=len(known.declined),
    )


def _coming(tx: Transaction, workspace: Workspace) -> list[Meeting]:
    """Return the meetings of the next days that somebody else leads so far, the next first."""
    days = Period(workspace.today, workspace.today + AHEAD)
    found = [each.activity for each in activities.within(tx, days, planned=True) if _could_lead(each, workspace.now)]
    return [Meeting(each.title, each.start, each.people) for each in found if each.start]


def _could_lead(stored: Stored, now: datetime) -> bool:
    each = stored.activity
    ahead = each.kind is Kind.MEETING and each.start is not None and each.start > now
    others = each.role is not Role.LED and each.visibility is Visibility.NORMAL
    return ahead and others and each.state in {State.PLANNED, State.DONE}


def _offered(number: int | None, each: Fitting, step: NextView | None) -> OpportunityView:
    own = OpportunityState.OWN if number is not None else None
    return replace(_view(number, each.experiment), state=own, reasons=tuple(_reasons(each, step)))


def _reasons(each: Fitting, step: NextView | None) -> Sequence[str]:
    said = []
    if step and each.gap:
        kind = each.experiment.kind
        said.append(f"{percent(each.gap)} of what {step.next.name} asks for as {kind} is still open.")
    if each.meeting:
        when = each.meeting.start
        with_ = f" with {', '.join(each.meeting.people[:2])}" if each.meeting.people else ""
        said.append(f"{each.meeting.title}{with_} is on {when:%A}, {full_date(when.date())}: it can be done there.")
    if each.in_season:
        said.append("This is the time of year for it.")
    return said


def _taken(number: int, each: Opportunity, known: _Known) -> OpportunityView:
    block = known.blocks.get(each.block) if each.block is not None else None
    view = _view(number, each.experiment)
    return replace(view, state=each.state, on=each.on, planned=block.start if block else None, evidence=each.evidence)


def _view(number: int | None, each: Experiment) -> OpportunityView:
    return OpportunityView(
        id=each.id,
        number=number,
        title=each.title,
        kind=each.kind,
        challenge=each.challenge or "",
        first_step=each.first_step,
        hours=each.hours,
        ask=each.ask,
        leaves=each.leaves,
        state=None,
        on=None,
        planned=None,
        evidence=None,
        reasons=(),
    )


def find_opportunity(view: OpportunitiesView, words: str) -> OpportunityView:
    """Return the experiment meant by its id, its number, its title or a part of that; raises CannotPlan."""
    every, said = [*view.under_way, *view.offered, *view.done], words.strip().casefold()
    rounds = (
        [each for each in every if said in {each.id, str(each.number)}],
        [each for each in every if each.title.casefold() == said],
        [each for each in every if said and said in each.title.casefold()],
    )
    found = next((some for some in rounds if some), [])
    if len(found) != 1:
        is_ = f"may mean {len(found)} experiments" if found else "is no experiment that is offered"
        _refuse(
            "experiment",
            f"{words[:_LONGEST_QUOTE]!r} {is_}. outgrow opportunity list --all shows them with their names.",
        )
    return found[0]


def add(workspace: Workspace, draft: Experiment) -> int:
    """Keep an experiment of the person's own; return its number. Raises CannotPlan."""
    tidied = _checked(draft)
    with workspace.store.begin() as change:
        known = versions.current(change, Opportunity).values()
        if sum(each.experiment.id.startswith(_OWN) for each in known) >= _MOST_OWN:
            _refuse("title", f"{_MOST_OWN} experiments of your own are there. Turn some down first.")
        at = journal.moment(change, workspace.now)
        draft = replace(tidied, id=_own_id(change))
        return versions.put(change, Opportunity(experiment=draft, state=OpportunityState.OWN, on=workspace.today), at)


_OWN = "own-"


def _own_id(tx: Transaction) -> str:
    """Return an id that no experiment has had; those turned down keep theirs."""
    return f"{_OWN}{journal.latest(tx) + 1}"


def _checked(draft: Experiment) -> Experiment:
    words = {name: " ".join(getattr(draft, name).split()) for name in _LONGEST}
    if not words["title"]:
        _refuse("title", "Say in a few words what you want to try.")
    for name, most in _LONGEST.items():
        if len(words[name]) > most:
            _refuse(name, f"Say it in at most {most} characters.")
    if not 0 < draft.hours <= _MOST_HOURS:
        _refuse("hours", f"A small experiment takes more than 0 and at most {_MOST_HOURS} hours.")
    if draft.kind not in KINDS:
        _refuse("kind", f"Choose one of these kinds: {', '.join(KINDS)}.")
    return replace(
        draft, title=words["title"], first_step=words["first_step"], ask=words["ask"], leaves=words["leaves"]
    )


def plan(workspace: Workspace, words: str, said: Mapping[str, str]) -> OpportunityView:
    """Plan time for an experiment by its day, time and length, which the calendar file tells; return the experiment.

    Raises CannotPlan, and WrongAnswer for a day, time or length that is none.
    """
    found = _open(workspace, words)
    length = f"{min(found.hours, _MOST_BLOCK):g}"
    asked = {"day": DEFAULT_DAY, "length": length, **{name: word for name, word in said.items() if word.strip()}}
    block = read_block(workspace, {**asked, "title": found.title})
    with workspace.store.begin() as change:
        at, before = journal.moment(change, workspace.now), _before(change, found)
        if before and before.block is not None and versions.get(change, GrowthBlock, before.block):
            number = versions.put(change, block, at, before.block)
        else:
            number = versions.put(change, block, at)
        _put(change, workspace, found, at, OpportunityState.PLANNED, block=number)
    keep_feed(workspace)
    return find_opportunity(show_opportunities(workspace), found.id)


def try_it(workspace: Workspace, words: str) -> OpportunityView:
    """Say that an experiment was tried; what comes of it can be kept later. Raises CannotPlan."""
    found = _open(workspace, words)
    with workspace.store.begin() as change:
        _put(change, workspace, found, journal.moment(change, workspace.now), OpportunityState.TRIED)
    return found


def finish(workspace: Workspace, words: str, draft: Evidence | None = None) -> int:
    """Say that an experiment is done, and keep the evidence it left; return the number of that.

    Without a draft the evidence is its title, of today. Raises CannotPlan and CannotKeep.
    """
    found = _open(workspace, words)
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        number = keep_evidence.write(change, workspace, draft or prefilled(workspace, found), at)
        _put(change, workspace, found, at, OpportunityState.DONE, evidence=number)
    return number


def prefilled(workspace: Workspace, each: OpportunityView) -> Evidence:
    """Return the evidence of an experiment as far as it is known before it is done."""
    return Evidence(action=each.title, on=workspace.today)


def turn_down(workspace: Workspace, words: str, reason: str = "") -> OpportunityView:
    """Say that an experiment is not wanted: it is never offered again. Raises CannotPlan."""
    found = _open(workspace, words)
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        key = f"{_TURNED_DOWN}{found.id}"
        label, why = f"the experiment {found.title}", " ".join(reason.split())[: _LONGEST["leaves"]]
        versions.put(change, TurnedDown(key=key, label=label, reason=why), at)
        before = _before(change, found)
        if before and before.block is not None and versions.get(change, GrowthBlock, before.block):
            versions.withdraw(change, GrowthBlock, before.block, at)
        if found.number is not None:
            versions.withdraw(change, Opportunity, found.number, at)
    keep_feed(workspace)
    return found


def _open(workspace: Workspace, words: str) -> OpportunityView:
    """Return an experiment that is not done yet."""
    found = find_opportunity(show_opportunities(workspace), words)
    if found.state is OpportunityState.DONE:
        _refuse(
            "experiment",
            f"{found.title} is done: its evidence is number {found.evidence}. outgrow undo takes that back.",
        )
    return found


def _before(tx: Transaction, found: OpportunityView) -> Opportunity | None:
    return versions.get(tx, Opportunity, found.number) if found.number is not None else None


def _put(  # noqa: PLR0913 - what one step of an experiment is
    tx: Transaction,
    workspace: Workspace,
    found: OpportunityView,
    at: datetime,
    state: OpportunityState,
    *,
    block: int | None = None,
    evidence: int | None = None,
) -> None:
    """Keep how far an experiment has come, with all that it was when it was begun."""
    before = _before(tx, found)
    experiment = before.experiment if before else _shipped(found.id)
    kept = block if block is not None else before.block if before else None
    one = Opportunity(experiment=experiment, state=state, on=workspace.today, block=kept, evidence=evidence)
    versions.put(tx, one, at, found.number)


def _shipped(id_: str) -> Experiment:
    return next(each for each in opportunities.catalogue() if each.id == id_)
