"""For how long level and responsibilities have been the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.analysis.held_roles import Standstill, held, lasts, overlap, standstill
from outgrow.model.held_role import HeldRole, Responsibility

TODAY = date(2026, 11, 20)


def role(
    first: date, last: date | None = None, level: str = "senior", *texts: Responsibility | str, title: str = "Analyst"
) -> HeldRole:
    answers = tuple(each if isinstance(each, Responsibility) else Responsibility(text=each) for each in texts)
    return HeldRole(title=title, first=first, last=last, level=level, responsibilities=answers)


def test_one_role_stands_still_from_its_first_day() -> None:
    found = standstill([role(date(2023, 9, 1), None, "senior", "Stock report")], TODAY)
    assert found == Standstill(date(2023, 9, 1), date(2023, 9, 1))


def test_another_title_alone_changes_nothing() -> None:
    roles = [
        role(date(2020, 1, 1), date(2022, 12, 31), "Senior ", "Stock report"),
        role(date(2023, 1, 1), None, "senior", "stock  report", title="Operations analyst"),
    ]
    assert standstill(roles, TODAY) == Standstill(date(2020, 1, 1), date(2020, 1, 1))


def test_a_responsibility_that_began_or_ended_is_a_change() -> None:
    began = Responsibility(text="Budget", first=date(2025, 3, 1))
    ended = Responsibility(text="Invoices", last=date(2026, 4, 30))
    assert standstill([role(date(2020, 1, 1), None, "senior", "Stock", began)], TODAY).responsibilities == began.first
    found = standstill([role(date(2020, 1, 1), None, "senior", "Stock", began, ended)], TODAY)
    assert found == Standstill(date(2020, 1, 1), date(2026, 5, 1))


def test_a_gap_and_a_second_role_are_changes() -> None:
    before = role(date(2020, 1, 1), date(2021, 5, 31), "senior", "Stock")
    after = role(date(2021, 7, 1), None, "senior", "Stock")
    beside = role(date(2026, 1, 1), date(2026, 3, 31), "lead", "Stock")
    assert standstill([before, after], TODAY) == Standstill(date(2021, 7, 1), date(2021, 7, 1))
    assert standstill([after, beside], TODAY) == Standstill(date(2026, 4, 1), date(2021, 7, 1))


@pytest.mark.parametrize(
    "roles",
    [
        [],
        [role(date(2020, 1, 1), date(2026, 11, 19), "senior", "Stock")],
        [role(date(2020, 1, 1), None, " ")],
        [role(date(2026, 11, 21), None, "senior", "Stock")],
    ],
)
def test_nothing_is_said_of_what_is_not_there(roles: list[HeldRole]) -> None:
    assert standstill(roles, TODAY) == Standstill(None, None)


def test_the_ends_of_the_calendar() -> None:
    assert standstill([role(date.min, date.max, "senior", "Stock")], date.max) == Standstill(date.min, date.min)


DAYS = st.integers(0, 30).map(lambda n: date(2026, 10, 31) + timedelta(days=n))
ROLES = st.lists(
    st.builds(
        lambda first, length, level, texts: HeldRole(
            title="Role",
            first=first,
            last=None if length is None else first + timedelta(days=length),
            level=level,
            responsibilities=tuple(Responsibility(text=text, first=one, last=two) for text, one, two in texts),
        ),
        DAYS,
        st.none() | st.integers(0, 12),
        st.sampled_from(["", "senior", "SENIOR", "lead"]),
        st.lists(st.tuples(st.sampled_from("ab"), st.none() | DAYS, st.none() | DAYS), max_size=2),
    ),
    max_size=4,
)


def slow(roles: list[HeldRole], what: str) -> date | None:
    """Walk back day by day."""

    def state(day: date) -> set[str]:
        on = [each for each in roles if each.first <= day <= (each.last or date.max)]
        if what == "level":
            return {each.level.lower() for each in on if each.level}
        return {
            each.text
            for one in on
            for each in one.responsibilities
            if (each.first or date.min) <= day <= (each.last or date.max)
        }

    if not state(TODAY):
        return None
    day = TODAY
    while state(day - timedelta(days=1)) == state(TODAY):
        day -= timedelta(days=1)
    return day


@given(roles=ROLES)
def test_it_is_that_of_the_slow_twin(roles: list[HeldRole]) -> None:
    assert standstill(roles, TODAY) == Standstill(slow(roles, "level"), slow(roles, "responsibilities"))


@given(roles=ROLES)
def test_overlaps_are_those_day_by_day(roles: list[HeldRole]) -> None:
    days = [date(2026, 10, 31) + timedelta(days=n) for n in range(60)]
    for one in roles:
        for other in roles:
            assert overlap(one, other) == any(held(one, day) and held(other, day) for day in days)


def test_a_responsibility_lasts_no_longer_than_its_role() -> None:
    one = role(date(2024, 1, 1), date(2025, 12, 31))
    wide = Responsibility(text="Stock", first=date(2020, 1, 1), last=date(2030, 1, 1))
    assert lasts(one, wide) == (one.first, one.last)
    assert lasts(role(date(2024, 1, 1)), Responsibility(text="Stock")) == (date(2024, 1, 1), None)
