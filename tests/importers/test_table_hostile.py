"""Tables made to crash or hang a reader: each costs bounded time and memory, and the rest of the file is read."""

import json
import random
import struct
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outgrow.importers.contract import Context, Question, Unreadable
from outgrow.importers.table import Table
from outgrow.importers.testing import broken_rules
from outgrow.model.activity import Activity
from tests.importers import workbooks

pytestmark = pytest.mark.promise("P9")

SAMPLES = sorted(
    path for path in (Path(__file__).parent / "samples" / "table").iterdir() if not path.name.endswith(".json")
)
HEAD = "Description,Start date,Start time,End date,End time,Duration\n"
ROW = "Weigh {0},2024-05-01,09:00:00,2024-05-01,10:00:00,01:00:00\n"
CONTEXT = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin")
MEMORY = 512

_ROOT = Path(__file__).parents[2]
_MEASURE = """
import json, sys, time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from benchmarks.figure import peak
from outgrow.importers.contract import Context, Question, Unreadable
from outgrow.importers.table import Table
began, kinds, said, lines = time.process_time(), Counter(), "", []
try:
    context = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin")
    for item in Table().read(Path(sys.argv[1]), context):
        kinds[type(item).__name__] += 1
        if type(item).__name__ == "Problem" and len(lines) < 10:
            lines.append([item.line, item.reason])
except (Question, Unreadable) as asked:
    said = type(asked).__name__ + ": " + str(asked)
print(json.dumps([kinds["Activity"], kinds["Problem"], lines, said, time.process_time() - began, peak()]))
"""


@dataclass(frozen=True)
class Cost:
    """What came of a file, and what it cost."""

    activities: int
    problems: int
    lines: list[list[object]]
    said: str
    seconds: float
    megabytes: float


def cost(path: Path, seconds: float) -> Cost:
    """Read a file in a process of its own and hold it to its limits."""
    command = [sys.executable, "-c", _MEASURE, str(path)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert not done.stderr
    found = Cost(*json.loads(done.stdout))
    assert found.seconds < seconds
    assert found.megabytes < MEMORY
    return found


def table(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "rows",
    [
        "<row/>" * 1_000_000,
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row><c/></row>" * 1_000_000,
        "<row>" + "<c/>" * 7_000_000 + "</row>",
    ],
    ids=["empty rows", "far corner", "empty cells", "one wide row"],
)
def test_a_small_workbook_of_a_million_rows(tmp_path: Path, rows: str) -> None:
    path = workbooks.write(tmp_path / "book.xlsx", {"Sheet": rows})
    assert path.stat().st_size < 100_000
    assert cost(path, 5).said.startswith("Unreadable")


def test_a_workbook_that_unpacks_to_half_a_gigabyte(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "book.xlsx", {"Sheet": ""})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(500):
            part.write(b" " * 1_000_000)
    found = cost(path, 3)
    assert found.said == "Unreadable: the workbook unpacks to more than this program takes in"


def test_a_long_text_shared_by_very_many_cells(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 50_001))
    path = workbooks.write(tmp_path / "book.xlsx", {"Sheet": cells}, workbooks.shared("x" * 30_000))
    assert path.stat().st_size < 400_000
    assert cost(path, 5).said == "Unreadable: the workbook unpacks to more than this program takes in"


def test_a_workbook_that_lies_about_its_size(tmp_path: Path) -> None:
    path = workbooks.write(tmp_path / "book.xlsx", {"Sheet": "<row/>" * 100_000})
    size = len("<worksheet>") + 600_000
    content = bytearray(path.read_bytes())
    for place in range(len(content) - 4):
        if size <= struct.unpack_from("<I", content, place)[0] <= size + 200:
            struct.pack_into("<I", content, place, 100)
    path.write_bytes(content)
    assert cost(path, 3).said.startswith("Unreadable: this is no readable workbook")


