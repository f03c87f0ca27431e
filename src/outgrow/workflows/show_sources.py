"""Says what came from where, how fresh it is, and what could not be read."""

from collections.abc import Iterable, Sequence

from outgrow.config import masked
from outgrow.reports.sources import ProblemView, SourceView
from outgrow.store import activities, sources
from outgrow.store.sources import Run
from outgrow.workflows.workspace import Workspace


def show_sources(workspace: Workspace) -> list[SourceView]:
    """Return every source by importer and account with its last import, the freshest first."""
    with workspace.store.look() as view:
        runs = sources.runs(view)
        spans = {(each.source, each.account): each for each in activities.spans(view)}
    by_source: dict[tuple[str, str], list[Run]] = {}
    for run in _last(runs):
        by_source.setdefault((run.reading.importer, run.reading.account), []).append(run)
    views = [_view(found, spans.get(source)) for source, found in by_source.items()]
    return sorted(views, key=lambda each: each.imported, reverse=True)


def _last(runs: Iterable[Run]) -> list[Run]:
    """Keep the last import of each file."""
    by_file = {(run.reading.importer, run.reading.account, run.reading.location): run for run in runs}
    return list(by_file.values())


def _view(runs: Sequence[Run], span: activities.Span | None) -> SourceView:
    newest = max(runs, key=lambda run: run.number)
    return SourceView(
        importer=newest.reading.importer,
        account=newest.reading.account,
        location=masked(newest.reading.location),
        files=len(runs),
        imported=newest.reading.at,
        records=sum(run.counts.records for run in runs),
        problems=sum(run.counts.problems for run in runs),
        activities=span.activities if span else 0,
        first=span.first if span else None,
        last=span.last if span else None,
    )


def show_problems(workspace: Workspace) -> list[ProblemView]:
    """Return what the last import of each source could not read."""
    with workspace.store.look() as view:
        return [
            ProblemView(masked(run.reading.location), problem)
            for run in _last(sources.runs(view))
            for _, problem in sources.problems(view, run.number)
        ]
