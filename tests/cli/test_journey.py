"""From an export to a verdict, as a new user would go."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outgrow.cli.main import main

TODAY = date.today()  # noqa: DTZ011 - the commands ask the machine for its own date
LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
DEPTH = [
    "Weekly stock report",
    "Supplier invoices",
    "Daily stand-up",
    "Price list update",
    "Order desk",
    "Returns",
    "Mail",
]
GROWTH = ["Negotiate carrier contract", "Draft warehouse strategy"]

Run = Callable[..., Any]


def rows() -> list[str]:
    """Return a year of routine, and last month with two new kinds of work beside it."""
    found = []
    for back in range(365, 0, -1):
        day = LAST_MONTH + timedelta(days=31 - back)
        if day.weekday() < 5 and day < TODAY:
            titles = [DEPTH[(day.toordinal() + n) % len(DEPTH)] for n in range(3)]
            if day >= LAST_MONTH and day.toordinal() % 3 == 0:
                titles.append(GROWTH[day.toordinal() % 2])
            found += [
                f"{title},Acme,{day},{9 + 2 * n:02}:00:00,{day},{10 + 2 * n:02}:30:00,01:30:00,"
                for n, title in enumerate(titles)
            ]
    return found


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "toggl.csv"
    path.write_text("\n".join([HEADER, *rows()]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.txt"
    lines = ["guess 30", *(f"{title}: growth lack discomfort 4" for title in GROWTH), "*: depth  # the rest"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run a command on data of its own; it returns what --json printed."""

    def call(*words: str | Path, code: int = 0) -> Any:  # noqa: ANN401 - JSON of any shape
        assert main(["--data", str(tmp_path / "data"), *map(str, words), "--json"]) == code
        printed = capsys.readouterr().out
        return json.loads(printed) if printed else None

    return call


def test_an_export_becomes_a_verdict(run: Run, export: Path, answers: Path) -> None:
    (file,) = run("import", export)["files"]
    assert file["importer"] == "table"
    assert file["records"] == file["activities"] == file["new"] == len(rows())
    assert file["problems"] == []

    before = run("verdict")
    assert before["certainty"] == "none"

    audit = run("audit", "--answers", answers)
    assert audit["guess"] == 0.3
    assert audit["answered"] == len(DEPTH) + len(GROWTH)
    assert audit["card"] is None

    verdict = run("verdict")
    hours = [
        row for row in rows() if row.split(",")[2] >= str(LAST_MONTH) and row.split(",")[2][:7] == str(LAST_MONTH)[:7]
    ]
    growth = [row for row in hours if row.split(",")[0] in GROWTH]
    assert verdict["share"]["mean"] == pytest.approx(len(growth) / len(hours), abs=0.005)
    assert verdict["share"]["low"] <= verdict["share"]["mean"] <= verdict["share"]["high"]
    assert verdict["seen_hours"] == pytest.approx(1.5 * len(hours))
    assert {line["name"] for line in verdict["progressed"]["workstreams"]} == set(GROWTH)
    assert set(verdict["progressed"]["firsts"]) == set(GROWTH)


@pytest.mark.promise("P8")
def test_the_same_again_changes_nothing(run: Run, export: Path, answers: Path) -> None:
    run("import", export)
    run("audit", "--answers", answers)
    before = run("verdict")
    (again,) = run("import", export)["files"]
    assert (again["new"], again["changed"], again["gone"]) == (0, 0, 0)
    assert run("verdict") == before


def test_every_answer_can_be_taken_back(run: Run, export: Path, answers: Path) -> None:
    run("import", export)
    run("audit", "--answers", answers)
    answered = run("audit")["answered"]
    assert run("undo")["taken_back"].startswith("the answer")
    assert run("audit")["answered"] == answered - 1


def test_workstreams_are_renamed_merged_split_and_put_back(run: Run, export: Path) -> None:
    run("import", export)
    names = [each["name"] for each in run("workstream", "list")["items"]]
    assert set(names) == {*DEPTH, *GROWTH}
    assert run("workstream", "rename", "Order desk", "Orders")["name"] == "Orders"
    merged = run("workstream", "merge", "Orders", "Returns", "Mail")
    assert set(merged["titles"]) == {"Order desk", "Returns", "Mail"}
    split = run("workstream", "split", "Orders", "mail")
    assert split["titles"] == ["Mail"]
    run("import", export)
    assert len(run("workstream", "list")["items"]) == len(names) - 1
    for _ in range(3):
        run("undo")
    assert [each["name"] for each in run("workstream", "list")["items"]] == names


