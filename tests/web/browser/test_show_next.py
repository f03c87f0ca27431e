"""The next level and the roles in a real browser: every state, by keyboard, in a narrow place, and without a script."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outgrow.model.evidence import Evidence, EvidenceKind, Polish
from outgrow.model.ladder import BUILT_IN, Expectation, Expected, Ladder, Level
from outgrow.store import journal, versions
from outgrow.workflows import keep_evidence, keep_ledger, keep_roles
from outgrow.workflows.choose_ladder import ladders, set_aim
from outgrow.workflows.keep_roles import RoleWords
from outgrow.workflows.link_expectations import set_no_chance, speak
from outgrow.workflows.workspace import open_workspace
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE
from tools.browser import Served

Start = Callable[[str], Served]
KINDS = tuple(EvidenceKind)


def aimed(folder: Path) -> None:
    """Set a step, without any evidence."""
    with open_workspace(str(folder)) as workspace:
        set_aim(workspace, BUILT_IN, "senior", "lead")


def some(folder: Path) -> None:
    """Keep evidence of all kinds for some of the step, a guess, a capability, no chance for one, and two roles."""
    aimed(folder)
    with open_workspace(str(folder)) as workspace:
        asked = [each.id for each in ladders(workspace)[BUILT_IN].of("lead")]
        for n in range(9):
            keep_evidence.keep(
                workspace,
                Evidence(
                    action=f"Agreed the dates of site {n} with the carriers",
                    on=workspace.today - timedelta(days=40 * n),
                    kind=KINDS[n % 4],
                    polish=Polish.SOLID if n % 2 else Polish.ROUGH,
                    seen_by=("Anna",) if n % 3 == 0 else (),
                    expectations=(Expected(BUILT_IN, asked[(n * n) % 5]),),
                ),
            )
        keep_evidence.keep(workspace, Evidence(action="Negotiated the carrier contract", on=workspace.today))
        able = keep_ledger.claim(workspace, "Run a round of suppliers")
        keep_evidence.keep(workspace, Evidence(action="Ran it", on=workspace.today, capabilities=(able,)))
        speak(workspace, able, Expected(BUILT_IN, asked[6]))
        set_no_chance(workspace, Expected(BUILT_IN, asked[-1]), "The budget is set elsewhere until spring")
        keep_roles.add(workspace, ANALYST)
        keep_roles.add(workspace, RoleWords(title="Clerk", first="2019-02", last="2023-08", responsibilities="Lists"))


ANALYST = RoleWords(
    title="Operations analyst", first="2023-09", level="Senior", responsibilities="Stock\nBudget [from 2025-03]"
)


def many(folder: Path) -> None:
    """Keep a ladder of 150 expectations with texts that try everything, evidence with such texts, and such roles."""
    texts = [*HOSTILE, "Plans the work of a site", "x" * 600]
    ladder = Ladder(
        name=HOSTILE[6],
        levels=(Level(id="a", name=HOSTILE[4], rank=1), Level(id="b\x00", name=HOSTILE[7], rank=2, track=HOSTILE[3])),
        expectations=tuple(
            Expectation(
                id=f"{HOSTILE[n % 3]} {n}",
                level="b\ufffd",
                kind=f"kind {n % 7} {HOSTILE[n % 7][:40]}",
                text=f"{texts[n % len(texts)]} {n}",
                examples=(texts[(n + 1) % len(texts)],),
            )
            for n in range(150)
        ),
    )
    ladder = replace(ladder, levels=(ladder.levels[0], replace(ladder.levels[1], id="b\ufffd")))
    with open_workspace(str(folder)) as workspace:
        with workspace.store.begin() as change:
            number = versions.put(change, ladder, journal.moment(change, workspace.now))
        set_aim(workspace, number, "a", "b\ufffd")
        for n, each in enumerate(ladder.expectations[:60]):
            told = HOSTILE[n % len(HOSTILE)][:300]
            evidence = Evidence(action=told, on=workspace.today, kind=KINDS[n % 4], seen_by=(told[:100],))
            keep_evidence.keep(workspace, replace(evidence, expectations=(Expected(number, each.id),)))
        for n, title in enumerate(HOSTILE):
            words = RoleWords(title=title[:200], first=f"{2010 + n}", level=title[:200], responsibilities=title[:150])
            keep_roles.add(workspace, words)


@pytest.mark.parametrize("path", ["/next", "/roles"])
@pytest.mark.parametrize("fill", [None, aimed, some, many])
def test_every_state(
    start: Start, window: Opening, tmp_path: Path, path: str, fill: Callable[[Path], None] | None
) -> None:
    if fill:
        fill(tmp_path / "data")
    at = window(start("empty"))
    page = at.go(path)
    name = f"{path[1:]}-{fill.__name__ if fill else 'empty'}"
    at.inspect_all(name)
    rows = page.locator(".matrix th[scope=row] a")
    if fill and path == "/next":
        rows.nth(1).click()
        expect(rows.nth(1)).to_have_attribute("aria-expanded", "true")
        at.inspect_all(f"{name}-open")
    assert page.title().startswith(("Next", "Roles")), "no title of the data has run"


def test_the_step_is_set_by_keyboard_and_a_row_gets_its_evidence(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    page = at.go("/next")
    page.get_by_label("My level now").focus()
    page.keyboard.type("Senior")
    page.keyboard.press("Tab")
    page.keyboard.type("Lead")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The step is set: from Senior to Lead.")
    row = page.get_by_role("link", name="Negotiates")
    row.first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("What did you do that shows it?").focus()
    page.keyboard.type("Agreed the dates")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept, and it counts for: Negotiates")
    expect(page.locator("tr.open .cell.rough")).to_have_text("1")
    expect(row.first).to_be_focused()


def test_a_guess_is_confirmed_and_no_chance_is_said(start: Start, window: Opening, tmp_path: Path) -> None:
    some(tmp_path / "data")
    at = window(start("empty"))
    page = at.go("/next")
    expect(page.locator(".matrix .guessed, .matrix .cell .more")).to_have_count(1)
    page.get_by_role("button", name="It counts").first.click()
    expect(page.get_by_role("status")).to_contain_text("It counts for: Negotiates")
    expect(page.locator(".matrix .guessed, .matrix .cell .more")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    page.locator(".matrix .bare th a").first.click()
    page.get_by_role("button", name="I had no chance yet").click()
    expect(page.get_by_role("status")).to_contain_text("No chance yet")
    page.get_by_role("button", name="There is one now").click()
    expect(page.get_by_role("status")).to_contain_text("There is a chance now")


def test_a_line_that_is_missing_keeps_what_was_typed(start: Start, window: Opening, tmp_path: Path) -> None:
    some(tmp_path / "data")
    at = window(start("empty"))
    at.expected.add(400)
    page = at.go("/next?open=lead-craft-1")
    page.get_by_label("What did you do that shows it?").fill("Said what would make it better")
    page.locator("#next-add [name=day]").fill("soon")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#wrong-day")).to_be_visible()
    expect(page.locator("[name=day][aria-invalid]")).to_be_focused()
    expect(page.get_by_label("What did you do that shows it?")).to_have_value("Said what would make it better")


@pytest.mark.parametrize("path", ["/next?open=lead-craft-1", "/roles"])
def test_on_paper_there_is_nothing_to_press(start: Start, window: Opening, tmp_path: Path, path: str) -> None:
    some(tmp_path / "data")
    at = window(start("empty"))
    page = at.go(path)
    page.emulate_media(media="print")
    at.shot(f"print-{path[1:5]}")
    expect(page.locator("button:visible, input:visible, select:visible, textarea:visible")).to_have_count(0)


def test_without_a_script(start: Start, window: Opening) -> None:
    at = window(start("empty"), scripts=False)
    page = at.go("/next")
    page.get_by_label("My level now").select_option("Senior")
    page.get_by_label("The one I look at").select_option("Lead (leading)")
    page.get_by_role("button", name="Show the step").click()
    page.get_by_role("link", name="Negotiates").first.click()
    page.get_by_label("What did you do that shows it?").fill("Agreed the dates")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("tr.open .cell.rough")).to_have_text("1")
    page.get_by_role("button", name="Does not count").click()
    expect(page.locator("tr.open .cell.rough")).to_have_count(0)
    page = at.go("/roles")
    page.get_by_label("Title").fill("Analyst")
    page.locator("[name=first]").fill("2023-09")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Analyst ended today").click()
    expect(page.get_by_role("status")).to_have_text("Its last day is kept.")


def test_a_role_that_is_wrong_keeps_what_was_typed(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    at.expected.add(400)
    page = at.go("/roles")
    page.get_by_label("Title").fill("Analyst")
    page.locator("[name=first]").fill("soon")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("[name=first][aria-invalid]")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_value("Analyst")
    page.locator("[name=first]").fill("2023-09")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Kept: Analyst.")
