"""Making room over what is kept: proposed, begun, kept from slipping, taken back and followed up."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.analysis.making_room import Followed
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.plan import Release, Way
from outgrow.reports import room
from outgrow.reports.room import RoomState, RoomView
from outgrow.store import activities, versions
from outgrow.store.sources import Reading
from outgrow.workflows import make_room
from outgrow.workflows.make_room import CannotMakeRoom, show_room
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
LAST = date(2026, 11, 22)
KINDS = ("Stock report", "Supplier invoices", "Order desk")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "data")


@pytest.fixture
def workspace(folder: str) -> Iterator[Workspace]:
    with open_workspace(folder, NOW) as opened:
        work(opened, lambda title, _: KINDS.index(title) + 1.0)
        yield opened


def work(workspace: Workspace, hours: Callable[[str, date], float], weeks: int = 26, last: date = LAST) -> None:
    """Bring in each kind of work once a week over the last weeks, with hours by title and day."""
    done = []
    for back in range(weeks):
        for place, title in enumerate(KINDS):
            day = last - timedelta(days=7 * back + place + 2)
            start = datetime(day.year, day.month, day.day, 8 + 3 * place, tzinfo=UTC)
            spent = hours(title, day)
            if spent:
                done.append(
                    Activity(
                        source="sheet",
                        account="me",
                        native_id=f"{title} {day}",
                        line=1,
                        kind=Kind.TIME_ENTRY,
                        title=title,
                        start=start,
                        end=start + timedelta(hours=spent),
                        minutes=spent * 60,
                        basis=DurationBasis.MEASURED,
                    )
                )
    with workspace.store.begin() as change:
        reading = Reading(importer="table", account="me", location="sheet", at=workspace.now)
        activities.record(change, reading, done)


def names(view: RoomView) -> list[str]:
    return [each.name for each in view.work]


def test_without_work_nothing_can_be_said(folder: str) -> None:
    with open_workspace(folder, NOW) as workspace:
        view = show_room(workspace)
    assert view.state is RoomState.NOTHING
    assert room.render(view, LAST)


def test_without_answers_the_work_is_ranked_and_no_need_is_told(workspace: Workspace) -> None:
    view = show_room(workspace)
    assert view.state is RoomState.FEW
    assert names(view) == ["Order desk", "Supplier invoices", "Stock report"]
    assert [each.hours for each in view.work] == pytest.approx([3.0, 2.0, 1.0])
    assert (view.share, view.plan) == (None, None)


def test_named_hours_are_freed_by_the_fewest_releases(workspace: Workspace) -> None:
    view = show_room(workspace, 2.0)
    assert view.plan
    assert [each.name for each in view.plan.releases] == ["Order desk"]
    assert view.plan.frees >= 2.0
    assert "Order desk" in view.plan.sentence
    assert all(each.frees >= 2.0 for each in view.others)


def test_what_is_lacking_is_said(workspace: Workspace) -> None:
    view = show_room(workspace, 10.0)
    assert view.state is RoomState.LACKING
    assert view.lacking == pytest.approx(4.0)
    assert "4.0 h are lacking" in room.why(view)


def test_what_must_not_slip_is_done_by_somebody_or_something_else(workspace: Workspace) -> None:
    make_room.keep_firm(workspace, "Order desk")
    order, *_ = show_room(workspace).work
    assert set(order.ways) == {Way.AUTOMATE, Way.HAND_OVER}
    make_room.keep_firm(workspace, "Order desk", firm=False)
    assert set(show_room(workspace).work[0].ways) == set(Way)


def test_what_is_turned_down_is_not_proposed_again(workspace: Workspace) -> None:
    make_room.turn_down(workspace, "Order desk", Way.DROP)
    assert Way.DROP not in show_room(workspace).work[0].ways
    make_room.turn_down(workspace, "Order desk")
    view = show_room(workspace, 2.5)
    assert view.plan
    assert "Order desk" not in [each.name for each in view.plan.releases]
    undo(workspace)
    assert show_room(workspace).work[0].ways == tuple(each for each in Way if each is not Way.DROP)


def test_a_plan_is_begun_and_taken_back_in_one_go(workspace: Workspace) -> None:
    begun = make_room.take(workspace, wanted=4.5)
    assert len(begun) == 2
    view = show_room(workspace)
    assert {each.outcome for each in view.followed} == {Followed.EARLY}
    assert names(view) == ["Stock report"]
    assert view.under_way == pytest.approx(sum(each.frees for each in begun))
    undo(workspace)
    assert show_room(workspace).followed == ()


def test_a_release_ends(workspace: Workspace) -> None:
    number = make_room.let_go(workspace, "order", Way.HAND_OVER, " Mia ")
    with workspace.store.look() as view:
        assert versions.current(view, Release)[number].to == "Mia"
    make_room.end(workspace, number)
    assert len(show_room(workspace).work) == 3
    with pytest.raises(CannotMakeRoom, match="There is no release"):
        make_room.end(workspace, number)


@pytest.mark.parametrize("words", ["", "nothing", "r"])
def test_what_names_none_or_several(workspace: Workspace, words: str) -> None:
    with pytest.raises(CannotMakeRoom, match="outgrow room lists it"):
        make_room.let_go(workspace, words, Way.DROP)


@pytest.mark.parametrize("wanted", [0.0, -1.0, 81.0, float("nan")])
def test_hours_that_no_week_has(workspace: Workspace, wanted: float) -> None:
    with pytest.raises(CannotMakeRoom):
        show_room(workspace, wanted)


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        ({}, Followed.NOT_YET),
        ({"Order desk": 0.5}, Followed.FEWER),
        ({"Order desk": 0.5, "Supplier invoices": 5.0}, Followed.MORE_DEPTH),
    ],
)
def test_after_weeks_it_is_said_whether_the_hours_fell(
    workspace: Workspace, folder: str, later: dict[str, float], outcome: Followed
) -> None:
    make_room.let_go(workspace, "Order desk", Way.HAND_OVER)
    then = NOW + timedelta(weeks=7)
    with open_workspace(folder, then) as after:
        usual = {title: place + 1.0 for place, title in enumerate(KINDS)}
        work(after, lambda title, _: (usual | later)[title], 7, then.date() - timedelta(days=1))
        (followed,) = show_room(after).followed
        assert followed.outcome is outcome
        assert followed.before == pytest.approx(3.0, abs=0.3)
        assert followed.now == pytest.approx(later.get("Order desk", 3.0), abs=0.01)
        assert room.outcome(followed, after.today)
