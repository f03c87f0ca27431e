"""The period that is meant when none is named: the last month with work, or more where that month holds little."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.choose_period import latest_period
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import open_workspace

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
KINDS = ["Budget", "Payroll", "Hiring", "Dispatch", "Stocktaking", "Invoices", "Customs", "Training", "Refunds"]


def work(day: date, titles: Iterable[str]) -> list[Activity]:
    start = datetime.combine(day, time(8), UTC)
    return [
        Activity(
            source="table",
            account="",
            native_id=f"{day} {title}",
            line=1,
            kind=Kind.TIME_ENTRY,
            title=title,
            start=start + timedelta(hours=place),
            end=start + timedelta(hours=place + 1),
            minutes=60.0,
            basis=DurationBasis.MEASURED,
        )
        for place, title in enumerate(titles)
    ]


def chosen(folder: Path, done: list[Activity]) -> str:
    with open_workspace(str(folder), NOW) as opened:
        with opened.store.begin() as change:
            activities.record(change, Reading(importer="table", location="export.csv", at=NOW), done)
        recount(opened)
        return latest_period(opened).words


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ([], "2026-10"),
        (work(date(2026, 10, 5), KINDS), "2026-10"),
        (work(date(2026, 11, 2), KINDS), "2026-11"),
        (work(date(2026, 11, 2), KINDS) + work(date(2026, 10, 5), KINDS), "2026-10"),
        (work(date(2019, 3, 4), KINDS), "2019-03"),
        (work(date(2019, 3, 4), KINDS[:2]) + work(date(2019, 1, 14), KINDS), "2019-Q1"),
        (work(date(2019, 3, 4), KINDS[:2]) + work(date(2018, 6, 11), KINDS), "2018-04-01..2019-03-31"),
        (work(date(2019, 3, 4), KINDS[:2]) + work(date(2017, 6, 12), KINDS), "2019-03"),
        (work(date(1, 1, 8), KINDS[:2]), "0001-01"),
    ],
)
def test_the_period_holds_enough_to_ask_about(tmp_path: Path, done: list[Activity], words: str) -> None:
    assert chosen(tmp_path / "data", done) == words
