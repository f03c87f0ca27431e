"""Shows what projects and workstreams took in a period, and what capabilities and evidence came of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outgrow.analysis import returns
from outgrow.analysis.capabilities import Entry
from outgrow.analysis.returns import Return
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.returns import By, Gained, Returned, ReturnLine, ReturnsView
from outgrow.store import computed, judgements, projects, workstreams
from outgrow.store.database import Transaction
from outgrow.store.projects import Place, Spent
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.period_work import while_computed
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace

#: The period whose returns are shown where none is named.
USUAL = "last 12 months"


def show_returns(workspace: Workspace, period: Period, by: By) -> ReturnsView:
    """Return what went into projects or workstreams in a period and came out, beside the period before it."""
    recount(workspace)
    what = ("returns", period, by, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace, period, by))


def _show(workspace: Workspace, period: Period, by: By) -> ReturnsView:
    earlier = period.before() if period.first.toordinal() > period.days else None
    spans = [period, earlier] if earlier else [period]
    spent = [_spent(workspace, each) for each in spans]
    with workspace.store.look() as view:
        read = _Read.of(view, workspace, by)
        told = [read.returned(each, rows) for each, rows in zip(spans, spent, strict=True)]
    measured = any(row.hours for rows in spent for row in rows)
    return ReturnsView(
        by=by, unit=Unit.HOURS if measured else Unit.ITEMS, now=told[0], before=told[1] if earlier else None
    )


def _spent(workspace: Workspace, period: Period) -> list[Spent]:
    what = ("spent", period.first, period.last, workspace.today)
    return while_computed(workspace, what, lambda tx: projects.spent(tx, period, workspace.now))


@dataclass(frozen=True, slots=True)
class _Read:
    """The ledger, where its evidence lies, what workstreams are called and which are no work."""

    by: By
    ledger: Ledger
    places: Mapping[int, Place]
    names: Mapping[str, str]
    outside: frozenset[str]

    @classmethod
    def of(cls, tx: Transaction, workspace: Workspace, by: By) -> "_Read":
        """Read it."""
        ledger = read_ledger(tx)
        linked = {number for each in ledger.evidence.values() for number in each.activities}
        standing = judgements.standing(tx, workspace.today)
        return cls(
            by=by,
            ledger=ledger,
            places=projects.places(tx, linked) if linked else {},
            names=computed.workstream_names(tx) | workstreams.names(tx),
            outside=frozenset(name for name, said in standing.items() if said.value is Value.OUTSIDE),
        )

    def returned(self, period: Period, rows: Iterable[Spent]) -> Returned:
        """Return what went in and came out in a period."""
        work = [row for row in rows if row.workstream not in self.outside]
        gained = {each.number: each for each in self.ledger.entries.values() if _reached_in(each, period)}
        capabilities = {number: self._keys_of(each, work) for number, each in gained.items()}
        shown = {number: each for number, each in self.ledger.evidence.items() if each.on in period}
        evidence = {number: self._keys(each.activities) for number, each in shown.items()}
        found = returns.returns(self._keyed(work), capabilities, evidence)
        loose, unplaced = [row for row in work if not self._key(row)], returns.unplaced(capabilities, found)
        return Returned(
            period=period,
            lines=self._lines(found, work),
            capabilities=len(gained) - len(unplaced),
            loose_capabilities=tuple(self._gained(number) for number in unplaced),
            loose_evidence=len(returns.unplaced(evidence, found)),
            loose_hours=sum(row.hours for row in loose),
            loose_items=sum(row.items for row in loose),
        )

    def _keyed(self, work: Iterable[Spent]) -> Iterable[tuple[str, float, int]]:
        return ((self._key(row), row.hours, row.items) for row in work if self._key(row))

    def _key(self, place: Place | Spent) -> str:
        return place.workstream if self.by is By.WORKSTREAM else " ".join(place.project.casefold().split())

    def _keys(self, activities: Iterable[int]) -> frozenset[str]:
        return frozenset(self._key(self.places[each]) for each in activities if each in self.places) - {""}

    def _keys_of(self, entry: Entry, work: Sequence[Spent]) -> frozenset[str]:
        """Return what a capability came of: the work its evidence is linked to, else the work it was outgrown in."""
        linked = self._keys(each for number in entry.evidence for each in self.ledger.evidence[number].activities)
        return linked or frozenset(filter(None, (self._mostly(each, work) for each in entry.workstreams)))

    def _mostly(self, workstream: str, work: Sequence[Spent]) -> str:
        """Return the key that most of a workstream belongs to."""
        sizes: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
        for row in work:
            if row.workstream == workstream:
                hours, items = sizes[self._key(row)]
                sizes[self._key(row)] = hours + row.hours, items + row.items
        return max(sizes, key=lambda key: (sizes[key], key), default="")

    def _lines(self, found: Iterable[Return], work: Iterable[Spent]) -> tuple[ReturnLine, ...]:
        is_project = self.by is By.PROJECT
        spelt = _spelt(work) if is_project else self.names
        return tuple(
            ReturnLine(
                name=spelt.get(each.key, each.key),
                workstream=None if is_project else each.key,
                hours=each.hours,
                items=each.items,
                capabilities=tuple(map(self._gained, each.capabilities)),
                evidence=len(each.evidence),
            )
            for each in found
        )

    def _gained(self, number: int) -> Gained:
        return Gained(number, self.ledger.entries[number].name)


def _reached_in(entry: Entry, period: Period) -> bool:
    return any(on in period for _, on in entry.firsts)


def _spelt(work: Iterable[Spent]) -> dict[str, str]:
    """Return how each project is mostly written, by its name in small letters."""
    times: Counter[str] = Counter()
    for row in work:
        times[row.project] += row.items
    ordered = sorted(times, key=lambda name: (times[name], name))
    return {" ".join(name.casefold().split()): " ".join(name.split()) for name in ordered}
