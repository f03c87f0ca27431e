"""Ladders as they are found in the world: the shapes, with nothing of them lost unsaid."""

import json
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from outgrow.importers.contract import Context, Unreadable
from outgrow.importers.ladders import yaml_text
from outgrow.importers.ladders.built_in import built_in
from outgrow.importers.ladders.reader import LadderFile
from outgrow.model.ladder import Ladder
from outgrow.model.problem import Problem

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
TWO_TRACKS = """\
    name: Kitchen
    summary: |
      For everybody
      at the stove.
    levels:
      - id: helper
        name: Helper
      - id: cook
        name: Cook
      - id: chef-own
        name: Chef (own dishes)
      - id: chef-lead
        name: Chef (leads others)
      - id: head
        name: Head of kitchen
    themes:
      - id: taste
        name: Taste & Smell
        summary: What it is like to eat.
    competencies:
      - id: 0b1e
        level: helper
        theme: taste
        summary: |
          Salts a soup so that
          it is eaten.
        proficiency: Basic
      - id: 0b1f
        level: cook
        theme: taste
        summary: Corrects a sauce by tasting once.
      - id: 0b20
        level: chef-lead
        theme: order
        summary: The shift begins with all in place.
"""
TOPICS = """\
    ---
    path: "/kitchen"
    title: "🍳 Kitchen Framework"
    yaml: true
    levels: 3
    topics:
      - name: "taste-and-smell"
        title: "👩‍🍳 Taste"
        content:
          - level: 1
            criteria:
              - "Salts a soup"
              - "Knows „umami“"
          - level: 3
            exampleCriteria:
              - criteria: "Cooks for others' diets"
                examples:
                  - "Without nuts"
                  - "Without milk"
      - name: "order-keeping"
        title:
        content:
          - level: 2
            criteria:
              - "Keeps the board clean"
          - level: 1
            exampleCriteria:
              - criteria: "Criteria for grade 1A"
                examples:
                  - "Washes up"
                  - "Sweeps"
    ---
"""
PROSE = """\
    ---
    title: "Kitchen"
    yaml: false
    levels:
    ---
    ## Level 1



    ### Taste

    You salt a soup. You know
    what **umami** is.

    ### Order

    - Washes [up](https://example.org/up)
    - Keeps order
        - the board
        - the knives

    ---

    ## Level 2

    Cooks alone.

    ### Taste

    You correct a sauce.

    You taste once.
"""


def read(folder: Path, name: str, text: str | bytes) -> tuple[Ladder, list[Problem]]:
    path = folder / name
    path.write_bytes(dedent(text).encode() if isinstance(text, str) else text)
    reader = LadderFile()
    problems = list(reader.read(path, Context(now=NOW)))
    ladder = reader.ladder()
    assert ladder
    return ladder, problems


