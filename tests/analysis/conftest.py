"""What the tests of the analysis share."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision


def _activity(
    title: str = "Stock count",
    start: datetime | None = None,
    minutes: float | None = None,
    **more: Any,  # noqa: ANN401 - any field
) -> Activity:
    """Return an activity that lasts `minutes` by the clock, unless fields say otherwise."""
    clocked = start and minutes and more.get("precision", Precision.MINUTE) is Precision.MINUTE
    fields: dict[str, Any] = {
        "source": "diary",
        "account": "",
        "native_id": f"{title} {start}",
        "line": 1,
        "kind": Kind.TIME_ENTRY,
        "end": (start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
        if start and minutes and clocked
        else start,
        "basis": DurationBasis.NONE if minutes is None else DurationBasis.MEASURED,
    }
    return Activity(title=title, start=start, minutes=minutes, **(fields | more))


@pytest.fixture(scope="session")
def activity() -> Callable[..., Activity]:
    """Return a maker of activities."""
    return _activity
