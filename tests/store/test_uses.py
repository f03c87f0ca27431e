"""The uses of topics: counted, still there, or ahead."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from outgrow.model.activity import Activity, State
from outgrow.store import activities, computed, uses
from outgrow.store.computed import TopicRow
from outgrow.store.database import Store
from outgrow.store.sources import Reading

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def test_uses_are_numbered_found_and_told_apart_from_what_lies_ahead(
    store: Store, entry: Callable[..., Activity]
) -> None:
    days = [datetime(2026, month, 1, 12, tzinfo=UTC) for month in (4, 5, 7)]
    told = [entry(n, start=day, end=day) for n, day in enumerate(days)]
    told.append(entry(3, start=days[0], end=days[0], state=State.PLANNED))
    with store.begin() as change:
        activities.record(change, Reading(importer="table", location="f", at=NOW), told)
        computed.put_topics(change, [TopicRow(key, key, date(2026, 4, 1), 1.0, "", "w1") for key in ("t:a", "t:b")])
        computed.put_counted(change, [(1, "t:a", 1.0), (2, "t:a", 1.0), (3, "t:b", 1.0), (4, "t:a", 1.0)])
        assert uses.number(change, ["t:a", "t:none"]) == {"t:a": 3}
        assert uses.there(change, ["t:a"]) == [1, 2]  # the fourth is planned by now
        assert uses.ahead(change, NOW) == {"t:b"}
