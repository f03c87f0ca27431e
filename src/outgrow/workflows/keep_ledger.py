"""Keeps the capability ledger: what the person can do now that they could not, in their words.

Each deed adds versions and rewrites none, so that all of it can be undone. Whoever reads capabilities reads them with
`read_ledger`, which shows one that was merged into another with that one.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from outgrow.analysis import capabilities as analysis
from outgrow.analysis.capabilities import Entry
from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.fault import Fault
from outgrow.reports.words import count
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.workspace import Workspace

_LONGEST = 200
_LONGEST_PROOF = 500
_LONGEST_NOTE = 2000
_LONGEST_QUOTE = 60
_NUMBER = re.compile(r"#?\s*(\d{1,18})")


class NoSuchCapability(Fault):
    """What was named is no capability of the ledger, or more than one."""

    exit_code = 2


class CannotKeep(Fault):
    """What was said cannot be kept so; nothing was changed."""

    exit_code = 2


class NeedsEvidence(CannotKeep):
    """A state needs evidence that is not there yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A piece of evidence said in a line, together with a state: what was done, and of what kind it is.

    `hours` and `activities` (numbers in the store) are those of the work itself, where it is known.
    """

    action: str
    kind: EvidenceKind = EvidenceKind.MY_WORD
    hours: float | None = None
    activities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All capabilities and evidence by number, and the entries that they make up."""

    capabilities: Mapping[int, Capability]
    evidence: Mapping[int, Evidence]
    entries: Mapping[int, Entry]

    def root(self, number: int) -> int:
        """Return the number of the entry that a capability is shown with."""
        return analysis.root(number, self.capabilities)

    def entry(self, number: int) -> Entry:
        """Return the entry a capability is shown with; raises NoSuchCapability."""
        found = self.entries.get(self.root(number))
        if found is None:
            message = f"There is no capability {number}. outgrow capability list shows them."
            raise NoSuchCapability(message)
        return found

    def find(self, words: str) -> int:
        """Return the number of the entry meant by its number, its name or a part of it; raises NoSuchCapability."""
        if number := _NUMBER.fullmatch(words.strip()):
            return self.entry(int(number[1])).number
        said = words.strip().casefold()
        names = {number: entry.name.casefold() for number, entry in self.entries.items()}
        part = [number for number, name in names.items() if said and said in name]
        found = [number for number in part if names[number] == said] or part
        if len(found) == 1:
            return found[0]
        message = f"No capability is called {words[:_LONGEST_QUOTE]!r}. outgrow capability list shows them."
        if found:
            among = ", ".join(f"{number} {self.entries[number].name}" for number in found[:5])
            message = f"{words[:_LONGEST_QUOTE]!r} may mean {len(found)} capabilities: {among}. Say the number."
        raise NoSuchCapability(message)


def read_ledger(tx: Transaction) -> Ledger:
    """Read the ledger as it stands."""
    capabilities, evidence = versions.current(tx, Capability), versions.current(tx, Evidence)
    return Ledger(capabilities, evidence, analysis.entries(capabilities, evidence))


def find_capability(workspace: Workspace, words: str) -> int:
    """Return the number of the capability meant by its number, its name or a part of it; raises NoSuchCapability."""
    with workspace.store.look() as view:
        return read_ledger(view).find(words)


def claim(
    workspace: Workspace, name: str, on: date | None = None, *, workstream: str = "", proof: Proof | None = None
) -> int:
    """Make an entry for a capability, claimed from a day on (today by default); return its number.

    `workstream` is the id of the outgrown one it was gained in. Raises CannotKeep.
    """
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        return write_claim(change, at, name, _day(workspace, on), workstream=workstream, proof=proof)


def write_claim(  # noqa: PLR0913 - the change it is a part of, and what makes up a claim
    change: Transaction, at: datetime, name: str, day: date, *, workstream: str = "", proof: Proof | None = None
) -> int:
    """Make an entry as `claim` does, as a part of a larger change of one moment."""
    claimed = Reached(state=CapabilityState.CLAIMED, on=day)
    number = versions.put(change, Capability(name=_name(name), reached=(claimed,), workstream=workstream), at)
    if proof:
        versions.put(change, _evidence(proof, day, number), at)
    return number


