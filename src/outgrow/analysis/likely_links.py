"""Which expectations a piece of evidence may speak for: those whose rarer words it shares. The person decides.

Words are compared by their first letters, so that "negotiated" meets "negotiates". A proposal needs two shared words
that few expectations of the ladder have, and names them as its reason.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from outgrow.analysis.readiness import Asked
from outgrow.model.evidence import Evidence
from outgrow.model.ladder import Expectation

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6  # letters that are compared
_LEAST_SHARED = 2
_LEAST_LIKENESS = 0.16
_MOST = 2  # proposals for one piece of evidence
_COMMON = 0.2  # words in more expectations than this say nothing
_FEW = 10  # expectations up to which no word counts as common
_SILENT = frozenset(
    _WORD.findall(
        """
        about above after again also although always among another because been before being below between
        both came come could does doing done down during each either else even ever every first from gave
        give given gives goes have having here into itself just keep keeps kept know last less like made
        make makes many more most much must need needs never only other others over same shall should since
        some such take takes than that their them then there these they thing things this those through time
        took under until upon used uses using very want well were what when where which while whom whose
        will with within without work worked working works would year years your
        """
    )
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A piece of evidence, by its number, may speak for an expectation; `shared` are the words that say so."""

    evidence: int
    expectation: str
    likeness: float
    shared: tuple[str, ...]


def propose(
    evidence: Mapping[int, Evidence], asked: Sequence[Asked], every: Collection[Expectation]
) -> tuple[Proposal, ...]:
    """Return the most likely proposals for each piece of evidence among what is asked, the likeliest first.

    `every` are all expectations of the ladder: what many of them say tells nothing. Likeness is the cosine of the rare
    words, from 0 to 1.
    """
    weights = _weights([_stems(_text(each)) for each in every])
    wanted = [(each.expectation.id, _stems(_text(each.expectation))) for each in asked]
    found = [each for number, one in evidence.items() for each in _best(number, _stems(_told(one)), wanted, weights)]
    return tuple(sorted(found, key=lambda each: (-each.likeness, -each.evidence)))


def _best(
    number: int, told: Mapping[str, str], wanted: Iterable[tuple[str, Mapping[str, str]]], weights: Mapping[str, float]
) -> Sequence[Proposal]:
    likely = [each for each in _compared(number, told, wanted, weights) if each.likeness >= _LEAST_LIKENESS]
    return sorted(likely, key=lambda each: -each.likeness)[:_MOST]


def _compared(
    number: int, told: Mapping[str, str], wanted: Iterable[tuple[str, Mapping[str, str]]], weights: Mapping[str, float]
) -> Iterator[Proposal]:
    """Yield a proposal for each expectation that shares enough words, whatever its likeness."""
    length = _length(told, weights)
    for expectation, stems in wanted:
        shared = [stem for stem in told.keys() & stems.keys() if weights.get(stem)]
        if len(shared) >= _LEAST_SHARED:
            likeness = sum(weights[stem] ** 2 for stem in shared) / (length * _length(stems, weights))
            words = sorted((told[stem] for stem in shared), key=lambda word: (-weights[word[:_STEM]], word))
            yield Proposal(number, expectation, likeness, tuple(words))


def _length(stems: Mapping[str, str], weights: Mapping[str, float]) -> float:
    """Return the length of the words as one vector; those that no expectation has count as any rare one."""
    rarest = max(weights.values(), default=1.0)
    return math.sqrt(sum(weights.get(stem, rarest) ** 2 for stem in stems)) or 1.0


def _weights(texts: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Return how rare each stem is: log((1 + n) / uses), 0 where it is common."""
    uses = Counter(stem for stems in texts for stem in stems)
    most = max(_FEW, _COMMON * len(texts))
    return {stem: math.log((1 + len(texts)) / number) if number <= most else 0.0 for stem, number in uses.items()}


def _text(expectation: Expectation) -> str:
    return " ".join([expectation.text, *expectation.examples])


def _told(evidence: Evidence) -> str:
    return f"{evidence.situation} {evidence.action} {evidence.result}"


def _stems(text: str) -> dict[str, str]:
    """Return the first letters of each word that says something, with the word as it first stands there."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    found: dict[str, str] = {}
    for word in words:
        if word not in _SILENT:
            found.setdefault(word[:_STEM], word)
    return found
