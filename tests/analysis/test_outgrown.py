"""Outgrown workstreams: growth judged depth later on, in whatever order it was said."""

from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given

from outgrow.analysis.outgrown import Outgrown, outgrown
from outgrow.model.judgement import Judgement, Value

DAY = date(2026, 3, 2)


def said(value: Value, day: int, workstream: str = "w1", discomfort: int | None = None, order: int = 0) -> Judgement:
    return Judgement(
        workstream=workstream,
        value=value,
        since=DAY + timedelta(days=day),
        said_at=datetime(2026, 9, 1, tzinfo=UTC) + timedelta(seconds=order),
        discomfort=discomfort,
    )


def test_a_turn_has_its_days_and_discomforts() -> None:
    judged = [said(Value.DEPTH, 60), said(Value.GROWTH, 0, discomfort=4), said(Value.GROWTH, 30, discomfort=2)]
    assert outgrown(judged) == [
        Outgrown(
            workstream="w1",
            grew=DAY,
            turned=DAY + timedelta(days=60),
            discomforts=((DAY, 4), (DAY + timedelta(days=30), 2)),
        )
    ]


def test_depth_that_was_never_growth_is_no_turn() -> None:
    assert outgrown([said(Value.DEPTH, 0), said(Value.OUTSIDE, 5), said(Value.DEPTH, 9)]) == []
    assert outgrown([said(Value.GROWTH, 0), said(Value.OUTSIDE, 5), said(Value.DEPTH, 9)]) == []


def test_work_may_turn_more_than_once() -> None:
    values = (Value.GROWTH, Value.DEPTH, Value.GROWTH, Value.DEPTH)
    turns = outgrown([said(value, 10 * place) for place, value in enumerate(values)])
    assert [(each.grew, each.turned) for each in turns] == [
        (DAY, DAY + timedelta(days=10)),
        (DAY + timedelta(days=20), DAY + timedelta(days=30)),
    ]


_judged = st.lists(st.tuples(st.sampled_from(list(Value)), st.integers(0, 9), st.sampled_from("ab")), max_size=12)


@given(_judged)
def test_the_same_as_looking_at_each_pair(told: list[tuple[Value, int, str]]) -> None:
    """The twin looks at every depth judgement and the one right before it of the same work."""
    judged = [said(value, day, name, order=order) for order, (value, day, name) in enumerate(told)]
    expected = set()
    for name in "ab":
        line = sorted((each for each in judged if each.workstream == name), key=lambda each: (each.since, each.said_at))
        for place, each in enumerate(line):
            if place and each.value is Value.DEPTH and line[place - 1].value is Value.GROWTH:
                run = place - 1
                while run and line[run - 1].value is Value.GROWTH:
                    run -= 1
                expected.add((name, line[run].since, each.since, place))
    found = outgrown(judged)
    assert sorted((each.workstream, each.grew, each.turned) for each in found) == sorted(each[:3] for each in expected)
