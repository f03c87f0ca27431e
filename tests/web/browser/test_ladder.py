"""Ladders in a real browser: chosen, brought in, edited; by keyboard, without a script, in print, and hostile."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE
from tools.browser import Served

Start = Callable[[str], Served]
OURS = """\
name: Ward and school
levels:
- {name: Nurse}
- {name: Charge nurse (ward), summary: Runs a shift.}
- {name: Charge nurse (teaching)}
expectations:
- {level: Nurse, kind: care, text: Hands over a patient so that nothing is asked again}
-\t{level: Charge nurse (ward), kind: leadership, text: Runs a shift with a plan for who does what}
- {level: Matron, kind: leadership, text: Runs the house}
"""


def hostile_file(folder: Path) -> Path:
    """Write a ladder with many kinds and levels whose every word tries to be something else."""
    levels = [{"id": str(place), "name": f"{each[:150]} {place}"} for place, each in enumerate(HOSTILE)]
    expectations = [
        {"level": str(place % len(HOSTILE)), "kind": HOSTILE[place % 7], "text": each, "examples": [each]}
        for place, each in enumerate(HOSTILE * 6)
    ]
    path = folder / "hostile.json"
    path.write_text(
        json.dumps({"name": HOSTILE[0], "summary": HOSTILE[6], "levels": levels, "expectations": expectations})
    )
    return path


def test_the_built_in_ladder_is_looked_at(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    page = at.go("/ladder")
    at.inspect_all("ladder-built-in")
    page.get_by_label("My level now").select_option("senior")
    page.get_by_label("The one I look at").select_option("lead")
    page.get_by_role("button", name="Set it").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The step is set: from Senior to Lead.")
    expect(page.get_by_role("heading", level=2, name="Lead leading")).to_be_visible()
    expect(page.get_by_text("Lead expects 12 things that Senior does not.")).to_be_visible()
    at.inspect_all("ladder-aimed")
    page.emulate_media(media="print")
    at.shot("ladder-print")


def test_a_ladder_is_brought_in_after_a_look(start: Start, window: Opening, tmp_path: Path) -> None:
    (tmp_path / "ours.yml").write_text(OURS)
    at = window(start("one"))
    page = at.go("/ladder")
    page.get_by_label("The file that describes your levels").set_input_files(tmp_path / "ours.yml")
    page.get_by_role("button", name="Look at it").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ward and school")
    expect(page.get_by_role("heading", name="2 places to look at")).to_be_visible()
    expect(page.get_by_text("Line 8")).to_be_visible()
    expect(page.get_by_text("the level 'Matron' is not among those the file lists")).to_be_visible()
    at.inspect_all("ladder-read")
    page.get_by_role("button", name="Keep this ladder").press("Enter")
    expect(page.get_by_role("navigation", name="Ladders").get_by_role("link")).to_have_count(2)
    page.get_by_role("link", name="Charge nurse (ward)").click()
    expect(page.get_by_text("Runs a shift with a plan for who does what").first).to_be_visible()
    at.inspect_all("ladder-imported")


def test_a_file_that_is_none_says_why_beside_its_field(start: Start, window: Opening, tmp_path: Path) -> None:
    (tmp_path / "poem.md").write_text("# A poem\n\nRoses.\n")
    at = window(start("one"))
    at.expected = {400}
    page = at.go("/ladder")
    page.get_by_label("The file that describes your levels").set_input_files(tmp_path / "poem.md")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("poem.md was not read: no heading of it reads like a level.")).to_be_visible()
    expect(page.get_by_label("The file that describes your levels")).to_be_focused()
    at.inspect("ladder-refused")


def test_expectations_are_edited_in_place(start: Start, window: Opening) -> None:
    at = window(start("one"))
    at.expected = {400}
    page = at.go("/ladder?level=senior")
    first = page.locator(".expectations > li").first
    first.get_by_text("Edit").click()
    first.get_by_label("What can be seen").fill(" ")
    first.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_text("The text is empty. Say it in a few words.")).to_be_visible()
    at.inspect_all("ladder-editing")
    first.get_by_label("What can be seen").fill("Takes the cases that nobody else takes")
    first.get_by_role("button", name="Keep").press("Enter")
    expect(first.locator("> div > p").first).to_have_text("Takes the cases that nobody else takes")
    expect(page.get_by_text("changed by you")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(first.locator("> div > p").first).to_have_text(
        "Takes on the hardest routine cases and brings them to a good end."
    )


def test_it_works_without_a_script(start: Start, window: Opening, tmp_path: Path) -> None:
    (tmp_path / "ours.yml").write_text(OURS)
    at = window(start("one"), scripts=False)
    page = at.go("/ladder")
    page.get_by_label("The file that describes your levels").set_input_files(tmp_path / "ours.yml")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Keep this ladder").click()
    page.get_by_text("Add an expectation").click()
    add = page.locator(".edits form").first
    add.get_by_label("What can be seen").fill("Teaches a student")
    add.get_by_label("Kind").fill("teaching")
    add.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Teaches a student").first).to_be_visible()
    page.get_by_text("Rename this level").click()
    page.get_by_label("What this level is called").fill("Staff nurse")
    page.get_by_role("button", name="Rename it").nth(0).click()
    expect(page.get_by_role("heading", level=2, name="Staff nurse")).to_be_visible()
    page.get_by_role("button", name="Remove this ladder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Knowledge work")
    at.inspect("ladder-plain")


def test_a_hostile_ladder_is_text(start: Start, window: Opening, tmp_path: Path) -> None:
    at = window(start("one"))
    page = at.go("/ladder")
    page.get_by_label("The file that describes your levels").set_input_files(hostile_file(tmp_path))
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("button", name="Keep this ladder")).to_be_visible()
    at.inspect_all("ladder-read-hostile")
    page.get_by_role("button", name="Keep this ladder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[0])
    page.locator(".expectations details").first.evaluate("details => { details.open = true; }")
    at.inspect_all("ladder-hostile")
    assert "taken" not in page.title() or "<script>" in page.title()
