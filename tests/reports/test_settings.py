"""Settings are shown by the names they are set with."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from outgrow.config import KEYS, ConfigError, Settings, read_settings
from outgrow.reports.settings import in_words, own_keys, render


def test_every_setting_is_shown() -> None:
    assert list(in_words(Settings())) != []
    assert in_words(Settings()).keys() == {field.name for field in fields(Settings)}
    assert [line.split()[0] for line in render(Settings()).splitlines()] == list(in_words(Settings()))


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), st.characters(), max_size=4))
def test_own_keys_are_said_as_they_are_set(wanted: dict[str, str]) -> None:
    said = " ".join(f"{key}={own}" for key, own in wanted.items())
    try:
        settings = read_settings({"own_keys": said})
    except ConfigError:
        return
    assert read_settings({"own_keys": own_keys(settings)}) == settings
    pressed = [settings.own_keys.get(key, key) for key in KEYS]
    assert len(set(pressed)) == len(KEYS), "no key does two things"
