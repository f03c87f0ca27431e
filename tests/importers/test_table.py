"""Tables: what the columns of known exports and of any other table come to mean."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.importers.contract import Context, Question, Unreadable
from outgrow.importers.table import Table
from outgrow.importers.testing import broken_rules, check
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility, ZoneCertainty
from outgrow.model.problem import Problem
from tests.importers import workbooks
from tests.importers.workbooks import number, text

SAMPLES = Path(__file__).parent / "samples" / "table"
NOW = datetime(2025, 1, 15, 12, tzinfo=UTC)


def read(
    path: Path, choices: Mapping[str, str] | None = None, addresses: frozenset[str] = frozenset()
) -> list[Activity | Problem]:
    context = Context(now=NOW, zone="Europe/Berlin", choices=choices or {}, addresses=addresses)
    items = list(Table().read(path, context))
    assert not list(broken_rules(items, Table()))
    return items


def activities(
    path: Path, choices: Mapping[str, str] | None = None, addresses: frozenset[str] = frozenset()
) -> list[Activity]:
    return [item for item in read(path, choices, addresses) if isinstance(item, Activity)]


def problems(path: Path) -> list[Problem]:
    return [item for item in read(path) if isinstance(item, Problem)]


def table(tmp_path: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def asked(path: Path, choices: Mapping[str, str]) -> Question:
    with pytest.raises(Question) as caught:
        read(path, choices=choices)
    return caught.value


def test_every_sample_gives_what_it_should() -> None:
    assert check(Table(), SAMPLES) >= 17


@pytest.mark.parametrize(
    ("name", "account", "kind"),
    [
        ("toggl", "toggl", Kind.TIME_ENTRY),
        ("clockify", "clockify", Kind.TIME_ENTRY),
        ("clockify-short", "clockify", Kind.TIME_ENTRY),
        ("harvest", "harvest", Kind.TIME_ENTRY),
        ("jira", "jira", Kind.ISSUE_EVENT),
        ("linear", "linear", Kind.ISSUE_EVENT),
        ("asana", "asana", Kind.TASK_DONE),
        ("ticktick", "ticktick", Kind.TASK_DONE),
        ("todoist", "todoist", Kind.TASK_DONE),
        ("outlook", "outlook", Kind.MEETING),
        ("outlook-german", "outlook", Kind.MEETING),
        ("outlook-french", "outlook", Kind.MEETING),
        ("google", "google-calendar", Kind.MEETING),
    ],
)
def test_known_exports_are_known_by_their_column_names(name: str, account: str, kind: Kind) -> None:
    path = SAMPLES / f"{name}.csv"
    assert Table().account(path) == account
    assert {activity.kind for activity in activities(path)} == {kind}


def test_a_known_export_is_recognised_without_its_ending(tmp_path: Path) -> None:
    head = (SAMPLES / "toggl.csv").read_bytes()
    assert Table().identify(tmp_path / "download", head)
    assert not Table().identify(tmp_path / "notes.md", b"# Notes, of a day\n")
    assert Table().identify(tmp_path / "A.CSV", b"a,b")
    assert not Table().identify(tmp_path / "a.xlsx", b"a,b")


def test_a_folder_named_like_a_table_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "Export 2026.csv"
    folder.mkdir()
    assert not Table().identify(folder, b"")


def test_a_time_entry_keeps_the_local_offset_and_its_stated_duration() -> None:
    first, *_ = activities(SAMPLES / "toggl.csv")
    assert first.start is not None
    assert first.start.isoformat() == "2024-03-04T09:05:10+01:00"
    assert (first.minutes, first.basis) == (90.5, DurationBasis.MEASURED)
    assert (first.zone, first.zone_certainty) == ("Europe/Berlin", ZoneCertainty.ASSUMED)
    assert (first.line, first.project, first.tags) == (2, "Reorder points", ("deep", "stock"))


@pytest.mark.promise("P13")
def test_hours_across_changes_of_the_clock_are_those_that_passed(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Description,Start date,Start time,End date,End time\n"
        "spring,2024-03-31,01:00:00,2024-03-31,04:00:00\n"
        "autumn,2024-10-27,01:00:00,2024-10-27,04:00:00\n"
        "second two o'clock,2024-10-27,02:50:00,2024-10-27,02:10:00\n"
        "in the gap,2024-03-31,02:30:00,2024-03-31,03:10:00\n"
        "midnight,2024-05-01,20:00:00,2024-05-01,24:00:00\n",
    )
    assert [activity.minutes for activity in activities(path)] == [120, 240, 20, 40, 240]


def test_an_end_without_a_day_may_lie_after_midnight(tmp_path: Path) -> None:
    path = table(tmp_path, "date,start time,end time,task\n2024-05-01,22:00,01:30,Count\n2024-05-01,9:00,10:00,Weigh\n")
    assert [activity.minutes for activity in activities(path)] == [210, 60]


def test_days_with_hours_have_the_precision_of_days() -> None:
    first, second, third = activities(SAMPLES / "harvest.csv")
    assert (first.precision, first.minutes, first.end) == (Precision.DAY, 450, None)
    assert second.minutes == 15
    assert third.warnings == ("longer than 24 hours",)


def test_issues_are_done_open_or_dropped_and_people_come_from_comments_too() -> None:
    done, to_do, undated, dropped = activities(SAMPLES / "jira.csv")
    assert [item.state for item in (done, to_do, undated, dropped)] == [
        State.DONE,
        State.PLANNED,
        State.DONE,
        State.CANCELLED,
    ]
    assert done.people == ("Tom", "Ines", "olga", "tom")
    assert done.tags == ("printer", "floor")
    assert done.references == ("MILL-7",)
    assert (done.minutes, done.basis) == (None, DurationBasis.NONE)
    assert undated.warnings


def test_a_whole_day_in_utc_is_the_day_of_the_persons_zone() -> None:
    first, *_ = activities(SAMPLES / "ticktick.csv")
    assert first.start is not None
    assert first.start.isoformat() == "2024-06-07T00:00:00+01:00"
    assert (first.precision, first.zone_certainty) == (Precision.DAY, ZoneCertainty.STATED)


def test_sections_name_the_project_and_are_no_records() -> None:
    first, second = read(SAMPLES / "todoist.csv")
    assert isinstance(first, Activity)
    assert isinstance(second, Activity)
    assert (first.project, first.state) == ("Autumn", State.PLANNED)
    assert (second.precision, second.start) == (Precision.NONE, None)
    assert "every friday" in second.warnings[0]


def test_meetings_tell_people_role_and_privacy() -> None:
    review, holiday, planned = activities(SAMPLES / "outlook.csv", addresses=frozenset({"tom hale"}))
    assert review.people == ("Kay, Ines", "Olga", "Piet")
    assert (review.role, review.visibility) == (Role.LED, Visibility.PRIVATE)
    assert (review.minutes, review.basis) == (60, DurationBasis.PLANNED)
    assert (holiday.precision, holiday.minutes, holiday.tags) == (Precision.DAY, None, ("free",))
    assert (review.state, planned.state) == (State.DONE, State.PLANNED)


def test_the_bare_last_day_of_a_meeting_is_meant_with_its_evening() -> None:
    _, fair = activities(SAMPLES / "google.csv")
    assert fair.end is not None
    assert fair.end.isoformat() == "2024-09-30T00:00:00+02:00"


def test_totals_and_repeated_column_names_are_problems_that_say_so(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Date,Task,Hours\n2024-05-01,Weigh,1\nDate,Task,Hours\n2024-05-02,Weigh,1\n,,\n\n  ,,\nTotal,,2\n",
    )
    assert [(problem.line, problem.reason) for problem in problems(path)] == [
        (3, "the column names again, not a record"),
        (8, "a row of totals, not a record"),
    ]
    assert [activity.line for activity in activities(path)] == [2, 4]


def test_a_problem_names_column_value_and_row(tmp_path: Path) -> None:
    path = table(tmp_path, "Date,Task,Hours\n2024-05-01,Weigh,1\n2024-13-01,Weigh,1\n2024-05-03,Weigh,long\n,Weigh,1\n")
    found = problems(path)
    assert [problem.line for problem in found] == [3, 4, 5]
    assert found[0].reason == "'2024-13-01' is not a day (column 'Date')"
    assert found[1].reason == "'long' is not a duration (column 'Hours')"
    assert found[2].reason == "no day in the column 'Date'"
    assert found[0].raw == "2024-13-01,Weigh,1"
    assert all(problem.remedy for problem in found)


def test_a_row_with_more_cells_than_columns_is_not_guessed_at(tmp_path: Path) -> None:
    path = table(tmp_path, "Date,Task,Hours\n2024-05-01,Weigh, then pack,1\n2024-05-02,Weigh,1,,\n2024-05-03,Pack\n")
    assert [problem.line for problem in problems(path)] == [2]
    assert [activity.line for activity in activities(path)] == [3, 4]


def test_an_unclear_day_is_asked_with_its_two_readings_and_the_answer_holds() -> None:
    path = SAMPLES / "unclear-day.csv"
    question = asked(path, {})
    assert [option.value for option in question.options] == ["day first", "month first"]
    assert "5 April 2024" in question.options[0].words
    first, _ = activities(path, choices={question.key: "month first"})
    assert first.start is not None
    assert (first.start.month, first.start.day) == (5, 4)


def test_one_clear_row_decides_for_the_column_and_for_other_columns(tmp_path: Path) -> None:
    path = table(tmp_path, "Created,Completed,Title\n05/04/2024,06/04/2024,a\n05/04/2024,05/05/2024,b\n05/13/2024,,c\n")
    first, *_ = activities(path)
    assert first.start is not None
    assert (first.start.month, first.start.day) == (6, 4)


def test_what_is_unclear_is_asked_one_by_one(tmp_path: Path) -> None:
    path = table(tmp_path, "a,b,c,d\nred,green,2024-05-01,2024-05-02\nblue,pink,2024-05-03,2024-05-04\n")
    first = asked(path, {})
    assert (first.key, {option.value for option in first.options}) == ("start", {"a", "b", "c", "d"})
    second = asked(path, {first.key: "c"})
    assert second.key == "title"
    found = activities(path, choices={"start": "c", "title": "b"})
    assert [activity.title for activity in found] == ["green", "pink"]


def test_whole_numbers_without_a_unit_are_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path, "date,task,duration\n2024-05-01,Weigh,30\n2024-05-02,Weigh,45\n")
    question = asked(path, {})
    assert question.key == "unit of duration"
    assert [activity.minutes for activity in activities(path, choices={question.key: "minutes"})] == [30, 45]
    assert [activity.minutes for activity in activities(path, choices={question.key: "hours"})] == [1800, 2700]


def test_choices_are_kept_for_tables_with_the_same_columns(tmp_path: Path) -> None:
    one = table(tmp_path, "when,what\n05/04/2024,a\n", "one.csv")
    two = table(tmp_path, "\ufeffWhen;What\n06/04/2024;b\n", "two.csv")
    other = table(tmp_path, "when,who\n06/04/2024,b\n", "three.csv")
    assert Table().signature(one) == Table().signature(two) != Table().signature(other)
    assert activities(one, choices={"order of when": "day first", "title": "What"})[0].title == "a"


def test_a_table_without_column_names_is_read_by_its_values(tmp_path: Path) -> None:
    first, _ = activities(table(tmp_path, "2024-05-01,Weigh pallets,2h\n2024-05-02,Pack,1h 30m\n"))
    assert (first.line, first.title, first.minutes) == (1, "Weigh pallets", 120)


@pytest.mark.promise("P8")
def test_a_changed_end_updates_and_a_changed_start_is_another(tmp_path: Path) -> None:
    head = "Description,Project,Start date,Start time,End date,End time\n"
    before = activities(table(tmp_path, head + "a,p,2024-05-01,09:00,2024-05-01,10:00\n"))
    after = activities(table(tmp_path, head + "a,p,2024-05-01,09:00:00,2024-05-01,11:00\n"))
    moved = activities(table(tmp_path, head + "a,p,2024-05-01,09:30,2024-05-01,11:00\n"))
    assert before[0].native_id == after[0].native_id != moved[0].native_id


@pytest.mark.promise("P8")
def test_the_order_of_rows_changes_nothing_not_even_among_identical_ones(tmp_path: Path) -> None:
    head = "Description,Start date,Start time,End date,End time\n"
    rows = [f"same,2024-05-01,09:00,2024-05-01,1{hour}:00\n" for hour in (0, 3, 1, 1)] + ["b,2024-05-01,9:00,,\n"]
    facts = [
        sorted((item.native_id, item.minutes or 0) for item in activities(table(tmp_path, head + "".join(order))))
        for order in (rows, rows[::-1], rows[2:] + rows[:2])
    ]
    assert facts[0] == facts[1] == facts[2]
    assert len({native_id for native_id, _ in facts[0]}) == 5


def test_own_ids_are_kept_and_never_given_twice(tmp_path: Path) -> None:
    rows = "Task ID,Created At,Completed At,Name\n7,2024-05-01,,a\n7,2024-05-01,,b\n7-2,2024-05-01,,c\n"
    assert [activity.native_id for activity in activities(table(tmp_path, rows))] == ["7", "7-2", "7-2-2"]


def test_a_workbook_is_read_with_its_days_times_and_durations(tmp_path: Path) -> None:
    sheet = workbooks.rows(
        (text("Timesheet"),),
        (text("Description"), text("Start date"), text("Start time"), text("Duration")),
        (text("Weigh"), number(45413, workbooks.DAY), number(0.375, workbooks.TIME), number(1.25, workbooks.SPAN)),
        (text("Pack"), number(45414), text("10:15"), text("0:30:00")),
        (text("Broken"), text("soon"), text("10:15"), text("0:30:00")),
    )
    path = workbooks.write(tmp_path / "book.xlsx", {"May": sheet, "Empty": ""})
    weigh, pack = activities(path)
    assert weigh.start is not None
    assert pack.start is not None
    assert (weigh.line, weigh.start.isoformat(), weigh.minutes) == (3, "2024-05-01T09:00:00+02:00", 1800)
    assert (pack.line, pack.start.isoformat(), pack.minutes) == (4, "2024-05-02T10:15:00+02:00", 30)
    assert [problem.line for problem in problems(path)] == [5]


def test_texts_shared_between_cells_are_read(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{column}1" t="s"><v>{place}</v></c>' for place, column in enumerate("AB"))
    rows = f'<row r="1">{cells}</row>' + "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>2</v></c><c r="B{row}" t="s"><v>3</v></c></row>' for row in (2, 3)
    )
    more = workbooks.shared("date", "task", "2024-05-01", "Weigh")
    found = activities(workbooks.write(tmp_path / "book.xlsx", {"Sheet": rows}, more))
    assert [activity.title for activity in found] == ["Weigh", "Weigh"]


def test_of_several_filled_sheets_one_is_asked_for(tmp_path: Path) -> None:
    sheet = workbooks.rows((text("date"), text("task")), (text("2024-05-01"), text("Weigh")))
    path = workbooks.write(tmp_path / "book.xlsx", {"May": sheet, "June": sheet})
    assert [option.value for option in asked(path, {}).options] == ["May", "June"]
    assert len(activities(path, choices={"sheet": "June"})) == 1
    assert Table().signature(path) == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\0" * 500, "the file holds no text, only zero bytes"),
        (b"a\0\0b" * 500, "the file is not text"),
        (b"PK\x03\x04 and nothing else", "this is no readable workbook"),
    ],
)
def test_what_is_no_table_is_said_in_one_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(table(tmp_path, content))
    assert caught.value.reason.startswith(reason)
    assert caught.value.remedy


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        read(tmp_path / "none.csv")
