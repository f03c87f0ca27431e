"""Whatever is done, in whatever order: no judgement, capability or evidence is ever lost."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence
from outgrow.model.fault import Fault
from outgrow.model.judgement import Judgement, Value
from outgrow.store import activities, files, journal, judgements, schema, versions, workstreams
from outgrow.store.database import Transaction
from outgrow.store.sources import Reading
from outgrow.workflows import keep_evidence, keep_ledger
from outgrow.workflows.back_up import back_up, put_back
from outgrow.workflows.recount import recount
from outgrow.workflows.take_out import take_out
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import DATABASE, Workspace, open_workspace

NOW = datetime(2026, 10, 30, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
KEPT = (schema.said, schema.judgements, schema.exceptions, schema.versions, schema.pins, schema.captures)

Rows = Mapping[str, set[tuple[object, ...]]]
Deed = Callable[[Workspace, int, int], object]


def told(tx: Transaction) -> Rows:
    """Return all that was said, as it is kept."""
    return {table.name: {tuple(row) for row in tx.connection.execute(sa.select(table))} for table in KEPT}


def bring_in(workspace: Workspace, one: int, other: int) -> None:
    """Import a part of the work, in another order, some of it under another name."""
    records = [_entry(number, f"Plan {number % 4}{'!' * (number == other)}") for number in range(one, one + 6)]
    with workspace.store.begin() as change:
        reading = Reading(importer="table", location="sheet.csv", at=workspace.now, complete=other % 2 == 0)
        activities.record(change, reading, records[:: 1 if one % 2 else -1])
    recount(workspace)


def _entry(number: int, title: str) -> Activity:
    start = NOW - timedelta(days=number + 1)
    return Activity(
        source="table",
        account="",
        native_id=f"{number}",
        line=number + 1,
        kind=Kind.TIME_ENTRY,
        title=title,
        start=start,
        end=start + timedelta(hours=1),
        minutes=60.0,
        basis=DurationBasis.MEASURED,
    )


def judge(workspace: Workspace, one: int, other: int) -> None:
    with workspace.store.begin() as change:
        there = [each.id for each in activities.everything(change)]
        said = Judgement(
            workstream=f"w{one % 3}",
            value=list(Value)[other % 3],
            since=date(2026, 10, 1 + one),
            said_at=journal.moment(change, workspace.now),
            exceptions=frozenset(there[: other % 3]),
        )
        judgements.judge(change, said, keys=[f"t:plan {other % 4}"])


def merge_work(workspace: Workspace, one: int, other: int) -> None:
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        workstreams.merge(change, f"w{one % 3}", "Planning", [f"t:plan {other % 4}"], at)


def keep_proof(workspace: Workspace, one: int, other: int) -> None:
    number = keep_evidence.keep(workspace, Evidence(action=f"Led the talks {one}", on=TODAY))
    if other % 2:
        keep_evidence.attach(workspace, number, "offer.pdf", BytesIO(b"offer %d" % one))


def numbers(workspace: Workspace, kind: type[versions.Versioned]) -> list[int]:
    with workspace.store.look() as view:
        return list(versions.current(view, kind))


def _capability(workspace: Workspace, place: int) -> int:
    with workspace.store.look() as view:
        there = list(keep_ledger.read_ledger(view).entries)
    return there[place % len(there)] if there else 0


def _evidence(workspace: Workspace, place: int) -> int:
    there = numbers(workspace, Evidence)
    return there[place % len(there)] if there else 0


def _reach(workspace: Workspace, one: int, other: int) -> None:
    evidence = [_evidence(workspace, other)]
    keep_ledger.reach(workspace, _capability(workspace, one), CapabilityState.SHOWN, evidence=evidence)


def _revise(workspace: Workspace, one: int, other: int) -> None:
    keep_evidence.revise(workspace, _evidence(workspace, one), lambda each: replace(each, result=f"{other} more"))


def _stay(_workspace: Workspace, _one: int, _other: int) -> None:
    """Do nothing more: to move was all."""


DEEDS: Mapping[str, Deed] = {
    "bring in": bring_in,
    "judge": judge,
    "merge work": merge_work,
    "claim": lambda workspace, one, _: keep_ledger.claim(workspace, f"Negotiate {one}"),
    "rename": lambda workspace, one, other: keep_ledger.rename(workspace, _capability(workspace, one), f"Lead {other}"),
    "merge": lambda workspace, one, other: keep_ledger.merge(
        workspace, _capability(workspace, one), [_capability(workspace, other)]
    ),
    "supersede": lambda workspace, one, other: keep_ledger.supersede(
        workspace, _capability(workspace, one), _capability(workspace, other)
    ),
    "reach": _reach,
    "withdraw": lambda workspace, one, _: keep_ledger.withdraw(workspace, _capability(workspace, one)),
    "keep evidence": keep_proof,
    "revise evidence": _revise,
    "withdraw evidence": lambda workspace, one, _: keep_evidence.withdraw(workspace, _evidence(workspace, one)),
    "undo": lambda workspace, _one, _other: undo(workspace),
    "take out": _stay,
}
FIRST = [(name, place, place + 1) for place in range(3) for name in ("bring in", "claim", "keep evidence", "judge")]
MOVES = [("take out", 0, 0), ("back up", 0, 0)]
NUMBER = st.integers(0, 9)
STEPS = st.lists(st.tuples(st.sampled_from(list(DEEDS)), NUMBER, NUMBER), min_size=12, max_size=30)


@cache
def _template() -> Path:
    """Make an empty database once: that takes longer than copying it."""
    folder = Path(tempfile.mkdtemp(prefix="empty-"))
    with open_workspace(str(folder), NOW):
        return folder / DATABASE


class Moving:
    """Data that can move to another folder through an export or a backup."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        """Begin with nothing."""
        self._root, self._stack = root, stack
        self._moves = 0
        self.workspace = self._fresh()

    def _fresh(self) -> Workspace:
        folder = self._root / f"{self._moves}"
        folder.mkdir()
        shutil.copy(_template(), folder / DATABASE)
        return self._stack.enter_context(open_workspace(str(folder), NOW))

    def move(self, how: str) -> None:
        """Take everything out, and put it back elsewhere."""
        self._moves += 1
        target = self._root / f"{self._moves}.zip"
        path = take_out(self.workspace, target).path if how == "take out" else back_up(self.workspace).path
        self.workspace = self._fresh()
        put_back(self.workspace, Path(path))


@contextmanager
def moving() -> Iterator[Moving]:
    with tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        yield Moving(Path(root), stack)


@pytest.mark.promise("P7")
@given(STEPS)
@settings(max_examples=8)
def test_no_judgement_capability_or_evidence_is_ever_lost(steps: list[tuple[str, int, int]]) -> None:
    check_all(steps)


@pytest.mark.slow
@pytest.mark.promise("P7")
@given(STEPS)
@settings(max_examples=200)
def test_nor_in_two_hundred_sequences(steps: list[tuple[str, int, int]]) -> None:
    check_all(steps)


def check_all(steps: Sequence[tuple[str, int, int]]) -> None:
    """Do one after the other, and look after each whether all is there that was."""
    with moving() as data:
        before: Rows = {}
        for name, one, other in [*FIRST, *steps, *MOVES]:
            if name in {"take out", "back up"}:
                data.move(name)
            deed = DEEDS.get(name, _stay)
            with suppress(Fault):  # some deeds have nothing to be done to, and say so
                deed(data.workspace, one, other)
            with data.workspace.store.look() as view:
                after = told(view)
            assert all(rows <= after[table] for table, rows in before.items()), name
            if name in {"take out", "back up"}:
                assert before == after
                check_readable(data.workspace)
            before = after


def check_readable(workspace: Workspace) -> None:
    """Check that what nobody took back is what stands, that no version has gone, and that every file is whole."""
    with workspace.store.look() as view:
        taken_back = set(view.connection.scalars(sa.select(schema.said.c.retracts)))
        said = view.connection.execute(sa.select(schema.said.c.number, schema.said.c.kind)).all()
        standing = {number for number, kind in said if kind == "judgement" and number not in taken_back}
        assert {number for number, _ in judgements.numbered(view)} == standing
        written = view.connection.execute(sa.select(schema.versions)).all()
        for number, kind in {(row.number, row.kind) for row in written}:
            history = {each.number for each, _ in versions.history(view, versions.KINDS[kind], number)}
            assert history == {row.said for row in written if row.number == number} - taken_back
        assert files.damaged(workspace.store, files.mentioned(view)) == []
