"""The settings, in words."""

from outgrow.config import Settings
from outgrow.reports.words import columns, hours, percent_range


def render(settings: Settings) -> str:
    """Return one line per setting, by the name it is set with."""
    rows = [
        ("target", percent_range(settings.target.low, settings.target.high), "of your time in growth work"),
        ("working_hours", hours(settings.working_hours), "in a usual week"),
        (
            "addresses",
            " ".join(sorted(settings.addresses)) or "none",
            "your own, so that declined meetings count nothing",
        ),
        ("zone", settings.zone, "for times that state none"),
    ]
    return "\n".join(columns(rows, most=120))
