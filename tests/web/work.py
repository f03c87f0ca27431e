"""Work of the last month for tests without a browser, and how the audit's forms are read from its pages."""

import html
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from outgrow.cli.main import main
from tests.web.asking import Answer, Asking

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
PERIOD = f"{LAST_MONTH:%Y-%m}"
KINDS = (
    *("Stock report", "Supplier invoices", "Order desk", "Returns", "Price list", "Hiring panel", "Budget round"),
    *("Catch-up Marek", "Catch-up Anna", "Catch-up Dele", "Negotiate carrier contract", "Draft warehouse strategy"),
    *("Forklift training", "Board pack", "Customs forms"),
)
_A_DAY = 30
_HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"


def bring_in(folder: Path, kinds: Sequence[str] = KINDS, days: int = 20) -> None:
    """Import half an hour of each kind of work on each of the first days of last month, of many kinds in turns."""
    rows = [_HEADER]
    for back in range(days):
        day = LAST_MONTH + timedelta(days=back)
        first = back * _A_DAY % len(kinds) if len(kinds) > _A_DAY else 0
        for place, kind in enumerate(kinds[first : first + _A_DAY]):
            begin, end = (f"{6 + (place + late) // 2:02}:{30 * ((place + late) % 2):02}:00" for late in (0, 1))
            rows.append(f'"{kind.replace(chr(34), chr(34) * 2)}",Acme,{day},{begin},{day},{end},00:30:00,')
    sheet = folder.with_name("sheet.csv")
    sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(folder), "import", str(sheet)]) == 0


def send(asking: Asking, target: str, words: Sequence[tuple[str, str]], *, swap: bool = False) -> Answer:
    """Send a form in which a name may come more than once; with `swap` as the script of the pages sends it."""
    headers = asking.headers("POST") + ([("x-swap", "1")] if swap else [])
    answer = asking.ask("POST", target, headers, [urlencode(words).encode()])
    return asking.get(answer.header("location")) if answer.status == 303 else answer


def card(page: str) -> str:
    """Return the workstream of the card on a page of the audit."""
    found = re.search(r'id="card">\s*<input type="hidden" name="card" value="(\w+)"', page)
    assert found, page
    return found[1]


def heading(page: str) -> str:
    """Return the heading of a page as it is read."""
    return _text(page, r"<h1[^>]*>(.*?)</h1>").strip()


def notice(page: str) -> str:
    """Return what a page announces."""
    return _text(page, r'<div[^>]*id="notice"[^>]*>(.*?)</div>')


def _text(page: str, pattern: str) -> str:
    """Return what a part of a page says, without its markup."""
    found = re.search(pattern, page, re.DOTALL)
    assert found, page
    return html.unescape(re.sub(r"<[^>]+>", "", found[1]))
