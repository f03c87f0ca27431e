"""The compact set of whole numbers."""

from hypothesis import given
from hypothesis import strategies as st

from outgrow.store.marks import Marks

NUMBERS = st.one_of(st.integers(-5, 300), st.integers((1 << 25) - 2, 1 << 70))


@given(put_in=st.lists(NUMBERS.filter(lambda number: number < 1000 or number >= 1 << 25)), asked=NUMBERS)
def test_marks_are_a_set(put_in: list[int], asked: int) -> None:
    marks = Marks()
    for number in put_in:
        marks.add(number)
    assert len(marks) == len(set(put_in))
    assert (asked in marks) == (asked in set(put_in))
    assert all(number in marks for number in put_in)
