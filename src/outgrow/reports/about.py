"""What is held about a person, and how far the guesses were right, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.reports.words import columns, count, harmless, percent, percent_range


@dataclass(frozen=True, slots=True)
class Holding:
    """How many there are of one kind of record."""

    number: int
    one: str
    many: str

    @property
    def words(self) -> str:
        """The number with its word."""
        return count(self.number, self.one, self.many)


@dataclass(frozen=True, slots=True)
class GuessBand:
    """The cards whose guess of growth lay from `low` up to `high` (fractions), and how many were answered growth."""

    low: float
    high: float
    cards: int
    growth: int


@dataclass(frozen=True, slots=True)
class GuessesView:
    """The guesses on the cards of all audits against the answers, which no guess knew. `corrected` called it otherwise.

    A card that was answered as no work, or skipped, is not among them.
    """

    cards: int
    corrected: int
    bands: tuple[GuessBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView:
    """Everything held about a person. `size` is that of the database in bytes, None where another program holds it.

    `taken_back` statements are kept beside those that stand, in `said`.
    """

    location: str
    folder: str
    size: int | None
    since: date | None
    brought_in: tuple[Holding, ...]
    said: tuple[Holding, ...]
    taken_back: int
    computed: tuple[Holding, ...]
    guesses: GuessesView


def megabytes(size: int) -> str:
    """Say a number of bytes."""
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} kB"  # noqa: PLR2004 - a tenth of a MB


def guesses_in_words(view: GuessesView) -> str:
    """Return in one sentence how far the guesses were right."""
    if not view.cards:
        return "No card has been answered yet, so nothing can be said about the guesses."
    cards = count(view.cards, "card")
    if not view.corrected:
        return f"On {cards} you answered what was guessed."
    return f"You corrected {view.corrected:,} of {cards}."


def render(view: AboutView) -> str:
    """Return all of it as text."""
    size = f", {megabytes(view.size)}" if view.size is not None else ""
    since = f", since {view.since}" if view.since else ""
    lines = [f"{harmless(view.location)}{size}{since}", ""]
    lines += [f"Brought in   {_listed(view.brought_in)}", f"Said         {_listed(view.said)}"]
    if view.taken_back:
        lines.append(f"             {count(view.taken_back, 'statement')} taken back, and kept as well")
    lines += [f"Computed     {_listed(view.computed)}", "", guesses_in_words(view.guesses)]
    if view.guesses.cards:
        lines += columns(_table(view.guesses), most=60, right=frozenset({1, 2, 3}))
    lines += ["", "To take it with you: outgrow export FOLDER. To be rid of it: outgrow delete-everything"]
    return "\n".join(lines)


def _listed(holdings: Iterable[Holding]) -> str:
    return ", ".join(each.words for each in holdings if each.number) or "nothing"


def _table(view: GuessesView) -> Sequence[Sequence[str]]:
    rows = [("guess of growth", "cards", "were growth", "of them")]
    rows += [
        (percent_range(each.low, each.high), f"{each.cards:,}", f"{each.growth:,}", percent(each.growth / each.cards))
        for each in view.bands
        if each.cards
    ]
    return rows
