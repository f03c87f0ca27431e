"""The place that says what is known from where, how fresh it is, and what could not be read."""

from dataclasses import dataclass

from starlette.responses import Response

from outgrow.reports.charts import source_weeks
from outgrow.reports.charts.chart import Chart
from outgrow.reports.sources import ProblemView, SourceView
from outgrow.web import bring_in
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import drop as drops
from outgrow.workflows.show_sources import paths_of, show_problems, show_sources, weeks_of_sources

_CARDS = 8
_SHOWN = 5  # problems on a card
_ON_A_PAGE = 100
_MOST = 10_000_000  # sources or problems that are passed over


@dataclass(frozen=True, slots=True)
class _Card:
    """One source with its weeks and the first records that could not be read."""

    source: SourceView
    chart: Chart | None
    problems: tuple[ProblemView, ...]


def show(visit: Visit) -> Response:
    """Show a card for each source, a few at a time."""
    weeks = weeks_of_sources(visit.workspace)
    cards = []
    first, found = read_number(visit.asked("first"), 0, _MOST), show_sources(visit.workspace)
    for each in found[first : first + _CARDS]:
        key = (each.importer, each.account)
        problems = _records(visit, key, _SHOWN) if each.problems else []
        chart = source_weeks.draw(weeks[key]) if key in weeks else None
        cards.append(_Card(each, chart, tuple(problems)))
    place = {"first": first, "step": _CARDS, "total": len(found)}
    return visit.page("sources.html", here="sources", cards=cards, waiting=bring_in.waiting(visit), **place)


def problems(visit: Visit) -> Response:
    """Show what could not be read of one source, a hundred records at a time."""
    key = (visit.asked("importer"), visit.asked("account"))
    first = read_number(visit.asked("first"), 0, _MOST)
    found = _records(visit, key, first + _ON_A_PAGE)
    total = sum(each.problems for each in show_sources(visit.workspace) if (each.importer, each.account) == key)
    return visit.page(
        "sources_problems.html",
        here="sources",
        key=key,
        problems=found[first:],
        first=first,
        total=total,
        step=_ON_A_PAGE,
    )


def _records(visit: Visit, key: tuple[str, str], most: int) -> list[ProblemView]:
    """Return the records of a source that could not be read; what is wrong with it as a whole is told apart."""
    return [each for each in show_problems(visit.workspace, key, most) if each.problem.line]


def again(visit: Visit) -> Response:
    """Bring a source in again from where it was."""
    paths = paths_of(visit.workspace, visit.said("importer"), visit.said("account"))
    taken = drops.take_again(visit.workspace, paths)
    bring_in.start(visit, taken, len(paths)).wait()
    return visit.go("drop", number=taken.number)


ROUTES = (
    Route("sources", "/sources", show),
    Route("problems", "/sources/problems", problems),
    Route("bring_again", "/sources/again", again, "POST"),
)
