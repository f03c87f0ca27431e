"""The roles: read from what is typed, kept, changed, ended, taken out, and each of it taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outgrow.analysis.held_roles import lasts
from outgrow.model.held_role import HeldRole, Responsibility
from outgrow.reports.roles import RoleDuty, said_same
from outgrow.workflows import keep_roles
from outgrow.workflows.keep_roles import CannotKeepRole, NoSuchRole, RoleWords, read, show_roles, words_of
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
ANALYST = RoleWords(
    title=" Operations  analyst ",
    first="2023-09",
    level="Senior",
    scope="three sites",
    responsibilities="Stock report\n\n Budget [EMEA] [from March 2025 until 2026-01]\nStock report\nPrices [to 2024]",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def test_a_role_is_read_from_what_is_typed() -> None:
    assert read(ANALYST, TODAY) == HeldRole(
        title="Operations analyst",
        first=date(2023, 9, 1),
        level="Senior",
        scope="three sites",
        responsibilities=(
            Responsibility(text="Stock report"),
            Responsibility(text="Budget [EMEA]", first=date(2025, 3, 1), last=date(2026, 1, 31)),
            Responsibility(text="Prices", last=date(2024, 12, 31)),
        ),
    )
    assert read(replace(ANALYST, last="August 2026"), TODAY).last == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"title": " "}, "title", "between 1 and 200"),
        ({"title": "x" * 201}, "title", "200"),
        ({"level": "x" * 201}, "level", "at most 200"),
        ({"scope": "x" * 1001}, "scope", "1,000"),
        ({"first": ""}, "first", "since when"),
        ({"first": "soon"}, "first", "'soon' is no day"),
        ({"first": "2030"}, "first", "has not come yet"),
        ({"last": "2020"}, "last", "cannot end on 2020-12-31"),
        ({"responsibilities": "Budget [from soon]"}, "responsibilities", "'soon' is no day"),
        ({"responsibilities": "[from 2025]"}, "responsibilities", "between 1"),
        ({"responsibilities": "Budget [from 2025 until 2024]"}, "responsibilities", "before it begins"),
        ({"responsibilities": "\n".join(f"duty {n}" for n in range(61))}, "responsibilities", "at most 60"),
    ],
)
def test_what_is_no_role_says_which_part(workspace: Workspace, wrong: dict[str, str], field: str, said: str) -> None:
    with pytest.raises(CannotKeepRole, match=said.replace("(", r"\(")) as fault:
        keep_roles.add(workspace, replace(ANALYST, **wrong))
    assert fault.value.field == field
    assert show_roles(workspace).roles == ()


def test_roles_are_shown_the_latest_first(workspace: Workspace) -> None:
    old = keep_roles.add(workspace, RoleWords(title="Clerk", first="2019", last="2023-08", level="senior"))
    now = keep_roles.add(workspace, ANALYST)
    beside = keep_roles.add(workspace, RoleWords(title="Deputy", first="2025", last="2025-06"))
    view = show_roles(workspace)
    assert [each.number for each in view.roles] == [now, beside, old]
    assert [each.overlaps for each in view.roles] == [("Deputy",), ("Operations analyst",), ()]
    assert view.roles[0].duties[0] == RoleDuty("Stock report", date(2023, 9, 1), None)
    assert said_same(view) == "Same responsibilities for 9 months, same level for 7 years 10 months."


def test_the_same_for_years_is_said_plainly(workspace: Workspace) -> None:
    keep_roles.add(workspace, RoleWords(title="Clerk", first="2023-09-20", level="Two", responsibilities="Stock"))
    assert said_same(show_roles(workspace)) == "Same responsibilities, same level for 3 years 2 months."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (RoleWords(title="Clerk", first="2026-11-20", level="Two"), "Same level for 1 day."),
        (RoleWords(title="Clerk", first="2026-10-02", responsibilities="Stock"), "Same responsibilities for 7 weeks."),
        (RoleWords(title="Clerk", first="2020"), ""),
        (RoleWords(title="Clerk", first="2020", last="2025", level="Two", responsibilities="Stock"), ""),
    ],
)
def test_of_what_is_not_known_nothing_is_said(workspace: Workspace, words: RoleWords, said: str) -> None:
    keep_roles.add(workspace, words)
    assert said_same(show_roles(workspace)) == said


def test_a_role_is_changed_ended_taken_out_and_all_of_it_back(workspace: Workspace) -> None:
    number = keep_roles.add(workspace, ANALYST)
    before = show_roles(workspace)
    assert not keep_roles.edit(workspace, number, ANALYST), "nothing differs"
    assert keep_roles.edit(workspace, number, replace(ANALYST, title="Analyst"))
    keep_roles.end(workspace, number, "yesterday")
    assert show_roles(workspace).roles[0].last == date(2026, 11, 19)
    assert keep_roles.remove(workspace, number).title == "Analyst"
    assert show_roles(workspace).roles == ()
    with pytest.raises(NoSuchRole):
        keep_roles.end(workspace, number, "today")
    assert "the withdrawal of the role Analyst" in undo(workspace)
    undo(workspace)
    undo(workspace)
    assert show_roles(workspace) == before


def test_a_role_is_found_by_number_title_and_part(workspace: Workspace) -> None:
    one = keep_roles.add(workspace, ANALYST)
    two = keep_roles.add(workspace, replace(ANALYST, title="Analyst"))
    assert keep_roles.find_role(workspace, str(one)) == one
    assert keep_roles.find_role(workspace, "ANALYST") == two
    assert keep_roles.find_role(workspace, "operations") == one
    for words in ("", "anal", "clerk", "99"):
        with pytest.raises(NoSuchRole):
            keep_roles.find_role(workspace, words)


def test_a_responsibility_lies_within_its_role() -> None:
    said = RoleWords(title="Analyst", first="2024-01", last="2024-06", responsibilities="Budget [from 2025 until 2026]")
    with pytest.raises(CannotKeepRole, match="Budget: its days lie outside of the role") as told:
        read(said, TODAY)
    assert told.value.field == "responsibilities"
    within = replace(said, responsibilities="Budget [from 2023 until 2024-02]")
    assert len(read(within, TODAY).responsibilities) == 1, "what lies within in part is shown for that part"


DAYS = st.dates(date(2001, 1, 1), TODAY)
TEXTS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20).filter(lambda text: "]" not in text)


@given(
    title=TEXTS,
    days=st.tuples(DAYS, DAYS).map(sorted),
    held=st.booleans(),
    duties=st.lists(st.tuples(TEXTS, st.none() | DAYS, st.none() | DAYS), max_size=3),
)
def test_what_is_kept_can_be_typed_again(
    title: str, days: list[date], held: bool, duties: list[tuple[str, date | None, date | None]]
) -> None:
    role = HeldRole(
        title=title,
        first=days[0],
        last=None if held else days[1],
        responsibilities=tuple(
            dict.fromkeys(
                Responsibility(text=text, first=first, last=max(first, last) if first and last else last)
                for text, first, last in duties
            )
        ),
    )
    held_days = [lasts(role, each) for each in role.responsibilities]
    assume(all(last is None or first <= last for first, last in held_days))
    assert read(words_of(role), TODAY) == role
