"""What a title says: its words without dates and numbers, whether it says anything, and how alike two titles are.

Titles are compared by their character 3-, 4- and 5-grams, so that endings, typing errors and word order matter little
and no language has to be known. Every n-gram is hashed to a bucket, where its rarity is counted, and on to one of a
few hundred signed dimensions, where rows of numbers take the place of words (feature hashing: Weinberger et al. 2009).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float32]
RowArray: TypeAlias = NDArray[np.intp]
HashArray: TypeAlias = NDArray[np.uint32]

#: Dimensions of a row. The similarity of unlike titles is 0 with a standard deviation of about 1 / sqrt(DIMENSIONS).
DIMENSIONS = 512

_LONGEST = 300  # characters of a title that are compared; what comes after them is rarely a title any more
_SHORTEST_GRAM, _LONGEST_GRAM = 3, 5
BUCKET_BITS = 18
_MULTIPLIER = np.uint32(0x01000193)  # of the rolling hash
_BLOCK = 4096  # titles hashed at once, to bound memory
_REMEMBERED = 8192  # titles that were looked at last: the same ones come again, within a month and with the next one

_TICKET = re.compile(r"\b[A-Z][A-Z0-9]+-\d+\b")
_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"[-\u2013\u2014|/:]")
_PARTS = re.compile(r"\s+[-\u2013\u2014|/]+\s+|:\s+")
_LETTERS = re.compile(r"[A-Za-z ]*")
_DIGITS = re.compile(r"\d+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that date an occurrence and say nothing about the work; English, German, French and Spanish.
_CALENDAR = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    quarter quarterly wk wks kw cw week weekly biweekly fortnightly day daily month monthly year yearly annual
    today tomorrow
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    januar februar märz mai juni juli oktober dezember woche wöchentlich täglich monatlich quartal jährlich
    lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    hebdo hebdomadaire mensuel trimestre trimestriel semaine quotidien
    lunes martes miércoles jueves viernes sábado domingo
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    semana semanal mensual trimestral diario
    """
)

#: Marks of progress on the same work, as mail programs and people put them before a title.
_MARKS = _words("re fw fwd aw wg tr rv wip cont contd continued urgent tbc")

_DATING = _CALENDAR | _MARKS | {""}


def normalise(title: str) -> str:
    """Return the words of a title in lower case, without digits, ticket numbers and words that only date it.

    Two occurrences of the same work have the same normalised title. Empty when no letter is left.
    """
    plain = title[: 4 * _LONGEST]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    if _LETTERS.fullmatch(plain):
        words = plain.casefold().split()
    else:
        words = [_without_digits(word) for word in _WORD.findall(_TICKET.sub(" ", plain).casefold())]
    return " ".join([word for word in words if word not in _DATING])[:_LONGEST].rstrip()


def _without_digits(word: str) -> str:
    """Return the word without digits; empty for what is left of "v2" and "Q4"."""
    if word.isalpha():
        return word
    rest = _DIGITS.sub("", word)
    return rest if len(rest) > 1 or rest == word or not rest.isascii() else ""


@lru_cache(_REMEMBERED)
def topic(title: str) -> str:
    """Return the normalised part of a title that tells the work: "train users" of "Train users - Lagos".

    The longest of the parts between dashes, slashes and colons; the others mostly say for whom or where. The whole
    title where that part has fewer than two words.
    """
    if _SEPARATOR.search(title, 0, 4 * _LONGEST):
        longest = normalise(max(_PARTS.split(title[: 4 * _LONGEST]), key=len))
        if " " in longest:
            return longest
    return normalise(title)


#: Words that say something with others alone.
JOINING = _words("with and the a an for of to in at by from about on und mit et avec y con de")

#: Words that tell of time spent and not of work done.
_VAGUE = JOINING | _words(
    """
    sync synch meeting meet meetings call calls catch catchup check checkin touch base chat talk conversation discussion
    discuss admin administration misc miscellaneous various other others stuff things thing todo task tasks work working
    email emails mail mails inbox update updates status standup stand up stand-up huddle one team group project
    jour fixe termin besprechung abstimmung telefonat point réunion appel reunión llamada
    focus time block blocked busy private hold placeholder tbd untitled lunch break coffee event appointment invitation
    follow followup review prep preparation session general internal untitled no title new item quick short
    """
)

_SILENT = _VAGUE | _DATING
_TALK = _words("sync synch meeting meet call catch chat talk conversation touch lunch coffee huddle check")
_ONE_TO_ONE = re.compile(r"\b1\s*[:\-]\s*1\b")
_PAIR = re.compile(r"\s*[^\W\d_]+\s+(?:/|<>|<->|x)\s+[^\W\d_]+\s*")


