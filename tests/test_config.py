"""Settings are parsed once, and a wrong one says what would do."""

import pytest

from outgrow.config import ConfigError, masked, read_settings


def test_said_values_take_over_from_the_defaults() -> None:
    settings = read_settings(
        {
            "target": "10-25 %",
            "working_hours": "32",
            "addresses": "Anna@Example.org, a@b.example",
            "zone": "Europe/Berlin",
        }
    )
    assert (settings.target.low, settings.target.high) == (0.10, 0.25)
    assert settings.working_hours == 32
    assert settings.addresses == {"anna@example.org", "a@b.example"}
    assert settings.zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("key", "text"),
    [("target", "20-10"), ("target", "much"), ("working_hours", "0"), ("working_hours", "x"), ("zone", "Mars/Base")],
)
def test_what_cannot_be_used_is_refused_by_name(key: str, text: str) -> None:
    with pytest.raises(ConfigError):
        read_settings({key: text})


def test_an_unknown_setting_lists_the_known() -> None:
    with pytest.raises(ConfigError, match="working_hours"):
        read_settings({"colour": "red"})


@pytest.mark.promise("P12")
def test_of_an_address_only_the_host_is_shown() -> None:
    assert masked("https://user:pass@calendar.example/private-s3cret/basic.ics") == "https://calendar.example/…"
    assert masked("/home/anna/work.ics") == "/home/anna/work.ics"
