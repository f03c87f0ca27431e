"""Packets in a real browser: empty, full and hostile; by keyboard, without a script, in print and as a file."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind, Link, Polish
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.model.period import Period
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.keep_evidence import keep
from outgrow.workflows.keep_ledger import claim, reach
from outgrow.workflows.keep_roles import RoleWords, add
from outgrow.workflows.make_packet import begin, propose
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE
from tests.web.browser.window import Window
from tests.workflows.pdf_text import text_of
from tools.browser import Served, served

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
NAMES = ("Run a supplier negotiation alone", "Decide where stock is held", "Say no with figures")
WHITE = "rgb(255, 255, 255)"
Made = Callable[[str], Path]
Start = Callable[..., Served]


def put_together(workspace: Workspace, names: tuple[str, ...] = NAMES, audience: str = "Anna Berg") -> int:
    """Make capabilities with evidence for the step that is set, and a packet of them."""
    set_aim(workspace, BUILT_IN, "senior", "lead")
    add(workspace, RoleWords(title="Operations analyst", first=f"{TODAY.year - 2}-09", level="Senior", scope=names[0]))
    for place, name in enumerate(names):
        day = TODAY - timedelta(days=60 - place)
        number = claim(workspace, name, day)
        for turn in range(place):
            kind = tuple(EvidenceKind)[(place + turn) % 4]
            keep(
                workspace,
                Evidence(
                    action=f"{name}: {turn}"[:400],
                    on=day + timedelta(days=3 * turn),
                    situation=name,
                    result=names[turn],
                    hours=2.5,
                    seen_by=(name[:100], "Jo"),
                    kind=kind,
                    polish=Polish.SOLID,
                    capabilities=(number,),
                    expectations=(Expected(BUILT_IN, "lead-strategic-1"),) if turn else (),
                    links=(Link(url=f"https://example.com/{place}/{turn}", note=name[:150]),),
                ),
            )
        if place:
            reach(workspace, number, CapabilityState.SHOWN, day + timedelta(days=9))
    period = Period(TODAY - timedelta(days=364), TODAY)
    return begin(workspace, propose(workspace, audience, period))


@pytest.fixture
def serve(made: Made, tmp_path: Path) -> Iterator[Start]:
    """Give a way to serve a state after a deed."""
    with ExitStack() as running:

        def start(state: str, deed: Callable[[Workspace], object]) -> Served:
            folder = tmp_path / "data"
            shutil.copytree(made(state), folder)
            with open_workspace(str(folder)) as workspace:
                deed(workspace)
            return running.enter_context(served(folder))

        yield start


def opened(window: Window) -> Window:
    """Open the newest packet."""
    window.go("/packet").locator(".drafts a").first.click()
    window.settle()
    return window


def hostile(workspace: Workspace) -> None:
    """Put a packet together of texts that try to be code."""
    put_together(workspace, tuple(each[:190] for each in HOSTILE), HOSTILE[0])


@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    ("state", "deed"),
    [("empty", put_together), ("audited", put_together), ("hostile", hostile)],
    ids=["without work", "full", "hostile"],
)
def test_a_packet_wide_and_narrow_light_and_dark(
    serve: Start, window: Opening, state: str, deed: Callable[[Workspace], object]
) -> None:
    page = opened(window(serve(state, deed)))
    page.inspect_all(f"packet-{state}")
    page.go("/packet")
    page.inspect_all(f"packets-{state}")


@pytest.mark.parametrize("state", ["empty", "one", "example"])
def test_it_begins_on_any_data(start: Callable[[str], Served], window: Opening, state: str) -> None:
    page = window(start(state))
    page.go("/example/packet" if state == "example" else "/packet")
    page.settle()
    page.page.get_by_label("Whom is it for?").fill("Jo")
    page.page.get_by_role("button", name="Put it together").click()
    expect(page.page.locator(".paper")).to_be_visible(timeout=60_000)
    expect(page.page.locator(".paper .missing")).to_be_visible()
    assert page.page.evaluate("getComputedStyle(document.querySelector('.paper')).backgroundColor") == WHITE
    page.inspect_all(f"packet-begun-{state}")


def first_names(page: Window) -> list[str]:
    return page.page.locator(".paper h3").all_inner_texts()


def test_by_keyboard_what_is_moved_keeps_the_focus(serve: Start, window: Opening) -> None:
    page = opened(window(serve("empty", put_together)))
    before = first_names(page)
    up = page.page.get_by_role("button", name=f"Up: {before[1]}")
    up.focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator(".paper h3").first).to_have_text(before[1])
    assert first_names(page) == [before[1], before[0], before[2]]
    expect(page.page.locator("#notice")).to_contain_text("Kept.")
    page.page.keyboard.press("u")
    expect(page.page.locator(".paper h3").first).to_have_text(before[0])


def test_without_a_script_all_of_it_works(serve: Start, window: Opening) -> None:
    page = opened(window(serve("empty", put_together), scripts=False))
    name = first_names(page)[0]
    page.page.get_by_label("numbers").check()
    page.page.get_by_label("And these words").fill(name)
    page.page.get_by_role("button", name="Keep and show").first.click()
    expect(page.page.locator(".paper")).not_to_contain_text(name)
    assert not any(char.isdigit() for char in page.page.locator(".paper").inner_text())
    page.inspect("packet-hidden")
    expect(page.page.get_by_role("button", name="Print")).to_be_hidden()


def test_the_print_of_the_page_is_the_paper(serve: Start, window: Opening) -> None:
    page = opened(window(serve("audited", put_together), dark=True))
    said = text_of(page.page.pdf(format="A4"))
    assert "Keep and show" not in said
    assert "Everything stays on this machine" not in said
    assert "".join(NAMES[1].split()) in "".join(said.split())
    assert "How this was found out" in said.replace("\n", " ")


@pytest.mark.promise("P11")
def test_the_file_reads_alone(serve: Start, window: Opening, tmp_path: Path) -> None:
    page = opened(window(serve("audited", put_together)))
    with page.page.expect_download() as download:
        page.page.get_by_role("link", name="HTML").click()
    path = tmp_path / "packet.html"
    download.value.save_as(path)
    asked: list[str] = []
    alone = page.page.context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda message: asked.append(message.text))
    alone.goto(path.as_uri())
    expect(alone.locator("h1")).to_be_visible()
    alone.get_by_role("link", name="a", exact=True).first.click()
    assert asked == [path.as_uri()]
    assert alone.evaluate("getComputedStyle(document.querySelector('.sides')).display") == "grid"


def test_what_is_wrong_is_said_beside_its_field(serve: Start, window: Opening) -> None:
    page = opened(window(serve("empty", put_together)))
    page.expected.add(400)
    page.page.get_by_label("Title").fill("x" * 150)
    page.page.get_by_label("And these words").fill("x")
    page.page.get_by_role("button", name="Keep and show").first.click()
    expect(page.page.locator("#wrong-redacted")).to_be_visible()
    expect(page.page.get_by_label("Title")).to_have_value("x" * 150)
    page.inspect("packet-wrong")


def test_ticks_choose_what_is_shown(serve: Start, window: Opening) -> None:
    page = opened(window(serve("empty", put_together)))
    name = first_names(page)[0]
    page.page.locator(".choice").filter(has_text=name).get_by_role("checkbox").first.uncheck()
    page.page.get_by_role("button", name="Keep and show").first.click()
    expect(page.page.locator(".paper h3")).to_have_count(len(NAMES) - 1)
