"""What is held is counted, and guesses are held against the answers they did not know."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.model.judgement import Value
from outgrow.reports.about import AboutView, GuessesView, Holding, guesses_in_words, megabytes, render
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.hold_audit import AuditSession
from outgrow.workflows.periods import month
from outgrow.workflows.tell_about import tell_about
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 30, 9, 30, tzinfo=UTC)
TITLES = ("Budget round", "Supplier call", "Draft warehouse strategy", "Weekly stock report")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data with four kinds of work on five days of one month."""
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        for back in range(5):
            for title in TITLES:
                capture(opened, Work(text=title, day=NOW.date() - timedelta(days=back), hours=1))
        yield opened


def words(holdings: tuple[Holding, ...]) -> list[str]:
    return [each.words for each in holdings if each.number]


def answer(workspace: Workspace, *values: Value | None) -> list[tuple[float, bool]]:
    """Answer the cards of an audit in order; None skips. Return the guess of each and whether it was growth."""
    session = AuditSession(workspace, month(NOW.year, NOW.month))
    session.begin(0.2)
    found = []
    for value in values:
        card = session.view().card
        assert card
        if value is None:
            session.skip()
            continue
        session.answer(value)
        if value is not Value.OUTSIDE:
            found.append((card.probability, value is Value.GROWTH))
    return found


def test_nothing_is_held_of_nobody(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as opened:
        view = tell_about(opened)
    assert (view.since, words(view.brought_in), words(view.said), words(view.computed)) == (None, [], [], [])
    assert guesses_in_words(view.guesses).startswith("No card has been answered yet")


def test_everything_is_counted(workspace: Workspace) -> None:
    answer(workspace, Value.DEPTH, None)
    assert undo(workspace)
    view = tell_about(workspace)
    assert words(view.brought_in) == ["20 activities"]
    assert words(view.said) == ["1 answer", "1 audit begun", "20 notes of work"]
    assert view.taken_back == 1
    assert words(view.computed)[0] == "4 kinds of work"
    assert view.since == NOW.date()
    assert view.size == Path(view.location).stat().st_size
    assert Path(view.location).parent == Path(view.folder)


@pytest.mark.parametrize("values", [(Value.DEPTH, Value.GROWTH, Value.OUTSIDE, None), (Value.GROWTH,) * 4])
def test_guesses_are_held_against_answers(workspace: Workspace, values: tuple[Value | None, ...]) -> None:
    found = answer(workspace, *values)
    guesses = tell_about(workspace).guesses
    assert guesses.cards == len(found)
    assert guesses.corrected == sum((guess >= 0.5) != growth for guess, growth in found)
    assert sum(band.cards for band in guesses.bands) == len(found)
    for band in guesses.bands:
        inside = [growth for guess, growth in found if band.low <= guess < band.high]
        assert (band.cards, band.growth) == (len(inside), sum(inside))


def test_it_is_told_in_words(workspace: Workspace) -> None:
    answer(workspace, Value.GROWTH, Value.GROWTH)
    view: AboutView = tell_about(workspace)
    text = render(view)
    assert "20 activities" in text
    assert guesses_in_words(view.guesses) in text
    assert "outgrow delete-everything" in text


def test_words_for_the_guesses() -> None:
    assert guesses_in_words(GuessesView(20, 6, ())) == "You corrected 6 of 20 cards."
    assert guesses_in_words(GuessesView(1, 1, ())) == "You corrected 1 of 1 card."
    assert guesses_in_words(GuessesView(2, 0, ())) == "On 2 cards you answered what was guessed."


def test_sizes_are_said() -> None:
    assert (megabytes(20_480), megabytes(1_640_000)) == ("20 kB", "1.6 MB")
