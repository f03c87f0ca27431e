"""The data that pages are looked at with: nothing, little, a usual amount, much, hostile, and the example person's."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from outgrow.cli.main import main
from outgrow.workflows.demonstrate import open_example
from tests.web.browser.filling import fill

HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
ROUTINE = ("Weekly stock report", "Supplier invoices", "Daily stand-up", "Price list update", "Order desk", "Returns")
NEW = ("Negotiate carrier contract", "Draft warehouse strategy")
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "<img src=x onerror=alert(1)>",
    '"><a href="javascript:alert(1)">press</a>',
    "\u202egnitirw desrever\u202c then plain",
    "\u0627\u062c\u062a\u0645\u0627\u0639 \u0627\u0644\u0645\u0648\u0631\u062f\u064a\u0646 2026",
    "\x1b[31mred\x1b[0m {{ 7 * 7 }} {% raw %}",
    "Donaudampfschifffahrtsgesellschaftskapitaenspatent" * 4,
    "a very long title that goes on " * 16,
    "'; DROP TABLE activities; --",
)
SAID = (
    "Ran the supplier round alone",
    "Moved a site to the new stock model without stopping deliveries for a day",
    "Wrote the note that the board decided on, after three drafts and a walk",
    "Stopped a project",
    "Taught the new people the month-end close so that it holds without me",
)
_YEAR = 365


def _rows(titles: Callable[[int], Iterator[str]]) -> Iterator[str]:
    """Give the rows of a time sheet of the last year: the titles of each working day, an hour and a half each."""
    today = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
    for back in range(_YEAR, 0, -1):
        day = today - timedelta(days=back)
        if day.isoweekday() <= 5:
            for place, title in enumerate(titles(back)):
                quoted = title.replace('"', '""')
                yield f'"{quoted}",Acme,{day},{8 + 2 * place:02}:00:00,{day},{9 + 2 * place:02}:30:00,01:30:00,'


def _usual(back: int) -> Iterator[str]:
    yield from (ROUTINE[(back + place) % len(ROUTINE)] for place in range(3))
    if back <= 60 and back % 3 == 0:
        yield NEW[back % 2]


def _many(back: int) -> Iterator[str]:
    yield from (f"{ROUTINE[place]} for site {(7 * back + place) % 90:02}" for place in range(6))


def _hostile(back: int) -> Iterator[str]:
    yield from _usual(back)
    yield HOSTILE[back % len(HOSTILE)]


def _one(back: int) -> Iterator[str]:
    if back <= 7:
        yield ROUTINE[0]


def _bring_in(folder: Path, titles: Callable[[int], Iterator[str]]) -> None:
    sheet = folder.with_name("sheet.csv")
    sheet.write_text("\n".join([HEADER, *_rows(titles)]) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(folder), "import", str(sheet)]) == 0


def _audit(folder: Path, *lines: str) -> None:
    answers = folder.with_name("answers.txt")
    answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(folder), "audit", "--answers", str(answers)]) == 0


def empty(folder: Path) -> None:
    """Make a folder that nothing was ever brought into."""
    folder.mkdir()


def one(folder: Path) -> None:
    """Bring in one week of one workstream."""
    _bring_in(folder, _one)


def small(folder: Path) -> None:
    """Bring in a year of routine with something new in the last weeks; nothing is answered yet."""
    _bring_in(folder, _usual)


def begun(folder: Path) -> None:
    """Stop an audit of the same after two answers."""
    small(folder)
    _audit(folder, "guess 25", "depth", "depth", "stop")


def audited(folder: Path) -> None:
    """Answer every card of the same."""
    small(folder)
    _audit(folder, "guess 25", *(f"{title}: growth lack discomfort 4" for title in NEW), "*: depth")


def many(folder: Path) -> None:
    """Bring in several hundred kinds of work, answer some, and write much in every place."""
    _bring_in(folder, _many)
    _audit(folder, "guess 10", *["depth", "growth lack"] * 6, "stop")
    fill(folder, SAID, capabilities=60, evidence=200, expectations=150)


def hostile(folder: Path) -> None:
    """Bring in titles that try to be code, turn the reading direction or are far too long; so is all that is said."""
    _bring_in(folder, _hostile)
    _audit(folder, "guess 25", "*: depth")
    fill(folder, HOSTILE, capabilities=12, evidence=20, expectations=40)


def example(folder: Path) -> None:
    """Build the example person, beside no data of one's own."""
    folder.mkdir()
    with open_example(str(folder), lambda _what, _number: None):
        pass


STATES = {state.__name__: state for state in (empty, one, small, begun, audited, many, hostile, example)}
