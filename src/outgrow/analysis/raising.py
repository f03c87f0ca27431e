"""What would count most next: where evidence for a step can be had with the least, and which kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from outgrow.analysis.likely_links import Proposal
from outgrow.analysis.readiness import Counted, Readiness, Row, RowState


class Means(StrEnum):
    """How an expectation comes to more evidence, in order of what it takes."""

    LINK = "link what there is"
    ASK = "ask who saw it"
    ADD = "add something that others can look at"


@dataclass(frozen=True, slots=True)
class Raising:
    """One way to raise what is shown: `rests_on` is the number of the evidence it begins with, `ask` who saw that."""

    row: Row
    means: Means
    rests_on: int | None = None
    ask: str = ""


def raising(found: Readiness, proposals: Sequence[Proposal]) -> tuple[Raising, ...]:
    """Return a way for each expectation that is not shown and had a chance, the one that counts most first.

    While too little is covered, what has no evidence comes before what has some; kinds of which least is covered first.
    """
    covered = Counter(row.asked.expectation.kind for row in found.rows if row.evidence)
    ways = [(each, place) for place, each in enumerate(_ways(found, proposals))]
    order = list(Means)

    def rank(way: tuple[Raising, int]) -> tuple[object, ...]:
        each, place = way
        late = bool(found.needed and each.row.evidence)
        return late, order.index(each.means), covered[each.row.asked.expectation.kind], place

    return tuple(each for each, _ in sorted(ways, key=rank))


def _ways(found: Readiness, proposals: Sequence[Proposal]) -> Iterator[Raising]:
    likely = {each.expectation: each.evidence for each in reversed(proposals)}
    for row in found.rows:
        if row.state is RowState.BEGUN:
            yield _asking(row)
        elif row.state is RowState.NO_EVIDENCE:
            rests_on = likely.get(row.asked.expectation.id)
            yield Raising(row, Means.ADD if rests_on is None else Means.LINK, rests_on)


def _asking(row: Row) -> Raising:
    """Return the way on from the person's own word: that of somebody who saw it."""
    seen: Counted | None = next((each for each in row.evidence if each.evidence.seen_by), None)
    if seen is None:
        return Raising(row, Means.ADD, row.evidence[0].number)
    return Raising(row, Means.ASK, seen.number, seen.evidence.seen_by[0])