def test_work_nobody_tracked_counts_once_it_is_noted(run: Run, export: Path) -> None:
    run("import", export)
    month = f"{LAST_MONTH:%Y-%m}"
    before = run("verdict", month)["seen_hours"]
    run("capture", "Talked the carrier into a trial", "--hours", "2", "--on", LAST_MONTH)
    assert run("verdict", month)["seen_hours"] == pytest.approx(before + 2)
    run("undo")
    assert run("verdict", month)["seen_hours"] == pytest.approx(before)


def test_sorting_judges_many_at_once(run: Run, export: Path) -> None:
    run("import", export)
    listed = run("sort")["items"]
    assert len(listed) == len(DEPTH) + len(GROWTH)
    assert all(0 <= card["probability"] <= 1 and card["reason"] for card in listed)
    run("sort", *DEPTH, "--as", "depth")
    assert {card["name"] for card in run("sort")["items"]} == set(GROWTH)


def test_broken_rows_are_named_and_the_rest_is_read(
    run: Run, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = export.read_text(encoding="utf-8").splitlines()
    lines[2] = "Broken,Acme,2026-02-31,09:00:00,2026-02-31,10:00:00,01:00:00,"
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["--data", str(tmp_path / "other"), "import", str(export)]) == 3
    said = capsys.readouterr().out
    assert f"{export}, line 3:" in said
    assert "2026-02-31" in said
    (file,) = run("import", export, code=3)["files"]
    assert file["activities"] + len(file["problems"]) == file["records"] == len(lines) - 1


