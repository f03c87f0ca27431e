"""Reads what would be brought in, in the child process like any import, and stores nothing of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from outgrow.importers import discovery, sandbox
from outgrow.model.activity import Activity, Kind, Precision, State, Visibility
from outgrow.model.problem import Problem
from outgrow.reports.brought_in import Notice
from outgrow.reports.preview import FilePreview, PreviewReport, QuestionView
from outgrow.workflows.bring_in import Ask, Places, Wishes, context_of, kept_choices, seek, why_unread
from outgrow.workflows.workspace import Progress, Workspace

_DAYS = 90
_TITLES = 6
_MOST_TITLES = 5000  # different ones counted of a file
_PROBLEMS = 200
_NOTICES = 200
_APART = {State.CANCELLED: "cancelled", State.DECLINED: "declined"}


def preview(workspace: Workspace, given: Sequence[str], wishes: Wishes, ask: Ask, progress: Progress) -> PreviewReport:
    """Return what the files given hold; `ask` and `progress` as in bring_in. Raises NothingThere."""
    files: list[FilePreview] = []
    left_out: list[tuple[str, str]] = []
    for each in seek(given, wishes):
        left_out += [(report.location, report.unread) for report in each.unread]
        left_out += [(each.places.of(path), why_unread(path)) for path in each.unknown]
        for importer, paths in each.by_importer.items():
            files += _Look(workspace, importer, wishes, ask, progress, each.places).read(paths)
    return PreviewReport(tuple(files), tuple(left_out), _DAYS)


@dataclass(frozen=True, slots=True)
class _Look:
    """The dry reading of some files with one importer."""

    workspace: Workspace
    importer: str
    wishes: Wishes
    ask: Ask
    progress: Progress
    places: Places

    def read(self, paths: Sequence[Path]) -> Iterator[FilePreview]:
        """Look at the files; one with a question that is answered is looked at again."""
        kept = kept_choices(self.workspace, self.importer)
        waiting = list(paths)
        while waiting:
            again = []
            context = context_of(self.workspace, self.wishes, {})
            for path, seen in self._seen(sandbox.read(self.importer, waiting, context, kept=kept)):
                answer = self.ask(path, seen.asked.question) if seen.asked else None
                if seen.asked and answer is not None:
                    kept.setdefault(seen.asked.signature, {})[seen.asked.question.key] = answer
                    again.append(path)
                else:
                    yield seen.preview(self.places.of(path), self.importer)
            waiting = again

    def _seen(self, events: Iterator[sandbox.Event]) -> Iterator[tuple[Path, "_Seen"]]:
        """Yield each file with what was seen of it."""
        seen = _Seen(self.workspace)
        for event in events:
            match event:
                case sandbox.FileStarted():
                    seen = _Seen(self.workspace)
                case sandbox.Batch():
                    seen.take(event)
                    self.progress(self.places.of(event.path), event.records)
                case _:
                    seen.end(event)
                    yield event.path, seen


@dataclass(slots=True)
class _Seen:
    """What was seen of one file so far."""

    workspace: Workspace
    records: int = 0
    activities: int = 0
    recent: int = 0
    planned: int = 0
    private: int = 0
    unreadable: int = 0
    first: date | None = None
    last: date | None = None
    problems: list[Problem] = field(default_factory=list)
    titles: Counter[str] = field(default_factory=Counter)
    apart: Counter[str] = field(default_factory=Counter)
    passed_over: Mapping[str, int] = field(default_factory=dict)
    notices: dict[Notice, None] = field(default_factory=dict)
    unread: str = ""
    asked: sandbox.Asked | None = None

    def take(self, batch: sandbox.Batch) -> None:
        """Count some of its activities and problems."""
        self.records = batch.records
        self.activities += len(batch.activities)
        self.unreadable += len(batch.problems)
        self.problems += batch.problems[: _PROBLEMS - len(self.problems)]
        for activity in batch.activities:
            self._count(activity)

    def _count(self, activity: Activity) -> None:
        self.planned += activity.state is State.PLANNED
        self.private += activity.visibility is Visibility.PRIVATE
        if why := _why_no_hours(activity):
            self.apart[why] += 1
        for warning in activity.warnings if len(self.notices) < _NOTICES else ():
            self.notices.setdefault(Notice(activity.line, warning))
        if activity.start:
            self._place(activity.start.date(), activity.state)
        if activity.title in self.titles or len(self.titles) < _MOST_TITLES:
            self.titles[activity.title] += 1

    def _place(self, day: date, state: State) -> None:
        today = self.workspace.today
        self.first, self.last = min(self.first or day, day), max(self.last or day, day)
        self.recent += state is State.DONE and today - timedelta(days=_DAYS) <= day <= today

    def end(self, event: sandbox.FileEnded | sandbox.Asked | sandbox.Failed) -> None:
        """Note how its reading ended."""
        if isinstance(event, sandbox.Asked):
            self.asked = event
        elif isinstance(event, sandbox.Failed):
            self.unread = f"{event.problem.reason}. {event.problem.remedy}"
        else:
            self.passed_over = event.tally.passed_over

    def preview(self, location: str, importer: str) -> FilePreview:
        """Return it as it is told."""
        return FilePreview(
            location=location,
            importer=importer,
            kind=discovery.importers()[importer].kind or importer,
            records=self.records,
            activities=self.activities,
            first=self.first,
            last=self.last,
            recent=self.recent,
            planned=self.planned,
            private=self.private,
            apart=tuple(self.apart.most_common()),
            passed_over=tuple(self.passed_over.items()),
            titles=tuple(self.titles.most_common(_TITLES)),
            unreadable=self.unreadable,
            problems=tuple(self.problems),
            notices=tuple(self.notices),
            unread=self.unread,
            question=_question(self.asked) if self.asked else None,
        )


def _why_no_hours(activity: Activity) -> str:
    """Say why an activity counts no hours, where that is plain from itself; one that is still ahead may yet."""
    if activity.state is not State.DONE:
        return _APART.get(activity.state, "")
    if activity.start is None:
        return "without a date"
    return "for whole days" if activity.kind is Kind.MEETING and activity.precision is Precision.DAY else ""


def _question(asked: sandbox.Asked) -> QuestionView:
    question = asked.question
    options = tuple((option.value, option.words) for option in question.options)
    return QuestionView(question.key, question.text, options, asked.signature)
