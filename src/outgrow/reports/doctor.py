"""The state of the data and of what reads them, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from outgrow.reports.words import harmless


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was found, and what to do if it is not."""

    name: str
    well: bool
    found: str
    remedy: str = ""


def render(checks: Sequence[Check]) -> str:
    """Return one line per check, with the remedy under what is not well."""
    lines = []
    for check in checks:
        lines.append(harmless(f"{'ok  ' if check.well else 'LOOK'}  {check.name}: {check.found}"))
        if not check.well and check.remedy:
            lines.append(harmless(f"      {check.remedy}"))
    wrong = sum(not check.well for check in checks)
    return "\n".join([*lines, "Everything is well." if not wrong else f"{wrong} of {len(checks)} need a look."])
