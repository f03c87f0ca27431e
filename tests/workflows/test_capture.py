"""How long work took, the way people say it."""

import pytest

from outgrow.workflows.capture import CannotCapture, parse_hours


@pytest.mark.parametrize(
    ("said", "hours"),
    [("2", 2), ("1.5", 1.5), ("1,5", 1.5), ("1:30", 1.5), ("1h 30m", 1.5), ("1h30", 1.5), ("45m", 0.75), ("2 h", 2)],
)
def test_lengths_of_time(said: str, hours: float) -> None:
    assert parse_hours(said) == hours


@pytest.mark.parametrize("said", ["", "0", "-1", "25", "soon", "1:75", "h", "1h30x", "nan", "inf"])
def test_what_is_no_length_of_time_is_refused(said: str) -> None:
    with pytest.raises(CannotCapture):
        parse_hours(said)
