"""The share week after week, how much of the weeks was seen, and how they felt."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.choose_period import beside, named_period
from outgrow.workflows.follow_coverage import follow_coverage
from outgrow.workflows.follow_share import follow_share
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.hold_audit import AuditSession
from outgrow.workflows.period_work import gather
from outgrow.workflows.recount import recount
from outgrow.workflows.say_feeling import NoFeeling, ask_feeling, compare_feeling, say_feeling
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 6, 30, 18, tzinfo=UTC)
HALF_YEAR = Period(date(2026, 1, 1), date(2026, 6, 30), "half a year")
MAY = Period(date(2026, 5, 1), date(2026, 5, 31), "May 2026")
HOLIDAY = range(12, 17)  # weeks without any work


def worked(number: int, week: int, title: str, hours: float) -> Activity:
    start = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(weeks=week, days=number % 5, hours=number)
    return Activity(
        source="table",
        account="",
        native_id=f"{week}-{number}",
        line=1,
        kind=Kind.TIME_ENTRY,
        title=title,
        start=start,
        end=start + timedelta(hours=hours),
        minutes=60 * hours,
        basis=DurationBasis.MEASURED,
        precision=Precision.MINUTE,
    )


def bring_in(workspace: Workspace, found: list[Activity]) -> None:
    with workspace.store.begin() as change:
        activities.record(change, Reading(importer="table", location="x", at=NOW), found)
    recount(workspace)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give half a year of two kinds of work, 24 and 8 hours a week, with a long holiday and one short week."""
    with open_workspace(str(tmp_path), NOW) as opened:
        found = []
        for week in set(range(25)) - set(HOLIDAY):
            days = 1 if week == 20 else 3
            found += [worked(number, week, "Weekly report", 8) for number in range(days)]
            found += [worked(4, week, "Carrier contract", 8)] if week != 20 else []
        bring_in(opened, found)
        yield opened


def audit(workspace: Workspace, period: Period) -> None:
    session = AuditSession(workspace, period)
    session.begin(0.2)
    while card := session.view().card:
        session.answer(Value.GROWTH if "Carrier" in card.name else Value.DEPTH)


def test_weeks_whose_proposals_are_missing_are_left_open(workspace: Workspace) -> None:
    course = follow_share(workspace, HALF_YEAR)
    assert course.waiting == 20
    assert all(week.rolled is None for week in course.weeks)


def test_what_was_answered_is_exact_and_the_holiday_is_a_gap(workspace: Workspace) -> None:
    audit(workspace, MAY)
    gather(workspace, HALF_YEAR)
    course = follow_share(workspace, HALF_YEAR)
    by_week = {week.monday: week for week in course.weeks}
    audited = by_week[date(2026, 5, 18)]
    assert audited.audited
    assert audited.own == pytest.approx(0.25, abs=1e-9)
    assert by_week[date(2026, 4, 20)].rolled is None
    assert by_week[date(2026, 4, 20)].own is None
    early = by_week[date(2026, 2, 16)]
    assert early.rolled
    assert not early.audited
    assert early.rolled.low < early.rolled.mean < early.rolled.high
    assert [event.words for event in course.events] == []  # the audit was held after the last whole week
    assert (course.unit, course.waiting) == (Unit.HOURS, 0)


def test_four_weeks_say_what_a_verdict_of_them_says(workspace: Workspace) -> None:
    audit(workspace, MAY)
    gather(workspace, HALF_YEAR)
    weeks = Period(date(2026, 6, 1), date(2026, 6, 28))
    rolled = follow_share(workspace, weeks).weeks[-1].rolled
    share = give_verdict(workspace, weeks).share
    assert rolled
    assert share
    assert rolled.mean == pytest.approx(share.mean, abs=0.02)


def test_a_week_that_has_not_ended_is_no_week_yet(workspace: Workspace) -> None:
    assert follow_share(workspace, HALF_YEAR).weeks[-1].monday == date(2026, 6, 22)
    assert follow_share(workspace, Period(date(2026, 6, 29), date(2026, 7, 3))).weeks == ()


def test_coverage_is_that_of_each_week(workspace: Workspace) -> None:
    weeks = {week.monday: week for week in follow_coverage(workspace, HALF_YEAR).weeks}
    assert min(weeks) == date(2026, 1, 5)
    assert (weeks[date(2026, 1, 5)].seen, weeks[date(2026, 1, 5)].working) == (32, 40)
    assert weeks[date(2026, 5, 25)].is_low
    assert weeks[date(2026, 4, 13)].seen == 0


def test_nothing_imported_gives_empty_views(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as empty:
        assert follow_coverage(empty, HALF_YEAR).weeks == ()
        assert all(week.rolled is None for week in follow_share(empty, HALF_YEAR).weeks)
        assert ask_feeling(empty) is None


def test_a_feeling_is_kept_and_set_beside_what_was_measured(workspace: Workspace) -> None:
    bring_in(workspace, [worked(4, 24, "Board paper", 2)])
    question = ask_feeling(workspace)
    assert question
    assert (question.week.first, question.said) == (date(2026, 6, 22), None)
    say_feeling(workspace, question.week.first, 4)
    answered = ask_feeling(workspace)
    assert answered
    assert answered.said == 4
    gather(workspace, HALF_YEAR)
    compared = compare_feeling(workspace, follow_share(workspace, HALF_YEAR))
    assert [(week.monday, week.felt) for week in compared.weeks] == [(date(2026, 6, 22), 4)]


@pytest.mark.parametrize(
    ("week", "score"), [("2026-06-23", 3), ("2026-07-06", 3), ("2026-06-22", 0), ("2026-06-22", 6)]
)
def test_what_is_no_feeling_of_a_week_is_refused(workspace: Workspace, week: str, score: int) -> None:
    with pytest.raises(NoFeeling):
        say_feeling(workspace, date.fromisoformat(week), score)


@pytest.mark.parametrize(
    ("words", "earlier", "later"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026-Q1", "2025-Q4", "2026-Q2"),
        ("2025", "2024", "2026"),
        ("2026-W10", "2026-02-23..2026-03-01", "2026-03-09..2026-03-15"),
        ("2026-02-10..2026-02-12", "2026-02-07..2026-02-09", "2026-02-13..2026-02-15"),
    ],
)
def test_the_period_beside(workspace: Workspace, words: str, earlier: str, later: str) -> None:
    period = named_period(workspace, words)
    assert [each and each.words for each in (beside(workspace, period, -1), beside(workspace, period, 1))] == [
        earlier,
        later,
    ]


def test_beyond_the_calendar_there_is_none(workspace: Workspace) -> None:
    assert beside(workspace, named_period(workspace, "0001-01"), -1) is None
    assert beside(workspace, named_period(workspace, "9999-12"), 1) is None
    assert beside(workspace, Period(date(2, 1, 5), date(9999, 1, 1)), 1) is None
