"""Makes pages from templates: everything that comes from outside is escaped and cannot turn the reading direction."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import ParamSpec

from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup

from outgrow.reports import words

_Amounts = ParamSpec("_Amounts")
#: The places of the navigation: the name of the route, the word, and the letter that follows `g`.
PLACES = (
    ("verdict", "Verdict", "v"),
    ("audit", "Audit", "a"),
    ("sort", "Sort", "s"),
    ("changed", "Changed", "c"),
    ("ledger", "Ledger", "l"),
    ("next", "Next", "n"),
)
#: What is begun from any page: the name of the route, the word, and its single key if it has one.
VERBS = (("review", "Review", "r"), ("packet", "Packet", ""))
#: What stands behind the gear and at the foot of every page, told in the same way.
GEAR = (
    ("evidence", "Evidence", "w"),
    ("ladder", "Ladder", "d"),
    ("roles", "Roles", "r"),
    ("projects", "Projects", "p"),
    ("sources", "Sources", "o"),
    ("settings", "Settings", "e"),
    ("about", "About me", "m"),
)


def render(template: str, values: Mapping[str, object]) -> str:
    """Return a page."""
    return _environment().get_template(template).render(values)


def prepare() -> Iterator[str]:
    """Compile all templates, so that nobody waits for that at a page, and yield the name of each.

    One that is broken breaks its own page alone.
    """
    for name in _environment().list_templates():
        with suppress(TemplateSyntaxError):
            _environment().get_template(name)
        yield name


def outside(text: str) -> Markup:
    """Return text from outside, escaped and kept apart from what stands around it."""
    return Markup("<bdi>{}</bdi>").format(words.harmless(text))


def _together(say: Callable[_Amounts, str]) -> Callable[_Amounts, str]:
    """Return what says an amount so that it stays on one line."""
    return lambda *amounts, **named: words.together(say(*amounts, **named))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("outgrow.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "outside": outside,
        "plain": words.harmless,
        "percent": _together(words.percent),
        "hours": _together(words.hours),
        "together": words.together,
        "count": words.count,
        "said_of": words.said_of,
        "full_date": words.full_date,
    }
    environment.globals |= {
        "percent_range": _together(words.percent_range),
        "places": PLACES,
        "verbs": VERBS,
        "gear": GEAR,
    }
    return environment
