"""Settings, parsed and checked once."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from outgrow.model.fault import Fault
from outgrow.model.share import Target

_HOURS_A_WEEK = 168
_LONGEST = 200
_LONGEST_QUOTE = 60
_MOST_QUOTED = 5
_ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")

#: The single keys of the pages that may be put on other keys, and what they do. Enter, Esc and the digits stay.
KEYS: Mapping[str, str] = {
    "c": "Capture work",
    "r": "Open the reviews",
    "u": "Undo what was said last",
    "g": "Growth; elsewhere, go to a place",
    "d": "Depth",
    "x": "Not work",
    "s": "Skip",
    "n": "Growth, because it needs a capability I lack",
    "o": "Growth, because it is outside my scope",
    "h": "Growth, because I am not sure how to solve it",
    "b": "Answer all that are alike",
    "m": "Mark in a list",
    "j": "Next in a list",
    "k": "Previous in a list",
    ".": "Repeat the last answer",
    "?": "Show the keys",
}


class Theme(StrEnum):
    """Light or dark pages, or what the system is set to."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class WeekStart(StrEnum):
    """The first day of "this week" and "last week"; numbered weeks (2026-W41) and those of charts begin on a Monday."""

    MONDAY = "monday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class ConfigError(Fault, ValueError):
    """A setting that cannot be used; the message names it and says what would do."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person has set; the defaults hold until then.

    `working_hours` are hours in a usual week; `addresses` are the person's own, lower case; `zone` is an IANA name.
    `role` and `new_this_year` are in the person's words, empty until said. `keys` says whether single keys work on the
    pages, `own_keys` which of them lie on another key of the person's choice. `ladder` (its number), `level` and
    `next_level` (their ids in it) are the step the person looks at, empty until said. `unusable` tells why what was
    said of a setting earlier cannot be used by now, by its name: there the default holds.
    """

    target: Target = field(default_factory=Target)
    working_hours: float = 40.0
    addresses: frozenset[str] = frozenset()
    zone: str = "UTC"
    week_start: WeekStart = WeekStart.MONDAY
    role: str = ""
    new_this_year: str = ""
    ladder: str = ""
    level: str = ""
    next_level: str = ""
    theme: Theme = Theme.SYSTEM
    keys: bool = True
    own_keys: Mapping[str, str] = field(default_factory=dict)
    unusable: Mapping[str, str] = field(default_factory=dict)

    def with_value(self, key: str, text: str) -> "Settings":
        """Return these settings with one changed, from its text; raises ConfigError."""
        if key not in _READERS:
            message = f"There is no setting {_quoted(key)}; there are {', '.join(_READERS)}."
            raise ConfigError(message)
        return replace(self, **{key: _READERS[key](text)})


def read_settings(said: Mapping[str, str]) -> Settings:
    """Build the settings from what was said, by key; what cannot be used leaves the default, and is told."""
    settings = Settings(zone=local_zone())
    unusable = {}
    for key, text in said.items():
        try:
            settings = settings.with_value(key, text)
        except ConfigError as fault:
            unusable[key] = str(fault)
    return replace(settings, unusable=unusable)


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


@cache
def zones() -> tuple[str, ...]:
    """Return the names of the time zones of places, in order, and UTC."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


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


def _quoted(text: str) -> str:
    """Return what was said, in quotation marks and short enough to be said again."""
    return repr(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…")


def _several(texts: Sequence[str]) -> str:
    """Return at most five things that were said, quoted."""
    more = f" and {len(texts) - _MOST_QUOTED} more" if len(texts) > _MOST_QUOTED else ""
    return ", ".join(map(_quoted, texts[:_MOST_QUOTED])) + more


def _target(text: str) -> Target:
    try:
        low, high = (float(part.strip(" %").replace(",", ".")) / 100 for part in text.split("-", 1))
    except ValueError:
        low = high = -1.0
    if 0 <= high < low <= 1:
        message = (
            "The lower end of the target must not lie above the upper one; 15-20, for example, is from 15 to 20 %."
        )
        raise ConfigError(message)
    try:
        return Target(low, high)
    except ValueError as error:
        message = f"Both ends of the target are numbers from 0 to 100, in percent; {_quoted(text)} is something else."
        raise ConfigError(message) from error


def _hours(text: str) -> float:
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = -1.0
    if not 0 < hours <= _HOURS_A_WEEK:
        message = f"Working hours are a number of hours in a week, between 0 and 168, not {_quoted(text)}."
        raise ConfigError(message)
    return hours


def _addresses(text: str) -> frozenset[str]:
    said = text.lower().replace(",", " ").replace(";", " ").split()
    if wrong := [each for each in said if not _ADDRESS.fullmatch(each)]:
        message = (
            f"A mail address is like anna@example.org; {_several(wrong)} {'is' if len(wrong) == 1 else 'are'} not."
        )
        raise ConfigError(message)
    return frozenset(said)


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, KeyError) as error:
        message = f"{_quoted(text)} is no time zone: say an IANA name such as Europe/Berlin."
        raise ConfigError(message) from error


def _line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        message = f"That has {len(line):,} characters: say it in one line of at most {_LONGEST}."
        raise ConfigError(message)
    return line


def _one_of(choices: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        try:
            return choices(text.strip().lower())
        except ValueError as error:
            message = f"{_quoted(text)} is none of {', '.join(choices)}."
            raise ConfigError(message) from error

    return read


def _switch(text: str) -> bool:
    said = text.strip().lower()
    if said not in {"on", "off"}:
        message = f"Single keys are on or off, not {_quoted(text)}."
        raise ConfigError(message)
    return said == "on"


def _own_keys(text: str) -> dict[str, str]:
    """Read pairs such as `g=y d=e`: the key of the pages, then the person's own."""
    pairs = [(pair[:1], pair[1:2], pair[2:]) for pair in text.split()]
    if odd := ["".join(pair) for pair in pairs if pair[0] not in KEYS or pair[1] != "="]:
        message = f"{_several(odd)}: say for example g=y to put g on y; the keys are {' '.join(KEYS)}"
        raise ConfigError(message)
    if wrong := [f"{key} ({_quoted(chosen)})" for key, _, chosen in pairs if not _is_key(chosen)]:
        message = f"A key is one letter or sign and no digit: choose another for {', '.join(wrong)}."
        raise ConfigError(message)
    own = {key: chosen for key, _, chosen in pairs}
    _check_distinct({key: own.get(key, key) for key in KEYS})
    return {key: chosen for key, chosen in own.items() if key != chosen}


def _is_key(chosen: str) -> bool:
    return len(chosen) == 1 and chosen.isprintable() and not chosen.isdigit()


def _check_distinct(keys: Mapping[str, str]) -> None:
    sharing = {chosen: [key for key, own in keys.items() if own == chosen] for chosen in keys.values()}
    clashes = [
        f"{chosen} would do what {' and what '.join(f'{key} does' for key in shared)}"
        for chosen, shared in sharing.items()
        if len(shared) > 1
    ]
    if clashes:
        message = f"{'; '.join(clashes)}: choose another for one of them."
        raise ConfigError(message)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "target": _target,
    "working_hours": _hours,
    "addresses": _addresses,
    "zone": _zone,
    "week_start": _one_of(WeekStart),
    "role": _line,
    "new_this_year": _line,
    "ladder": _line,
    "level": _line,
    "next_level": _line,
    "theme": _one_of(Theme),
    "keys": _switch,
    "own_keys": _own_keys,
}