def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    rows = [ROW.format(number) for number in range(30_000)]
    rows[10] = rows[10].replace("Weigh", '"Weigh')
    found = cost(table(tmp_path, HEAD + "".join(rows)), 10)
    assert (found.activities, found.problems) == (29_999, 1)
    assert found.lines == [[12, "a quote opened in this line is never closed"]]


def test_quotes_that_are_never_closed_among_quoted_cells(tmp_path: Path) -> None:
    rows = [f'"Weigh, {number}",2024-05-01,09:00:00,2024-05-01,10:00:00,01:00:00\n' for number in range(200)]
    for broken in (20, 40, 90, 199):
        rows[broken] = rows[broken].replace('",', ",", 1)
    found = cost(table(tmp_path, HEAD + "".join(rows)), 3)
    assert [line for line, _ in found.lines] == [22, 42, 92, 201]
    assert found.activities == 196


def test_lines_that_each_close_one_quote_and_open_the_next(tmp_path: Path) -> None:
    found = cost(table(tmp_path, HEAD + 'a"b,"c\n' * 30_000), 10)
    assert (found.activities, found.problems) == (0, 30_000)


def test_the_first_column_may_have_lines_too(tmp_path: Path) -> None:
    rows = '"Weigh\nall","2024-05-01","09:00:00","","","1:00:00"\n' * 50
    assert cost(table(tmp_path, HEAD + rows), 3).activities == 50


def test_cells_of_many_lines_are_whole(tmp_path: Path) -> None:
    text = "".join(f"line {number}, of many\n" for number in range(300))
    found = cost(table(tmp_path, HEAD + f'"{text}",2024-05-01,09:00:00,,,1:00:00\n' + ROW), 3)
    assert (found.activities, found.problems) == (2, 0)


@pytest.mark.parametrize("start", ["", '"'], ids=["bare", "quoted"])
def test_a_line_of_fifty_megabytes_is_a_problem(tmp_path: Path, start: str) -> None:
    long = start + "x" * 50_000_000 + ",2024-05-01,09:00:00,,,1:00:00\n"
    found = cost(table(tmp_path, HEAD + ROW + long + ROW), 5)
    assert found.activities == 2
    assert found.lines == [[3, "the line is longer than 500,000 characters"]]


def test_one_line_of_fifty_megabytes_alone(tmp_path: Path) -> None:
    assert cost(table(tmp_path, "x" * 50_000_000), 5).said


def test_half_a_million_columns(tmp_path: Path) -> None:
    wide = "a," * 240_000 + "\n"
    assert cost(table(tmp_path, wide * 30), 5).said.startswith("Unreadable: the table has more than")
    found = cost(table(tmp_path, HEAD + ROW + wide * 30), 5)
    assert (found.activities, found.problems) == (1, 30)


def test_zero_bytes_are_left_out(tmp_path: Path) -> None:
    found = cost(table(tmp_path, HEAD + ROW.replace("Weigh", "We\0igh") + "\0\n" + ROW), 2)
    assert (found.activities, found.problems) == (2, 0)


def test_rows_that_are_all_bad_or_all_the_same(tmp_path: Path) -> None:
    found = cost(table(tmp_path, HEAD + ROW.replace("09:00:00", "9 sharp") * 60_000), 10)
    assert (found.activities, found.problems) == (0, 60_000)
    found = cost(table(tmp_path, HEAD + ROW * 60_000), 10)
    assert (found.activities, found.problems) == (60_000, 0)


def test_large_texts_everywhere_stay_within_memory(tmp_path: Path) -> None:
    rows = (ROW.format("x" * 200_000 + str(number)) for number in range(500))
    found = cost(table(tmp_path, HEAD + "".join(rows)), 10)
    assert (found.activities, found.problems) == (500, 0)


