"""The page tells what is held, and how to be rid of it."""

import html
import re
import time

from tests.web.asking import Asking


def said(asking: Asking, target: str = "/about") -> str:
    """Return the words of the page."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", asking.get(target).text))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_of_nobody_nothing_is_held(asking: Asking) -> None:
    page = said(asking)
    assert "Said by you Nothing yet." in page
    assert "There is nothing to compute from yet." in page
    assert "No card has been answered yet" in page


def test_what_is_held_is_counted(asking: Asking) -> None:
    for title in ("Budget round", "Supplier call"):
        asking.post("/capture", text=title, hours="2", day="yesterday")
    asking.post("/undo")
    page = said(asking)
    assert "2 activities" in page, "what was taken back is kept"
    assert "1 note of work" in page
    assert "What you took back, 1 statement, is kept beside it." in page
    assert str(asking.folder) in page


def test_it_leads_to_where_everything_is_taken_out_and_deleted(asking: Asking) -> None:
    assert 'href="/about/leaving"' in asking.get("/about").text
    assert "/about/leaving" not in asking.get("/example/about").text


def test_everything_is_looked_at_when_asked(asking: Asking) -> None:
    assert "Database: well." not in said(asking)
    page = said(asking, "/about?look=yes")
    assert "Database: well." in page
    assert "Privacy: well." in page


def test_what_is_not_well_is_said_with_its_remedy(asking: Asking) -> None:
    said(asking)
    asking.folder.chmod(0o755)
    page = said(asking, "/about?look=yes")
    assert "Privacy: needs a look." in page
    assert "chmod 700" in page


def test_everything_computed_is_computed_again(asking: Asking) -> None:
    asking.post("/capture", text="Budget round", hours="2", day="yesterday")
    answer = asking.post("/about/rebuild")
    assert (answer.status, answer.header("location")[:6]) == (303, "/jobs/")
    until = time.monotonic() + 10
    while "Computed again" not in (page := said(asking)):
        assert time.monotonic() < until, page
    assert "with the same result" in page
