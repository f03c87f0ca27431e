"""What the person writes and revises: capabilities, evidence, ladders, roles, reviews, packets.

Every revision is one more version, kept whole; none is rewritten. A thing is known by the number of the statement that
first told of it. The version that counts is the latest that nobody took back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

import msgspec
import sqlalchemy as sa

from outgrow.model.candidate import Candidate
from outgrow.model.capability import Capability
from outgrow.model.evidence import Evidence
from outgrow.model.held_role import HeldRole
from outgrow.model.ladder import Ladder, NoChance
from outgrow.model.packet import Packet
from outgrow.model.plan import MustNotSlip, Opportunity, Release
from outgrow.model.review import Commitment, GrowthBlock, Review
from outgrow.model.turned_down import TurnedDown
from outgrow.store import journal, schema
from outgrow.store.database import Transaction
from outgrow.store.journal import Said
from outgrow.store.rows import storable


class Versioned(Protocol):
    """A value that is kept in versions; `label` is what to call it."""

    @property
    def label(self) -> str: ...  # noqa: D102 - told above


Value = TypeVar("Value", bound=Versioned)

#: The word of each kind of value, which is also the kind of its statements.
KINDS: Mapping[str, type[Versioned]] = {
    "capability": Capability,
    "evidence": Evidence,
    "ladder": Ladder,
    "no chance": NoChance,
    "role": HeldRole,
    "review": Review,
    "commitment": Commitment,
    "growth block": GrowthBlock,
    "packet": Packet,
    "turned down": TurnedDown,
    "release": Release,
    "must not slip": MustNotSlip,
    "opportunity": Opportunity,
    "project": Candidate,
}
_WORDS = {kind: word for word, kind in KINDS.items()}
_WITHDRAWN = ""


def put(tx: Transaction, value: Versioned, at: datetime, number: int | None = None) -> int:
    """Keep a new thing, or the next version of the one of a number. Returns its number."""
    return _append(tx, _WORDS[type(value)], _body(value), at, number)


def withdraw(tx: Transaction, kind: type[Versioned], number: int, at: datetime) -> None:
    """Say that a thing is no more; its versions stay, and undo brings it back."""
    _append(tx, _WORDS[kind], _WITHDRAWN, at, number)


def current(tx: Transaction, kind: type[Value]) -> dict[int, Value]:
    """Return all things of a kind as they stand, by number, in the order they were first told of."""
    wanted = journal.live(tx, schema.versions).where(schema.versions.c.kind == _WORDS[kind])
    latest = {row.number: row.body for row in tx.connection.execute(wanted)}
    return {number: _read(body, kind) for number, body in sorted(latest.items()) if body != _WITHDRAWN}


def withdrawn(tx: Transaction, kind: type[Value]) -> dict[int, Value]:
    """Return all things of a kind that are withdrawn, by number, as they stood before."""
    wanted = journal.live(tx, schema.versions).where(schema.versions.c.kind == _WORDS[kind])
    bodies: dict[int, list[str]] = {}
    for row in tx.connection.execute(wanted):
        bodies.setdefault(row.number, []).append(row.body)
    gone = {number: [each for each in told if each] for number, told in bodies.items() if told[-1] == _WITHDRAWN}
    return {number: _read(told[-1], kind) for number, told in sorted(gone.items()) if told}


def get(tx: Transaction, kind: type[Value], number: int) -> Value | None:
    """Return one thing as it stands; None where there is none."""
    versions = history(tx, kind, number)
    return versions[-1][1] if versions else None


def history(tx: Transaction, kind: type[Value], number: int) -> list[tuple[Said, Value | None]]:
    """Return the versions of a thing that stand, oldest first, each with its statement; None where it was withdrawn."""
    table = schema.versions
    word = _WORDS[kind]
    wanted = journal.live(tx, table).where(table.c.kind == word, table.c.number == number)
    statements = {each.number: each for each in journal.said(tx, (word,))}
    return [
        (statements[row.said], None if row.body == _WITHDRAWN else _read(row.body, kind))
        for row in tx.connection.execute(wanted)
    ]


def label(tx: Transaction, part: Mapping[str, Any]) -> str:
    """Return what the thing of a stored version is called; one that was withdrawn is called as it was before."""
    body = part["body"]
    if body == _WITHDRAWN:
        table = schema.versions
        earlier = sa.select(table.c.body).where(
            table.c.person == tx.person, table.c.number == part["number"], table.c.body != _WITHDRAWN
        )
        body = tx.connection.scalars(earlier.order_by(table.c.said.desc())).first() or _WITHDRAWN
    return _read(body, KINDS[part["kind"]]).label


def _append(tx: Transaction, word: str, body: str, at: datetime, number: int | None) -> int:
    said = journal.say(tx, word, at)
    thing = said if number is None else number
    tx.add(schema.versions, [(said, thing, word, body)])
    return thing


def _body(value: Versioned) -> str:
    return msgspec.json.encode(_clean(msgspec.to_builtins(value)), order="deterministic").decode()


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Replace in all texts what a database cannot keep."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(name): _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value


def _read(body: str, kind: type[Value]) -> Value:
    return msgspec.json.decode(body, type=kind)
