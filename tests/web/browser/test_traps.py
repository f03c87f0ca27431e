"""Traps and returns in a real browser: every state, told and dismissed, many projects, without a script, in print."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outgrow.cli.main import main
from outgrow.model.evidence import Evidence
from outgrow.model.judgement import Value
from outgrow.store import activities, journal, versions
from outgrow.workflows.keep_ledger import claim
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HEADER, HOSTILE
from tools.browser import Served, served

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
TITLES = (
    "Stock report",
    "Invoices",
    "Price list",
    "Order desk",
    "Complaints",
    "Forecast",
    "Payroll",
    "Vans",
    "Website",
)
Made = Callable[[str], Path]


def _sheet(folder: Path) -> None:
    """Bring in eighty weeks of nine kinds of work, on many projects the year before and on fewer since."""
    rows = [HEADER]
    for week in range(80):
        monday = TODAY - timedelta(days=TODAY.weekday() + 7 * week + 7)
        for place, title in enumerate(TITLES):
            name = f"Project {(week * 9 + place) % (30 if week < 52 else 50):02}"
            day = monday + timedelta(days=place // 2)
            hour = 8 if place % 2 else 13
            rows.append(f"{title},{name},{day},{hour:02}:00:00,{day},{hour + 3}:00:00,03:00:00,")
    sheet = folder.with_name("weeks.csv")
    sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(folder), "import", str(sheet)]) == 0


def answered(workspace: Workspace) -> None:
    """Call all of it depth."""
    judge(workspace, TITLES, TODAY - timedelta(days=600), WorkAnswer(Value.DEPTH))


def gained(workspace: Workspace) -> None:
    """Keep three capabilities with evidence, and evidence for more."""
    numbers = [claim(workspace, f"Can do {place} alone", TODAY - timedelta(days=30)) for place in range(3)]
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        latest = activities.latest_before(change, TODAY, 12)
        for place, each in enumerate(latest):
            linked = (numbers[place],) if place < 3 else ()
            said = Evidence(action="Did it", on=TODAY - timedelta(days=9), activities=(each.id,), capabilities=linked)
            versions.put(change, said, at)


@pytest.fixture
def weeks(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Give a way to serve the weeks after some deeds."""
    with ExitStack() as running:

        def start(*deeds: Callable[[Workspace], None]) -> Served:
            folder = tmp_path / "data"
            _sheet(folder)
            with open_workspace(str(folder)) as workspace:
                for deed in deeds:
                    deed(workspace)
            return running.enter_context(served(folder))

        yield start


@pytest.fixture
def state(made: Made, tmp_path: Path) -> Iterator[Callable[[str], Served]]:
    """Give a way to serve one of the usual states."""
    with ExitStack() as running:

        def start(name: str) -> Served:
            folder = tmp_path / name
            shutil.copytree(made(name), folder)
            return running.enter_context(served(folder))

        yield start


def test_traps_that_are_told_are_explained_and_dismissed(weeks: Callable[..., Served], window: Opening) -> None:
    at = window(weeks(answered))
    page = at.go("/traps")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The numbers speak for competency trap and waiting")
    at.inspect_all("traps-told")
    page.get_by_role("link", name="Competency trap").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Competency trap: the numbers speak for it")
    at.inspect_all("traps-competency")
    page.get_by_label("Why it is none for you").fill(HOSTILE[0])
    page.get_by_role("button", name="Dismiss it").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dismissed: Competency trap.")
    expect(page.locator(".rules .told")).to_have_count(1)
    at.inspect_all("traps-dismissed")
    at.page.emulate_media(media="print")
    at.shot("traps-print")


def test_traps_work_without_a_script(weeks: Callable[..., Served], window: Opening) -> None:
    at = window(weeks(answered), scripts=False)
    page = at.go("/traps/waiting")
    at.expected = {400}
    page.get_by_role("button", name="Dismiss it").click()
    expect(page.get_by_text("Say why it is none for you")).to_be_visible()
    page.get_by_label("Why it is none for you").fill("I chose to stay")
    page.get_by_role("button", name="Dismiss it").click()
    expect(page.get_by_text("You dismissed it: I chose to stay")).to_be_visible()


def test_fifty_projects_with_nothing_beside_thirty_with_three_capabilities(
    weeks: Callable[..., Served], window: Opening
) -> None:
    at = window(weeks(answered, gained))
    page = at.go("/returns")
    said = "30 projects gave 3 capabilities; in the period before, 50 projects gave no capability."
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    at.inspect_all("returns")
    page.get_by_role("link", name="By kind of work").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("9 kinds of work gave 3 capabilities")
    at.inspect_all("returns-by-work")
    at.page.emulate_media(media="print")
    at.shot("returns-print")


@pytest.mark.parametrize("name", ["empty", "one", "many", "hostile", "example"])
def test_every_state_is_looked_at(state: Callable[[str], Served], window: Opening, name: str) -> None:
    at = window(state(name))
    for place in ("/traps", "/traps/stretch", "/returns", "/returns?by=workstream"):
        at.go("/example" * (name == "example") + place)
        at.inspect(f"{name}{place.replace('/', '-').replace('?', '-')}")
