"""What a quickly made frozen dataclass keeps of an ordinary one."""

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from outgrow.model.quick import quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """A value with and without a default."""

    name: str
    hours: float | None = None
    tags: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """The same."""

    name: str
    hours: float | None = None
    tags: tuple[str, ...] = ()


def test_it_is_made_from_the_same_arguments() -> None:
    assert inspect.signature(Quick) == inspect.signature(Slow)
    assert repr(Quick(name="plan", tags=("deep",))) == repr(Slow(name="plan", tags=("deep",))).replace("Slow", "Quick")


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(TypeError, match=r"Quick\.__init__\(\) missing 1 required keyword-only argument: 'name'"):
        Quick(hours=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'title'"):
        Quick(name="plan", title="plan")  # type: ignore[call-arg]


def test_it_is_frozen_equal_and_copied_as_before() -> None:
    plan = Quick(name="plan", hours=2)
    with pytest.raises(FrozenInstanceError):
        plan.hours = 3  # type: ignore[misc]
    assert replace(plan, hours=3) == Quick(name="plan", hours=3)
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 - our own
    assert len({plan, Quick(name="plan", hours=2)}) == 1
