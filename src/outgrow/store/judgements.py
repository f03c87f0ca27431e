"""What the person answered: judgements, audits with their guess, skipped cards, and how a week felt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.period import Period
from outgrow.store import computed, journal, schema
from outgrow.store.database import Transaction
from outgrow.store.workstreams import add_pins


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """An audit that was begun: the workstreams in the order drawn, and the share guessed before any was shown."""

    number: int
    period: Period
    started: datetime
    seed: int
    order: tuple[str, ...]
    guess: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one card of an audit; no judgement means that the card was skipped."""

    number: int
    workstream: str
    judgement: Judgement | None


def judge(tx: Transaction, judgement: Judgement, keys: Collection[str] = (), audit: int | None = None) -> int:
    """Append a judgement and pin the workstream's keys to it. Returns the number of the statement."""
    said = journal.say(tx, "judgement", judgement.said_at)
    row = (
        said,
        judgement.workstream,
        judgement.value.value,
        judgement.since.toordinal(),
        ",".join(sorted(reason.name for reason in judgement.reasons)),
        judgement.discomfort,
        audit,
    )
    tx.add(schema.judgements, [row])
    tx.add(schema.exceptions, [(said, activity) for activity in sorted(judgement.exceptions)])
    add_pins(tx, said, dict.fromkeys(keys, judgement.workstream))
    computed.pin(tx, keys, judgement.workstream)
    return said


def judgements(tx: Transaction) -> list[Judgement]:
    """Return all judgements that stand, in the order they were said."""
    return [judgement for _, judgement in _read(tx, journal.live(tx, schema.judgements))]


def numbered(tx: Transaction) -> list[tuple[int, Judgement]]:
    """Return the same, each with the number of its statement."""
    return _read(tx, journal.live(tx, schema.judgements))


def judged(tx: Transaction) -> list[tuple[int | None, Judgement]]:
    """Return the same, each with the number of the audit it was given in; None where it was given in none."""
    wanted = journal.live(tx, schema.judgements)
    audits = {row.said: row.audit for row in tx.connection.execute(wanted)}
    return [(audits[said], judgement) for said, judgement in _read(tx, wanted)]


def standing(tx: Transaction, day: date) -> dict[str, Judgement]:
    """Return the judgement of each workstream that holds on a day: of the latest `since`, then the last said."""
    begun = [judgement for judgement in judgements(tx) if judgement.since <= day]
    return {judgement.workstream: judgement for judgement in sorted(begun, key=lambda each: each.since)}


def _read(tx: Transaction, wanted: sa.Select[Any]) -> list[tuple[int, Judgement]]:
    struck = _exceptions(tx)
    at = _moments(tx, "judgement")
    return [(row.said, _judgement(row, at[row.said], struck[row.said])) for row in tx.connection.execute(wanted)]


def _judgement(row: sa.Row[Any], at: datetime, struck: Iterable[int]) -> Judgement:
    return Judgement(
        workstream=row.workstream,
        value=Value(row.value),
        since=date.fromordinal(row.since),
        said_at=at,
        reasons=frozenset(Reason[name] for name in row.reasons.split(",") if name),
        discomfort=row.discomfort,
        exceptions=frozenset(struck),
    )


def _exceptions(tx: Transaction) -> dict[int, list[int]]:
    struck: dict[int, list[int]] = defaultdict(list)
    for row in tx.connection.execute(journal.live(tx, schema.exceptions)):
        struck[row.said].append(row.activity)
    return struck


def _moments(tx: Transaction, kind: str) -> dict[int, datetime]:
    return {each.number: each.at for each in journal.said(tx, (kind,))}


def start_audit(  # noqa: PLR0913, PLR0917 - what an audit is made of
    tx: Transaction, period: Period, at: datetime, seed: int, order: Sequence[str], guess: float | None
) -> int:
    """Append an audit: its period, seed, drawn order of workstreams, and the guessed share. Returns its number."""
    said = journal.say(tx, "audit", at)
    drawn = msgspec.json.encode(order).decode()
    row = (said, period.first.toordinal(), period.last.toordinal(), period.name, seed, drawn, guess)
    tx.add(schema.audits, [row])
    return said


def audits(tx: Transaction) -> list[Audit]:
    """Return all audits that stand, in the order they were begun."""
    return _audits(tx, journal.live(tx, schema.audits))


def last_audit(tx: Transaction, period: Period) -> Audit | None:
    """Return the newest audit of the days of a period."""
    table = schema.audits
    same = (table.c.first == period.first.toordinal()) & (table.c.last == period.last.toordinal())
    return next(reversed(_audits(tx, journal.live(tx, table).where(same))), None)


def _audits(tx: Transaction, wanted: sa.Select[Any]) -> list[Audit]:
    at = _moments(tx, "audit")
    return [
        Audit(
            number=row.said,
            period=Period(date.fromordinal(row.first), date.fromordinal(row.last), row.name),
            started=at[row.said],
            seed=row.seed,
            order=msgspec.json.decode(row.drawn, type=tuple[str, ...]),
            guess=row.guess,
        )
        for row in tx.connection.execute(wanted)
    ]


def answer(tx: Transaction, audit: int, judgement: Judgement, keys: Collection[str] = ()) -> int:
    """Append the judgement given to a card of an audit."""
    return judge(tx, judgement, keys, audit)


def skip(tx: Transaction, audit: int, workstream: str, at: datetime) -> int:
    """Append that a card of an audit was skipped."""
    said = journal.say(tx, "skip", at)
    tx.add(schema.skips, [(said, audit, workstream)])
    return said


def answers(tx: Transaction, audit: int) -> list[Answer]:
    """Return what was said to the cards of an audit, in order; a card that was answered again comes again."""
    table = schema.judgements
    given = [
        Answer(said, judgement.workstream, judgement)
        for said, judgement in _read(tx, journal.live(tx, table).where(table.c.audit == audit))
    ]
    passed = journal.live(tx, schema.skips).where(schema.skips.c.audit == audit)
    skipped = [Answer(row.said, row.workstream, None) for row in tx.connection.execute(passed)]
    return sorted(given + skipped, key=lambda each: each.number)


def feel(tx: Transaction, week: date, score: int, at: datetime) -> int:
    """Keep how much progress a week felt like, from 1 (none) to 5."""
    said = journal.say(tx, "felt", at)
    tx.add(schema.felt, [(said, week.toordinal(), score)])
    return said


def felt(tx: Transaction) -> dict[date, int]:
    """Return how the weeks felt, as last said, by their Monday."""
    return {date.fromordinal(row.week): row.score for row in tx.connection.execute(journal.live(tx, schema.felt))}
