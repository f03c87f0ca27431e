"""Says what came from where, how fresh it is, and what could not be read."""

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
    last = {(run.reading.importer, run.reading.account, run.reading.location): run for run in runs}
    views = [_view(run, spans.get((run.reading.importer, run.reading.account))) for run in last.values()]
    return sorted(views, key=lambda each: each.imported, reverse=True)


def _view(run: Run, span: activities.Span | None) -> SourceView:
    return SourceView(
        importer=run.reading.importer,
        account=run.reading.account,
        location=masked(run.reading.location),
        imported=run.reading.at,
        records=run.counts.records,
        problems=run.counts.problems,
        activities=span.activities if span else 0,
        first=span.first if span else None,
        last=span.last if span else None,
    )


def show_problems(workspace: Workspace) -> list[ProblemView]:
    """Return what the last import of each source could not read."""
    with workspace.store.look() as view:
        runs = sources.runs(view)
        last = {(run.reading.importer, run.reading.account, run.reading.location): run for run in runs}
        return [
            ProblemView(masked(run.reading.location), problem)
            for run in last.values()
            for _, problem in sources.problems(view, run.number)
        ]
