"""Each setting is a form: kept, said to be kept, and with what is wrong beside its field."""

import html
import re
from pathlib import Path

import pytest

from outgrow.config import KEYS
from outgrow.store import settings
from outgrow.web import pages
from tests.web.asking import Asking

TEMPLATES = Path(pages.__file__).parent / "templates"
NOTICE = re.compile(r'id="notice"[^>]*>(.*?)</div>', re.DOTALL)
KEPT = [
    ("target", {"low": "10", "high": "12,5"}, "Kept. Target: 10\N{EN DASH}12.5 %."),
    ("working_hours", {"working_hours": "32,5"}, "Kept. Working hours: 32.5 h."),
    ("week_start", {"week_start": "sunday"}, "Kept. Week start: sunday."),
    ("role", {"role": "Nurse manager"}, "Kept. Role: Nurse manager."),
    ("new_this_year", {"new_this_year": "<b>Rotas</b>"}, "Kept. New this year: <b>Rotas</b>."),
    ("addresses", {"addresses": "Anna@example.org a@b.example"}, "Kept. Addresses: a@b.example anna@example.org."),
    ("zone", {"zone": "Europe/Berlin"}, "Kept. Zone: Europe/Berlin."),
    ("theme", {"theme": "dark"}, "Kept. Theme: dark."),
    ("keys", {}, "Kept. Keys: off."),
    ("own_keys", {"key g": "y", "key d": "e"}, "Kept. Own keys: g=y d=e."),
]


def told(asking: Asking) -> str:
    """Return what the next page says at its top."""
    found = NOTICE.search(asking.get("/settings").text)
    return html.unescape(re.sub(r"</?bdi>", "", found[1])).replace("\N{NO-BREAK SPACE}", " ") if found else ""


@pytest.mark.parametrize(("key", "words", "said"), KEPT)
def test_a_setting_is_kept_and_can_be_undone(asking: Asking, key: str, words: dict[str, str], said: str) -> None:
    before = asking.get("/settings").body
    answer = asking.post(f"/settings/{key}", **words)
    assert (answer.status, answer.header("location")) == (303, "/settings")
    assert told(asking) == f"{said} Undo takes it back."
    assert asking.get("/settings").body != before
    assert asking.post(f"/settings/{key}", **words).status == 303
    assert told(asking) == said.replace("Kept.", "As it was.")
    asking.post("/undo", back="/settings")
    assert told(asking).startswith(f"Taken back: the setting {key.replace('_', ' ')}")
    assert asking.get("/settings").body == before


WRONG = [
    ("target", {"low": "20", "high": "<10"}, "<10"),
    ("working_hours", {"working_hours": "many"}, "many"),
    ("week_start", {"week_start": "noon"}, "noon"),
    ("role", {"role": "x" * 201}, "x" * 201),
    ("zone", {"zone": 'Mars/"Base"'}, 'Mars/"Base"'),
    ("theme", {"theme": "green"}, "green"),
    ("addresses", {"addresses": "anna"}, 'value="anna"'),
    ("own_keys", {"key g": "d"}, 'name="key g" value="d"'),
]


@pytest.mark.parametrize(("key", "words", "typed"), WRONG)
def test_a_wrong_value_stays_in_its_field(asking: Asking, key: str, words: dict[str, str], typed: str) -> None:
    answer = asking.post(f"/settings/{key}", **words)
    page = html.unescape(answer.text)
    assert answer.status == 400
    assert f'id="wrong-{key}"' in page
    assert page.count('class="wrong"') == 1
    assert typed in page
    asking.post("/undo", back="/settings")
    assert told(asking) == "There is nothing to take back."


def test_a_form_speaks_of_its_fields_and_names_every_wrong_key(asking: Asking) -> None:
    target = asking.post("/settings/target", low="50", high="10").text
    assert "The lower end of the target must not lie above the upper one" in target
    keys = html.unescape(asking.post("/settings/own_keys", **{"key u": "z z", "key c": "12"}).text)
    assert "choose another for c ('12'), u ('zz')." in keys


def test_an_unknown_setting_is_refused(asking: Asking) -> None:
    assert asking.post("/settings/colour", colour="red").status == 400


def test_pages_look_as_the_settings_say(asking: Asking) -> None:
    assert '<html lang="en" data-theme="system">' in asking.get("/settings").text
    asking.post("/settings/theme", theme="dark")
    asking.post("/settings/keys")
    asking.post("/settings/own_keys", **{"key c": "t"})
    page = asking.get("/settings").text
    assert '<html lang="en" data-theme="dark">' in page
    assert 'name="color-scheme" content="dark"' in page
    assert '<body data-keys="off" data-own-keys="c=t">' in page
    assert "data-shows-keys" not in page


def test_every_key_on_a_page_can_be_moved() -> None:
    """A key that the settings do not know could collide with one that was put elsewhere."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")]
    named = {key for text in texts for key in re.findall(r'data-(?:\w+-)?key="([^"{]+)"', text)}
    named |= {key for text in texts for key in re.findall(r"<kbd>([^<{]+)</kbd>", text)} | set("noh")
    assert {key for key in named if not key.isdigit() and len(key) == 1} <= KEYS.keys()
    letters = [letter for *_, letter in (*pages.PLACES, *pages.GEAR)]
    assert len(letters) == len(set(letters))


def test_what_cannot_be_used_by_now_is_told_at_its_field(asking: Asking) -> None:
    with asking.desks[0].workspace() as workspace, workspace.store.begin() as change:
        settings.put(change, "addresses", "<b>anna", workspace.now)
    page = html.unescape(asking.get("/settings").text)
    assert "so the default holds. <bdi>A mail address is like anna@example.org; '<b>anna' is not.</bdi>" in page
    asking.post("/settings/addresses", addresses="anna@example.org")
    assert "cannot be used" not in asking.get("/settings").text
