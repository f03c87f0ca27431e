"""How novel every activity of a long history is: the price of the prior for 100,000 titles."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.figure import Figure, measure
from outgrow.analysis.proposals import priors
from outgrow.model.activity import Activity, Kind

_SYLLABLES = "ba de fi go lu mar nes pro qui ros sta tem vul wen xer yon zim ack oll ind".split()  # noqa: SIM905 - easier to read
_WORDS = 8000
_PLACES = 200
_FIRST = datetime(2016, 1, 4, 8, tzinfo=UTC)


def run(*, small: bool) -> Iterator[Figure]:
    """Score a history in which hardly any title comes twice."""
    count = 10_000 if small else 100_000
    cost = measure(priors, history(count))
    yield Figure(name=f"scoring {count:,} titles", value=cost.cpu, unit="CPU s", limit=1.5)
    yield Figure(name=f"memory for {count:,} titles", value=cost.peak, unit="MB", limit=300)


def history(count: int) -> list[Activity]:
    """Return activities every 50 minutes, of three to nine words out of 8,000, some with a place or a ticket number."""
    random = Random(1)  # noqa: S311 - the same titles at every run, no secrets
    words = ["".join(random.choices(_SYLLABLES, k=random.randint(1, 4))) for _ in range(_WORDS)]
    tails = [
        "",
        *(f" - {random.choice(words).capitalize()}" for _ in range(_PLACES)),
        *(f" #{n}" for n in range(_PLACES)),
    ]
    return [
        Activity(
            source="benchmark",
            account="",
            native_id=str(number),
            line=number,
            kind=Kind.TIME_ENTRY,
            title=" ".join(random.choices(words, k=random.randint(3, 9))).capitalize() + random.choice(tails),
            start=_FIRST + timedelta(minutes=50 * number),
        )
        for number in range(count)
    ]
