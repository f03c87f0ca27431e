"""Holds the audit of a period: guess first, one card at a time, stop and go on at any point."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property

from outgrow.analysis import audit, verdict
from outgrow.analysis.audit import CARDS, MORE_CARDS
from outgrow.analysis.outlook import answers_to_go
from outgrow.model.activity import Activity
from outgrow.model.fault import Fault
from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.period import Period
from outgrow.model.share import Certainty, Share
from outgrow.reports.audit import AnswerView, AuditView, CardView
from outgrow.store import computed, journal, judgements, proposals, sources
from outgrow.store.database import Transaction
from outgrow.store.judgements import Answer, Audit
from outgrow.workflows.judged_work import judged_work
from outgrow.workflows.lay_out_cards import alike_cards, lay_out
from outgrow.workflows.period_work import gather
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.standing_work import StandingWork
from outgrow.workflows.weigh_answers import Said, read_calibration, read_told, weigh, weigh_other
from outgrow.workflows.workspace import Workspace


class NothingToAudit(Fault):
    """There is no work in the period."""


class NoCard(Fault):
    """There is no card to answer, or nothing to take back."""

    exit_code = 2


#: Cards that a first audit asks before it offers more; later ones ask CARDS.
FIRST_CARDS = 12
_NEXT = 60  # among so many of the next cards those are looked for that are alike


class AuditSession:
    """One audit while it is held. Every answer is kept at once; what is seen is always what is stored.

    It may be kept between answers and taken up again, see `resume`.
    """

    def __init__(self, workspace: Workspace, period: Period, *, more: bool = False) -> None:
        """Open the audit of a period, or go on with it; `more` offers further cards beyond the usual number.

        Raises NothingToAudit.
        """
        self._workspace = workspace
        recount(workspace)
        with workspace.store.look() as view:
            self._stamp = _stamp(view, workspace)
        self._done = gather(workspace, period)
        if not self._done.work:
            raise NothingToAudit(_nothing(workspace, period))
        self._told = read_told(workspace, before=period.first)
        self._work = self._done.by_workstream()
        self._standing = StandingWork(workspace, self._done, self._told)
        self._view: AuditView | None = None
        self._audit: Audit | None = None
        self._answers: list[Answer] = []
        self._said: Mapping[str, Judgement] = {}
        self._read()
        self._limit = max(CARDS, len(self._said) + MORE_CARDS if more else 0)

    def resume(self, workspace: Workspace) -> bool:
        """Go on at a later moment; False where something else has changed since, and a new session has to be opened."""
        with workspace.store.look() as view:
            unchanged = _stamp(view, workspace) == self._stamp
        if unchanged:
            self._workspace = workspace
        return unchanged

    @property
    def period(self) -> Period:
        """The period whose work is asked about."""
        return self._done.period

    @property
    def usual(self) -> int:
        """How many cards are asked before more are offered: 12 in a first audit, else 20; then 8 more each time."""
        with self._workspace.store.look() as view:
            others = any(each != self._audit for each in judgements.audits(view))
        first = CARDS if others else FIRST_CARDS
        return first + MORE_CARDS * max(0, math.ceil((len(self._said) - first) / MORE_CARDS))

    def offer(self, cards: int) -> None:
        """Ask until so many cards are answered."""
        if cards != self._limit:
            self._limit, self._view = cards, None

    @property
    def begun(self) -> bool:
        """Whether the guess has been asked for and the cards are drawn."""
        return self._audit is not None

    def activity(self, number: int) -> Activity:
        """Return the activity of a line on a card; raises KeyError."""
        return self._standing.activities[number]

    def begin(self, guess: float | None) -> None:
        """Keep the guess (a fraction, or None when there is none) and draw the cards."""
        if self._audit is None:
            seed = int(self._workspace.now.timestamp())
            order = audit.draw(self._done.items_of(self._done.work), seed)
            asked = [each for each in order if self._standing.is_asked(each, seed)]
            asked.sort(key=lambda each: self._standing.waits(each, seed))
            with self._change() as change:
                judgements.start_audit(change, self._done.period, self._workspace.now, seed, asked, guess)

    def answer(
        self,
        value: Value,
        reasons: Collection[Reason] = (),
        discomfort: int | None = None,
        exceptions: Collection[int] = (),
        *,
        also: Collection[str] = (),
    ) -> None:
        """Keep the answer to the card that is asked now, and to others that wait.

        Raises NoCard when no card is asked, one of the others does not wait, or an exception is not on the card.
        """
        begun, workstream = self._asked_now()
        if not {workstream, *also} <= set(self._waiting()) or not set(exceptions) <= self._lines(workstream):
            message = "The cards have changed since this page was made. Nothing was kept: answer the card that is open."
            raise NoCard(message)
        with self._change() as change:
            at = journal.moment(change, self._workspace.now)
            for each in dict.fromkeys([workstream, *also]):
                judgement = Judgement(
                    workstream=each,
                    value=value,
                    since=self._done.period.first,
                    said_at=at,
                    reasons=frozenset(reasons),
                    discomfort=discomfort,
                    exceptions=frozenset(exceptions if each == workstream else ()),
                )
                judgements.answer(change, begun.number, judgement, _keys(change, each))
            self._teach(change)

    def explain(self, workstream: str, reasons: Collection[Reason], discomfort: int | None) -> None:
        """Say why the work that was called growth last is growth; raises NoCard when that was another answer."""
        last = self._last()
        if self._audit is None or workstream not in {each.workstream for each in last} or not _is_growth(last):
            message = "Another card has been answered since. The reasons belong to the answer that was given last."
            raise NoCard(message)
        with self._change() as change:
            at = journal.moment(change, self._workspace.now)
            for number, judged in [(each.number, each.judgement) for each in last if each.judgement]:
                journal.undo(change, number, self._workspace.now)
                again = replace(judged, said_at=at, reasons=frozenset(reasons), discomfort=discomfort)
                judgements.answer(change, self._audit.number, again, _keys(change, judged.workstream))

    def _teach(self, change: Transaction) -> None:
        """Let later months be proposed for anew, now that more is answered."""
        proposals.forget(change, self._done.period.after)

    def skip(self) -> None:
        """Pass over the card that is asked now; raises NoCard when there is none."""
        begun, workstream = self._asked_now()
        with self._change() as change:
            judgements.skip(change, begun.number, workstream, self._workspace.now)

    def undo(self) -> AnswerView:
        """Take back the last answer of this audit and return it; raises NoCard when there is none."""
        taken = self.last
        if taken is None:
            message = "There is nothing to take back in this audit."
            raise NoCard(message)
        with self._change() as change:
            for each in self._last():
                journal.undo(change, each.number, self._workspace.now)
            self._teach(change)
        return taken

    @contextmanager
    def _change(self) -> Iterator[Transaction]:
        """Change what is stored, and take it up; where something else has changed as well, `resume` will tell."""
        with self._workspace.store.begin() as change:
            alone = _stamp(change, self._workspace) == self._stamp
            yield change
            if alone:
                self._stamp = _stamp(change, self._workspace)
        self._read()
        self._view = None

    def alike(self) -> tuple[CardView, ...]:
        """Return the next cards that are like the one that is asked now: named like it, and guessed the same."""
        cards = [self._cards[each] for each in self._waiting()[:_NEXT]]
        return alike_cards(cards[0], cards[1:]) if cards else ()

    @property
    def last(self) -> AnswerView | None:
        """What was said last in this audit, to one card or to several at once."""
        last = self._last()
        if not last:
            return None
        judged = last[-1].judgement
        return AnswerView(
            workstreams=tuple(each.workstream for each in last),
            names=tuple(self._done.names.get(each.workstream, each.workstream) for each in last),
            value=judged.value if judged else None,
            reasons=tuple(each for each in Reason if judged and each in judged.reasons),
            discomfort=judged.discomfort if judged else None,
        )

    def _last(self) -> list[Answer]:
        """Return the last answer; those of one moment were given together."""
        judged = self._answers[-1].judgement if self._answers else None
        together = [
            each for each in self._answers if judged and each.judgement and each.judgement.said_at == judged.said_at
        ]
        return together or self._answers[-1:]

    def view(self) -> AuditView:
        """Return the audit as it stands."""
        if self._view is None:
            self._view = self._look()
        return self._view

    def _look(self) -> AuditView:
        said, target = self._said, self._workspace.settings.target
        share = self._weighed(Said(said, self._standing.reasked(said))) if said else self._before
        certainty = verdict.certainty(share, target) if share else Certainty.NONE
        told = certainty is not Certainty.NONE
        waiting = self._waiting()
        asked = len(self._answers)
        standing = max(0, share.answers - len(said)) if share else 0
        left = len(waiting) if self.begun else len(self._work)
        return AuditView(
            period=self._done.period,
            target=target,
            guess=self._audit.guess if self._audit else None,
            answered=len(said),
            standing=standing,
            skipped=asked - len(said),
            limit=self._limit,
            left=left,
            to_first=0 if told else min(left, max(0, verdict.FIRST_NUMBER - len(said) - standing)),
            to_go=self._to_go(share, waiting),
            certainty=certainty,
            share=share if told else None,
            first=self._before if told else None,
            enough=share is not None and audit.enough(share, len(said)),
            settled=None if self.begun else self._settled(),
            last=self.last,
            card=self._cards[waiting[0]] if waiting and len(said) < self._limit else None,
        )

    @cached_property
    def _before(self) -> Share | None:
        """What is known before the first answer."""
        return self._weighed(Said())

    def _weighed(self, said: Said) -> Share | None:
        return weigh(self._done, self._told, said, self._workspace.settings.target).share

    def _to_go(self, share: Share | None, waiting: Sequence[str]) -> int:
        """Return about how many more answers narrow the range enough."""
        sizes = [(sum(self._done.sizes(self._work[each])), self._cards[each].probability) for each in waiting]
        return answers_to_go(share, len(self._said), sizes) if share else len(sizes)

    def _settled(self) -> float | None:
        """Return the half-width of the range that earlier answers give, where it is narrow enough already."""
        if not self._told.answers:
            return None
        done = judged_work(self._workspace, self._done.period, read_told(self._workspace))
        known = read_calibration(self._workspace)
        share = weigh_other(done.judged, known, done.unit, self._workspace.settings.target)
        return share.half_width if share and audit.enough(share) else None

    @cached_property
    def _cards(self) -> dict[str, CardView]:
        return lay_out(self._workspace, self._done)

    def _lines(self, workstream: str) -> set[int]:
        return {each.id for each in self._work[workstream]}

    def _read(self) -> None:
        """Read what is stored of the audit."""
        held = read_said(self._workspace).audit_of(self._done.period)
        self._audit, self._said = (held.audit, held.given) if held else (None, {})
        with self._workspace.store.look() as view:
            self._answers = judgements.answers(view, self._audit.number) if self._audit else []

    def _waiting(self) -> list[str]:
        answered = {each.workstream for each in self._answers}
        order = self._audit.order if self._audit else ()
        return [each for each in order if each in self._work and each not in answered]

    def _asked_now(self) -> tuple[Audit, str]:
        waiting = self._waiting()
        if self._audit is None or not waiting:
            message = "No card is open: all of this period's work is answered."
            raise NoCard(message)
        return self._audit, waiting[0]


def _nothing(workspace: Workspace, period: Period) -> str:
    """Say that a period has no work, and where there is some."""
    with workspace.store.look() as view:
        last = computed.last_day(view, workspace.now)
    other = f"The last there is lies in {last:%B} {last.year}: outgrow audit {last:%Y-%m}" if last else ""
    return f"There is no work in {period.name or period.first} to ask about. {other or 'Bring it in: outgrow import'}"


def _stamp(tx: Transaction, workspace: Workspace) -> tuple[int, int, date]:
    """Return what changes with everything that is said or brought in, and with the day."""
    return journal.latest(tx), sources.last_run(tx), workspace.today


def _keys(tx: Transaction, workstream: str) -> list[str]:
    return [row.key for row in computed.topics_of(tx, workstream)]


def _is_growth(said: Sequence[Answer]) -> bool:
    return all(each.judgement is not None and each.judgement.value is Value.GROWTH for each in said)
