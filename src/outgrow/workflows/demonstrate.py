"""Builds the example person in a database of her own and lets her answer her audits. Never touches real data."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from outgrow import example
from outgrow.config import data_folder
from outgrow.example import Answer, Example, identity_of
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.reports.audit import CardView
from outgrow.store import activities, computed, judgements
from outgrow.store.sources import Reading
from outgrow.workflows.catch_up import catch_up
from outgrow.workflows.hold_audit import AuditSession
from outgrow.workflows.periods import month
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.workspace import DATABASE, Progress, Workspace, open_workspace

if TYPE_CHECKING:
    from outgrow.model.activity import Activity

FOLDER = "example"
_AUDITED_MONTHS = 3
_FELT_WEEKS = 24


def example_folder(named: str | None) -> Path:
    """Return where the example person's data lie: a folder of their own beside the person's."""
    return data_folder(named) / FOLDER


@contextmanager
def open_example(
    named: str | None, progress: Progress, *, fresh: bool = False, now: datetime | None = None
) -> Iterator[Workspace]:
    """Open the example person's data as of `now` (None: this moment).

    They are built where there are none of this month, or when `fresh` is asked for.
    """
    folder = example_folder(named)
    building = fresh or not is_built(folder, now)
    if building:
        build(folder, progress, now)
    with open_workspace(str(folder), now) as workspace:
        if building:
            catch_up(workspace, lambda what, number, _of: progress(what, number))
        yield workspace


def is_built(folder: Path, now: datetime | None) -> bool:
    """Whether the example of this month lies in a folder."""
    if not (folder / DATABASE).exists():
        return False
    with open_workspace(str(folder), now) as workspace, workspace.store.look() as view:
        return judgements.last_audit(view, _last_month(workspace.today)) is not None


def _last_month(today: date) -> Period:
    return month(today.year, today.month - 1)


def build(folder: Path, progress: Progress, now: datetime | None) -> None:
    """Build the example in a folder, beside first, so that nothing half done is ever taken for it.

    Proposals for the months that she did not audit are not made yet.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="building-", dir=folder) as beside:
        _live(beside, progress, now)
        for path in folder.glob(DATABASE + "*"):
            path.unlink()
        (Path(beside) / DATABASE).rename(folder / DATABASE)


def _live(folder: str, progress: Progress, now: datetime | None) -> None:
    """Let her work for two years and audit the last months."""
    with open_workspace(folder, now) as workspace:
        person = example.generate(_last_month(workspace.today).last)
        change_setting(workspace, "working_hours", str(person.weekly_hours))
        _fill(workspace, person)
    with open_workspace(folder, now) as workspace:
        for back in range(_AUDITED_MONTHS, 0, -1):
            audited = month(workspace.today.year, workspace.today.month - back)
            progress(f"Mira answers for {audited.name}", _AUDITED_MONTHS - back)
            _hold(workspace, audited, person)
        _feel(workspace)


def _fill(workspace: Workspace, person: Example) -> None:
    by_source: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for activity in person.activities:
        by_source[activity.source, activity.account].append(activity)
    with workspace.store.begin() as change:
        for (source, account), found in by_source.items():
            reading = Reading(importer=source, account=account, location="the example person", at=workspace.now)
            activities.record(change, reading, found)


def _hold(workspace: Workspace, audited: Period, person: Example) -> None:
    """Let her audit a month as she would have on the day after it; she takes all cards that are offered."""
    after = datetime.combine(audited.last + timedelta(days=1), time(9), workspace.now.tzinfo)
    session = AuditSession(Workspace(workspace.store, workspace.settings, after), audited)
    session.begin(person.guess(audited.first))
    while card := session.view().card:
        _answer(session, card, person.answers)


def _feel(workspace: Workspace) -> None:
    """Let her say how her last weeks felt: as anybody would, the fuller a week the more like progress."""
    with workspace.store.begin() as change:
        weeks = list(computed.hours_by_week(change).items())[-_FELT_WEEKS:]
        by_hours = sorted(spent for _, spent in weeks)
        for monday, spent in weeks:
            score = 1 + 5 * by_hours.index(spent) // len(weeks)
            judgements.feel(change, monday, score, workspace.now)


def _answer(session: AuditSession, card: CardView, answers: Mapping[example.Identity, Answer]) -> None:
    """Answer a card with what holds for most of its hours, and strike out the rest."""
    said = {line.id: answers[identity_of(session.activity(line.id))] for line in card.activities}
    weight: dict[Value, float] = defaultdict(float)
    for line in card.activities:
        weight[said[line.id].value] += line.hours or 1.0
    value = max(weight, key=lambda each: (weight[each], each))
    most = _typical([each for each in said.values() if each.value is value])
    struck = [line.id for line in card.activities if said[line.id].value is not value]
    session.answer(value, most.reasons, most.discomfort, struck if value is not Value.OUTSIDE else ())


def _typical(answers: Sequence[Answer]) -> Answer:
    return max(answers, key=lambda each: (each.discomfort or 0, len(each.reasons)))
