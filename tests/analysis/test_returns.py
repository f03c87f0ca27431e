"""Returns against a plain count."""

from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.returns import Yield, returns, unplaced

KEYS = st.sampled_from("abcdef")
SPENT = st.lists(st.tuples(KEYS, st.integers(0, 9).map(float), st.integers(1, 9)), max_size=12)
GAINED = st.dictionaries(st.integers(1, 20), st.frozensets(KEYS, max_size=3), max_size=6)


@given(SPENT, GAINED, GAINED)
@settings(max_examples=60)
def test_everything_is_counted_once_where_it_belongs(
    spent: list[tuple[str, float, int]], gained: dict[int, frozenset[str]], shown: dict[int, frozenset[str]]
) -> None:
    found = returns(spent, gained, shown)
    assert {each.key for each in found} == {key for key, _, _ in spent}
    for each in found:
        assert each.hours == sum(time for key, time, _ in spent if key == each.key)
        assert each.items == sum(number for key, _, number in spent if key == each.key)
        assert set(each.capabilities) == {number for number, keys in gained.items() if each.key in keys}
        assert set(each.evidence) == {number for number, keys in shown.items() if each.key in keys}
        expected = Yield.CAPABILITY if each.capabilities else Yield.EVIDENCE if each.evidence else Yield.NEITHER
        assert each.gave is expected
    assert [each.hours for each in found] == sorted((each.hours for each in found), reverse=True)
    placed = {number for each in found for number in each.capabilities}
    assert set(unplaced(gained, found)) == gained.keys() - placed
