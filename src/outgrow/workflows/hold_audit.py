"""Holds the audit of a period: guess first, one card at a time, stop and go on at any point."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from statistics import fmean

from outgrow.analysis import audit, standing, verdict
from outgrow.analysis.audit import CARDS, MORE_CARDS, Reasked
from outgrow.analysis.modes import Mode, mode_of
from outgrow.analysis.standing import Standing
from outgrow.model.activity import Activity
from outgrow.model.fault import Fault
from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.period import Period
from outgrow.model.share import Certainty, Share
from outgrow.reports.audit import AuditView, CardLine, CardView
from outgrow.store import activities, computed, journal, judgements
from outgrow.store.database import Transaction
from outgrow.store.judgements import Answer, Audit
from outgrow.workflows.arrange_workstreams import read_streams
from outgrow.workflows.period_work import PeriodWork, Work, gather
from outgrow.workflows.recount import recount
from outgrow.workflows.weigh_answers import Said, read_told, weigh
from outgrow.workflows.workspace import Workspace


class NothingToAudit(Fault):
    """There is no work in the period."""


class NoCard(Fault):
    """There is no card to answer, or nothing to take back."""

    exit_code = 2


class AuditSession:
    """One audit while it is held. Every answer is kept at once; what is seen is always what is stored."""

    def __init__(self, workspace: Workspace, period: Period, *, more: bool = False) -> None:
        """Open the audit of a period, or go on with it; `more` offers further cards beyond the usual number.

        Raises NothingToAudit.
        """
        self._workspace = workspace
        recount(workspace)
        self._done = gather(workspace, period)
        if not self._done.work:
            message = f"There is no work in {period.name or period.first} to ask about. Bring it in: outgrow import"
            raise NothingToAudit(message)
        self._told = read_told(workspace, before=period.first)
        self._cards = self._done.by_workstream()
        self._view: AuditView | None = None
        self._audit, self._answers = self._read()
        self._limit = max(CARDS, len(self._said()) + MORE_CARDS if more else 0)

    @property
    def begun(self) -> bool:
        """Whether the guess has been asked for and the cards are drawn."""
        return self._audit is not None

    def activity(self, number: int) -> Activity:
        """Return the activity of a line on a card; raises KeyError."""
        return self._activities[number]

    def begin(self, guess: float | None) -> None:
        """Keep the guess (a fraction, or None when there is none) and draw the cards."""
        if self._audit is None:
            seed = int(self._workspace.now.timestamp())
            order = audit.draw(self._done.items_of(self._done.work), seed)
            asked = sorted(
                (each for each in order if self._is_asked(each, seed)), key=lambda each: self._waits(each, seed)
            )
            with self._workspace.store.begin() as change:
                judgements.start_audit(change, self._done.period, self._workspace.now, seed, asked, guess)
            self._reread()

    def answer(
        self,
        value: Value,
        reasons: Collection[Reason] = (),
        discomfort: int | None = None,
        exceptions: Collection[int] = (),
    ) -> None:
        """Keep the answer to the card that is asked now; raises NoCard when there is none."""
        begun, workstream = self._asked_now()
        judgement = Judgement(
            workstream=workstream,
            value=value,
            since=self._done.period.first,
            said_at=self._workspace.now,
            reasons=frozenset(reasons),
            discomfort=discomfort,
            exceptions=frozenset(exceptions),
        )
        with self._workspace.store.begin() as change:
            judgements.answer(change, begun.number, judgement, read_streams(change).keys(workstream))
            self._teach(change)
        self._reread()

    def _teach(self, change: Transaction) -> None:
        """Let later months be proposed for anew, now that more is answered."""
        computed.forget_proposals(change, self._done.period.last + timedelta(days=1))

    def skip(self) -> None:
        """Pass over the card that is asked now; raises NoCard when there is none."""
        begun, workstream = self._asked_now()
        with self._workspace.store.begin() as change:
            judgements.skip(change, begun.number, workstream, self._workspace.now)
        self._reread()

    def undo(self) -> None:
        """Take back the last answer of this audit; raises NoCard when there is none."""
        if not self._answers:
            message = "There is nothing to take back in this audit."
            raise NoCard(message)
        with self._workspace.store.begin() as change:
            journal.undo(change, self._answers[-1].number, self._workspace.now)
            self._teach(change)
        self._reread()

    def view(self) -> AuditView:
        """Return the audit as it stands."""
        if self._view is None:
            self._view = self._look()
        return self._view

    def _look(self) -> AuditView:
        said, target = self._said(), self._workspace.settings.target
        share = self._weighed(Said(said, self._reasked(said))) if said else self._before
        certainty = verdict.certainty(share, target) if share else Certainty.NONE
        told = certainty is not Certainty.NONE
        waiting = self._waiting()
        asked = len(self._answers)
        return AuditView(
            period=self._done.period,
            target=target,
            guess=self._audit.guess if self._audit else None,
            answered=len(said),
            skipped=asked - len(said),
            limit=self._limit,
            left=len(waiting) if self.begun else len(self._cards),
            certainty=certainty,
            share=share if told else None,
            first=self._before if told else None,
            enough=share is not None and audit.enough(share, len(said)),
            card=self._card(waiting[0]) if waiting and len(said) < self._limit else None,
        )

    @cached_property
    def _before(self) -> Share | None:
        """What is known before the first answer."""
        return self._weighed(Said())

    def _weighed(self, said: Said) -> Share | None:
        return weigh(self._done, self._told, said, self._workspace.settings.target).share

    def _reread(self) -> None:
        """Take up what has just been stored."""
        self._audit, self._answers = self._read()
        self._view = None

    def _read(self) -> tuple[Audit | None, list[Answer]]:
        with self._workspace.store.look() as view:
            begun = judgements.last_audit(view, self._done.period)
            return begun, judgements.answers(view, begun.number) if begun else []

    def _said(self) -> dict[str, Judgement]:
        return {each.workstream: each.judgement for each in self._answers if each.judgement}

    def _waiting(self) -> list[str]:
        answered = {each.workstream for each in self._answers}
        order = self._audit.order if self._audit else ()
        return [each for each in order if each in self._cards and each not in answered]

    def _asked_now(self) -> tuple[Audit, str]:
        waiting = self._waiting()
        if self._audit is None or not waiting:
            message = "No card is open: all of this period's work is answered."
            raise NoCard(message)
        return self._audit, waiting[0]

    def _is_asked(self, workstream: str, seed: int) -> bool:
        """Whether it gets a card: no judgement answers for it, chance has it asked again, or it has new topics."""
        if not self._stands(workstream) or standing.reasked(workstream, seed):
            return True
        return not all(work.placed for work in self._cards[workstream])

    def _waits(self, workstream: str, seed: int) -> bool:
        """Whether a card comes after the others: its workstream is judged, and only some of its topics are new."""
        return self._stands(workstream) and not standing.reasked(workstream, seed)

    def _stands(self, workstream: str) -> bool:
        """Whether a judgement answers for a workstream: there is one, and it is not due."""
        judged = self._done.standing(workstream)
        return judged is not None and not self._is_due(workstream, judged)

    def _is_due(self, workstream: str, judged: Judgement) -> bool:
        now, before = self._cards[workstream], self._told.of(workstream)
        with self._workspace.store.look() as view:
            weeks = computed.hours_by_workstream(view, judged.since, self._done.period.last)
        facts = Standing(
            value=judged.value,
            since=judged.since,
            hours=sum(spent for _, each, spent in weeks if each == workstream),
            mode_changed=bool(before) and self._usual_mode(before) is not self._usual_mode(now),
            novelty_changed=bool(before) and _is_new(before) is not _is_new(now),
        )
        return standing.due(facts, self._done.period.last)

    def _usual_mode(self, work: Sequence[Work]) -> Mode:
        counts = Counter(mode_of(self._activities[each.id]) for each in work)
        return max(counts, key=lambda mode: (counts[mode], mode))

    @cached_property
    def _activities(self) -> dict[int, Activity]:
        """The activities of this period and of what was answered before, by their store id."""
        wanted = [work.id for work in self._done.work] + [work.id for work, _ in self._told.answers]
        with self._workspace.store.look() as view:
            return {stored.id: stored.activity for stored in activities.by_ids(view, wanted)}

    def _reasked(self, said: Mapping[str, Judgement]) -> Reasked:
        """Count the standing judgements that were asked again though not due, and those that got another answer."""
        before = {name: judged for name in said if (judged := self._done.standing(name)) and self._stands(name)}
        return Reasked(len(before), sum(said[name].value is not judged.value for name, judged in before.items()))

    def _card(self, workstream: str) -> CardView:
        return read_card(self._workspace, self._done, workstream)


def _is_new(work: Sequence[Work]) -> bool:
    return fmean(each.probability for each in work) >= 0.5  # noqa: PLR2004 - more likely growth than not


def read_card(workspace: Workspace, done: PeriodWork, workstream: str) -> CardView:
    """Return a workstream of a period as a card: its proposal is that of its activities by their size."""
    work = [each for each in done.work if each.workstream == workstream]
    size = sum(map(done.size, work)) or 1.0
    telling = max(work, key=lambda each: (done.size(each), each.id))
    with workspace.store.look() as view:
        titles = {stored.id: stored.activity.title for stored in activities.by_ids(view, [each.id for each in work])}
        reason = computed.proposals(view, [telling.id])[telling.id].reason
    judged = done.standing(workstream)
    return CardView(
        workstream=workstream,
        name=done.names.get(workstream, telling.title),
        hours=sum(each.hours for each in work),
        activities=tuple(CardLine(each.id, each.day, titles[each.id], each.hours) for each in work),
        probability=sum(done.size(each) * each.probability for each in work) / size,
        reason=reason,
        before=judged.value if judged else None,
    )
