"""Making room and small experiments in a real browser: every state, by keyboard, narrow, and without a script."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outgrow.model.plan import Experiment, Release, Way
from outgrow.store import journal, versions
from outgrow.workflows import make_room, plan_growth
from outgrow.workflows.workspace import open_workspace
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE
from tools.browser import Served

Start = Callable[[str], Served]


def begun(folder: Path) -> None:
    """Let go of some work, one of it ten weeks ago; plan, try and finish experiments, and keep hostile own ones."""
    with open_workspace(str(folder)) as workspace:
        plan_growth.plan(workspace, "run-retro", {})
        plan_growth.try_it(workspace, "stop-list")
        plan_growth.finish(workspace, "mentor")
        for title in HOSTILE:
            plan_growth.add(workspace, Experiment(id="", title=title[:200], kind="craft", ask=title[:150]))
        work = make_room.show_room(workspace).work
        if not work:
            return
        make_room.keep_firm(workspace, work[1].workstream)
        earlier = Release(
            workstream=work[0].workstream,
            name=work[0].name,
            way=Way.HAND_OVER,
            since=workspace.today - timedelta(weeks=10),
            hours=work[0].hours,
            frees=work[0].hours * 0.8,
            to=HOSTILE[1],
        )
        with workspace.store.begin() as change:
            versions.put(change, earlier, journal.moment(change, workspace.now))


@pytest.mark.parametrize("state", ["empty", "one", "small", "audited", "hostile"])
def test_every_state(start: Start, window: Opening, state: str) -> None:
    at = window(start(state))
    at.go("/room?hours=2")
    at.inspect_all(f"room-{state}")
    if state in {"empty", "audited"}:
        at.go("/room")
        at.inspect_all(f"room-need-{state}")
        at.go("/opportunities")
        at.inspect_all(f"opportunities-{state}")


def test_with_much_under_way(start: Start, window: Opening, tmp_path: Path) -> None:
    start("hostile")
    begun(tmp_path / "data")
    at = window(start("hostile"))
    page = at.go("/room?hours=3")
    expect(page.get_by_role("heading", name="Let go of so far")).to_be_visible()
    at.inspect_all("room-begun")
    page = at.go("/opportunities?open=where-in-a-year&all=1")
    at.inspect_all("opportunities-begun")
    assert page.title().startswith("Opportunities"), "no title of the data has run"


def test_a_plan_is_begun_by_keyboard_and_taken_back(start: Start, window: Opening) -> None:
    at = window(start("small"))
    page = at.go("/room")
    at.settle()
    page.get_by_label("Hours a week to free").focus()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    begin = page.get_by_role("button", name="Begin this release")
    begin.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Begun: ")
    expect(page.get_by_role("heading", name="Let go of so far")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("heading", name="Let go of so far")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_experiment_is_planned_and_leaves_evidence(start: Start, window: Opening, *, scripts: bool) -> None:
    at = window(start("empty"), width=390, scripts=scripts)
    page = at.go("/opportunities?open=run-retro")
    card = page.locator("#experiment-run-retro")
    card.get_by_label("Day").fill("in 2 weeks")
    card.get_by_role("button", name="Plan: ").click()
    expect(page.locator("#notice")).to_contain_text("planned for")
    card.get_by_text("It is done").click()
    card.get_by_label("What came of it").fill("Two actions that were taken")
    card.get_by_role("button", name="Keep as evidence").click()
    expect(page.locator("#notice")).to_contain_text("kept as evidence")
    page.get_by_role("link", name="Run a retrospective").click()
    expect(page.locator("main")).to_contain_text("Two actions that were taken")


def test_a_day_that_is_none_is_said_beside_its_field(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    at.expected.add(400)
    page = at.go("/opportunities?open=run-retro")
    card = page.locator("#experiment-run-retro")
    card.get_by_label("Day").fill("never")
    card.get_by_role("button", name="Plan: ").click()
    expect(card.locator("#wrong-when")).to_contain_text("is no day I know")
    at.inspect("opportunities-wrong")
