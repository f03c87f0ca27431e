"""Titles that one answer may do for."""

from outgrow.analysis.alike import alike


def test_titles_of_the_same_words_are_alike_and_others_are_not() -> None:
    others = ["Supplier scorecards: Leeds", "Draft warehouse strategy", "Supplier scorecards: chase data", "Lunch"]
    assert alike("Supplier scorecards: missing data", others) == [0, 2]
    assert alike("Supplier scorecards: missing data", others, least=0.99) == []


def test_numbers_and_days_make_no_difference() -> None:
    assert alike("Stock report 2026-10-05", ["Stock report 17 (Monday)", "17"]) == [0]


def test_nothing_is_like_a_title_without_words() -> None:
    assert alike("", ["", "Stock report"]) == []
    assert alike("Stock report", []) == []
