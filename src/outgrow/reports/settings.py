"""The settings, in words."""

from outgrow.config import Settings
from outgrow.model.share import Target
from outgrow.reports.words import columns, harmless


def render(settings: Settings) -> str:
    """Return one line per setting, by the name it is set with, and what of the things said cannot be used."""
    return "\n".join([*columns(_rows(settings), most=120), *map(harmless, told_unusable(settings))])


def told_unusable(settings: Settings) -> list[str]:
    """Say for each setting that cannot be used as it was said what holds instead, and why."""
    return [
        f"{key}: what was said earlier cannot be used, so the default holds. {why}"
        for key, why in settings.unusable.items()
    ]


def in_words(settings: Settings) -> dict[str, str]:
    """Return the value of each setting in words, by the name it is set with."""
    return {name: value for name, value, _ in _rows(settings)}


def _rows(settings: Settings) -> list[tuple[str, str, str]]:
    return [
        ("target", _band(settings.target), "of your time in growth work"),
        ("working_hours", f"{settings.working_hours:g} h", "in a usual week"),
        (
            "addresses",
            " ".join(sorted(settings.addresses)) or "none",
            "your own, so that declined meetings count nothing",
        ),
        ("zone", settings.zone, "for times that state none"),
        ("week_start", settings.week_start, 'the first day of "this week" and "last week"'),
        ("role", settings.role or "not said", "your work, in your words"),
        ("new_this_year", settings.new_this_year or "not said", "one thing that was new for you"),
        ("ladder", settings.ladder or "not said", "the number of the one you look at: outgrow ladder aim"),
        ("level", settings.level or "not said", "yours on that ladder"),
        ("next_level", settings.next_level or "not said", "the one you look at"),
        ("theme", settings.theme, "of the pages: system, light or dark"),
        ("keys", "on" if settings.keys else "off", "single keys on the pages"),
        ("own_keys", own_keys(settings) or "none", "keys of the pages that you put on others"),
    ]


def _band(target: Target) -> str:
    """Say the target as exactly as it was set."""
    return f"{100 * target.low:.4g}\N{EN DASH}{100 * target.high:.4g} %"


def own_keys(settings: Settings) -> str:
    """Return the keys put on others as they are said: `g=y d=e`."""
    return " ".join(f"{key}={own}" for key, own in settings.own_keys.items())
