"""What the data say to a review."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.model.review import ShareThen
from outgrow.reports.review import told_now, told_room
from outgrow.reviews.differences import Side, differences
from outgrow.reviews.findings import Findings, ShareChange, Work, came_and_went, compare


def share(low: float, high: float) -> ShareThen:
    return ShareThen(mean=(low + high) / 2, low=low, high=high)


def test_a_change_is_called_one_where_the_ranges_do_not_overlap() -> None:
    assert compare(share(0.05, 0.1), share(0.2, 0.3)) is ShareChange.UP
    assert compare(share(0.2, 0.3), share(0.05, 0.1)) is ShareChange.DOWN
    assert compare(share(0.1, 0.2), share(0.2, 0.3)) is ShareChange.NOISE
    assert Findings(share=share(0.1, 0.2)).change is None


def test_new_is_what_the_year_before_did_not_have_and_gone_what_came_more_than_once() -> None:
    now = {"a": Work("Rota", 2, 1), "b": Work("Talks", 5, 2), "c": Work("Mail", 9, 9)}
    before = {"c": Work("Mail", 9, 9), "d": Work("Audit", 3, 2), "e": Work("Fair", 8, 1)}
    new, gone = came_and_went(now, before, {"c", "d", "e"}, 5)
    assert [each.name for each in new] == ["Talks", "Rota"]
    assert [each.name for each in gone] == ["Audit"]
    assert len(came_and_went(now, before, set(), 1)[0]) == 1


WORDS = st.lists(st.sampled_from(["led", "the", "talks", "alone", "\n", "  "]), max_size=12).map(" ".join)


@settings(max_examples=100)
@given(WORDS, WORDS)
def test_the_pieces_of_one_side_give_its_text_back(then: str, now: str) -> None:
    pieces = differences(then, now)
    assert "".join(each.text for each in pieces if each.side is not Side.NOW) == then
    assert "".join(each.text for each in pieces if each.side is not Side.THEN) == now
    assert all(one.side is not other.side for one, other in pairwise(pieces))


def test_words_that_stay_are_in_both() -> None:
    pieces = differences("led the talks", "led two talks")
    assert [(each.side, each.text) for each in pieces] == [
        (Side.BOTH, "led "),
        (Side.THEN, "the "),
        (Side.NOW, "two "),
        (Side.BOTH, "talks"),
    ]


def test_traps_room_and_follow_ups_are_told_where_there_are_any() -> None:
    assert told_now(Findings()) == told_room(Findings()) == []
    found = Findings(traps=("Waiting to be tapped",), room="2 h a week are needed.", due=("Pilot",))
    assert told_now(found) == [
        "The numbers speak for waiting to be tapped. outgrow traps says why.",
        "It is time to look back on Pilot.",
    ]
    assert told_room(found) == ["2 h a week are needed."]
