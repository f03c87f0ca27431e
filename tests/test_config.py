"""Settings are parsed once, and a wrong one says what would do."""

from dataclasses import fields

import pytest

from outgrow.config import ConfigError, Settings, Theme, WeekStart, masked, read_settings


def test_said_values_take_over_from_the_defaults() -> None:
    settings = read_settings(
        {
            "target": "10-25 %",
            "working_hours": "32",
            "addresses": "Anna@Example.org, a@b.example",
            "zone": "Europe/Berlin",
            "week_start": "Sunday",
            "role": " Nurse \n manager ",
            "new_this_year": "Rotas for two wards",
            "theme": "dark",
            "keys": "off",
            "own_keys": "g=d d=g c=c",
        }
    )
    assert (settings.target.low, settings.target.high) == (0.10, 0.25)
    assert settings.working_hours == 32
    assert settings.addresses == {"anna@example.org", "a@b.example"}
    assert settings.zone == "Europe/Berlin"
    assert settings.week_start is WeekStart.SUNDAY
    assert (settings.role, settings.new_this_year) == ("Nurse manager", "Rotas for two wards")
    assert settings.theme is Theme.DARK
    assert not settings.keys
    assert settings.own_keys == {"g": "d", "d": "g"}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("target", "20-10"),
        ("target", "much"),
        ("target", "nan-nan"),
        ("working_hours", "0"),
        ("working_hours", "x"),
        ("working_hours", "nan"),
        ("zone", "Mars/Base"),
        ("zone", "../../etc/passwd"),
        ("zone", "\0"),
        ("week_start", "noon"),
        ("role", "x" * 201),
        ("new_this_year", "x" * 201),
        ("theme", "green"),
        ("keys", "maybe"),
        ("own_keys", "g"),
        ("own_keys", "g=mm"),
        ("own_keys", "g=1"),
        ("own_keys", "g=\x7f"),
        ("own_keys", "9=m"),
        ("own_keys", "g=d"),
        ("own_keys", "g=y d=y"),
        ("addresses", "anna"),
        ("addresses", "anna@example.org me@"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(key: str, text: str) -> None:
    with pytest.raises(ConfigError):
        Settings().with_value(key, text)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("addresses", "anna@example.org Anna, x@", "A mail address is like anna@example.org; 'anna', 'x@' are not."),
        ("target", "50-10", "The lower end of the target must not lie above the upper one"),
        ("target", "a-10", "numbers from 0 to 100, in percent; 'a-10' is something else"),
        ("target", "10-900", "numbers from 0 to 100"),
        ("own_keys", "u=zz c=1", "choose another for u ('zz'), c ('1')."),
        ("own_keys", "u=g h=x", "g would do what u does and what g does; x would do what x does and what h does"),
        ("own_keys", "gg u", "'gg', 'u': say for example g=y"),
    ],
)
def test_everything_that_is_wrong_is_named(key: str, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as told:
        Settings().with_value(key, text)
    assert said in str(told.value)


def test_every_setting_can_be_said() -> None:
    said = {field.name for field in fields(Settings)} - {"unusable"}
    with pytest.raises(ConfigError) as told:
        Settings().with_value("", "")
    assert all(name in str(told.value) for name in said)
    for name in said - {"target", "working_hours", "zone", "week_start", "theme", "keys"}:
        assert not getattr(read_settings({name: ""}), name)


def test_what_cannot_be_used_by_now_leaves_the_default_and_is_told() -> None:
    settings = read_settings({"addresses": "anna", "colour": "red", "working_hours": "32"})
    assert (settings.addresses, settings.working_hours) == (frozenset(), 32)
    assert settings.unusable.keys() == {"addresses", "colour"}
    assert "'anna' is not" in settings.unusable["addresses"]


def test_what_was_said_is_not_repeated_at_length() -> None:
    with pytest.raises(ConfigError) as told:
        Settings().with_value("zone", "x" * 100_000)
    assert len(str(told.value)) < 200


def test_an_unknown_setting_lists_the_known() -> None:
    with pytest.raises(ConfigError, match="working_hours"):
        Settings().with_value("colour", "red")


@pytest.mark.promise("P12")
def test_of_an_address_only_the_host_is_shown() -> None:
    assert masked("https://user:pass@calendar.example/private-s3cret/basic.ics") == "https://calendar.example/…"
    assert masked("/home/anna/work.ics") == "/home/anna/work.ics"
