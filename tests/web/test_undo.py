"""Undo works on every page, and says what it took back."""

from outgrow.web.app import ROUTES
from tests.web.asking import Asking


def test_undo_goes_back_one_by_one_and_says_so(asking: Asking) -> None:
    asking.post("/capture", text="Budget <round>")
    asking.post("/settings/theme", theme="dark")
    assert "Taken back: the setting theme: dark, of " in asking.post_and_follow("/undo").text
    assert "Taken back: the note Budget &lt;round&gt;, of " in asking.post_and_follow("/undo").text
    assert "There is nothing to take back." in asking.post_and_follow("/undo").text
    assert "There is nothing to take back." not in asking.get("/settings").text, "a notice is said once"


def test_undo_leads_back_to_every_page(asking: Asking) -> None:
    for route in ROUTES:
        if route.method == "GET" and "{" not in route.path:
            assert asking.post("/undo", back=route.path).header("location") == route.path


def test_each_desk_undoes_its_own(asking: Asking) -> None:
    asking.post("/capture", text="Budget round")
    assert "nothing to take back" in asking.post_and_follow("/example/undo").text
    assert "Budget round" in asking.post_and_follow("/undo").text
