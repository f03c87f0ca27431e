"""What was there before a day is looked for alike in both databases, and as a walk over all activities finds it."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from outgrow.model.activity import Activity, Role, State
from outgrow.store import activities, computed, firsts
from outgrow.store.computed import TopicRow
from outgrow.store.database import Store
from outgrow.store.sources import Reading
from tests.store.conftest import START

Entry = Callable[..., Activity]
DAY = date(2026, 3, 20)
KEYS = ("t:budget", "t:talks", "s:stand-up")


@pytest.fixture
def told(store: Store, entry: Entry) -> list[tuple[str, Activity]]:
    """Give sixty activities on thirty days, each with the key of its topic; every seventh was declined."""
    chance = random.Random(7)  # noqa: S311 - chance alone
    made = []
    for number in range(60):
        more = {
            "start": START + timedelta(hours=12 * number),
            "end": None,
            "people": tuple(chance.sample(("Priya", "TOM Lee", "Ren\u00e9 \u2713"), chance.randint(0, 2))),
            "project": chance.choice(("", "Ghent", "\u00dcbergabe")),
            "role": chance.choice(list(Role)),
            "state": State.DECLINED if number % 7 == 0 else State.DONE,
        }
        made.append((chance.choice(KEYS), entry(number, **more)))
    with store.begin() as change:
        activities.record(change, Reading(importer="t", location="x", at=START), [each for _, each in made])
        stored = {each.activity.native_id: each.id for each in activities.everything(change)}
        rows = [TopicRow(key, key[2:], DAY, 1.0, "", f"w{key[2]}") for key in KEYS]
        computed.put_topics(change, rows)
        computed.put_counted(change, [(stored[each.native_id], key, 0.5) for key, each in made])
    return made


def before(told: list[tuple[str, Activity]]) -> list[tuple[str, Activity]]:
    return [(key, each) for key, each in told if each.state is State.DONE and each.start and each.start.date() < DAY]


def test_people_projects_and_roles(store: Store, told: list[tuple[str, Activity]]) -> None:
    earlier = before(told)
    assert 0 < len(earlier) < len(told)
    with store.look() as view:
        people, number = firsts.people(view, DAY)
        projects, roles = firsts.projects(view, DAY), firsts.roles(view, DAY, KEYS[:2])
        assert firsts.people(view, date(2026, 3, 2)) == (frozenset(), 0)
        assert firsts.projects(view, date(2026, 3, 2)) == frozenset()
    assert people == {name.casefold() for _, each in earlier for name in each.people}
    assert number == sum(bool(each.people) for _, each in earlier)
    assert projects == {each.project.casefold() for _, each in earlier if each.project}
    assert roles == Counter((key, each.role.value) for key, each in earlier if key in KEYS[:2])


def test_days_of_work(store: Store, told: list[tuple[str, Activity]]) -> None:
    until = START + timedelta(days=20)
    expected: dict[tuple[str, str, date], float] = defaultdict(float)
    for key, each in told:
        if each.state is State.DONE and each.start and each.start <= until and key != "s:stand-up":
            expected[f"w{key[2]}", key[2:], each.start.date()] += 0.5
    with store.look() as view:
        found = list(firsts.days_of(view, ["wb", "wt"], until))
    assert {(each.workstream, each.title, each.day): each.hours for each in found} == expected
    assert [each.day for each in found if each.workstream == "wb"] == sorted(
        each.day for each in found if each.workstream == "wb"
    )