@pytest.mark.promise("P13")
@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("0000-01-01", "09:00"),
        ("0001-01-01", "09:00"),
        ("9999-12-31", "24:00"),
        ("2024-02-30", "09:00"),
        ("2024-05-01", "24:01"),
        ("2024-05-01", "12:60"),
        ("2024-05-01", "09:00+99:99"),
        ("2024-05-01", "13:00 PM"),
        ("\u0662\u0660\u0662\u0664-05-01", "09:00"),
        ("99999999999999999999", "09:00"),
        ("2024-05-01", "\u00b2:00"),
    ],
)
def test_days_and_times_that_do_not_exist_are_problems(tmp_path: Path, day: str, clock: str) -> None:
    items = read(table(tmp_path, HEAD + ROW + f"odd,{day},{clock},,,0:30:00\n"))
    assert [type(item).__name__ for item in items] == ["Activity", "Problem"]


def test_deep_lists_in_a_cell(tmp_path: Path) -> None:
    content = "Description,Start date,Start time,Duration,Tags\nWeigh,2024-05-01,09:00,1:00:00," + "[" * 100_000 + "\n"
    assert len(read(table(tmp_path, content))) == 1


def read(path: Path) -> list[object]:
    """Read a file, answering every question with its first option; return what came of it."""
    choices: dict[str, str] = {}
    for _ in range(8):
        try:
            items = list(Table().read(path, Context(now=CONTEXT.now, zone=CONTEXT.zone, choices=choices)))
        except Question as question:
            choices[question.key] = question.options[0].value
        except Unreadable as fault:
            return [fault.reason]
        else:
            assert not list(broken_rules(items, Table()))
            return list(items)
    message = "it asks without end"
    raise AssertionError(message)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a file with a few of its bytes changed, left out, doubled or moved."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        first, last = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        piece = bytes(data[first : min(last, first + 40)])
        change = chance.randrange(4)
        if change == 0:
            data[first:first] = chance.choice(
                (b'"', b"\0", b",", b"\n", b"\r", b"\xff", b"999", b"\xe2\x80\xae", piece)
            )
        elif change == 1:
            del data[first : first + len(piece)]
        elif change == 2:
            data[last:last] = piece
        elif data:
            data[min(first, len(data) - 1)] = chance.randrange(256)
        data = data or bytearray(b"x")
    return bytes(data)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_any_mutated_sample_gives_records_or_one_clear_fault(tmp_path: Path, sample: Path) -> None:
    content = sample.read_bytes()
    for seed in range(60):
        read(table(tmp_path, mutated(content, random.Random(seed))))  # noqa: S311 - no secret


def test_any_mutated_workbook_gives_records_or_one_clear_fault(tmp_path: Path) -> None:
    cells = [workbooks.text("task"), workbooks.text("date"), workbooks.text("hours")]
    rows = [(workbooks.text("Weigh"), workbooks.number(45413, workbooks.DAY), workbooks.number(1.5))] * 5
    book = workbooks.write(tmp_path / "book.xlsx", {"Sheet": workbooks.rows(tuple(cells), *rows)})
    content = book.read_bytes()
    for seed in range(150):
        book.write_bytes(mutated(content, random.Random(seed)))  # noqa: S311 - no secret
        read(book)


CELLS = st.one_of(
    st.sampled_from(
        ["", "2024-05-01", "2024-05-32", "09:00", "24:00", "1:30", "x", "Total", "-1:00", '"', "1,5", "\n"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=12))
def test_the_counts_add_up_whatever_the_cells_hold(tmp_path: Path, rows: list[list[str]]) -> None:
    clean = [[cell.replace("\0", "").encode("utf-8", "ignore").decode() for cell in row] for row in rows]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in clean]
    items = read(table(tmp_path, HEAD + ROW + "\n".join(quoted)))
    filled = sum(any(cell.strip() for cell in row) for row in clean)
    kinds = Counter(isinstance(item, Activity) for item in items)
    assert kinds[True] + kinds[False] == filled + 1
