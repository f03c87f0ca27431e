"""Tells in words what was said of a capability, one version after the other."""

from collections.abc import Iterator, Mapping

from outgrow.model.capability import Capability, Reached
from outgrow.reports.words import full_date

_GONE = "one that was withdrawn"


def told(before: Capability | None, after: Capability | None, names: Mapping[int, str]) -> Iterator[str]:
    """Yield what a version says that the one before did not; None is a capability that is not there.

    `names` are those of all capabilities by number.
    """
    if after is None:
        yield f"{before.name if before else 'it'} withdrawn"
    elif before is None:
        yield f"{after.name}: {', '.join(map(_reached, after.reached))}"
    else:
        yield from _changed(before, after, names)


def _changed(before: Capability, after: Capability, names: Mapping[int, str]) -> Iterator[str]:
    if before.name != after.name:
        yield f"{before.name} called {after.name}"
    yield from (_reached(each) for each in after.reached if each not in before.reached)
    yield from (f"not {each.state.value} after all" for each in before.reached if each not in after.reached)
    if before.merged_into != after.merged_into:
        yield f"{after.name} {_into(after.merged_into, names)}"
    if before.superseded_by != after.superseded_by:
        yield f"{after.name} {_superseded(after.superseded_by, names)}"
    if before.expectations != after.expectations:
        yield "the expectations it speaks for"


def _reached(each: Reached) -> str:
    return f"{each.state.value} on {full_date(each.on)}"


def _into(number: int | None, names: Mapping[int, str]) -> str:
    return "on its own again" if number is None else f"merged into {names.get(number, _GONE)}"


def _superseded(number: int | None, names: Mapping[int, str]) -> str:
    return "standing again" if number is None else f"superseded by {names.get(number, _GONE)}"
