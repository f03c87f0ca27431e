"""Unknown tables: times of day beside a day, columns the person chose, and identities that outlast moved columns."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.importers.contract import Context, Question, Unreadable
from outgrow.importers.table import Table
from outgrow.importers.testing import broken_rules
from outgrow.model.activity import Activity, Kind, Precision
from outgrow.model.problem import Problem
from tests.importers import workbooks
from tests.importers.workbooks import number, text


def read(path: Path, choices: Mapping[str, str] | None = None) -> list[Activity | Problem]:
    context = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin", choices=choices or {})
    items = list(Table().read(path, context))
    assert not list(broken_rules(items, Table()))
    return items


def activities(path: Path, choices: Mapping[str, str] | None = None) -> list[Activity]:
    return [item for item in read(path, choices) if isinstance(item, Activity)]


def table(tmp_path: Path, content: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(content)
    return path


def spans(found: list[Activity]) -> list[tuple[str, str, float | None]]:
    assert {activity.kind for activity in found} == {Kind.TIME_ENTRY}
    return [(f"{each.start:%d %H:%M}", f"{each.end:%d %H:%M}", each.minutes) for each in found]


@pytest.mark.promise("P13")
@pytest.mark.parametrize(
    "names",
    [
        "Date,Start,End,Description",
        "Datum,Von,Bis,Tätigkeit",
        "Datum,Beginn,Ende,Tätigkeit",
        "Date,Started,Finished,Task",
        "Fecha,Inicio,Fin,Tarea",
        "Datum,Kommen,Gehen,Notiz",
        "Date,Time in,Time out,Task",
        "Date,Start time,End,Task",
    ],
)
def test_a_day_and_times_of_day_are_put_together(tmp_path: Path, names: str) -> None:
    path = table(tmp_path, f"{names}\n2024-05-13,09:00,10:30,Weigh\n2024-05-14,23:00,01:00,Count\n")
    assert spans(activities(path)) == [("13 09:00", "13 10:30", 90), ("14 23:00", "15 01:00", 120)]


@pytest.mark.parametrize("names", ["Date;Start;End;Task;Hours", "Datum;Beginn;Ende;Tätigkeit;Stunden"])
def test_stated_hours_stand_beside_times_of_day(tmp_path: Path, names: str) -> None:
    path = table(tmp_path, f"{names}\n2024-05-13;09:00;11:30;Weigh;2,25\n2024-05-14;13:00;3 sharp;Count;1\n")
    assert spans(activities(path)) == [("13 09:00", "13 11:30", 135)]
    assert [item.reason for item in read(path) if isinstance(item, Problem)] == [
        f"'3 sharp' is not a time of day (column {names.split(';')[2]!r})"
    ]


def test_a_duration_named_time_is_no_start_beside_one(tmp_path: Path) -> None:
    path = table(tmp_path, "Date,Start,End,Task,Time\n2024-05-13,09:00,11:00,Weigh,1:30\n")
    assert spans(activities(path)) == [("13 09:00", "13 11:00", 90)]


def test_a_start_with_its_day_is_kept_whole(tmp_path: Path) -> None:
    path = table(tmp_path, "Date,Start,End,Task\n2024-05-14,2024-05-13 23:00,2024-05-14 01:00,Weigh\n")
    assert spans(activities(path)) == [("13 23:00", "14 01:00", 120)]


def test_a_workbook_with_a_day_and_times_of_day(tmp_path: Path) -> None:
    sheet = workbooks.rows(
        (text("Date"), text("Start"), text("End"), text("Task")),
        (number(45425, workbooks.DAY), number(0.375, workbooks.TIME), number(0.4375, workbooks.TIME), text("Weigh")),
    )
    path = workbooks.write(tmp_path / "book.xlsx", {"May": sheet})
    assert spans(activities(path)) == [("13 09:00", "13 10:30", 90)]


def test_values_like_durations_are_guessed_where_the_name_says_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, "col1,col2,col3\n2024-05-13 09:00,Weigh,1:30\n2024-05-14 09:00,Count,0:45\n")
    assert [activity.minutes for activity in activities(path)] == [90, 45]


def test_values_like_times_of_day_are_not_guessed_to_be_durations(tmp_path: Path) -> None:
    path = table(tmp_path, "col1,col2,col3\n2024-05-13,Weigh,9:00\n2024-05-14,Count,13:45\n")
    assert [activity.minutes for activity in activities(path)] == [None, None]


ODD = "wann so,was denn,wie lange,wer zahlt,Notes\n2024-05-13,Weigh,90,Mill,heavy\n2024-05-14,Count,45,Farm,dull\n"


def test_any_role_can_be_chosen(tmp_path: Path) -> None:
    choices = {"title": "was denn", "duration": "wie lange", "unit of wie lange": "minutes", "project": "wer zahlt"}
    found = activities(table(tmp_path, ODD), choices)
    assert [(each.title, each.minutes, each.project) for each in found] == [
        ("Weigh", 90, "Mill"),
        ("Count", 45, "Farm"),
    ]
    assert {each.kind for each in found} == {Kind.TIME_ENTRY}
    assert activities(table(tmp_path, ODD), {"tags": "wer zahlt", "people": "was denn"})[0].people == ("Weigh",)


def test_a_chosen_column_means_nothing_else_as_well(tmp_path: Path) -> None:
    path = table(tmp_path, "Date,Task,Client,Hours\n2024-05-13,Weigh,Mill,2\n")
    (found,) = activities(path, {"title": "Client"})
    assert (found.title, found.project, found.minutes) == ("Mill", "", 120)


def test_chosen_times_of_day_and_their_day(tmp_path: Path) -> None:
    path = table(tmp_path, "x,y,z,w,Task\n2024-05-01,2024-05-13,9:00,10:30,Weigh\n")
    found = activities(path, {"date": "y", "start": "z", "end": "w"})
    assert spans(found) == [("13 09:00", "13 10:30", 90)]
    with pytest.raises(Question) as asked:
        read(path, {"start": "z", "end": "w"})
    assert asked.value.key == "date"


def test_chosen_hours_make_time_entries_of_finished_tasks(tmp_path: Path) -> None:
    path = table(tmp_path, "Completed at,Task,Took\n2024-05-13,Weigh,2\n")
    (found,) = activities(path, {"duration": "Took", "start": "Completed at"})
    assert (found.kind, found.minutes, found.precision) == (Kind.TIME_ENTRY, 120, Precision.DAY)
    assert activities(path, {"duration": "Took"})[0].minutes == 120


def test_a_chosen_column_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(table(tmp_path, ODD), {"duration": "hours"})
    assert caught.value.reason == "the table has no column 'hours', which was chosen as duration"
    assert "wie lange" in caught.value.remedy


@pytest.mark.promise("P8")
def test_moved_and_added_columns_make_no_row_new(tmp_path: Path) -> None:
    before = table(tmp_path, "Wann;Was;Minuten;Kunde\n13.05.2024;Weigh;90;Mill\n", "before.csv")
    moved = table(tmp_path, "Was;Wann;Kunde;Minuten\nWeigh;13.05.2024;Mill;90\n", "moved.csv")
    added = table(tmp_path, "Wann;Was;Minuten;Kunde;neu\n13.05.2024;Weigh;90;Mill;x\n", "added.csv")
    names = {(each.account, each.native_id) for path in (before, moved, added) for each in activities(path)}
    assert len(names) == 1
    assert {Table().account(path) for path in (before, moved, added)} == {"table"} == {account for account, _ in names}


@pytest.mark.promise("P8")
def test_numbered_rows_of_two_tables_are_not_each_other(tmp_path: Path) -> None:
    one = table(tmp_path, "Nr,Date,Task\n1,2024-05-13,Weigh\n2,2024-05-13,Count\n", "one.csv")
    two = table(tmp_path, "Nr,Day,What\n1,2024-05-14,Sing\n2,2024-05-14,Dance\n", "two.csv")
    assert len({each.native_id for path in (one, two) for each in activities(path)}) == 4
    kept = table(tmp_path, "Ticket,Date,Task\nAB-1,2024-05-13,Weigh\n", "kept.csv")
    assert [each.native_id for each in activities(kept)] == ["AB-1"]


def test_problems_name_the_sheet_where_there_are_several(tmp_path: Path) -> None:
    head = (text("date"), text("task"))
    sheet = workbooks.rows(head, (text("2024-05-13"), text("Weigh")), (text("soon"), text("Count")))
    one = workbooks.write(tmp_path / "one.xlsx", {"May": sheet})
    two = workbooks.write(tmp_path / "two.xlsx", {"May": sheet, "June": sheet, "Plan": ""})
    reason = "'soon' is not a day (column 'date')"
    for path, said in ((one, reason), (two, f"{reason} (sheet 'June')")):
        found = read(path, {"sheet": "June"})
        assert [item.reason for item in found if isinstance(item, Problem)] == [said]
    assert activities(one)[0].warnings == ()
    assert activities(two, {"sheet": "June"})[0].warnings == ("only the sheet 'June' was read, not 'May'",)


def test_a_duration_beyond_the_calendar_is_a_problem(tmp_path: Path) -> None:
    header = "Description,Project,Start date,Start time,Duration"
    rows = "Plan,,2026-10-05,09:00:00,01:00:00\nPlan,,2026-10-06,09:00:00,99999999999:00:00\n"
    entry, problem = read(table(tmp_path, f"{header}\n{rows}"))
    assert isinstance(entry, Activity)
    assert isinstance(problem, Problem)
    assert "9999" in problem.reason
