"""The projects in a real browser: every state, by keyboard, on paper, and without a script."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outgrow.model.ladder import BUILT_IN
from outgrow.workflows import choose_project, keep_ledger, keep_projects
from outgrow.workflows.choose_ladder import ladders, set_aim
from outgrow.workflows.keep_projects import ProjectWords
from outgrow.workflows.workspace import open_workspace
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE
from tools.browser import Served

Start = Callable[[str], Served]
UPKEEP = ProjectWords(name="Report upkeep", hours="60", grows="same", about="Keep the weekly reports going")


def some(folder: Path) -> None:
    """Keep three projects to choose from, one that is chosen and due, and three that were looked back on."""
    with open_workspace(str(folder)) as workspace:
        set_aim(workspace, BUILT_IN, "senior", "lead")
        asked = [each.id for each in ladders(workspace)[BUILT_IN].of("lead")]
        able = keep_ledger.claim(workspace, "Run a round of suppliers")
        pilot = ProjectWords(
            name="Warehouse pilot",
            hours="120",
            grows="new",
            reasons=("outside my scope", "not sure how to solve it"),
            people="new",
            mode="new",
            capabilities=(str(able),),
            expectations=tuple(asked[:2]),
            builds="Plan a move of a site",
            seen_by="Anna\nThe board",
        )
        keep_projects.add(workspace, pilot)
        keep_projects.add(workspace, UPKEEP)
        keep_projects.add(workspace, ProjectWords(name="Carrier tender", hours="80"))
        for n, came in enumerate(("", "40", "70", "10")):
            first, last = (f"{workspace.today - timedelta(days=days)}" for days in (200, 20))
            words = ProjectWords(name=f"Move of site {n}", hours="90", grows="new", first=first, last=last)
            number = keep_projects.add(workspace, words)
            choose_project.choose(workspace, number)
            if came:
                choose_project.look_back(workspace, number, came, "More of it was new than I thought")


def one(folder: Path) -> None:
    """Keep one project."""
    with open_workspace(str(folder)) as workspace:
        keep_projects.add(workspace, UPKEEP)


def many(folder: Path) -> None:
    """Keep projects whose texts try everything."""
    with open_workspace(str(folder)) as workspace:
        for n, told in enumerate(HOSTILE * 2):
            keep_ledger.claim(workspace, told[:150])
            words = ProjectWords(name=told[:200], hours=f"{n + 1}", about=told, builds=told[:200], seen_by=told[:200])
            number = keep_projects.add(workspace, words)
            if n % 3 == 0:
                choose_project.choose(workspace, number)
            if n % 6 == 0:
                choose_project.look_back(workspace, number, f"{5 * n}", told)


@pytest.mark.parametrize("fill", [None, one, some, many])
def test_every_state(start: Start, window: Opening, tmp_path: Path, fill: Callable[[Path], None] | None) -> None:
    if fill:
        fill(tmp_path / "data")
    at = window(start("empty"))
    page = at.go("/projects")
    at.inspect_all(f"projects-{fill.__name__ if fill else 'empty'}")
    assert page.title().startswith("Projects"), "no title of the data has run"


def test_a_project_is_kept_and_chosen_by_keyboard(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    page = at.go("/projects")
    page.get_by_role("textbox", name="Name", exact=True).focus()
    page.keyboard.type("Warehouse pilot")
    page.keyboard.press("Tab")
    page.keyboard.type("120")
    page.get_by_label("new for me").focus()
    page.keyboard.press("Space")
    page.get_by_label("outside my scope").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Keep it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Kept: Warehouse pilot.")
    page.get_by_role("button", name="Choose Warehouse pilot").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is chosen")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    expect(page.get_by_role("button", name="Choose Warehouse pilot")).to_be_visible()


def test_what_is_wrong_keeps_what_was_typed(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    at.expected.add(400)
    page = at.go("/projects")
    page.get_by_role("textbox", name="Name", exact=True).fill("Warehouse pilot")
    page.get_by_label("Hours in all").fill("many")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#wrong-hours")).to_be_visible()
    expect(page.locator("[name=hours][aria-invalid]")).to_be_focused()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Warehouse pilot")


def test_on_paper_there_is_nothing_to_press(start: Start, window: Opening, tmp_path: Path) -> None:
    some(tmp_path / "data")
    at = window(start("empty"))
    page = at.go("/projects")
    page.emulate_media(media="print")
    at.shot("print-projects")
    expect(page.locator("button:visible, input:visible, select:visible, textarea:visible")).to_have_count(0)


def test_without_a_script(start: Start, window: Opening) -> None:
    at = window(start("empty"), scripts=False)
    page = at.go("/projects")
    page.get_by_role("textbox", name="Name", exact=True).fill("Warehouse pilot")
    page.get_by_label("Hours in all").fill("120")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Choose Warehouse pilot").click()
    expect(page.get_by_role("status")).to_contain_text("is chosen")
    page.get_by_text("Look back on it").click()
    page.get_by_label("Growth work in percent").fill("40")
    page.get_by_role("button", name="Keep what came").click()
    expect(page.get_by_role("status")).to_have_text("Kept what came of Warehouse pilot.")
