"""Reads evidence from the forms of its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from outgrow.model.evidence import Evidence, EvidenceKind, Link, Polish
from outgrow.model.ladder import Expected
from outgrow.web.answers import read_several
from outgrow.web.faults import beside
from outgrow.web.visit import Visit, read_number
from outgrow.workflows.keep_evidence import CannotKeep, read_hours, refuse
from outgrow.workflows.periods import parse_day

#: The highest number that the store gives.
MOST = 10**18 - 1
#: The fields of the forms by what they are of evidence; no field may be called `action`, which a form has itself.
_FIELDS = {"action": "text"} | {
    name: name for name in ("on", "hours", "situation", "result", "kind", "polish", "seen_by", "links", "capabilities")
}
#: Marks the lists that a form shows: an empty one then means that nothing of it is ticked.
LISTED = "listed"


@contextmanager
def told(wrong: dict[str, str]) -> Iterator[None]:
    """Note beside its field what keeps evidence from being kept; what belongs to no field of the form is raised."""
    try:
        yield
    except CannotKeep as fault:
        if fault.field not in _FIELDS:
            raise
        wrong[_FIELDS[fault.field]] = str(fault)


def read(visit: Visit, before: Evidence, wrong: dict[str, str]) -> Evidence:
    """Return evidence with what the form says of it; what it does not name stays as it was."""
    said: dict[str, Any] = {
        name: visit.said(_FIELDS[name]) for name in ("action", "situation", "result") if _FIELDS[name] in visit.form
    }
    readers: dict[str, Callable[[str], object]] = {
        "on": lambda words: parse_day(words or "today", visit.workspace.today),
        "hours": read_hours,
        "kind": lambda words: _one_of(EvidenceKind, words, "kind"),
        "polish": lambda words: _one_of(Polish, words, "polish"),
        "seen_by": lambda words: tuple(words.split(",")),
    }
    for name, reader in readers.items():
        if name in visit.form:
            with beside(wrong, name):
                said[name] = reader(visit.said(name))
    if visit.said("url").strip() or visit.said("note").strip():
        said["links"] = (*before.links, Link(url=visit.said("url"), note=visit.said("note")))
    return replace(before, **said, **_lists(visit))


def _one_of(kinds: type[EvidenceKind] | type[Polish], words: str, field: str) -> EvidenceKind | Polish:
    if words not in list(kinds):
        refuse(field, f"Choose one of: {', '.join(kinds)}.")
    return kinds(words)


def _lists(visit: Visit) -> dict[str, Any]:
    """Return what is ticked in the lists that the form shows."""
    readers: dict[str, Callable[[str], object]] = {
        "capabilities": lambda words: numbered(words, "capabilities"),
        "activities": lambda words: numbered(words, "activities"),
        "expectations": read_expected,
    }
    shown = read_several(visit, LISTED)
    return {
        name: tuple(reader(words) for words in read_several(visit, name))
        for name, reader in readers.items()
        if name in shown
    }


def numbered(words: str, field: str) -> int:
    """Read the number of a thing; raises CannotKeep."""
    number = read_number(words, 0, MOST)
    if not words.isdecimal():
        refuse(field, "The form named something that is not listed. Open the page again.")
    return number


def read_expected(words: str) -> Expected:
    """Read which expectation is meant from `ladder:id`; raises CannotKeep."""
    ladder, _, expectation = words.partition(":")
    return Expected(numbered(ladder, "expectations"), expectation)
