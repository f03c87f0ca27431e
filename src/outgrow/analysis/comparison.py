"""What is different between two periods, beyond what comes and goes by itself.

    earlier  | 1 | 2 | 3 | 4 | ... | 13 |      later  | 1 | 2 | ... | 6 |      blocks of about four weeks
    parts    |    a     |    b    | ...  |            |    x    |   y   |      of about a quarter

Each feature (a workstream, a word, a project ...) has its share of the hours in every part. It has grown by the *gap*
between its lowest later share and its highest earlier one, and shrunk likewise: what belongs to a season, or to a
project of some months, leaves no gap. How large a gap chance leaves is seen by giving the blocks to the parts in random
order, and of all features of a family the largest one counts (permutation of the maximum: Westfall & Young 1993). What
is left has to be larger than what changed within the earlier period, too. The largest change is told, its activities
are taken out, and the rest is compared again, so that nothing is told twice and what gives way to it is no change of
its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from outgrow.analysis.columns import Flags
from outgrow.analysis.features import Deed, Feature, Featured, Trait, featured
from outgrow.analysis.recalibration import Floats, Integers
from outgrow.model.period import Period

#: So many changes are told at most.
MOST = 7
#: Weeks with work that both periods have together, and each by itself, before they can be compared.
FEWEST_WEEKS, FEWEST_WEEKS_EACH = 26, 8

_BLOCK_DAYS = 28
_FEWEST_BLOCKS, _MOST_BLOCKS = 6, 26
_BLOCKS_IN_PART = 3
_FEWEST_PARTS, _MOST_PARTS = 2, 4
_SHUFFLES, _SHUFFLES_WITHIN = 400, 60

_FAMILY = {Trait.WORKSTREAM: 0, Trait.WORD: 0, Trait.PROJECT: 1, Trait.AREA: 2, Trait.PERSON: 3, Trait.MODE: 4}
_WORK = 0
_PASSING = (1, 3)  # projects and people come and go in every year
_FAMILIES = 5
#: How often chance names anything of a family where nothing has changed; of work where its words as a whole have.
_RARE = (0.01, 0.005, 0.005, 0.003, 0.005)
_LESS_RARE = 0.1
_RARE_WITHIN = 0.05
_WORDS_CHANGED = 0.03  # of all words, beyond what shuffling leaves

#: Of all hours, by family: less is nothing a person would name, and a new colleague by itself is no new work.
_LEAST = (0.01, 0.01, 0.01, 0.12, 0.01)
_LEAST_RATIO = 1.5
_LEAST_ITEMS = 4
_STEADY = 0.003  # added to each standard deviation, so that what is rare does not seem certain
_MOST_BLOCKS_WITH = 0.8  # of what comes and goes: in so many blocks it has to be there
_BEYOND = 1.3  # times what changed within the earlier period
#: Of changes that are about as large, the one that says more is told.
_TELLING = {
    Trait.WORKSTREAM: 1.1,
    Trait.WORD: 1.0,
    Trait.PROJECT: 1.0,
    Trait.AREA: 0.9,
    Trait.PERSON: 0.8,
    Trait.MODE: 0.7,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A feature whose share of the hours has changed from `before` to `after`, and the numbers of its activities.

    `since` is the ordinal of the first day of the block from which on it is there.
    """

    feature: Feature
    before: float
    after: float
    activities: Sequence[int]
    since: int


@dataclass(frozen=True, slots=True)
class SameWork:
    """The share of the hours that goes into the same workstreams in both periods, and what it is by chance (95 %)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has changed, the most telling change first, and how much is the same."""

    changes: Sequence[Change]
    same: SameWork