def said(ladder: Ladder) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(each.level, each.kind, each.text, each.examples) for each in ladder.expectations]


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read YAML with each of the two parsers that a system may have."""
    wanted = {"C": getattr(yaml, "CSafeLoader", None), "Python": yaml.SafeLoader}[request.param]
    if wanted is None:
        pytest.skip("this PyYAML has no libyaml")
    monkeypatch.setattr(yaml_text, "_LOADER", wanted)
    return str(request.param)


def test_competencies_that_name_level_and_theme(tmp_path: Path, loader: str) -> None:
    assert loader
    ladder, problems = read(tmp_path, "kitchen.yml", TWO_TRACKS)
    assert (ladder.name, ladder.summary, ladder.origin) == ("Kitchen", "For everybody at the stove.", "kitchen.yml")
    assert [(each.id, each.rank, each.track) for each in ladder.levels] == [
        ("helper", 1, ""),
        ("cook", 2, ""),
        ("chef-own", 3, "own dishes"),
        ("chef-lead", 3, "leads others"),
        ("head", 4, ""),
    ]
    assert said(ladder) == [
        ("helper", "Taste & Smell", "Salts a soup so that it is eaten.", ()),
        ("cook", "Taste & Smell", "Corrects a sauce by tasting once.", ()),
        ("chef-lead", "order", "The shift begins with all in place.", ()),
    ]
    assert [each.id for each in ladder.expectations] == ["0b1e", "0b1f", "0b20"]
    assert problems == []


def test_topics_in_front_matter(tmp_path: Path, loader: str) -> None:
    assert loader
    ladder, problems = read(tmp_path, "kitchen.md", TOPICS)
    assert ladder.name == "Kitchen Framework"
    assert [(each.id, each.name, each.rank) for each in ladder.levels] == [
        ("1", "Level 1", 1),
        ("2", "Level 2", 2),
        ("3", "Level 3", 3),
    ]
    assert said(ladder) == [
        ("1", "Taste", "Salts a soup", ()),
        ("1", "Taste", "Knows „umami“", ()),
        ("3", "Taste", "Cooks for others' diets", ("Without nuts", "Without milk")),
        ("2", "Order keeping", "Keeps the board clean", ()),
        ("1", "Order keeping", "Washes up (grade 1A)", ()),
        ("1", "Order keeping", "Sweeps (grade 1A)", ()),
    ]
    assert [each.id for each in ladder.expectations][:2] == ["1-taste-1", "1-taste-2"]
    assert problems == []


def test_prose_under_headings(tmp_path: Path) -> None:
    ladder, problems = read(tmp_path, "kitchen.md", PROSE)
    assert ladder.name == "Kitchen"
    assert [(each.id, each.name, each.summary) for each in ladder.levels] == [
        ("1", "Level 1", ""),
        ("2", "Level 2", "Cooks alone."),
    ]
    assert said(ladder) == [
        ("1", "Taste", "You salt a soup. You know what umami is.", ()),
        ("1", "Order", "Washes up", ()),
        ("1", "Order", "Keeps order", ("the board", "the knives")),
        ("2", "Taste", "You correct a sauce.", ()),
        ("2", "Taste", "You taste once.", ()),
    ]
    assert problems == []


def test_prose_whose_levels_stand_below_the_topics(tmp_path: Path) -> None:
    text = (
        "# Careers\n\n## Taste\n\n### Junior\n- Salts\n\n### Senior\n- Corrects\n\n## Order\n\n### Junior\n- Sweeps\n"
    )
    ladder, _ = read(tmp_path, "any", text)
    assert ladder.name == "Careers"
    assert said(ladder) == [
        ("Junior", "Taste", "Salts", ()),
        ("Senior", "Taste", "Corrects", ()),
        ("Junior", "Order", "Sweeps", ()),
    ]


def test_a_tab_is_told_with_line_and_column_and_everything_is_read(tmp_path: Path, loader: str) -> None:
    assert loader
    text = dedent(TOPICS).replace('- "Salts a soup"', '-\t"Salts a soup"').replace("order-keeping", "order")
    ladder, problems = read(tmp_path, "kitchen.md", text)
    assert len(ladder.expectations) == 6
    column = text.splitlines()[11].index("\t") + 1
    assert [(each.line, each.reason) for each in problems] == [
        (12, f"a tab in column {column}, where YAML allows spaces alone; it was read as a space")
    ]
    assert problems[0].remedy
    assert problems[0].raw.strip() == '-\t"Salts a soup"'


@pytest.mark.parametrize(
    "broken", ['"Salts a soup', "'Salts a soup", "[Salts a soup", "*soup", "@soup", "}", "a: b: c"]
)
def test_a_line_that_breaks_the_rest_is_told_and_costs_itself_alone(tmp_path: Path, loader: str, broken: str) -> None:
    assert loader
    ladder, problems = read(tmp_path, "kitchen.md", dedent(TOPICS).replace('"Salts a soup"', broken))
    assert {each.text for each in ladder.expectations} >= {
        "Knows „umami“",
        "Keeps the board clean",
        "Sweeps (grade 1A)",
    }
    assert [each.line for each in problems] == [12]
    assert all(each.remedy for each in problems)


def test_two_criteria_under_one_name_are_not_lost_unsaid(tmp_path: Path) -> None:
    text = 'topics:\n- name: a\n  content:\n  - level: 1\n    criteria: ["One"]\n    criteria: ["Two"]\n'
    ladder, problems = read(tmp_path, "twice.yml", text)
    assert [each.text for each in ladder.expectations] == ["One"]
    assert [(each.line, each.raw) for each in problems] == [(6, "Two")]


def test_statements_that_cannot_be_placed_are_told(tmp_path: Path) -> None:
    text = """\
        levels: [Junior, Senior]
        expectations:
          - {level: junior, kind: craft, text: Writes}
          - {level: staff, kind: craft, text: Leads}
          - {kind: craft, text: Reads}
          - {level: senior, kind: craft}
    """
    ladder, problems = read(tmp_path, "odd.yaml", text)
    assert said(ladder) == [("Junior", "craft", "Writes", ())]
    assert [(each.line, each.raw.split("\n")[-1]) for each in problems] == [(4, "Leads"), (5, "Reads"), (6, "craft")]


def test_no_text_is_taken_for_something_else(tmp_path: Path) -> None:
    text = "levels: [no, 1.10, 2026-01-02, 0x10]\nexpectations:\n- {level: no, text: yes}\n- {level: 1.10, text: ~}\n"
    ladder, problems = read(tmp_path, "odd.yaml", text)
    assert [each.id for each in ladder.levels] == ["no", "1.10", "2026-01-02", "0x10"]
    assert said(ladder) == [("no", "", "yes", ())]
    assert len(problems) == 1


def test_expectations_within_their_levels(tmp_path: Path) -> None:
    text = {"levels": [{"name": "Junior", "expectations": {"craft": ["Writes", "Reads"], "order": "Sweeps"}}]}
    ladder, _ = read(tmp_path, "within.json", json.dumps(text))
    assert said(ladder) == [
        ("Junior", "Craft", "Writes", ()),
        ("Junior", "Craft", "Reads", ()),
        ("Junior", "Order", "Sweeps", ()),
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_with_a_row_for_each_expectation(tmp_path: Path, sign: str) -> None:
    rows = [
        ["Level", "Kind", "Text", "Examples"],
        ["Junior", "craft", "Writes", '"a letter\nan order"'],
        ["Senior", "craft", '"Edits, and cuts"', ""],
        ["", "craft", "Reads", ""],
    ]
    ladder, problems = read(tmp_path, "table.csv", "\n".join(sign.join(row) for row in rows))
    assert said(ladder) == [
        ("Junior", "craft", "Writes", ("a letter", "an order")),
        ("Senior", "craft", "Edits, and cuts", ()),
    ]
    assert [(each.line, each.reason) for each in problems] == [(5, "this row has no level")]


def test_a_table_with_levels_across(tmp_path: Path) -> None:
    ladder, _ = read(tmp_path, "table.csv", 'Topic,Level 1,Level 2\nCraft,"- Writes\n- Reads",Edits\nOrder,,Sweeps\n')
    assert said(ladder) == [
        ("1", "Craft", "Writes", ()),
        ("1", "Craft", "Reads", ()),
        ("2", "Craft", "Edits", ()),
        ("2", "Order", "Sweeps", ()),
    ]


def test_a_table_with_levels_down(tmp_path: Path) -> None:
    ladder, _ = read(tmp_path, "table.csv", "Level,Craft,Order\nJunior,Writes,Sweeps\nSenior,Edits,\n")
    assert said(ladder) == [
        ("Junior", "Craft", "Writes", ()),
        ("Junior", "Order", "Sweeps", ()),
        ("Senior", "Craft", "Edits", ()),
    ]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.yml", "", "it is empty"),
        ("a.yml", "name: Nobody\n", "it names no levels"),
        ("a.yml", "levels: [Junior]\n", "no level of it expects anything"),
        ("a.md", "# Cooking\n\nSalt it.\n", "no heading of it reads like a level"),
        ("a.json", '{"levels": [', "it is no JSON from line 1, column 13 on"),
        ("a.csv", "Date,Hours\n2026-01-02,3\n", "its first row names no columns of a ladder: date, hours"),
        ("a.xlsx", "PK\x03\x04", "it is no text"),
        ("a.pdf", "%PDF-1.7", "it is no text"),
    ],
)
def test_what_is_no_ladder_is_refused_with_a_remedy(tmp_path: Path, name: str, text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read(tmp_path, name, text)
    assert fault.value.reason.startswith(reason)
    assert fault.value.remedy


def test_the_built_in_ladder_has_what_a_ladder_needs() -> None:
    ladder = built_in()
    assert [each.rank for each in ladder.levels] == [1, 2, 3, 4, 4, 5, 5, 6, 6]
    assert {each.track for each in ladder.levels} == {"", "individual", "leading"}
    kinds = {"strategic", "cross-functional", "leadership", "ambiguity", "craft"}
    assert {each.kind for each in ladder.expectations} == kinds
    assert len({each.id for each in ladder.expectations}) == len(ladder.expectations)
    assert len({each.text for each in ladder.expectations}) == len(ladder.expectations)
    for level in ladder.levels:
        counts = [sum(each.kind == kind for each in ladder.of(level.id)) for kind in kinds]
        assert {count for count in counts if count} <= {2, 3, 4}
        assert sum(counts) == len(ladder.of(level.id))


def test_the_documented_format_is_read_whole(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "ladders.md").read_text()
    ladder, problems = read(tmp_path, "ward.yml", page.split("```yaml\n")[1].split("```")[0])
    assert problems == []
    assert (ladder.name, ladder.summary) == ("Ward", "For nurses.")
    assert [(each.id, each.name, each.rank, each.track) for each in ladder.levels] == [
        ("nurse", "Nurse", 1, ""),
        ("expert", "Nurse expert", 2, "individual"),
        ("ward-lead", "Ward lead", 2, "leading"),
    ]
    (only,) = ladder.expectations
    assert (only.id, only.level, only.kind) == ("expert-craft-1", "expert", "craft")
    assert only.examples == ("Requests for advice with what became of them",)
