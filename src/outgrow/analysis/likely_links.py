"""Which expectations a piece of evidence may speak for: those whose rarer words it shares. The person decides.

Words are compared without their endings, so that "negotiated" meets "negotiates". A word weighs the more the fewer of
the ladder's expectations have it; the one an expectation begins with mostly says what is done, and weighs half as much
again.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from outgrow.analysis.readiness import Asked
from outgrow.model.evidence import Evidence
from outgrow.model.ladder import Expectation

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDING = re.compile(r"(?:ations?|ating|ate[sd]?|ing|ie[sd]|e[sd]?|(?<!s)s|y)$")
_LEAST_LEFT = 3  # letters of a word without its ending
_BEGINS = 1.5  # how much more the first word weighs
_LEAST = 1.05  # one word that a single expectation has is not enough, unless that begins with it
_SHORT = 12  # words; the shared words of a longer text weigh less
_MOST = 2  # proposals for one piece of evidence
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
    """A piece of evidence, by its number, may speak for an expectation; `shared` are the words that say so.

    `likeness` is the weight of these: 1 is that of a word which a single expectation has.
    """

    evidence: int
    expectation: str
    likeness: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An expectation of the step: its words by their stems, and the stem it begins with."""

    id: str
    stems: Mapping[str, str]
    begins: str


def propose(
    evidence: Mapping[int, Evidence], asked: Sequence[Asked], every: Collection[Expectation]
) -> tuple[Proposal, ...]:
    """Return the most likely proposals for each piece of evidence among what is asked, the likeliest first.

    `every` are all expectations of the ladder: what many of them say tells little.
    """
    weights = _weights([_stems(_text(each)) for each in every])
    wanted = [_wanted(each.expectation) for each in asked]
    found = [each for number, one in evidence.items() for each in _best(number, _stems(_told(one)), wanted, weights)]
    return tuple(sorted(found, key=lambda each: (-each.likeness, -each.evidence)))


def _wanted(expectation: Expectation) -> _Wanted:
    begins = _WORD.match(_plain(expectation.text))
    return _Wanted(expectation.id, _stems(_text(expectation)), _stem(begins[0]) if begins else "")


def _best(
    number: int, told: Mapping[str, str], wanted: Sequence[_Wanted], weights: Mapping[str, float]
) -> Sequence[Proposal]:
    likely = [each for each in _compared(number, told, wanted, weights) if each.likeness >= _LEAST]
    return sorted(likely, key=lambda each: -each.likeness)[:_MOST]


def _compared(
    number: int, told: Mapping[str, str], wanted: Sequence[_Wanted], weights: Mapping[str, float]
) -> Iterator[Proposal]:
    """Yield a proposal for each expectation that shares a word, whatever its likeness."""
    long = math.sqrt(max(1.0, len(told) / _SHORT))
    for each in wanted:
        weighed = {stem: weights[stem] * (_BEGINS if stem == each.begins else 1) for stem in told if stem in each.stems}
        if weighed:
            shared = sorted(weighed, key=lambda stem: (-weighed[stem], stem))
            yield Proposal(number, each.id, sum(weighed.values()) / long, tuple(told[stem] for stem in shared))


def _weights(texts: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Return how rare each stem is among n texts: log((1 + n) / uses) / log(1 + n), from 0 to 1."""
    uses = Counter(stem for stems in texts for stem in stems)
    whole = math.log(1 + len(texts))
    return {stem: 1 - math.log(number) / whole for stem, number in uses.items()}


def _text(expectation: Expectation) -> str:
    return " ".join([expectation.text, *expectation.examples])


def _told(evidence: Evidence) -> str:
    return f"{evidence.action} {evidence.situation} {evidence.result}"


def _stems(text: str) -> dict[str, str]:
    """Return the stem of each word that says something, with the word as it first stands there."""
    found: dict[str, str] = {}
    for word in _WORD.findall(_plain(text)):
        if word not in _SILENT:
            found.setdefault(_stem(word), word)
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _stem(word: str) -> str:
    left = _ENDING.sub("", word)
    return left if len(left) >= _LEAST_LEFT else word
