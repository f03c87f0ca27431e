"""One thing done, as a source tells it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from outgrow.model.quick import quick


class Kind(StrEnum):
    """What sort of record an activity came from."""

    MEETING = "meeting"
    TIME_ENTRY = "time entry"
    TASK_DONE = "task done"
    ISSUE_EVENT = "issue event"
    COMMIT = "commit"
    NOTE = "note"
    APP_USAGE = "app usage"
    MANUAL = "manual"


class Precision(StrEnum):
    """How exactly the source states when it was."""

    INSTANT = "instant"
    MINUTE = "minute"
    DAY = "day"
    NONE = "none"


class ZoneCertainty(StrEnum):
    """Where the time zone of an activity comes from."""

    STATED = "stated"
    MAPPED = "mapped"
    ASSUMED = "assumed"


class DurationBasis(StrEnum):
    """What a duration rests on. A missing one is never filled with a default."""

    MEASURED = "measured"
    PLANNED = "planned"
    NONE = "none"


class Role(StrEnum):
    """The person's own part in an activity."""

    LED = "led"
    TOOK_PART = "took part"
    OPTIONAL = "optional"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Whether it took place for this person."""

    DONE = "done"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DECLINED = "declined"


class Visibility(StrEnum):
    """How much of the record the source shows."""

    NORMAL = "normal"
    PRIVATE = "private"
    BUSY = "busy only"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing done, with its provenance.

    Its identity is (source, account, native_id, occurrence); of two with the same identity the higher revision holds.
    `line` is the place of the source record in its file (1-based line, row or ordinal): the occurrences of one series
    share it, so distinct lines count the records read. `start` and `end` are aware and keep their own offset; both are
    None when precision is NONE. `minutes` is None exactly when `basis` is NONE.
    """

    source: str
    account: str
    native_id: str
    occurrence: str = ""
    revision: int = 0
    line: int
    kind: Kind
    title: str
    start: datetime | None = None
    end: datetime | None = None
    precision: Precision = Precision.MINUTE
    zone: str = ""
    zone_certainty: ZoneCertainty = ZoneCertainty.ASSUMED
    minutes: float | None = None
    basis: DurationBasis = DurationBasis.NONE
    project: str = ""
    series: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    role: Role = Role.UNKNOWN
    state: State = State.DONE
    visibility: Visibility = Visibility.NORMAL
    url: str = ""
    references: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