@pytest.mark.parametrize(
    ("make", "code", "word"),
    [
        (lambda _: None, 2, "does not exist"),
        (lambda path: path.write_bytes(b""), 3, "empty"),
        (lambda path: path.write_bytes(bytes(range(256)) * 40), 3, "do not read this kind"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    make: Callable[[Path], None], code: int, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "given.bin"
    make(path)
    assert main(["--data", str(tmp_path / "data"), "import", str(path)]) == code
    printed = capsys.readouterr()
    assert word in printed.out + printed.err


def test_rebuilding_gives_the_same(run: Run, export: Path, answers: Path) -> None:
    run("import", export)
    run("audit", "--answers", answers)
    before = run("verdict")
    checks = run("doctor", "--rebuild")["items"]
    assert all(check["well"] for check in checks)
    assert run("verdict") == before


def test_an_audit_goes_on_where_it_stopped(run: Run, export: Path, tmp_path: Path) -> None:
    run("import", export)
    first = tmp_path / "first.txt"
    first.write_text("depth\nskip\ndepth\nundo\nstop\n", encoding="utf-8")
    stopped = run("audit", "--answers", first)
    assert (stopped["answered"], stopped["skipped"]) == (1, 1)
    assert run("audit")["card"]["workstream"] == stopped["card"]["workstream"]


def test_a_wrong_answer_file_names_the_line(
    tmp_path: Path, export: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", export)
    script = tmp_path / "answers.txt"
    script.write_text("depth\nmaybe\n", encoding="utf-8")
    assert main(["--data", str(tmp_path / "data"), "audit", "--answers", str(script)]) == 2
    assert f"{script}, line 2" in capsys.readouterr().err
    assert run("audit")["answered"] == 0


def test_what_lies_ahead_does_not_count(run: Run, tmp_path: Path) -> None:
    ahead = datetime.now().astimezone() + timedelta(days=3)
    calendar = tmp_path / "calendar.ics"
    event = f"BEGIN:VEVENT\nUID:1\nDTSTART:{ahead:%Y%m%dT%H%M%SZ}\nDURATION:PT1H\nSUMMARY:Planning day\nEND:VEVENT"
    calendar.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}\nEND:VCALENDAR\n", encoding="utf-8")
    assert run("import", calendar)["files"][0]["new"] == 1
    assert run("workstream", "list")["items"] == []


def test_looking_changes_nothing(run: Run, export: Path, answers: Path) -> None:
    """Nor does the order in which periods are looked at, nor computing everything again."""
    run("import", export)
    month = f"{LAST_MONTH:%Y-%m}"
    few = answers.with_name("few.txt")
    few.write_text("depth\ngrowth lack\ndepth\n", encoding="utf-8")
    run("audit", month, "--answers", few)
    before = [run("audit", month), run("verdict", month), run("verdict", "last", "12", "months")]
    run("doctor", "--rebuild")
    after = [run("verdict", "last", "12", "months"), run("verdict", month), run("audit", month)]
    assert after == before[::-1]


def test_a_judgement_holds_from_its_own_day_on(run: Run, export: Path, answers: Path) -> None:
    run("import", export)
    run("audit", f"{LAST_MONTH:%Y-%m}", "--answers", answers)
    earlier = run("verdict", "2000-01-01", "to", LAST_MONTH - timedelta(days=1))
    assert earlier["progressed"]["items"] == 0
    month = run("verdict", f"{LAST_MONTH:%Y-%m}")["progressed"]
    assert run("verdict", "last", "24", "months")["progressed"]["items"] >= month["items"] > 0


def test_skipping_every_card_leaves_the_others(run: Run, export: Path, tmp_path: Path) -> None:
    run("import", export)
    skips = tmp_path / "skips.txt"
    skips.write_text("skip\n" * 5, encoding="utf-8")
    skipped = run("audit", "--answers", skips)
    assert (skipped["answered"], skipped["skipped"]) == (0, 5)
    assert skipped["card"] is not None
    assert skipped["share"] is None


@pytest.mark.promise("P8")
def test_two_calendars_of_one_name_keep_their_events(run: Run, tmp_path: Path) -> None:
    for name in ("home", "work"):
        folder = tmp_path / name
        folder.mkdir()
        events = "".join(
            f"BEGIN:VEVENT\nUID:{name}{day}\nDTSTART:202510{day:02}T090000Z\nDURATION:PT1H\nSUMMARY:{name}\nEND:VEVENT\n"
            for day in (1, 2, 3)
        )
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n"
        (folder / "calendar.ics").write_text(text, encoding="utf-8")
    for name in ("home", "work", "home"):
        assert run("import", tmp_path / name / "calendar.ics")["files"][0]["gone"] == 0
    assert {each["name"]: each["items"] for each in run("workstream", "list")["items"]} == {"Home": 3, "Work": 3}


@pytest.mark.promise("P14")
def test_hostile_titles_do_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "toggl.csv"
    titles = ["Red \x1b[31malert\x07", "Red \u202eoverride", "Red \x9b31m csi"]
    lines = [f"{title},,{LAST_MONTH},09:00:00,{LAST_MONTH},10:00:00,01:00:00," for title in titles]
    export.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    data = ["--data", str(tmp_path / "data")]
    main([*data, "import", str(export)])
    listed = json.loads(_printed(capsys, [*data, "workstream", "list", "--json"]))["items"]
    for words in (
        *(["workstream", "show", each["id"]] for each in listed),
        ["workstream", "list"],
        ["workstream", "show", "red"],
        ["sort"],
        ["capture", "\x1b[31mnote"],
        ["verdict"],
        ["workstream", "rename", listed[0]["id"], "\x1b]0;name\x07"],
    ):
        shown = _printed(capsys, [*data, *words])
        assert not [char for char in shown if (ord(char) < 32 and char != "\n") or char in "\x9b\u202e"], words


def _printed(capsys: pytest.CaptureFixture[str], words: list[str]) -> str:
    capsys.readouterr()
    main(words)
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_an_answer_given_with_the_import_is_kept_for_the_next(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "hours.csv"
    table.write_text("Title,Date,Hours\nStock count,10/05/2025,2\n", encoding="utf-8")
    (asked,) = run("import", table, code=3)["files"]
    assert "10/05/2025" in asked["unanswered"]
    run("import", table, "--choose", "order of Date=day first")
    (again,) = run("import", table)["files"]
    assert (again["unchanged"], again["unanswered"]) == (1, "")
    assert run("workstream", "list")["items"][0]["last"] == "2025-05-10"
