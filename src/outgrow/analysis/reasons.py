"""Why a probability is what it is, in words a person can check: only facts about their own activities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from outgrow.analysis.modes import Mode, mode_of
from outgrow.analysis.titles import FloatArray
from outgrow.model.activity import Activity

#: Similarity from which on two titles are called alike, and below which they are called unlike.
LIKE = 0.6
UNLIKE = 0.4

#: Reasons that say nothing of the activity itself: the probability is then that of work as a whole.
NAMELESS = "the title names no work"
UNCOMPARED = "nothing earlier to compare with"

_FEW = 2  # alike titles that leave a title nearly new, since the prior looks at the three nearest
_LONGEST = 60  # characters of an example
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads as it is said


@dataclass(frozen=True, slots=True)
class Reason:
    """What can be said before any answer, and what it rests on.

    `earlier` activities are alike and nothing around it is new; `company` are alike in the same month; `is_new` says
    that what is named speaks for growth and nothing for depth.
    """

    words: str
    earlier: int = 0
    company: int = 0
    is_new: bool = False

    def for_guess(self, *, growth: bool, learnt: bool) -> str:
        """Return the words, with what outweighed them where they speak for the other side than the guess.

        `learnt` says that the person's answers turned the guess.
        """
        against = self.earlier if growth else self.is_new
        return "; ".join(filter(None, (self.words, self._outweighed(growth=growth, learnt=learnt) if against else "")))

    def _outweighed(self, *, growth: bool, learnt: bool) -> str:
        if learnt:
            return f"but what you answered makes {'growth' if growth else 'depth'} likelier"
        if not growth:
            return "but most work is depth, and this alone does not outweigh it"
        if self.company:
            return f"but {_counted(self.company, 'activity')} like it at the same time"
        return "but so few leave it nearly new" if self.earlier <= _FEW else ""


def said(label: float) -> str:
    """Return what the person said of the activity itself."""
    return f"you called it {'growth' if label else 'depth'}"


def said_of_like(known: Sequence[Activity], labels: Sequence[float], similar: FloatArray) -> str:
    """Return what the person called activities like this one; empty where none they have spoken of is alike.

    `labels` (1.0 growth, 0.0 depth) and `similar` (to this activity) have an entry for each one `known`.
    """
    order = [int(index) for index in np.argsort(-similar, kind="stable") if similar[index] >= LIKE]
    called = {
        "growth": [known[index] for index in order if labels[index]],
        "depth": [known[index] for index in order if not labels[index]],
    }
    sides = [(value, found) for value, found in sorted(called.items(), key=lambda side: -len(side[1])) if found]
    if not sides:
        return ""
    counts = " and ".join(f"{_counted(len(found), 'item')} you called {value}" for value, found in sides)
    return f"like {counts}, for example {quoted(sides[0][1][0])}"


def from_past(past: Sequence[Activity], similar: FloatArray, company: Sequence[Activity]) -> str:
    """Return what the past (in order of time) says of an activity whose title tells something.

    `similar` is its similarity to each past activity, `company` those of the same month that are like it.
    """
    if not past:
        return UNCOMPARED
    nearest, alike = past[int(similar.argmax())], int((similar >= LIKE).sum())
    if alike:
        return f"like {_counted(alike, 'earlier activity')}, for example {quoted(nearest)}{_on(nearest)}"
    if similar.max() >= UNLIKE:
        return f"a little like {quoted(nearest)}{_on(nearest)}, nothing closer among {_compared(past)}"
    return f"nothing like it among {_compared(past)}{_together(company)}"


def says_nothing(reason: str) -> bool:
    """Whether a reason tells that the guess is but that of work as a whole."""
    return reason in {NAMELESS, UNCOMPARED}


def from_vague(alongside: int) -> str:
    """Return what can be said of a title that names no work; `alongside` share its people, project or tags."""
    by = f"; goes by {_counted(alongside, 'activity')} with the same people, project or tags" if alongside else ""
    return NAMELESS + by


def from_part(mode: Mode, past: Sequence[Activity]) -> str:
    """Return how seldom the person has played this part."""
    before = sum(mode_of(activity) is mode for activity in past)
    return f"to {mode} is {'rare' if before else 'new'}: {before} of {_compared(past)}"


def from_surroundings(first: frozenset[str], past: Sequence[Activity]) -> str:
    """Return what is met for the first time; empty where nothing is."""
    return f"first time {_listed(sorted(first))} among {_compared(past)}" if first and past else ""


def _together(company: Sequence[Activity]) -> str:
    """Tell of the same month's activities that are alike."""
    if not company:
        return ""
    return f", but {_counted(len(company), 'activity')} like it at the same time, for example {quoted(company[0])}"


def _compared(past: Sequence[Activity]) -> str:
    """Say which earlier activities were compared."""
    dated = [activity.start for activity in past if activity.start]
    count = _counted(len(past), "earlier activity")
    return f"{count} from {_month(dated[0])} to {_month(dated[-1])}" if dated else count


def _counted(count: int, noun: str) -> str:
    """Return "1 item", "2 items", "1,000 earlier activities"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _on(activity: Activity) -> str:
    """Say the day of an activity, if it has one."""
    return f" of {_day(activity.start)}" if activity.start else ""


def _month(moment: datetime) -> str:
    return f"{_MONTHS[moment.month - 1]} {moment.year}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _listed(names: Sequence[str]) -> str:
    """Name at most three."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - as the line above says
    return ", ".join(_plain(name) for name in names[:3]) + more


def quoted(activity: Activity) -> str:
    """Return the title between quotes, on one line, without control characters, cut at 60 characters."""
    return f"'{_plain(activity.title)}'"


def _plain(text: str) -> str:
    """Return a text on one line."""
    cut = text[: 4 * _LONGEST]
    line = " ".join(
        (cut if cut.isprintable() else "".join(sign if sign.isprintable() else " " for sign in cut)).split()
    )
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
