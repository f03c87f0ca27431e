"""The place to say of many kinds of work, in any order: more of the same, or new."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from outgrow.model.period import Period
from outgrow.reports.audit import CardView
from outgrow.reports.ledger import standing
from outgrow.reports.words import said_of
from outgrow.web.answers import DISCOMFORTS, NoAnswer, named, read_several, read_value
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.show_ledger import asked_again
from outgrow.workflows.sort_work import WorkAnswer, alike_work, judge, list_work

#: So many kinds of work are on one page.
ROWS = 40
_PERIOD = "last 90 days"
_MOST_PAGES = 100_000


def show(visit: Visit) -> Response:
    """List the work of a period, the largest first: what waits for an answer, or all."""
    period = _period(visit)
    cards = list_work(visit.workspace, period, judged=True)
    visit.desk.kept["sort"] = {card.workstream: card for card in cards}
    alike = alike_work(cards, visit.asked("alike"))
    wanted = alike or [card for card in cards if visit.asked("all") or card.before is None]
    page = max(1, min(read_number(visit.asked("page"), 1, _MOST_PAGES), -(-len(wanted) // ROWS)))
    return visit.page(
        "sort.html",
        here="sort",
        period=period,
        rows=wanted[(page - 1) * ROWS : page * ROWS],
        wanted=len(wanted),
        waiting=sum(card.before is None for card in cards),
        number=len(cards),
        chosen=bool(alike),
        view=_view(visit, page),
        pages=-(-len(wanted) // ROWS),
        again=asked_again(visit.workspace),
        standing=standing,
        discomforts=DISCOMFORTS,
    )


def answer(visit: Visit) -> Response:
    """Keep one answer for the kinds of work that were chosen, or for the one whose button was pressed."""
    value, one = read_value(visit.said("answer")), visit.said("card")
    chosen = [one] if one else read_several(visit, "chosen")
    if not chosen:
        message = "Choose at least one kind of work first. Nothing was changed."
        raise NoAnswer(message)
    names = judge(visit.workspace, chosen, _period(visit).first, WorkAnswer(value))
    told = f"Kept: {named(names)}, {said_of(value)}."
    card = _kept(visit, one)
    if card is None or "x-swap" not in visit.request.headers:
        return visit.go("sort", tell=told, **_view(visit, visit.asked("page")))
    visit.desk.notice = told
    row = replace(card, before=value)
    return visit.page(
        "sort_row.html", here="sort", period=_period(visit), row=row, view=_view(visit, visit.asked("page"))
    )


def _kept(visit: Visit, workstream: str) -> CardView | None:
    """Return the card as it was listed last, so that a single answer costs no new list."""
    kept = visit.desk.kept.get("sort")
    return kept.get(workstream) if isinstance(kept, dict) else None


def _period(visit: Visit) -> Period:
    return named_period(visit.workspace, visit.asked("period") or _PERIOD)


def _view(visit: Visit, page: object) -> Mapping[str, object]:
    """Return what the addresses of the list carry on."""
    return {
        "period": visit.asked("period"),
        "all": "1" if visit.asked("all") else "",
        "page": page if page not in {"1", 1} else "",
    }


ROUTES = (Route("sort", "/sort", show), Route("sort_answer", "/sort", answer, "POST"))
