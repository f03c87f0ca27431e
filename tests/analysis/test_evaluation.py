"""Audits played on labelled work."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outgrow.analysis.evaluation import Labelled, Person, Played, Rules, play
from outgrow.model.activity import Activity

DEPTH = ("Close the books", "Reconcile invoices", "Check travel expenses", "Answer auditors", "Archive contracts")
GROWTH = ("Negotiate with the bank", "Coach a trainee", "Draft an acquisition model")
SUBJECTS = ("north", "harbour", "museum", "bakery", "clinic", "railway", "orchard", "library")


@pytest.fixture(name="person")
def _person(activity: Callable[..., Activity]) -> Person:
    """Return a person with a quarter of growth work in two months."""
    chance = random.Random(3)  # noqa: S311 - made-up work, no secret

    def work(first: datetime, count: int, share: float) -> Iterable[tuple[Activity, bool]]:
        for n in range(count):
            grows = chance.random() < share
            title = f"{chance.choice(GROWTH if grows else DEPTH)} for the {chance.choice(SUBJECTS)}"
            yield activity(title, first + timedelta(hours=5 * n), chance.choice([30.0, 60.0, 90.0])), grows

    def month(row: int, first: datetime) -> list[Labelled]:
        return [Labelled(row + n, *each) for n, each in enumerate(work(first, 50, 0.25))]

    history = [each for each, _ in work(datetime(2025, 1, 6, tzinfo=UTC), 80, 0.0)]
    march, april = datetime(2025, 3, 3, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
    return Person("ada", history, {"audit-1": month(80, march), "audit-2": month(130, april)})


def first(person: Person, rules: Rules | None = None) -> Played:
    return next(iter(play(person, rules or Rules())))


def test_plays_until_the_interval_is_narrow(person: Person) -> None:
    played = first(person)
    assert [step.answers for step in played.steps] == list(range(1, len(played.steps) + 1))
    assert (played.last.high - played.last.low) / 2 <= 0.05
    assert all((step.high - step.low) / 2 > 0.05 for step in played.steps[7:-1])
    assert played.last.low - 1e-9 <= played.truth <= played.last.high + 1e-9


def test_plays_to_the_end_when_asked_for_no_width(person: Person) -> None:
    played = first(person, Rules(half_width=0.0))
    assert played.last.answers == len({item.workstream for item in played.items})
    assert played.last.mean == pytest.approx(played.truth)


def test_asks_as_many_cards_as_told(person: Person) -> None:
    assert len(first(person, Rules(answers=3)).steps) == 3
    assert not first(person, Rules(answers=0)).steps


def test_a_label_is_read_only_when_its_card_is_asked(person: Person) -> None:
    played = first(person, Rules(answers=5))
    month = person.months["audit-1"]
    told = []
    for n, each in enumerate(month):
        turned = [*month[:n], replace(each, growth=not each.growth), *month[n + 1 :]]
        other = first(Person("ada", person.history, {"audit-1": turned}), Rules(answers=5))
        assert other.items == played.items
        told.append(other.steps != played.steps)
    asked = sum(told)
    assert 5 <= asked < len(month)


def test_the_smaller_part_of_a_card_is_struck_out(activity: Callable[..., Activity]) -> None:
    start = datetime(2025, 3, 3, tzinfo=UTC)
    work = [activity("Plan the fair", start + timedelta(days=n), 60, series="fair") for n in range(5)]
    labelled = [Labelled(n, each, n < 2) for n, each in enumerate(work)]
    played = first(Person("ada", [], {"audit": labelled}))
    assert [(step.answers, step.strikeouts) for step in played.steps] == [(1, 2)]
    assert played.last.mean == pytest.approx(0.4)


def test_what_was_answered_stands_in_the_next_month(person: Person) -> None:
    rules = Rules(half_width=0.0)
    one, two = play(person, rules)
    alone = first(Person("ada", person.history, {"audit-2": person.months["audit-2"]}), rules)
    assert two.last.answers < alone.last.answers
    assert two.last.low - 1e-9 <= two.truth <= two.last.high + 1e-9
    assert (one.set, two.set) == ("audit-1", "audit-2")


@pytest.mark.parametrize(("title", "series", "known"), [("Sync", "", False), ("Sync", "s", True), ("Run it", "", True)])
def test_a_title_that_names_no_work_is_not_carried_over(
    activity: Callable[..., Activity], title: str, series: str, *, known: bool
) -> None:
    march, april = datetime(2025, 3, 3, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
    both = [activity(title, day, 60, series=series) for day in (march, april)]
    months = {f"audit-{n}": [Labelled(n, each, growth=False)] for n, each in enumerate(both)}
    _, later = play(Person("ada", [], months), Rules(half_width=0.0))
    assert (later.first.high < 1) == known


def test_growth_is_asked_again_when_it_is_due(person: Person) -> None:
    later = [
        replace(
            each, activity=replace(each.activity, start=each.activity.start and each.activity.start + timedelta(200))
        )
        for each in person.months["audit-1"]
    ]
    months = {"audit-1": person.months["audit-1"], "audit-2": later}
    _, again = play(Person("ada", person.history, months), Rules(half_width=0.0))
    labelled = list(zip(again.items, again.labels, strict=True))
    growth = {item.workstream for item, grows in labelled if grows}
    mixed = {item.workstream for item, grows in labelled if not grows}
    assert again.last.answers >= len(growth - mixed) > 0


def test_learning_proposes_for_the_rest(person: Person) -> None:
    one, two = play(person, Rules(learn=20))
    assert len(one.items) == len(two.items) == 30
    assert not one.steps
    plain = first(person)
    assert {item.row for item in one.items} < {item.row for item in plain.items}

    def off(played: Played, rows: set[int]) -> float:
        pairs = zip(played.items, played.labels, strict=True)
        return sum((item.p - grows) ** 2 for item, grows in pairs if item.row in rows)

    rows = {item.row for item in one.items}
    assert off(one, rows) < off(plain, rows)


def test_without_measured_time_items_are_counted(person: Person) -> None:
    untimed = [replace(each, activity=replace(each.activity, minutes=None)) for each in person.months["audit-1"]]
    played = first(Person("ada", person.history, {"audit": untimed}))
    assert played.truth == pytest.approx(sum(each.growth for each in untimed) / len(untimed))


def test_the_seed_decides_the_draw(person: Person) -> None:
    assert first(person, Rules(seed=1)) == first(person, Rules(seed=1))
    assert first(person, Rules(seed=1)).steps != first(person, Rules(seed=2)).steps
