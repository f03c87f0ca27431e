"""The ledger in a real browser: empty, begun, full and hostile; by keyboard, without a script and in print."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import EvidenceKind
from outgrow.model.judgement import Reason, Value
from outgrow.workflows.answer_outgrown import enter_outgrown
from outgrow.workflows.keep_ledger import Proof, claim, merge, reach, supersede
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE, NEW, ROUTINE
from tests.workflows.said_earlier import said_earlier
from tools.browser import Served, served

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
NAMES = (
    "Run a supplier negotiation alone",
    "Write a strategy note nobody asked for",
    "\u0627\u062c\u062a\u0645\u0627\u0639 \u0627\u0644\u0645\u0648\u0631\u062f\u064a\u0646",
    "Bring two departments that do not talk to one another to a shared plan with dates and owners that hold",
    "Teach the new people the stock model",
)
Made = Callable[[str], Path]


def grown(workspace: Workspace) -> None:
    """Call work growth some time ago, and depth by now; some is growth for long enough to be asked about again."""
    growth = WorkAnswer(Value.GROWTH, frozenset({Reason.LACKING}), 4)
    said_earlier(workspace, [ROUTINE[0], ROUTINE[1]], 200, TODAY - timedelta(days=200))
    judge(workspace, [NEW[0]], TODAY - timedelta(days=58), growth)
    judge(workspace, [NEW[0]], TODAY - timedelta(days=30), WorkAnswer(Value.GROWTH, frozenset({Reason.UNSURE}), 2))
    judge(workspace, [NEW[0]], TODAY - timedelta(days=6), WorkAnswer(Value.DEPTH))
    judge(workspace, [NEW[1]], TODAY - timedelta(days=58), WorkAnswer(Value.GROWTH))
    judge(workspace, [NEW[1]], TODAY - timedelta(days=13), WorkAnswer(Value.DEPTH))


def entered(workspace: Workspace) -> None:
    """Make entries of every state on top of that."""
    enter_outgrown(workspace, NEW[0])
    for place, name in enumerate(NAMES):
        begun = TODAY - timedelta(days=400 - 70 * place)
        number = claim(workspace, name, begun)
        for later, state in enumerate(tuple(CapabilityState)[1 : 1 + place % 4]):
            proof = Proof(action=f"Proof {later} of {name}", kind=tuple(EvidenceKind)[(later + 1) % 4])
            reach(workspace, number, state, begun + timedelta(days=30 + 20 * later), proof=proof, note="it held")
    first = claim(workspace, "Talk to suppliers", TODAY - timedelta(days=500))
    supersede(workspace, first, number)
    merge(workspace, number, [claim(workspace, "Explain the stock model", TODAY - timedelta(days=90))])


def many(workspace: Workspace) -> None:
    """Make more entries than are drawn, with names that try to be code."""
    for place in range(40):
        claim(workspace, HOSTILE[place % len(HOSTILE)][:200], TODAY - timedelta(days=place))


@pytest.fixture
def serve(made: Made, tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Give a way to serve a state after some deeds."""
    from contextlib import ExitStack  # noqa: PLC0415 - here alone

    with ExitStack() as running:

        def start(state: str, *deeds: Callable[[Workspace], None]) -> Served:
            folder = tmp_path / "data"
            shutil.copytree(made(state), folder)
            with open_workspace(str(folder)) as workspace:
                for deed in deeds:
                    deed(workspace)
            return running.enter_context(served(folder))

        yield start


def test_every_state_is_looked_at(serve: Callable[..., Served], window: Opening) -> None:
    at = window(serve("small", grown, entered))
    at.go("/ledger")
    at.inspect_all("ledger-full")
    at.page.get_by_role("link", name=NAMES[3]).click()
    for each in at.page.locator("details").all():
        each.evaluate("details => { details.open = true; }")
    at.inspect_all("ledger-capability")
    at.page.emulate_media(media="print")
    at.shot("ledger-capability-print")
    at.go("/ledger")
    at.shot("ledger-print")


def test_outgrown_work_asks_for_its_entry(serve: Callable[..., Served], window: Opening) -> None:
    at = window(serve("small", grown))
    page = at.go("/ledger")
    at.inspect_all("ledger-outgrown")
    page.get_by_role("button", name="Make the entry").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NEW[0])
    expect(page.get_by_role("region", name="Repetition").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Repeated").press("Enter")
    expect(page.locator("h1 + .lead .state")).to_have_text("repeated")
    at.inspect_all("ledger-capability-outgrown")
    at.go("/ledger")
    page.get_by_role("button", name="No entry for this; ask no more").click()
    expect(page.get_by_role("status")).to_contain_text("it is not asked for again")
    expect(page.locator(".outgrown")).to_have_count(0)


def test_growth_is_asked_again_on_the_ledger_and_on_sort(serve: Callable[..., Served], window: Opening) -> None:
    at = window(serve("small", grown))
    page = at.go("/sort")
    again = page.get_by_role("region", name="Asked again")
    expect(again.locator("li")).to_have_count(2)
    at.inspect_all("sort-again")
    again.get_by_role("button", name="Still new for me").first.press("Enter")
    expect(again.locator("li")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("More of the same, or new for you?")
    again.get_by_role("button", name="Good at it by now").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What can you do now that you could not?")
    expect(page.locator(".outgrown")).to_have_count(3)


def test_an_empty_ledger_asks_for_its_first_entry(serve: Callable[..., Served], window: Opening) -> None:
    at = window(serve("empty"), scripts=False)
    page = at.go("/ledger")
    expect(page.get_by_text("First entry: what did you do this month that you'd have needed help with")).to_be_visible()
    at.expected = {400}
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_text("Say what you can do in between 1 and 200 characters.")).to_be_visible()
    page.get_by_label("I can").fill(HOSTILE[0])
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[0])
    page.get_by_role("button", name="Shown").click()
    expect(page.get_by_text("Shown rests on evidence")).to_be_visible()
    page.get_by_label("What shows it").fill("Did it")
    page.get_by_role("button", name="Shown").click()
    expect(page.locator("h1 + .lead .state")).to_have_text("shown")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("h1 + .lead .state")).to_have_text("claimed")


def test_many_hostile_names(serve: Callable[..., Served], window: Opening) -> None:
    at = window(serve("one", many))
    at.go("/ledger")
    at.inspect_all("ledger-many")


def test_empty_is_looked_at(serve: Callable[..., Served], window: Opening) -> None:
    at = window(serve("empty"))
    at.go("/ledger")
    at.inspect_all("ledger-empty")