def reach(  # noqa: PLR0913 - what makes up a state
    workspace: Workspace,
    number: int,
    state: CapabilityState,
    on: date | None = None,
    *,
    evidence: Collection[int] = (),
    proof: Proof | None = None,
    note: str = "",
) -> None:
    """Say that a capability has reached a state on a day (today by default), with the evidence that shows it.

    Raises NoSuchCapability, or CannotKeep when the state needs more evidence than there is for it.
    """
    day, said = _day(workspace, on), _note(note)
    with workspace.store.begin() as change:
        reached = Reached(state=state, on=day, evidence=tuple(evidence), note=said)
        write_reached(change, journal.moment(change, workspace.now), number, reached, proof)


def write_reached(change: Transaction, at: datetime, number: int, reached: Reached, proof: Proof | None = None) -> None:
    """Say that a capability has reached a state as `reach` does, as a part of a larger change of one moment.

    Where it was claimed later, it is then claimed from that day on, too.
    """
    ledger = read_ledger(change)
    entry = ledger.entry(number)
    shown = _known(ledger, reached.evidence)
    if proof:
        shown = (*shown, versions.put(change, _evidence(proof, reached.on, entry.number), at))
        ledger = read_ledger(change)
    _check(reached.state, [ledger.evidence[each].kind for each in {*ledger.entry(number).evidence, *shown}])
    made = ledger.capabilities[entry.number]
    whole = (*made.reached, *_with_claim(entry, replace(reached, evidence=shown)))
    versions.put(change, replace(made, reached=whole), at, entry.number)


def _with_claim(entry: Entry, reached: Reached) -> tuple[Reached, ...]:
    """Return a state as it is kept: who showed or taught something before they claimed it, could do it by then."""
    claimed = dict(entry.firsts).get(CapabilityState.CLAIMED)
    if claimed and reached.on < claimed and reached.state is not CapabilityState.CLAIMED:
        return Reached(state=CapabilityState.CLAIMED, on=reached.on), reached
    return (reached,)


def _check(state: CapabilityState, kinds: list[EvidenceKind]) -> None:
    short = analysis.missing(state, kinds)
    if not short:
        return
    message = f"{state.value.capitalize()} rests on evidence: say in a line what you did, or name what is kept already."
    if state is CapabilityState.REPEATED:
        pieces = count(short, "piece") + (" more" if kinds else "")
        message = f"Repeated rests on several pieces of evidence: it takes {pieces}, or one of the kind repetition."
    raise NeedsEvidence(message)


def take_back(workspace: Workspace, number: int, state: CapabilityState) -> None:
    """Say that a capability has not reached a state after all; what was said before stays in its history.

    Raises NoSuchCapability, or CannotKeep when it would be left without any state.
    """
    with workspace.store.begin() as change:
        ledger = read_ledger(change)
        entry = ledger.entry(number)
        if state not in dict(entry.firsts):
            message = f"{entry.name} has not reached {state.value}: it is {_states(entry)}. Nothing was changed."
            raise CannotKeep(message)
        left = {each: _without(ledger.capabilities[each], state) for each in (entry.number, *entry.parts)}
        changed = {each: made for each, made in left.items() if made != ledger.capabilities[each]}
        if not all(made.reached for made in changed.values()):
            message = f"{state.value.capitalize()} is all that {entry.name} is: withdraw it if it was no capability."
            raise CannotKeep(message)
        at = journal.moment(change, workspace.now)
        for each, made in changed.items():
            versions.put(change, made, at, each)


def _states(entry: Entry) -> str:
    return " and ".join(state.value for state, _ in entry.firsts)


def _without(made: Capability, state: CapabilityState) -> Capability:
    return replace(made, reached=tuple(each for each in made.reached if each.state is not state))


def rename(workspace: Workspace, number: int, name: str) -> None:
    """Call a capability otherwise. Raises NoSuchCapability or CannotKeep."""
    said = _name(name)
    with workspace.store.begin() as change:
        ledger = read_ledger(change)
        entry = ledger.entry(number)
        made = replace(ledger.capabilities[entry.number], name=said)
        versions.put(change, made, journal.moment(change, workspace.now), entry.number)


