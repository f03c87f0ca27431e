"""The first place: three doors. The example year, a calendar or export, or last week from memory."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from starlette.responses import Response

from outgrow.reports.words import count
from outgrow.web import bring_in
from outgrow.web.jobs import Job
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.demonstrate import build, is_built
from outgrow.workflows.remember_week import Unfit, remember, take_back

_MOST_BACK = 52  # weeks
_MOST_LINES = 1000
_NO_WRONG: Sequence[Unfit] = ()


def show(visit: Visit) -> Response:
    """Show the doors, and what was handed over and still waits."""
    return visit.page("start.html", here="start", waiting=bring_in.waiting(visit))


def build_example(visit: Visit) -> Response:
    """Build the example person's year unless it is there, and lead to it. Sent to the desk of the example."""
    desk = visit.desk
    if not desk.is_example or not desk.folder:
        return visit.go("start")
    folder = Path(desk.folder)
    if is_built(folder, desk.clock()):
        return visit.go("verdict")

    def work(job: Job) -> None:
        build(folder, job.tell, desk.clock())
        desk.reopen()
        desk.catch_up()

    job = desk.jobs.start("example", "Building the example year", work)
    job.wait()
    return visit.go("job", number=job.number)


def show_week(visit: Visit) -> Response:
    """Show the days of a week to type into: last week, or another one."""
    return _week(visit, _back(visit.asked("back_by")))


def _week(visit: Visit, back: int, unfit: Sequence[Unfit] = _NO_WRONG) -> Response:
    days = _days(visit, back)
    wrong = {day.isoformat(): [each for each in unfit if each.day == day] for day in days}
    return visit.page(
        "start_week.html",
        400 if unfit else 200,
        here="start",
        days=days,
        back_by=back,
        unfit=wrong,
        typed=visit.typed,
        kept=_numbers(visit.asked("kept")),
    )


def _back(words: str) -> int:
    """Return how many weeks back is meant: the last one unless a number says otherwise."""
    return read_number(words, 1, _MOST_BACK)


def _days(visit: Visit, back: int) -> list[date]:
    """Return the days of a week that have begun."""
    first = named_period(visit.workspace, "this week").first - timedelta(weeks=back)
    return [day for day in (first + timedelta(days=n) for n in range(7)) if day <= visit.workspace.today]


def keep_week(visit: Visit) -> Response:
    """Keep what was typed, or show it again with what cannot be read."""
    back = _back(visit.said("back_by"))
    typed = [(day, visit.said(day.isoformat())) for day in _days(visit, back)]
    numbers, unfit = remember(visit.workspace, typed)
    if unfit:
        return _week(visit, back, unfit)
    if not numbers:
        return visit.go("week", tell="Nothing was typed. A word for each piece of work is enough.", back_by=back)
    kept = f"{min(numbers)}-{max(numbers)}"
    return visit.go("week", tell=f"Noted: {count(len(numbers), 'piece')} of work.", back_by=back, kept=kept)


def drop_week(visit: Visit) -> Response:
    """Take back what was just kept."""
    gone = take_back(visit.workspace, _numbers(visit.said("kept")))
    return visit.go("week", tell=f"Taken back: {count(gone, 'piece')} of work.", back_by=_back(visit.said("back_by")))


def _numbers(words: str) -> range:
    """Return the numbers of what was kept together, as the address names them: 12-19."""
    said = re.fullmatch("([0-9]{1,9})-([0-9]{1,9})", words)
    return range(int(said[1]), min(int(said[2]), int(said[1]) + _MOST_LINES) + 1) if said else range(0)


ROUTES = (
    Route("start", "/start", show),
    Route("build_example", "/start/example", build_example, "POST"),
    Route("week", "/start/week", show_week),
    Route("keep_week", "/start/week", keep_week, "POST"),
    Route("drop_week", "/start/week/drop", drop_week, "POST"),
)
