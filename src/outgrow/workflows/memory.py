"""What a running program has computed and keeps in memory for as long as the data are as they were."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

_Kept = TypeVar("_Kept")
_MOST = 40  # values; the one kept first goes first


@dataclass(slots=True)
class Memory:
    """Values by what they were computed for, each with the state that the data had before."""

    _kept: dict[Hashable, tuple[Hashable, object]] = field(default_factory=dict)

    def recall(self, state: Hashable | None, what: Hashable, compute: Callable[[], _Kept]) -> _Kept:
        """Return what was computed before, or compute it if the data are in another state since (or it is None).

        `what` has to name all that the value hangs on beside the data: the workflow, the period, the day.
        """
        kept_for, value = self._kept.get(what, (None, None))
        if state is not None and kept_for == state:
            return value  # type: ignore[return-value] # kept under the name of what computes it
        self._kept.pop(what, None)
        found = compute()
        self._kept[what] = (state, found)
        if len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]
        return found
