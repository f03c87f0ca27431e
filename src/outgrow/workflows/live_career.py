"""The example person's roles, the level she has an eye on, and the packet she prepares."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from outgrow.example import BEGINS, LAST, Example, career
from outgrow.example.ledger import WAITS
from outgrow.example.story import Post
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.model.period import Period
from outgrow.workflows import answer_outgrown, keep_roles, link_expectations, make_packet, suggest
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.keep_roles import RoleWords
from outgrow.workflows.live_diary import Deed, deed
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.show_ledger import show_ledger
from outgrow.workflows.workspace import Workspace

_MONTH = re.compile(r"\{(\d+)\}")
_EVERY = 1000


def papers(person: Example) -> Iterator[Deed]:
    """Yield what she says of her hours, her roles and the next level, and the packet she makes in the end."""
    second_day = person.month(BEGINS) + timedelta(days=1)
    yield deed(person.month(BEGINS), (8, 30), _set_up(person))
    for place, post in enumerate(career.POSTS):
        yield deed(second_day, (12, 30 + place), _hold(person, post))
    yield deed(second_day, (12, 40), _look_up)
    for place, said in enumerate(career.NO_CHANCE):
        yield deed(person.month(LAST - 1) + timedelta(days=place), (17, 0), _no_chance(*said))
    yield deed(person.month(LAST + 1), (18, 30), _turn_down)
    yield deed(person.month(LAST + 1), (19, 0), _prepare(person))


def _set_up(person: Example) -> Callable[[Workspace], object]:
    return lambda workspace: change_setting(workspace, "working_hours", str(person.weekly_hours))


def _hold(person: Example, post: Post) -> Callable[[Workspace], int]:
    said = RoleWords(
        title=post.title,
        first=_words(person, post.first),
        last="" if post.last is None else _words(person, post.last),
        level=post.level,
        scope=post.scope,
        responsibilities=_MONTH.sub(lambda month: _words(person, int(month[1])), post.duties),
    )

    def begun(workspace: Workspace) -> int:
        return keep_roles.add(workspace, said)

    return begun


def _words(person: Example, month: int) -> str:
    return f"{person.month(month):%Y-%m}"


def _look_up(workspace: Workspace) -> None:
    set_aim(workspace, BUILT_IN, career.LEVEL, career.NEXT_LEVEL)


def _no_chance(expected: str, why: str) -> Callable[[Workspace], None]:
    return lambda workspace: link_expectations.set_no_chance(workspace, Expected(BUILT_IN, expected), why)


def _turn_down(workspace: Workspace) -> None:
    """Let her say of outgrown work that it has no entry, and of what is suggested last that it is no evidence."""
    for curve in show_ledger(workspace).outgrown:
        if not curve.name.startswith(WAITS):
            answer_outgrown.turn_down(workspace, curve.workstream)
    for each in suggest.suggest(workspace, most=_EVERY)[-1:]:
        suggest.turn_down(workspace, each.key, career.NO_EVIDENCE)


def _prepare(person: Example) -> Callable[[Workspace], int]:
    """Let her make the packet: what is proposed, with a title and an opening, and with names blacked out."""
    period = Period(person.turn, person.month(LAST + 1) - timedelta(days=1))

    def prepare(workspace: Workspace) -> int:
        draft = make_packet.propose(workspace, career.AUDIENCE, period)
        told = replace(draft, title=career.PACKET, opening=career.OPENING, redacted=career.REDACTED)
        return make_packet.begin(workspace, told)

    return prepare
