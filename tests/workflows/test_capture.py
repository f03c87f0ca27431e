"""How long work took, the way people say it."""

import pytest

from outgrow.workflows.capture import CannotCapture, parse_hours
from outgrow.workflows.keep_evidence import CannotKeep, read_hours


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


def test_evidence_may_take_many_days() -> None:
    assert [read_hours(said) for said in ("", "30", "25:00", "30h", "1h 30m")] == [None, 30, 25, 30, 1.5]
    for said in ("0", "10001", "99999999:00"):
        with pytest.raises(CannotKeep, match="Evidence took between a minute and 10,000 hours"):
            read_hours(said)
    with pytest.raises(CannotCapture, match="no length of time"):
        read_hours("soon")
