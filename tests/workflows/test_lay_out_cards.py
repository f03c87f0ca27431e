"""Cards: what is guessed and the reason beside it belong together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.reports.audit import CardLine, CardView, render_table
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.lay_out_cards import alike_cards, lay_out
from outgrow.workflows.period_work import gather
from outgrow.workflows.periods import month
from outgrow.workflows.sort_work import list_work
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
OCTOBER = month(2026, 10)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data without any work."""
    with open_workspace(str(tmp_path), NOW) as opened:
        yield opened


def entry(number: int, title: str, start: datetime, minutes: float = 30.0, people: Sequence[str] = ()) -> Activity:
    return Activity(
        source="table",
        account="",
        native_id=str(number),
        line=number + 1,
        kind=Kind.TIME_ENTRY,
        title=title,
        start=start,
        end=start + timedelta(minutes=minutes),
        minutes=minutes,
        basis=DurationBasis.MEASURED,
        people=tuple(people),
    )


def keep(workspace: Workspace, entries: Sequence[Activity]) -> None:
    with workspace.store.begin() as change:
        activities.record(change, Reading(importer="table", location="export.csv", at=NOW), entries)


def test_a_title_that_names_no_work_gets_no_sure_guess(workspace: Workspace) -> None:
    past = [entry(n, "Stock count", datetime(2026, 9, 1 + n, 9, tzinfo=UTC)) for n in range(20)]
    now = [
        entry(30 + n, title, datetime(2026, 10, 5, 9 + n, tzinfo=UTC))
        for n, title in enumerate(("Stock count", "Misc"))
    ]
    keep(workspace, [*past, *now])
    cards = {card.name: card for card in list_work(workspace, OCTOBER)}
    assert cards["Stock count"].can_tell
    assert cards["Stock count"].guessed.startswith("depth, ")
    assert cards["Misc"].guessed == "can't tell; most work is depth"
    assert "%" not in next(line for line in render_table(tuple(cards.values())).splitlines() if "Misc" in line)


def test_the_reason_is_that_of_an_activity_that_is_guessed_as_the_card_is(workspace: Workspace) -> None:
    start = datetime(2026, 9, 1, 9, tzinfo=UTC)
    past = [entry(n, "Stock count", start + timedelta(days=n), people=["Anna"]) for n in range(20)]
    now = [entry(30 + n, "Stock count", start + timedelta(days=35 + n), people=["Anna"]) for n in range(5)]
    longest = entry(40, "Stock count", start + timedelta(days=41), 90.0, ["Zoe"])
    keep(workspace, [*past, *now, longest])
    list_work(workspace, OCTOBER)
    done = gather(workspace, OCTOBER)
    largest = max(done.work, key=done.size)
    (before,) = lay_out(workspace, done).values()
    assert "first time with zoe" in before.reason
    other = replace(done, work=[each._replace(probability=0.9) if each is largest else each for each in done.work])
    (card,) = lay_out(workspace, other).values()
    assert card.guess == "depth"
    assert "zoe" not in card.reason


def test_cards_are_alike_by_what_their_names_tell() -> None:
    names = ["Bed rota and 3 others", "Bed rota notes", "Fees and 3 others"]
    line = CardLine(1, date(2026, 10, 5), "Bed meeting", 1.0)
    card = CardView(
        workstream="w",
        name="",
        hours=1.0,
        activities=(line,),
        probability=0.1,
        reason="",
        can_tell=True,
        before=None,
    )
    one, *others = (replace(card, name=name) for name in names)
    assert [card.name for card in alike_cards(one, others)] == ["Bed rota notes"]
    assert alike_cards(one, [replace(others[0], probability=0.9)]) == ()
