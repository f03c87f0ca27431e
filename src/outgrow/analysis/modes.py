"""The mode of a piece of work: what part the person plays in it, whatever it is about.

A changed mode on an old topic is growth that titles hide: the person who used to write the reports now reviews them.
"""

import re
from enum import StrEnum

from outgrow.model.activity import Activity, Kind, Role


class Mode(StrEnum):
    """What a person does when they work."""

    DO = "do"
    REVIEW = "review"
    DECIDE = "decide"
    LEAD = "lead"
    TEACH = "teach"
    PRESENT = "present"
    NEGOTIATE = "negotiate"
    PLAN = "plan"
    WRITE = "write"
    LEARN = "learn"
    COORDINATE = "coordinate"


#: Stems that tell a mode; the first word of a title that begins with one decides, so verbs of the task come first.
_STEMS = {
    Mode.REVIEW: "review audit inspect evaluat assess proofread check feedback retro postmortem appraisal",
    Mode.DECIDE: "decid decision approv select prioriti sign-off choose triage",
    Mode.LEAD: "lead supervis direct manag hire hiring interview delegat chair staffing oversee",
    Mode.TEACH: "teach train mentor coach onboard tutor instruct lectur demonstrat",
    Mode.PRESENT: "present demo pitch keynote talk showcase webinar",
    Mode.NEGOTIATE: "negotiat contract procure bargain mediat tender",
    Mode.PLAN: "plan roadmap estimat schedul budget forecast strateg prep kickoff",
    Mode.WRITE: "writ draft document report prepar edit blog publish",
    Mode.LEARN: "learn study course read research certif conference tutorial",
    Mode.COORDINATE: "coordinat sync standup stand-up confer collaborat liaise communicat align arrange",
}
_MODE_OF_STEM = {stem: mode for mode, stems in _STEMS.items() for stem in stems.split()}
_STEM = re.compile(r"\b(?:" + "|".join(sorted(_MODE_OF_STEM, key=len, reverse=True)) + ")", re.IGNORECASE)

_LONGEST = 300  # characters of a title that are read
_SEVERAL = 3  # people beside the person: from here on a meeting is led, not only held
_AUDIENCE = 12  # people beside the person: from here on one speaks and the others listen


def mode_of(activity: Activity) -> Mode:
    """Read the mode from the words of the title, else from role, people and kind."""
    found = _STEM.search(activity.title, 0, _LONGEST)
    if found:
        return _MODE_OF_STEM[found.group().lower()]
    if activity.kind is Kind.NOTE:
        return Mode.WRITE
    return _mode_of_meeting(activity) if activity.kind is Kind.MEETING else Mode.DO


def _mode_of_meeting(activity: Activity) -> Mode:
    """Tell a meeting that the person led from one they took part in."""
    if activity.role is not Role.LED:
        return Mode.COORDINATE
    if len(activity.people) >= _AUDIENCE:
        return Mode.PRESENT
    return Mode.LEAD if len(activity.people) >= _SEVERAL else Mode.COORDINATE
