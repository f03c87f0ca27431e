"""Fills ledger, evidence, ladder, roles, reviews and packet with much, from texts that may be hostile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, EvidenceKind, Link, Polish
from outgrow.model.held_role import HeldRole, Responsibility
from outgrow.model.ladder import Expectation, Expected, Ladder, Level, NoChance
from outgrow.model.packet import Packet
from outgrow.model.period import Period
from outgrow.model.review import Cadence, Commitment, GrowthBlock, Outcome, Review
from outgrow.model.turned_down import TurnedDown
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.keep_ledger import read_ledger
from outgrow.workflows.make_packet import begin
from outgrow.workflows.workspace import Workspace, open_workspace

LEVELS, KINDS = 6, ("craft", "leadership", "strategic")
#: Once told, the last thing to be said of before today lies so many days back.
_STEP = 3


def fill(folder: Path, texts: Sequence[str], *, capabilities: int, evidence: int, expectations: int) -> None:
    """Write so many of each from some texts in turn; they are written as they are, past what the forms let through."""
    with open_workspace(str(folder)) as workspace:
        with workspace.store.begin() as change:
            filling = _Filling(change, workspace, texts)
            ladder = filling.ladder(expectations)
            filling.capabilities(capabilities)
            filling.evidence(evidence, ladder)
            filling.reviews()
            filling.roles()
        set_aim(workspace, ladder, "1", "2")
        with workspace.store.look() as view:
            entries, shown = read_ledger(view).entries, versions.current(view, Evidence)
        period = Period(workspace.today - timedelta(days=200), workspace.today)
        packet = Packet(
            audience=texts[0][:150],
            period=period,
            title=texts[-1][:190],
            opening=texts[1],
            capabilities=tuple(entries)[:9],
            evidence=tuple(shown)[-3:],
            redacted=("Acme",),
        )
        begin(workspace, packet)


class _Filling:
    """Writes one thing after the other, with the texts in turn."""

    def __init__(self, change: Transaction, workspace: Workspace, texts: Sequence[str]) -> None:
        self._change, self._texts, self._today, self._now = change, texts, workspace.today, workspace.now
        self._at = journal.moment(change, workspace.now)
        self._able: list[int] = []

    def _text(self, place: int, most: int = 500) -> str:
        return self._texts[place % len(self._texts)][:most]

    def _put(self, value: versions.Versioned) -> int:
        return versions.put(self._change, value, self._at)

    def ladder(self, expectations: int) -> int:
        levels = tuple(
            Level(id=str(n), name=f"{self._text(n, 80)} {n}", rank=n, summary=self._text(n)) for n in range(1, LEVELS)
        )
        asked = tuple(
            Expectation(
                id=f"e{n}",
                level=str(n % (LEVELS - 1) + 1),
                kind=KINDS[n % 3],
                text=f"{n}: {self._text(n)}",
                examples=(self._text(n + 1),),
            )
            for n in range(expectations)
        )
        number = self._put(Ladder(name=self._text(0, 150), levels=levels, expectations=asked, origin="file.json"))
        self._put(NoChance(expected=Expected(number, "e11"), note=self._text(3)))
        return number

    def capabilities(self, many: int) -> None:
        for n in range(many):
            states = tuple(CapabilityState)[: n % 4 + 1]
            day = self._today - timedelta(days=_STEP * (many - n) + 20)
            reached = (
                Reached(state=state, on=day + timedelta(days=5 * place), note=self._text(n))
                for place, state in enumerate(states)
            )
            self._able.append(self._put(Capability(name=self._text(n, 200), reached=tuple(reached))))
        first = replace(versions.current(self._change, Capability)[self._able[0]], superseded_by=self._able[-1])
        versions.put(self._change, first, self._at, self._able[0])

    def evidence(self, many: int, ladder: int) -> None:
        for n in range(many):
            told = Evidence(
                action=self._text(n),
                on=self._today - timedelta(days=_STEP * n),
                situation=self._text(n + 1),
                result=self._text(n + 2) if n % 2 else "",
                hours=n / 4 or None,
                seen_by=(self._text(n, 150), "Anna") if n % 3 else (),
                kind=tuple(EvidenceKind)[n % 4],
                polish=tuple(Polish)[n % 2],
                capabilities=(self._able[n % len(self._able)],),
                expectations=(Expected(ladder, f"e{n % 30}"),) if n % 2 else (),
                links=(Link(url=f"https://example.org/{n}", note=self._text(n, 200)),) if n % 5 == 0 else (),
            )
            self._put(told)
        self._put(TurnedDown(key="suggestion nobody knows", label=self._text(0), reason=self._text(1)))

    def reviews(self) -> None:
        for n, outcome in enumerate((*Outcome, None)):
            first = self._today - timedelta(days=self._today.weekday() + 7 * (n + 2))
            said = {"felt": "4", "help": self._text(n), "commitment": self._text(n + 1)}
            week = Period(first, first + timedelta(days=6))
            review = self._put(
                Review(cadence=Cadence.WEEK, period=week, begun=week.last, ended=week.last, answers=said)
            )
            self._put(
                Commitment(
                    text=self._text(n, 300), due=week.last, sign=self._text(n), outcome=outcome, note="", review=review
                )
            )
        self._put(GrowthBlock(title=self._text(2, 300), start=self._now + timedelta(days=3), minutes=90))

    def roles(self) -> None:
        for n in range(4):
            first = self._today - timedelta(days=400 * (4 - n))
            duties = tuple(Responsibility(text=self._text(place, 200)) for place in range(3))
            self._put(
                HeldRole(
                    title=self._text(n, 200),
                    level=self._text(n + 1, 80),
                    scope=self._text(n + 2),
                    first=first,
                    last=None if n == 3 else first + timedelta(days=390),
                    responsibilities=duties,
                )
            )
