"""Says what came from where, how fresh it is, and what could not be read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from outgrow.config import masked
from outgrow.importers import discovery
from outgrow.model.fault import Fault
from outgrow.model.period import monday
from outgrow.model.problem import Problem
from outgrow.reports.charts.source_weeks import SourceWeek, SourceWeeks
from outgrow.reports.sources import ProblemView, SourceView
from outgrow.store import activities, sources
from outgrow.store.database import Transaction
from outgrow.store.sources import Run
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace

_WEEKS = 26
_STALE = timedelta(days=35)
_BY_HAND = "Noted by hand"


class NoSuchSource(Fault):
    """Nothing was brought in from there."""

    exit_code = 2


def show_sources(workspace: Workspace) -> list[SourceView]:
    """Return every source by importer and account with its last import, the freshest first."""
    spans = workspace.memory.recall(workspace.store.state(), "spans", lambda: _spans(workspace))
    with workspace.store.look() as view:
        runs, faults = _imports(view)
    failing = {_source(run): run for run in sorted(_last(runs), key=_number) if run.number in faults}
    by_source: dict[tuple[str, str], list[Run]] = {}
    for run in _last_whole(runs, faults):
        by_source.setdefault(_source(run), []).append(run)
    views = [
        _with_fault(_view(workspace, found, spans.get(source), faults), failing.get(source), faults)
        for source, found in by_source.items()
    ]
    return sorted(views, key=lambda each: each.imported, reverse=True)


def _imports(view: Transaction) -> tuple[Sequence[Run], Mapping[int, Problem]]:
    """Return all imports, and what kept some from the end of their file, by their number.

    A file that could not be read at all told no account: it is of the source that it told before.
    """
    faults, accounts = sources.faults(view), dict[tuple[str, str], str]()
    runs = []
    for run in sources.runs(view):
        reading = run.reading
        file = (reading.importer, reading.location)
        if run.number in faults and not reading.account:
            reading = replace(reading, account=accounts.get(file, ""))
        accounts[file] = reading.account
        runs.append(replace(run, reading=reading))
    return runs, faults


def _spans(workspace: Workspace) -> Mapping[tuple[str, str], activities.Span]:
    with workspace.store.look() as view:
        return {(each.source, each.account): each for each in activities.spans(view)}


def _last(runs: Iterable[Run]) -> list[Run]:
    """Keep the last import of each file."""
    by_file = {(run.reading.importer, run.reading.account, run.reading.location): run for run in runs}
    return list(by_file.values())


def _last_whole(runs: Sequence[Run], faults: Collection[int]) -> list[Run]:
    """Keep the last import of each file that came to its end, or the last one where none did."""
    return _last([*(run for run in runs if run.number in faults), *(run for run in runs if run.number not in faults)])


def _source(run: Run) -> tuple[str, str]:
    return run.reading.importer, run.reading.account


def _number(run: Run) -> int:
    return run.number


def _with_fault(view: SourceView, failing: Run | None, faults: Mapping[int, Problem]) -> SourceView:
    """Add what kept a file of a source from its end the last time, if anything."""
    if failing is None:
        return view
    problem = faults[failing.number]
    return replace(view, fault=f"{problem.reason}. {problem.remedy}".rstrip(), failed=failing.reading.at)


def _view(
    workspace: Workspace, runs: Sequence[Run], span: activities.Span | None, faults: Collection[int]
) -> SourceView:
    newest = max(runs, key=_number)
    reading = newest.reading
    importer = discovery.find(reading.importer)
    by_hand = reading.importer == activities.MANUAL
    return SourceView(
        importer=reading.importer,
        kind=_BY_HAND if by_hand else (importer.kind if importer else "") or reading.importer,
        account=reading.account,
        never_read=importer.never_read if importer else "",
        again=any(_is_there(run.reading.location) for run in runs),
        stale=not by_hand and workspace.now - reading.at > _STALE,
        location=masked(reading.location),
        files=len(runs),
        imported=reading.at,
        records=sum(run.counts.records for run in runs),
        problems=sum(run.counts.problems - (run.number in faults) for run in runs),
        activities=span.activities if span else 0,
        first=span.first if span else None,
        last=span.last if span else None,
    )


def _is_there(location: str) -> bool:
    """Whether a location is a path that still leads to something: an address is not kept, a dropped file has none."""
    path = Path(location)
    return path.is_absolute() and path.exists()


def paths_of(workspace: Workspace, importer: str, account: str) -> list[str]:
    """Return the paths that a source was read from and that are still there; raises NoSuchSource where there are none.

    Those of a file that one source was read from together with others are read with them.
    """
    with workspace.store.look() as view:
        runs = sources.runs(view)
    readings = [run.reading for run in _last(runs)]
    found = [each.location for each in readings if (each.importer, each.account) == (importer, account)]
    there = [location for location in found if _is_there(location)]
    if not there:
        message = "The files of this source are no longer where they were. Drop them again."
        raise NoSuchSource(message)
    return there


def weeks_of_sources(workspace: Workspace) -> Mapping[tuple[str, str], SourceWeeks]:
    """Return the hours of the last weeks by importer and account; a source without hours is left out."""
    recount(workspace)
    last = monday(workspace.today)
    mondays = [last - timedelta(weeks=back) for back in range(_WEEKS - 1, -1, -1)]
    with workspace.store.look() as view:
        told = sources.hours_by_source(view, mondays[0], workspace.today)
    hours: dict[tuple[str, str], dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for source, account, day, spent in told:
        hours[source, account][monday(day)] += spent
    working = workspace.settings.working_hours
    return {
        key: SourceWeeks(tuple(SourceWeek(each, weeks.get(each, 0.0)) for each in mondays), working)
        for key, weeks in hours.items()
    }


def show_problems(
    workspace: Workspace, source: tuple[str, str] | None = None, most: int | None = None
) -> list[ProblemView]:
    """Return what the last import of each file could not read, at most so many.

    Of one importer and account, if they are named. One that did not come to its end is told beside the last that did.
    """
    with workspace.store.look() as view:
        runs, faults = _imports(view)
        told = {run.number: run for run in [*_last_whole(runs, faults), *_last(runs)]}
        found = (
            ProblemView(masked(run.reading.location), problem)
            for run in told.values()
            if source in {None, _source(run)} and run.counts.problems
            for _, problem in sources.problems(view, run.number, most)
        )
        return list(islice(found, most))