@dataclass(frozen=True, slots=True)
class Blocks:
    """Sums in blocks, of which the first `before` are earlier.

    `sizes` and `items` are of features and blocks, `whole` of the blocks alone.
    """

    sizes: Floats
    items: Floats
    whole: Floats
    before: int

    def only(self, features: Flags | Integers) -> Self:
        """Return some of the features."""
        return type(self)(self.sizes[features], self.items[features], self.whole, self.before)

    def earlier(self, before: int) -> Self:
        """Return the earlier blocks alone, as if the first `before` of them were compared with the rest."""
        kept = slice(self.before)
        return type(self)(self.sizes[:, kept], self.items[:, kept], self.whole[kept], before)

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """The share of each feature before and after."""
        first, rest = slice(self.before), slice(self.before, None)
        before = self.sizes[:, first].sum(axis=1) / max(self.whole[first].sum(), 1e-9)
        return before, self.sizes[:, rest].sum(axis=1) / max(self.whole[rest].sum(), 1e-9)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Of some features (their numbers): gap, shares before and after, and whether the gap is beyond chance."""

    feature: Integers
    gap: Floats
    before: Floats
    after: Floats
    beyond: Flags


def weeks_with_work(deeds: Sequence[Deed], period: Period) -> int:
    """Return in how many weeks of a period there is work."""
    first, last = period.first.toordinal(), period.last.toordinal()
    return len({(deed.day - first) // 7 for deed in deeds if first <= deed.day <= last and deed.size > 0})


def compare(deeds: Sequence[Deed], earlier: Period, later: Period) -> Comparison | None:
    """Compare the work of two periods; None where there are too few weeks with work (see FEWEST_WEEKS)."""
    weeks = [weeks_with_work(deeds, each) for each in (earlier, later)]
    if sum(weeks) < FEWEST_WEEKS or min(weeks) < FEWEST_WEEKS_EACH:
        return None
    return _Compared(featured(deeds), earlier, later).told()


class _Compared:
    """Two periods while they are compared."""

    def __init__(self, work: Featured, earlier: Period, later: Period) -> None:
        self._work = work
        self._edges = [_edges(work.day, each) for each in (earlier, later)]
        self._before, self._blocks = len(self._edges[0]) - 1, sum(map(len, self._edges)) - 2
        self._block = _block_of(work.day, self._edges)
        self._left: Flags = self._block >= 0
        self._family = np.array([_FAMILY[each.trait] for each in work.features], np.int64)
        self._telling = np.array([_TELLING[each.trait] for each in work.features])
        self._trait = np.array([each.trait for each in work.features])
        self._chance = np.random.default_rng(22)

    def told(self) -> Comparison:
        """Tell what has changed, one change after the other."""
        blocks = self._sums()
        rare = np.array(_RARE)
        words = same_share(blocks.only(self._trait == Trait.WORD), self._orders(self._blocks, _SHUFFLES // 2))
        if np.median(words[1:]) - words[0] > _WORDS_CHANGED and words[0] < np.quantile(words[1:], _RARE[_WORK]):
            rare[_WORK] = _LESS_RARE
        same = same_share(blocks.only(self._trait == Trait.WORKSTREAM), self._orders(self._blocks, _SHUFFLES // 2))
        low, high = np.quantile(same[1:], [0.025, 0.975]).tolist()
        return Comparison(list(self._changes(blocks, rare)), SameWork(float(same[0]), low, high))

    def _changes(self, blocks: Blocks, rare: Floats) -> Iterator[Change]:
        usual = _BEYOND * self._usual(blocks)
        for _ in range(MOST):
            found = self._gaps(blocks, rare, _SHUFFLES)
            named = found.beyond & (np.abs(found.gap) > usual[self._family[found.feature]])
            if not named.any():
                return
            size = np.abs(found.after - found.before)
            score = size * size / (found.after + found.before + 1e-9) * self._telling[found.feature]
            yield self._take(found, int(np.where(named, score, -1).argmax()), blocks)
            blocks = self._sums()

    def _take(self, found: _Gaps, place: int, blocks: Blocks) -> Change:
        """Take a change, and its activities out of what is left."""
        number = int(found.feature[place])
        its = np.zeros(len(self._left), np.bool_)
        its[self._work.owner[self._work.feature == number]] = True
        its &= self._left
        self._left &= ~its
        return Change(
            feature=self._work.features[number],
            before=float(found.before[place]),
            after=float(found.after[place]),
            activities=np.flatnonzero(its).tolist(),
            since=self._since(blocks.sizes[number]),
        )

    def _since(self, sizes: Floats) -> int:
        """Return the first day of the later block from which on a feature has half of what it has on average."""
        later = sizes[self._before :]
        return int(self._edges[1][:-1][later >= later.mean() / 2][0])

    def _sums(self) -> Blocks:
        """Sum what is left by feature and block."""
        work, shape = self._work, (len(self._work.features), self._blocks)
        kept = self._left[work.owner]
        owner = work.owner[kept]
        place = work.feature[kept] * self._blocks + self._block[owner]
        cells = shape[0] * shape[1]
        return Blocks(
            sizes=np.asarray(np.bincount(place, work.size[owner], cells), np.float64).reshape(shape),
            items=np.bincount(place, minlength=cells).reshape(shape).astype(np.float64),
            whole=np.bincount(self._block[self._left], work.size[self._left], self._blocks).astype(np.float64),
            before=self._before,
        )

    def _usual(self, blocks: Blocks) -> Floats:
        """Return for each family the largest gap within the earlier period, were that cut in the middle.

        Of work the gaps beyond chance count, and of all else all.
        """
        cuts = sorted({self._before // 2, -(-self._before // 2)})
        largest = np.zeros((len(cuts), _FAMILIES))
        for row, cut in zip(largest, cuts, strict=True):
            found = self._gaps(blocks.earlier(cut), np.full(_FAMILIES, _RARE_WITHIN), _SHUFFLES_WITHIN)
            family = self._family[found.feature]
            counts = found.beyond | (family != _WORK)
            np.maximum.at(row, family[counts], np.abs(found.gap[counts]))
        within: Floats = largest.max(axis=0)
        within[_WORK] = np.median(largest[:, _WORK])
        return within

    def _gaps(self, blocks: Blocks, rare: Floats, shuffles: int) -> _Gaps:
        """Find the gaps of the features that are large enough, and which are beyond chance."""
        before, after = blocks.shares
        large = np.flatnonzero((np.maximum(before, after) >= min(_LEAST)) & (blocks.items.sum(axis=1) >= _LEAST_ITEMS))
        before, after, blocks, family = before[large], after[large], blocks.only(large), self._family[large]
        orders = self._orders(len(blocks.whole), shuffles)
        gap = gaps(blocks, orders)
        sure = np.abs(gap / (differences(blocks, orders)[:, 1:].std(axis=1) + _STEADY)[:, None])
        most = [np.quantile(sure[family == n, 1:].max(axis=0, initial=0.0), 1 - rare[n]) for n in range(_FAMILIES)]
        passing = np.isin(family, _PASSING) & (_presence(blocks) < _MOST_BLOCKS_WITH)
        size = np.where(passing, 0.0, gap[:, 0])
        ratio = np.maximum(before, after) / np.maximum(np.minimum(before, after), 1e-9)
        beyond = (
            (sure[:, 0] > np.array(most)[family]) & (np.abs(size) >= np.array(_LEAST)[family]) & (ratio >= _LEAST_RATIO)
        )
        return _Gaps(large, size, before, after, beyond)

    def _orders(self, blocks: int, shuffles: int) -> Integers:
        """Return orders of the blocks: the true one first, then random ones."""
        return np.vstack([np.arange(blocks), self._chance.random((shuffles, blocks)).argsort(axis=1)])


def _edges(days: Integers, period: Period) -> Integers:
    """Return the days at which the blocks of a period begin, and the day after: as far as there is work in it."""
    inside = days[(days >= period.first.toordinal()) & (days <= period.last.toordinal())]
    first, after = int(inside.min()), int(inside.max()) + 1
    blocks = min(_MOST_BLOCKS, max(_FEWEST_BLOCKS, (after - first) // _BLOCK_DAYS))
    return first + (after - first) * np.arange(blocks + 1) // blocks


def _block_of(days: Integers, edges: Sequence[Integers]) -> Integers:
    """Return the number of the block in which each day lies, -1 for none; a day of both periods counts as later."""
    block = np.full(len(days), -1)
    begun = 0
    for each in edges:
        inside = (days >= each[0]) & (days < each[-1])
        block[inside] = begun + np.searchsorted(each, days[inside], side="right") - 1
        begun += len(each) - 1
    return block


def parts(before: int, after: int) -> tuple[Integers, int]:
    """Return the part in which each block lies, and how many parts are earlier."""
    first, rest = (min(_MOST_PARTS, max(_FEWEST_PARTS, each // _BLOCKS_IN_PART)) for each in (before, after))
    return np.concatenate([np.arange(before) * first // before, first + np.arange(after) * rest // after]), first


def gaps(blocks: Blocks, orders: Integers) -> Floats:
    """Return the gap of each feature (features, orders): above 0 where it has grown, below where it has shrunk."""
    part, first = parts(blocks.before, len(blocks.whole) - blocks.before)
    shares = [_share(blocks, orders, part == n) for n in range(int(part.max()) + 1)]
    earlier, later = shares[:first], shares[first:]
    grown = np.fmin.reduce(later) - np.fmax.reduce(earlier)
    shrunk = np.fmin.reduce(earlier) - np.fmax.reduce(later)
    gap: Floats = np.nan_to_num(np.maximum(grown, 0.0) - np.maximum(shrunk, 0.0))
    return gap


def differences(blocks: Blocks, orders: Integers) -> Floats:
    """Return the later share of each feature less the earlier one (features, orders)."""
    later = np.arange(len(blocks.whole)) >= blocks.before
    return np.nan_to_num(_share(blocks, orders, later) - _share(blocks, orders, ~later))


def same_share(blocks: Blocks, orders: Integers) -> Floats:
    """Return the sum of the smaller of the two shares of every feature, as a part of all of them (orders)."""
    later = np.arange(len(blocks.whole)) >= blocks.before
    shares = np.nan_to_num([_share(blocks, orders, each) for each in (later, ~later)])
    whole = shares.sum(axis=1).max(axis=0)
    return np.asarray(shares.min(axis=0).sum(axis=0) / np.maximum(whole, 1e-9), np.float64)


def _share(blocks: Blocks, orders: Integers, places: Flags) -> Floats:
    """Return the share of each feature in the blocks that an order puts on some places; NaN where there is no work."""
    member = np.zeros((len(blocks.whole), len(orders)), np.float32)
    member[orders[:, places].T, np.arange(len(orders))] = 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((blocks.sizes.astype(np.float32) @ member) / (blocks.whole.astype(np.float32) @ member))


def _presence(blocks: Blocks) -> Floats:
    """Return in what part of the blocks of its larger side a feature is there as such."""
    share = blocks.sizes / np.maximum(blocks.whole, 1e-9)
    before, after = blocks.shares
    level = np.maximum(np.maximum(before, after) / 2, np.minimum(before, after))
    there = share >= level[:, None]
    later, earlier = there[:, blocks.before :].mean(axis=1), there[:, : blocks.before].mean(axis=1)
    return np.asarray(np.where(after > before, later, earlier), np.float64)
