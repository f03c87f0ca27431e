"""Notes: tasks, logged time, days from names, and lines that would break a careless reader."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.importers import note_lines
from outgrow.importers.contract import Context, Unreadable
from outgrow.importers.note_dates import day_in
from outgrow.importers.notes import Notes
from outgrow.importers.testing import broken_rules
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, State
from outgrow.model.problem import Problem

NOW = datetime(2025, 1, 15, 12, tzinfo=UTC)
CONTEXT = Context(now=NOW, zone="Europe/Berlin")


def read(folder: Path, text: str | bytes, name: str = "2024-05-01.md") -> Sequence[Activity | Problem]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    items = list(Notes().read(path, CONTEXT))
    assert list(broken_rules(items, Notes())) == []
    return items


def one(folder: Path, text: str, name: str = "2024-05-01.md") -> Activity:
    (item,) = read(folder, text, name)
    assert isinstance(item, Activity)
    return item


def days(folder: Path, text: str, name: str) -> date | None:
    start = one(folder, text, name).start
    return start.date() if start else None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("2024_05_01", date(2024, 5, 1)),
        ("20240501", date(2024, 5, 1)),
        ("Plan - 20240501 late", date(2024, 5, 1)),
        ("May 01, 2024", date(2024, 5, 1)),
        ("Nov 5, 2022", date(2022, 11, 5)),
        ("Saturday, November 5th, 2022", date(2022, 11, 5)),
        ("5 November 2022", date(2022, 11, 5)),
        ("5. Nov 2022", date(2022, 11, 5)),
        ("01.05.2024", date(2024, 5, 1)),
        ("25-12-2024", date(2024, 12, 25)),
        ("12-25-2024", date(2024, 12, 25)),
        ("05-05-2024", date(2024, 5, 5)),
        ("05-06-2024", None),
        ("2024-05", None),
        ("2024-W05", None),
        ("2024-13-45", None),
        ("0000-01-01", None),
        ("123456789012", None),
        ("maybe 5, 2022", None),
        ("Kitchen", None),
    ],
)
def test_the_day_of_a_note_is_in_its_name(name: str, day: date | None) -> None:
    assert day_in(name) == day


@given(
    st.dates(date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%b %d, %Y", "%d %B %Y", "%Y_%m_%d"])
)
def test_every_day_is_read_as_it_is_written(day: date, shape: str) -> None:
    assert day_in(f"Log {day.strftime(shape)}") == day


@given(st.text(max_size=300))
def test_no_name_breaks_it(name: str) -> None:
    day_in(name)


@pytest.mark.parametrize(
    ("text", "state", "day"),
    [
        ("- [x] a ✅ 2024-03-02", State.DONE, date(2024, 3, 2)),
        ("* [X] a [completion:: 2024-03-02]", State.DONE, date(2024, 3, 2)),
        ("+ [x] a (completion:: 2024-03-02T10:00)", State.DONE, date(2024, 3, 2)),
        ("1. [x] a", State.DONE, None),
        ("- [x] a 📅 2024-03-05 ⏳ 2024-03-04", State.DONE, date(2024, 3, 4)),
        ("- [-] a ❌ 2024-03-03", State.CANCELLED, date(2024, 3, 3)),
        ("- [ ] a 📅 2024-03-05", State.PLANNED, date(2024, 3, 5)),
        ("- [/] a 🛫\ufe0f 2024-03-06", State.PLANNED, date(2024, 3, 6)),
        ("- [?] a \u2795 2024-03-01", State.PLANNED, date(2024, 3, 1)),
        ("   > - [x] a ✅ 2024-03-02", State.DONE, date(2024, 3, 2)),
        ("\t\t\t- [x] a ✅ 2024-03-02", State.DONE, date(2024, 3, 2)),
    ],
)
def test_a_task_says_whether_and_when(tmp_path: Path, text: str, state: State, day: date | None) -> None:
    task = one(tmp_path, text, "Kitchen.md")
    assert (task.state, task.start.date() if task.start else None) == (state, day)
    assert (task.kind, task.title, task.project) == (Kind.TASK_DONE, "a", "Kitchen")
    assert task.precision is (Precision.DAY if day else Precision.NONE)


def test_a_day_that_stands_for_another_is_warned_of(tmp_path: Path) -> None:
    assert one(tmp_path, "- [x] a ⏳ 2024-03-04", "K.md").warnings == (
        "the day it was done is not stated, the scheduled date stands for it",
    )
    assert one(tmp_path, "- [x] a", "K.md").warnings == ("the day it was done is not stated",)
    assert one(tmp_path, "- [ ] a", "K.md").warnings == ()


def test_the_day_of_the_note_stands_in(tmp_path: Path) -> None:
    assert days(tmp_path, "- [x] a", "2024-05-01.md") == date(2024, 5, 1)
    assert days(tmp_path, "- [x] a ⏳ 2024-03-04", "2024-05-01.md") == date(2024, 5, 1)
    assert days(tmp_path, "- [x] a ✅ 2024-05-03", "2024-05-01.md") == date(2024, 5, 3)
    assert days(tmp_path, "---\ndate: May 2, 2024\n---\n- [x] a", "2024-05-01.md") == date(2024, 5, 2)
    assert days(tmp_path, "---\ndate: soon\n---\n- [x] a", "2024-05-01.md") == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("#task Write #home/kitchen the plan #later #work", "Write home/kitchen the plan"),
        ("Call [[@Ines|Ines]] about [[Floor#oak]]", "Call Ines about Floor"),
        (
            "Read [this](https://pages.example/a_(b)) **now** `code`",
            "Read [this](https://pages.example/a_(b)) now code",
        ),
        ("Water 🔁 every week on Monday ⏫ 🆔 ab-1 ⛔ x,y 🏁 delete", "Water"),
        ("Sum [priority:: high] up ^block-1", "Sum up"),
        ("Fix #12 of C# and a#b", "Fix #12 of C# and a#b"),
    ],
)
def test_the_title_keeps_the_words(tmp_path: Path, text: str, title: str) -> None:
    assert one(tmp_path, f"- [x] {text}").title == title


def test_tags_links_and_keys_are_kept(tmp_path: Path) -> None:
    text = '---\nproject: Boat\ntags: [wood, "#paint"]\n---\n- [x] #rig see [[Mast]] ABC-12 https://pages.example/x'
    task = one(tmp_path, text)
    assert task.project == "Boat"
    assert task.tags == ("rig", "wood", "paint")
    assert task.references == ("ABC-12", "https://pages.example/x", "[[Mast]]")


@pytest.mark.parametrize(
    ("text", "begin", "minutes"),
    [
        ("09:00-10:30 Write", "09:00", 90),
        ("- 9:05 \u2013 9:10: Write", "09:05", 5),
        ("### 09:00 - 10:00 Write", "09:00", 60),
        ("* 9:00 am - 1:15 PM Write", "09:00", 255),
        ("23:30-00:15 Write", "23:30", 45),
        ("22:00 to 24:00 Write", "22:00", 120),
        ("12:00 am - 12:30 a.m. Write", "00:00", 30),
    ],
)
def test_a_stretch_of_time_is_an_entry(tmp_path: Path, text: str, begin: str, minutes: float) -> None:
    entry = one(tmp_path, text)
    assert (entry.kind, entry.title, entry.minutes) == (Kind.TIME_ENTRY, "Write", minutes)
    assert entry.basis is DurationBasis.MEASURED
    assert entry.start is not None
    assert entry.start.strftime("%Y-%m-%d %H:%M") == f"2024-05-01 {begin}"


def test_a_task_with_a_time_is_an_entry_on_the_day_of_the_note(tmp_path: Path) -> None:
    done = one(tmp_path, "- [x] 09:00-10:00 Write ✅ 2024-05-07")
    assert (done.kind, done.minutes, done.basis) == (Kind.TIME_ENTRY, 60, DurationBasis.MEASURED)
    assert done.start is not None
    assert done.start.date() == date(2024, 5, 1)
    assert one(tmp_path, "- [ ] 09:00-10:00 Write").basis is DurationBasis.PLANNED


@pytest.mark.promise("P13")
def test_minutes_are_those_that_passed(tmp_path: Path) -> None:
    assert one(tmp_path, "01:30-03:30 Deploy", "2024-03-31.md").minutes == 60
    assert one(tmp_path, "01:30-03:30 Deploy", "2024-10-27.md").minutes == 180
    assert one(tmp_path, "00:00-01:00 Deploy", "0001-01-01.md").minutes == 60
    (odd,) = read(tmp_path, "23:00-01:00 Deploy", "9999-12-31.md")
    assert isinstance(odd, Problem)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- [x] a ✅ 2024-02-30", "there is no such date: 2024-02-30"),
        ("- [x] a [completion:: 0000-01-01]", "there is no such date: 0000-01-01"),
        ("25:00-26:00 a", "there is no such time: 25:00-26:00"),
        ("09:00-09:60 a", "there is no such time: 09:00-09:60"),
        ("13:00 pm-14:00 pm a", "there is no such time: 13:00 pm-14:00 pm"),
        ("09:00-09:00 a", "there is no such stretch of time: 09:00-09:00"),
        ("10:00-09:00 a", "there is no such stretch of time: 10:00-09:00"),
    ],
)
def test_what_cannot_be_is_a_problem(tmp_path: Path, text: str, reason: str) -> None:
    fine, odd = read(tmp_path, f"- [x] fine\n{text}\n")
    assert isinstance(fine, Activity)
    assert isinstance(odd, Problem)
    assert (odd.line, odd.reason, odd.raw) == (2, reason, text)
    assert odd.remedy


def test_what_is_no_record_is_left(tmp_path: Path) -> None:
    text = """# 2024
