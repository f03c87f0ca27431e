"""What is different from a year ago, from the person's own store."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from outgrow.cli.main import main
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.reports import changed
from outgrow.reports.changed import Turn
from outgrow.reports.charts import small_multiples, theme_river
from outgrow.workflows.arrange_workstreams import rename
from outgrow.workflows.keep_roles import RoleWords, add
from outgrow.workflows.look_back import CannotCompare, look_back
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 7, 6, 18, tzinfo=ZoneInfo("Europe/Berlin"))
TURN = date(2026, 1, 5)
OLD = ("Weekly stock report", "Answer invoices", "Clean item master", "Data pull", "Pick rates", "Cold store count")
NEW = "Supplier talks Ghent"
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"


def fill(folder: Path, days: int = 700) -> None:
    chance, rows = Random(1), [HEADER]  # noqa: S311 - a made-up year
    for back in range(days, -1, -1):
        day = NOW.date() - timedelta(days=back)
        for hour in (9, 11, 14) if day.isoweekday() <= 5 else ():
            title = NEW if day >= TURN and chance.random() < 0.25 else chance.choice(OLD)
            rows.append(f"{title},Acme,{day},{hour:02}:00:00,{day},{hour + 1:02}:00:00,01:00:00,")
        rows.append(f"Lunch,Acme,{day},12:00:00,{day},12:30:00,00:30:00,")
    sheet = folder.parent / "sheet.csv"
    sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(folder), "import", str(sheet)]) == 0


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with nearly two years of work that turn at the beginning of the year."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    fill(folder)
    return folder


@pytest.fixture
def workspace(filled: Path) -> Iterator[Workspace]:
    """Open that folder."""
    with open_workspace(str(filled), NOW) as opened:
        yield opened


def test_the_turn_is_named_with_hours_and_month(workspace: Workspace) -> None:
    view = look_back(workspace)
    assert view.later == Period(date(2026, 1, 6), date(2026, 7, 6), view.later.name)
    assert view.earlier.days == 365
    first = view.changes[0]
    assert (first.turn, first.name) == (Turn.NEW, NEW)
    assert first.before < 0.1
    assert first.after == pytest.approx(3.75, abs=1)
    assert "January 2026" in first.sentence
    assert NEW in view.sentences[0]
    assert view.same
    assert view.same.share < view.same.low
    row = next(each for each in view.rows if each.name == NEW)
    assert row.after == pytest.approx(first.after)
    assert sum(row.months) > 0


def test_a_table_that_holds_all_hours(workspace: Workspace) -> None:
    view = look_back(workspace)
    whole = sum(sum(row.months) for row in view.rows) + sum(view.other)
    days = [view.earlier.first + timedelta(days=n) for n in range(365 + 182)]
    assert whole == pytest.approx(sum(3 * (day.isoweekday() <= 5) + 0.5 for day in days), abs=12)


def test_what_is_no_work_and_what_was_renamed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    fill(folder)
    with open_workspace(str(folder), NOW) as workspace:
        assert any(row.name == "Lunch" for row in look_back(workspace).rows)
        judge(workspace, ["Lunch"], NOW.date() - timedelta(days=500), WorkAnswer(Value.OUTSIDE))
        rename(workspace, NEW, "Deals with suppliers")
        add(workspace, RoleWords(title="Buyer", first="2026-03-01"))
        view = look_back(workspace)
    assert not any(row.name == "Lunch" for row in view.rows)
    assert "Deals with suppliers" in view.sentences[0]
    assert view.roles == ("Since March 2026 your role is Buyer.",)


def test_any_two_periods_but_none_that_overlap(workspace: Workspace) -> None:
    spring, autumn = Period(date(2026, 2, 1), date(2026, 4, 30)), Period(date(2025, 8, 1), date(2025, 11, 30))
    assert NEW in "".join(look_back(workspace, spring, autumn).sentences)
    with pytest.raises(CannotCompare, match="before the later one begins"):
        look_back(workspace, autumn, spring)


def test_little_work_says_what_is_lacking(workspace: Workspace) -> None:
    week = Period(date(2026, 6, 1), date(2026, 6, 7))
    assert "8 weeks with work" in look_back(workspace, week).missing
    missing = look_back(workspace, week, week.before()).missing
    assert "26 weeks with work are needed. There are 2 such weeks" in missing


def test_it_is_told_in_a_terminal_and_drawn(workspace: Workspace) -> None:
    view = look_back(workspace)
    said = changed.render(view)
    assert max(map(len, said.splitlines())) <= 78
    assert NEW in said
    for chart in (theme_river.draw(view), small_multiples.draw(view)):
        assert chart
        assert NEW in chart.svg
        assert "style=" not in chart.svg
        assert chart.table.rows


def test_labels_keep_apart_and_in_order() -> None:
    places = theme_river.apart([50.0, 51.0, 52.0, 229.0, 230.0], 20.0, 230.0)
    assert places == sorted(places)
    assert all(later - earlier >= 17 for earlier, later in pairwise(places))
    assert places[-1] <= 230
