"""Settings, parsed and checked once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from outgrow.model.fault import Fault
from outgrow.model.share import Target

_HOURS_A_WEEK = 168


class ConfigError(Fault, ValueError):
    """A setting that cannot be used; the message names it and says what would do."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person has set; the defaults hold until then.

    `working_hours` are hours in a usual week; `addresses` are the person's own, lower case; `zone` is an IANA name.
    """

    target: Target = field(default_factory=Target)
    working_hours: float = 40.0
    addresses: frozenset[str] = frozenset()
    zone: str = "UTC"

    def with_value(self, key: str, text: str) -> "Settings":
        """Return these settings with one changed, from its text; raises ConfigError."""
        match key:
            case "target":
                return replace(self, target=_target(text))
            case "working_hours":
                return replace(self, working_hours=_hours(text))
            case "addresses":
                return replace(self, addresses=frozenset(text.lower().replace(",", " ").split()))
            case "zone":
                return replace(self, zone=_zone(text))
            case _:
                known = ", ".join(setting.name for setting in fields(self))
                message = f"there is no setting {key!r}; there are {known}"
                raise ConfigError(message)


def read_settings(said: Mapping[str, str]) -> Settings:
    """Build the settings from what was said, by key; raises ConfigError for a value that cannot be used."""
    settings = Settings(zone=local_zone())
    for key, text in said.items():
        settings = settings.with_value(key, text)
    return settings


def data_folder(named: str | None) -> Path:
    """Return the folder that holds the person's data: the one named, or the one usual on this system."""
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - costs a third of `outgrow --version`

    return user_data_path("outgrow", appauthor=False)


def local_zone() -> str:
    """Return this machine's time zone by its IANA name, UTC when it has none."""
    from tzlocal import get_localzone_name  # noqa: PLC0415 - only where a zone is needed

    return get_localzone_name() or "UTC"


def masked(location: str) -> str:
    """Return a location fit to be shown: of a URL only scheme and host, since calendar addresses are secrets."""
    scheme, mark, rest = location.partition("://")
    if not mark:
        return location
    host = rest.split("/", 1)[0].rsplit("@", 1)[-1]
    return f"{scheme}://{host}/…"


def told_apart(location: str) -> str:
    """Return an address masked, with a mark that tells it from others of its host; a path as it is."""
    shown = masked(location)
    if shown == location:
        return location
    return f"{shown} ({hashlib.blake2b(location.encode(), digest_size=3).hexdigest()})"


def _target(text: str) -> Target:
    try:
        low, high = (float(part.strip(" %")) / 100 for part in text.split("-", 1))
        return Target(low, high)
    except ValueError as error:
        message = f"the target {text!r} is no band: say it in percent, for example 15-20"
        raise ConfigError(message) from error


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 < hours <= _HOURS_A_WEEK:
        message = f"working hours are a number of hours in a week, between 0 and 168, not {text!r}"
        raise ConfigError(message)
    return hours


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, KeyError) as error:
        message = f"{text!r} is no time zone: say an IANA name such as Europe/Berlin"
        raise ConfigError(message) from error
