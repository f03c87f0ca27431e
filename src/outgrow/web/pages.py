"""Makes pages from templates: everything that comes from outside is escaped and cannot turn the reading direction."""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from outgrow.reports import words

#: The places of the navigation: the name of the route, the word, and the letter that follows `g`.
PLACES = (
    ("verdict", "Verdict", "v"),
    ("audit", "Audit", "a"),
    ("sort", "Sort", "s"),
)
#: What stands behind the gear and at the foot of every page, told in the same way.
GEAR = (
    ("sources", "Sources", "o"),
    ("settings", "Settings", "e"),
    ("about", "About me", "m"),
)


def render(template: str, values: Mapping[str, object]) -> str:
    """Return a page."""
    return _environment().get_template(template).render(values)


def outside(text: str) -> Markup:
    """Return text from outside, escaped and kept apart from what stands around it."""
    return Markup("<bdi>{}</bdi>").format(words.harmless(text))


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
        "percent": words.percent,
        "hours": words.hours,
        "count": words.count,
        "full_date": words.full_date,
    }
    environment.globals |= {"percent_range": words.percent_range, "places": PLACES, "gear": GEAR}
    return environment