- bullet
- [x]no space
- [x](https://link.example)
- [ ]
text - [x] inside
```tasks
- [x] code
```
~~~
```
- [x] code in code
~~~
09:00 begin
2024-05-01 10:00-11:00 later in the line
"""
    assert read(tmp_path, text) == []
    assert read(tmp_path, "09:00-10:00 no day is known", "Kitchen.md") == []
    assert read(tmp_path, "", "Kitchen.md") == []


def test_code_without_an_end_is_told_of_only_if_it_hides_tasks(tmp_path: Path) -> None:
    assert read(tmp_path, "```\ncode") == []
    (hidden,) = read(tmp_path, "text\n```\n- [x] a")
    assert isinstance(hidden, Problem)
    assert hidden.line == 2


def test_properties_without_an_end_are_text(tmp_path: Path) -> None:
    assert one(tmp_path, "---\n- [x] a\n").title == "a"
    assert [each.line for each in read(tmp_path, "---\n" + "- [x] a\n" * 400)] == list(range(2, 402))


def test_a_record_keeps_its_identity(tmp_path: Path) -> None:
    before = read(tmp_path, "- [ ] a\n- [ ] b\n09:00-10:00 c")
    after = read(tmp_path, "new text\n09:00-11:30 c\n- [x] b\n- [x] a")
    assert {each.native_id for each in before if isinstance(each, Activity)} == {
        each.native_id for each in after if isinstance(each, Activity)
    }


def test_notes_of_a_vault_keep_their_identity_wherever_it_lies(tmp_path: Path) -> None:
    for vault in ("here/Mind", "there/Mind"):
        (tmp_path / vault / ".obsidian").mkdir(parents=True)
    here = one(tmp_path, "- [x] a", "here/Mind/x/N.md")
    there = one(tmp_path, "- [x] a", "there/Mind/x/N.md")
    other = one(tmp_path, "- [x] a", "there/Mind/y/N.md")
    assert here.native_id == there.native_id != other.native_id
    assert here.account == "Mind" == Notes().account(tmp_path / "here/Mind/x/N.md")


def test_the_persons_name_for_the_account_holds(tmp_path: Path) -> None:
    path = tmp_path / "n.md"
    path.write_text("- [x] a")
    (item,) = Notes().read(path, replace(CONTEXT, account="mine"))
    assert isinstance(item, Activity)
    assert item.account == "mine"


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    "line",
    [
        "- [x] " + "a" * 50_000_000,
        "a" * 50_000_000,
        "- [x] " + "#" + "a" * 19_000,
        "- [x] " + " #a" * 6_000,
        "- [x] " + "#" + "1" * 19_000,
        "- [x] " + "[[" * 9_000,
        "- [x] " + "[[a|" * 4_000,
        "- [x] " + "[a](" * 4_000,
        "- [x] " + "[a::" * 4_000,
        "- [x] " + "🔁" * 4_000,
        "- [x] " + "*" * 19_000,
        " >" * 9_000 + "- [x] deep",
        " " * 19_000 + "x",
        "`" * 19_000,
        "1" * 19_000 + ". [x] a",
        "09:00-10:00" + " -" * 9_000 + "a",
        "- [x] " + "deadbeef1" * 2_000,
    ],
    ids=range(17),
)
def test_no_line_takes_long(tmp_path: Path, line: str) -> None:
    began = time.process_time()
    items = read(tmp_path, line + "\n- [x] after ✅ 2024-05-02")
    assert time.process_time() - began < 1
    if not line.startswith("`"):
        assert isinstance(items[-1], Activity)
        assert (items[-1].title, items[-1].line) == ("after", 2)


def test_bytes_that_are_no_text_are_read_as_well_as_can_be(tmp_path: Path) -> None:
    old, nul, new = read(tmp_path, b"\xef\xbb\xbf- [x] caf\xe9\r\n- [x] a\0b\r\n- [x] \xc3\xa9")
    assert [each.title for each in (old, nul, new) if isinstance(each, Activity)] == ["café", "ab", "é"]
    with pytest.raises(Unreadable, match="UTF-16"):
        read(tmp_path, "- [x] a".encode("utf-16"))


@given(st.text(alphabet=st.sampled_from(list("- [x]#:>09apm✅📅2024()|`~\n\u2013🔁")) | st.characters(), max_size=120))
def test_no_text_breaks_a_line(text: str) -> None:
    for line in text.split("\n"):
        for is_one, take in ((note_lines.is_task, note_lines.task), (note_lines.is_timed, note_lines.timed)):
            try:
                if is_one(line):
                    take(line)
            except note_lines.ImpossibleError:
                continue
