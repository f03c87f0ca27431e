"""When a standing judgement is asked about again."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from outgrow.analysis.standing import Standing, due, given, reasked
from outgrow.model.judgement import Judgement, Value

SAID = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("standing", "today", "wanted"),
    [
        (Standing(value=Value.GROWTH, since=SAID, hours=39.9), date(2026, 3, 31), False),
        (Standing(value=Value.GROWTH, since=SAID, hours=1), date(2026, 4, 1), True),
        (Standing(value=Value.GROWTH, since=SAID, hours=40), date(2026, 1, 5), True),
        (Standing(value=Value.DEPTH, since=SAID, hours=400), date(2030, 1, 1), False),
        (Standing(value=Value.OUTSIDE, since=SAID, hours=400), date(2030, 1, 1), False),
        (Standing(value=Value.DEPTH, since=SAID, mode_changed=True), SAID, True),
        (Standing(value=Value.DEPTH, since=SAID, novelty_changed=True), SAID, True),
    ],
)
def test_due(standing: Standing, today: date, *, wanted: bool) -> None:
    assert due(standing, today) is wanted


def test_its_age_counts_from_when_it_was_given() -> None:
    said_at = datetime(2026, 3, 1, 23, tzinfo=UTC)
    judged = Judgement(workstream="w", value=Value.GROWTH, since=SAID, said_at=said_at)
    assert given(judged, UTC) == date(2026, 3, 1)
    assert given(judged, timezone(timedelta(hours=2))) == date(2026, 3, 2)


def test_one_in_ten_is_asked_again_always_the_same_for_a_seed() -> None:
    names = [f"w{n}" for n in range(5000)]
    again = [name for name in names if reasked(name, 3)]
    assert 420 < len(again) < 580
    assert again == [name for name in names if reasked(name, 3)]
    assert again != [name for name in names if reasked(name, 4)]
