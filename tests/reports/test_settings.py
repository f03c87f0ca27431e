"""Settings are shown by the names they are set with."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from outgrow.config import KEYS, Settings, read_settings
from outgrow.reports.settings import in_words, own_keys, render


def test_every_setting_is_shown() -> None:
    assert list(in_words(Settings())) != []
    assert in_words(Settings()).keys() == {field.name for field in fields(Settings)} - {"unusable"}
    assert [line.split()[0] for line in render(Settings()).splitlines()] == list(in_words(Settings()))


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), st.characters(), max_size=4))
def test_own_keys_are_said_as_they_are_set(wanted: dict[str, str]) -> None:
    said = " ".join(f"{key}={own}" for key, own in wanted.items())
    settings = read_settings({"own_keys": said})
    if settings.unusable:
        return
    assert read_settings({"own_keys": own_keys(settings)}) == settings
    pressed = [settings.own_keys.get(key, key) for key in KEYS]
    assert len(set(pressed)) == len(KEYS), "no key does two things"


def test_what_cannot_be_used_is_told_with_what_holds_instead() -> None:
    lines = render(read_settings({"target": "much", "theme": "dark"})).splitlines()
    (told,) = (line for line in lines if "cannot be used" in line)
    assert told.startswith("target: what was said earlier cannot be used, so the default holds. Both ends")
    assert "cannot be used" not in render(read_settings({"theme": "dark"}))
