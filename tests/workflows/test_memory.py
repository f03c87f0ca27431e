"""What is kept in memory is given again as long as nothing was written, by anybody, and not after."""

from datetime import UTC, datetime
from pathlib import Path

from outgrow.model.judgement import Judgement, Value
from outgrow.store import judgements
from outgrow.store.database import Store
from outgrow.workflows.memory import Memory
from outgrow.workflows.workspace import open_workspace

NOW = datetime(2026, 6, 30, 18, tzinfo=UTC)


def write(store: Store) -> None:
    said = Judgement(workstream="w", value=Value.DEPTH, since=NOW.date(), said_at=NOW)
    with store.begin() as change:
        judgements.judge(change, said)


def test_it_is_computed_again_once_anything_is_written(tmp_path: Path) -> None:
    computed: list[int] = []

    def compute() -> int:
        computed.append(len(computed))
        return computed[-1]

    memory = Memory()
    with open_workspace(str(tmp_path)) as here, open_workspace(str(tmp_path)) as elsewhere:
        assert [memory.recall(here.store.state(), "x", compute) for _ in range(3)] == [0, 0, 0]
        write(here.store)
        assert [memory.recall(here.store.state(), "x", compute) for _ in range(2)] == [1, 1]
        write(elsewhere.store)
        assert [memory.recall(here.store.state(), "x", compute) for _ in range(2)] == [2, 2]
        assert memory.recall(here.store.state(), "y", compute) == 3


def test_what_was_kept_first_goes_first(tmp_path: Path) -> None:
    memory = Memory()
    with open_workspace(str(tmp_path)) as here:
        for number in range(100):
            memory.recall(here.store.state(), number, lambda: "old")
        assert memory.recall(here.store.state(), 99, lambda: "new") == "old"
        assert memory.recall(here.store.state(), 0, lambda: "new") == "new"