@lru_cache(_REMEMBERED)
def is_vague(title: str) -> bool:
    """Whether the title names no work: "Sync with Anna", "Misc", "1:1", "Anna / Ben", or nothing at all."""
    if any(word.islower() and word.isalpha() and word not in _SILENT for word in title[:_LONGEST].split(" ")):
        return False
    names, talk = 0, ""
    for found in _WORD.finditer(title[:_LONGEST]):
        word = found.group()
        low = word.casefold()
        if low not in _VAGUE and _without_digits(low) not in _DATING:
            if not word[0].isupper():
                return False
            names += 1
        elif not names and low in _TALK:
            talk = low
    return names <= _names_expected(title, talk)


def _names_expected(title: str, talk: str) -> int:
    """Return how many capitalised words of a title may be names of people, because it says that they `talk`."""
    if _PAIR.fullmatch(title) or (talk and " with " in title):
        return 2
    return 1 if talk or _ONE_TO_ONE.search(title) else 0


def rarity(titles: Sequence[str]) -> FloatArray:
    """Return for each bucket of n-grams how rare it is among the titles: log((1 + n) / (1 + uses)) + 1.

    The smoothed inverse document frequency, floored at 0 for n-grams used several times per title.
    """
    uses = np.zeros(1 << BUCKET_BITS, np.intp)
    for _, hashes in _blocks(titles):
        uses += np.bincount(_buckets(hashes), minlength=len(uses))
    smoothed: FloatArray = np.log((1 + len(titles)) / np.arange(1, uses.max() + 2)).astype(np.float32)
    return np.maximum(smoothed + 1, np.float32(0))[uses]


def vectors(titles: Sequence[str], weights: FloatArray | None = None, dimensions: int = DIMENSIONS) -> FloatArray:
    """Return one row of length 1 per normalised title (0 for an empty one); the dot product is their similarity.

    `weights` are the rarities of n-grams, by default those among the titles themselves; `dimensions` is a power of 2.
    """
    weights = rarity(titles) if weights is None else weights
    rows = np.zeros((len(titles), dimensions), np.float32)
    for block, (owners, hashes) in enumerate(_blocks(titles)):
        place = rows[block * _BLOCK : (block + 1) * _BLOCK]
        sums = np.bincount(
            owners * dimensions + (hashes & (dimensions - 1)),
            _signs(hashes) * weights[_buckets(hashes)],
            place.size,
        )
        place[:] = sums.reshape(place.shape)
        place /= np.maximum(np.linalg.norm(place, axis=1, keepdims=True), np.float32(1e-9))
    return rows


def _buckets(hashes: HashArray) -> HashArray:
    """Return the bucket in which the rarity of an n-gram is counted: its highest bits."""
    return hashes >> np.uint32(32 - BUCKET_BITS)


def _signs(hashes: HashArray) -> FloatArray:
    """Return 1 or -1 by a bit that decides neither bucket nor dimension."""
    return np.where(hashes & np.uint32(1 << 12), np.float32(1), np.float32(-1))


def _blocks(titles: Sequence[str]) -> Iterator[tuple[RowArray, HashArray]]:
    """Yield the n-grams of every `_BLOCK` titles."""
    for start in range(0, len(titles), _BLOCK):
        yield _grams(titles[start : start + _BLOCK])


def _grams(titles: Sequence[str]) -> tuple[RowArray, HashArray]:
    """Return the hash of every n-gram, and the number of the title it stands in.

    The titles, each between two spaces, are one long text; one pass per length of n-gram extends all hashes by a
    character, and those that reach over the end of a title are left out.
    """
    text = "".join(f" {title} " for title in titles).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(text, np.uint32)
    owner = np.repeat(np.arange(len(titles)), [len(title) + 2 for title in titles])
    hashes = codes
    owners, found = [], []
    for length in range(2, _LONGEST_GRAM + 1):
        hashes = hashes[:-1] * _MULTIPLIER + codes[length - 1 :]
        if length >= _SHORTEST_GRAM:
            whole = owner[: 1 - length] == owner[length - 1 :]
            owners.append(owner[: 1 - length][whole])
            found.append(_mixed(hashes[whole] + np.uint32(length)))
    return np.concatenate(owners), np.concatenate(found)


def _mixed(hashes: HashArray) -> HashArray:
    """Spread every bit over all others (the finaliser of MurmurHash3)."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))
