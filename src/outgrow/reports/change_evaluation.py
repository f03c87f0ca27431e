"""How well what is told of changes hits what is known to have changed: as JSON Lines, and as words."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from outgrow.reports.words import count, percent, percent_range


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTried:
    """What is told of one known change, or of a stationary year; shares are None where there was too little work.

    `stationary` years have no true change. From `noise_low` to `noise_high` lies 95 % of what chance leaves the same.
    """

    person: str
    date: str
    sentences: tuple[str, ...]
    first_hit: bool
    first_three_hit: bool
    same_work: float | None
    noise_low: float | None
    noise_high: float | None
    stationary: bool
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSummary:
    """Counts over all that was tried; sentences on stationary years are false."""

    changes: int
    named_first: int
    named_in_three: int
    stationary_years: int
    false_sentences: int


def summarise(tried: Sequence[ChangeTried]) -> ChangeSummary:
    """Count what was tried."""
    changed = [each for each in tried if not each.stationary]
    still = [each for each in tried if each.stationary]
    return ChangeSummary(
        changes=len(changed),
        named_first=sum(each.first_hit for each in changed),
        named_in_three=sum(each.first_three_hit for each in changed),
        stationary_years=len(still),
        false_sentences=sum(len(each.sentences) for each in still),
    )


def hits(sentences: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a word of the true change stands in some sentences, as a word or at the beginning of one."""
    said = " " + " ".join("".join(char if char.isalnum() else " " for char in " ".join(sentences).casefold()).split())
    wanted = [" ".join("".join(char if char.isalnum() else " " for char in word.casefold()).split()) for word in words]
    return any(word and f" {word}" in said for word in wanted)


def line(result: ChangeTried | ChangeSummary) -> str:
    """Return one line of JSON; shares are fractions."""
    values = asdict(result)
    return json.dumps({"summary": values} if isinstance(result, ChangeSummary) else values, ensure_ascii=False)


def words(result: ChangeTried | ChangeSummary) -> str:
    """Return a few lines for one change, and for the summary."""
    if isinstance(result, ChangeSummary):
        return (
            f"Named first: {result.named_first} of {count(result.changes, 'change')}; "
            f"in the first three sentences: {result.named_in_three}\n"
            f"False sentences: {result.false_sentences} in {count(result.stationary_years, 'stationary year')}"
        )
    if result.same_work is None or result.noise_low is None or result.noise_high is None:
        return f"{result.person} {result.date}: {result.missing}"
    by_chance = percent_range(result.noise_low, result.noise_high)
    head = f"{result.person} {result.date}: {percent(result.same_work)} the same work, by chance {by_chance}"
    return "\n".join([head, *(f"  {each}" for each in result.sentences or ("Nothing stands out.",))])