def merge(workspace: Workspace, into: int, others: Collection[int]) -> None:
    """Show other capabilities with one from now on, with their states and evidence.

    Raises NoSuchCapability or CannotKeep.
    """
    with workspace.store.begin() as change:
        ledger = read_ledger(change)
        target = ledger.entry(into).number
        sources = {ledger.entry(each).number for each in others} - {target}
        if not sources:
            message = "Say at least one other capability to merge; nothing was changed."
            raise CannotKeep(message)
        at = journal.moment(change, workspace.now)
        for each in sorted(sources):
            made = replace(ledger.capabilities[each], merged_into=target, superseded_by=None)
            versions.put(change, made, at, each)
        if sources & {*_line(ledger, target)}:  # what took its place is a part of it now
            versions.put(change, replace(ledger.capabilities[target], superseded_by=None), at, target)


def supersede(workspace: Workspace, number: int, by: int) -> None:
    """Say that one capability took the place of another, which stays in the ledger as what came before.

    Raises NoSuchCapability or CannotKeep.
    """
    with workspace.store.begin() as change:
        ledger = read_ledger(change)
        entry, successor = ledger.entry(number), ledger.entry(by)
        line = _line(ledger, successor.number)
        if entry.number in line:
            message = f"{entry.name} cannot take its own place: name another capability. Nothing was changed."
            raise CannotKeep(message)
        made = replace(ledger.capabilities[entry.number], superseded_by=successor.number)
        versions.put(change, made, journal.moment(change, workspace.now), entry.number)


def _line(ledger: Ledger, number: int) -> list[int]:
    """Return an entry and what took its place, and the place of that, to the last."""
    line = [number]
    while (later := ledger.entries[line[-1]].superseded_by) is not None and later not in line:
        line.append(later)
    return line


def withdraw(workspace: Workspace, number: int) -> None:
    """Take a capability, with what was merged into it, out of the ledger; `stand_again` brings it back.

    Raises NoSuchCapability.
    """
    with workspace.store.begin() as change:
        entry = read_ledger(change).entry(number)
        versions.withdraw(change, Capability, entry.number, journal.moment(change, workspace.now))


def stand_again(workspace: Workspace, number: int) -> None:
    """Let a capability stand on its own again that was merged, superseded or withdrawn. Raises NoSuchCapability."""
    with workspace.store.begin() as change:
        told = [value for _, value in versions.history(change, Capability, number) if value is not None]
        if not told:
            message = f"There is no capability {number}. outgrow capability list --all shows those there were."
            raise NoSuchCapability(message)
        made = replace(told[-1], merged_into=None, superseded_by=None)
        versions.put(change, made, journal.moment(change, workspace.now), number)


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not 0 < len(name) <= _LONGEST:
        message = f"Say what you can do in between 1 and {_LONGEST} characters."
        raise CannotKeep(message)
    return name


def _day(workspace: Workspace, on: date | None) -> date:
    day = on or workspace.today
    if day > workspace.today:
        message = f"{day} has not come yet: say it when it is so."
        raise CannotKeep(message)
    return day


def _note(said: str) -> str:
    if len(said) > _LONGEST_NOTE:
        message = f"A note has at most {_LONGEST_NOTE:,} characters."
        raise CannotKeep(message)
    return said.strip()


def _evidence(proof: Proof, day: date, capability: int) -> Evidence:
    action = " ".join(proof.action.split())
    if not 0 < len(action) <= _LONGEST_PROOF:
        message = f"Say in a line what shows it, in at most {_LONGEST_PROOF} characters."
        raise NeedsEvidence(message)
    return Evidence(
        action=action,
        on=day,
        hours=proof.hours,
        kind=proof.kind,
        activities=proof.activities,
        capabilities=(capability,),
    )


def _known(ledger: Ledger, evidence: Collection[int]) -> tuple[int, ...]:
    unknown = [each for each in evidence if each not in ledger.evidence]
    if unknown:
        message = f"There is no evidence {unknown[0]}. outgrow evidence list shows what there is."
        raise CannotKeep(message)
    return tuple(dict.fromkeys(evidence))
