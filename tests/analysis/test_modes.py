"""The part a person plays."""

from collections.abc import Callable

import pytest

from outgrow.analysis.modes import Mode, mode_of
from outgrow.model.activity import Activity, Kind, Role

Make = Callable[..., Activity]


@pytest.mark.parametrize(
    ("title", "mode"),
    [
        ("Review of stock levels", Mode.REVIEW),
        ("Hiring panel", Mode.LEAD),
        ("Coach the new analysts", Mode.TEACH),
        ("Negotiate supplier terms", Mode.NEGOTIATE),
        ("Decide on tender", Mode.DECIDE),
        ("Quarterly planning", Mode.PLAN),
        ("Draft handbook", Mode.WRITE),
        ("Present results to the board", Mode.PRESENT),
        ("Study statistics", Mode.LEARN),
        ("Stand-up", Mode.COORDINATE),
        ("Stock count", Mode.DO),
        ("", Mode.DO),
        ("Constraint solving", Mode.DO),
    ],
)
def test_words_tell_the_mode(activity: Make, title: str, mode: Mode) -> None:
    assert mode_of(activity(title)) is mode


@pytest.mark.parametrize(
    ("role", "people", "mode"),
    [
        (Role.LED, 1, Mode.COORDINATE),
        (Role.LED, 5, Mode.LEAD),
        (Role.LED, 30, Mode.PRESENT),
        (Role.TOOK_PART, 30, Mode.COORDINATE),
    ],
)
def test_role_and_people_tell_it_where_words_do_not(activity: Make, role: Role, people: int, mode: Mode) -> None:
    meeting = activity("Stock", kind=Kind.MEETING, role=role, people=tuple(f"p{n}" for n in range(people)))
    assert mode_of(meeting) is mode


def test_a_note_is_written(activity: Make) -> None:
    assert mode_of(activity("Stock", kind=Kind.NOTE)) is Mode.WRITE
    assert mode_of(activity("Stock review", kind=Kind.NOTE)) is Mode.REVIEW
