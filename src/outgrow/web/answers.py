"""Reads answers to kinds of work from forms, and says them back."""

from collections.abc import Sequence

from outgrow.model.fault import Fault
from outgrow.model.judgement import Reason, Value
from outgrow.reports.words import count
from outgrow.web.visit import Visit, is_number

DISCOMFORTS = range(1, 6)


class NoAnswer(Fault):
    """What was sent is no answer to a kind of work."""

    exit_code = 2


def named(names: Sequence[str]) -> str:
    """Say which kinds of work: the one, or how many."""
    return names[0] if len(names) == 1 else count(len(names), "kind of work", "kinds of work")


def read_value(said: str) -> Value:
    """Read which answer it is; raises NoAnswer."""
    if said not in list(Value):
        message = "That is no answer to a kind of work: it is depth, growth or not work. Nothing was changed."
        raise NoAnswer(message)
    return Value(said)


def read_reason(said: str) -> Reason:
    """Read a reason by its name; raises NoAnswer."""
    if said not in Reason.__members__:
        message = "That is not one of the reasons why work is growth. Nothing was changed."
        raise NoAnswer(message)
    return Reason[said]


def read_discomfort(said: str) -> int:
    """Read a number from 1 to 5; raises NoAnswer."""
    if said not in {str(each) for each in DISCOMFORTS}:
        message = "Discomfort is a number from 1 to 5. Nothing was changed."
        raise NoAnswer(message)
    return int(said)


def read_several(visit: Visit, name: str) -> list[str]:
    """Return all words of a form under one name."""
    return [each for each in visit.form.getlist(name) if isinstance(each, str)]


def read_numbers(visit: Visit, name: str) -> list[int]:
    """Return all numbers of a form under one name; raises NoAnswer."""
    said = read_several(visit, name)
    if not all(map(is_number, said)):
        message = "One of the lines that were struck out is not on the card. Nothing was changed."
        raise NoAnswer(message)
    return list(map(int, said))
