"""Ladders that mean harm: each ends in our own words, in bounded time, and names no object."""

import json
import time
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from outgrow.importers import sandbox
from outgrow.importers.contract import Context, Unreadable
from outgrow.importers.frames import Limits
from outgrow.importers.ladders.reader import LadderFile
from outgrow.model.ladder import Ladder
from outgrow.model.problem import Problem
from tests.importers.test_ladders import NOW, PROSE, TOPICS, TWO_TRACKS, read

PLACE = "outgrow.importers.ladders.reader:LadderFile"
SMALL = 'levels: [Junior]\nexpectations:\n- {level: Junior, kind: craft, text: "Writes"}\n'
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{now}: &{now} [{', '.join([f'*{before}'] * 10)}]\n" for before, now in zip("abcdefgh", "bcdefghi", strict=True)
)


def in_the_sandbox(path: Path, limits: Limits | None = None) -> tuple[Ladder | None, list[Problem]]:
    problems: list[Problem] = []
    ladder = None
    for event in sandbox.read(PLACE, [path], Context(now=NOW), limits):
        match event:
            case sandbox.Batch():
                problems += event.problems
            case sandbox.Failed():
                problems.append(event.problem)
            case sandbox.FileEnded():
                ladder = event.tally.ladder
    return ladder, problems


@pytest.mark.promise("P9")
def test_a_ladder_comes_whole_out_of_the_sandbox(tmp_path: Path) -> None:
    here, told = read(tmp_path, "kitchen.md", TOPICS.replace('- "Salts', '-\t"Salts'))
    assert in_the_sandbox(tmp_path / "kitchen.md") == (here, told)
    assert len(told) == 1


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bomb.yml", BOMB, "it unfolds to more than 100,000 entries"),
        ("deep.yml", "[" * 10_000, "its entries lie more than 40 deep"),
        ("deep.yaml", "".join(" " * depth + "a:\n" for depth in range(300)), "its entries lie more than 40 deep"),
        ("deep.json", "[" * 200_000, "its entries lie more than 40 deep"),
        ("deeper.json", "[" * 100 + "]" * 100, "its entries lie more than 40 deep"),
        ("large.md", "x" * 1_000_001, "it has 1.0 MB"),
        ("broken.yml", "]\n" * 100, "more than 30 lines of it are no YAML, the first being line 1"),
        ("many.yml", SMALL + '- {level: Junior, text: "x"}\n' * 2_000, "it has more than 2,000 expectations"),
        ("levels.json", json.dumps({"levels": [str(each) for each in range(61)]}), "it has more than 60 levels"),
    ],
)
def test_what_is_made_to_break_readers_is_refused(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content)
    began = time.process_time()
    with pytest.raises(Unreadable) as fault:
        list(LadderFile().read(tmp_path / name, Context(now=NOW)))
    assert fault.value.reason.startswith(reason)
    assert fault.value.remedy
    assert time.process_time() - began < 5


def test_a_line_of_50_mb_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "line.yml"
    with path.open("wb") as file:
        file.write(b"name: ")
        file.truncate(50_000_000)
    ladder, problems = in_the_sandbox(path)
    assert ladder is None
    assert [each.reason for each in problems] == ["it has 50.0 MB, and a ladder is a text of some pages"]


def test_a_long_line_is_read_up_to_where_it_is_cut(tmp_path: Path) -> None:
    ladder, problems = read(tmp_path, "long.md", f"## Junior\n- Writes {'on ' * 20_000}\n- Reads\n")
    assert [each.text[-3:].strip() for each in ladder.expectations] == ["on…", "ads"]
    assert [(each.line, len(each.raw)) for each in problems] == [(2, 2_000)]


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!ruby/object:X", "!!int"]
)
def test_no_tag_makes_an_object(tmp_path: Path, tag: str) -> None:
    ladder, problems = read(tmp_path, "tag.yml", SMALL.replace('"Writes"', f'{tag} "touch {tmp_path}/made"'))
    assert [each.text for each in ladder.expectations] == [f"touch {tmp_path}/made"]
    assert problems == []
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("name", ["odd.yml", "odd.json"])
def test_signs_that_are_no_text_cannot_get_in(tmp_path: Path, name: str) -> None:
    odd = "Wri\0tes \ud800\u2028and \x1b[31m reads"
    expectation = {"level": "Junior", "kind": "craft", "text": odd}
    written = json.dumps({"levels": ["Junior"], "expectations": [expectation]}, ensure_ascii=name.endswith("json"))
    ladder, _ = read(tmp_path, name, written.encode("utf-8", "surrogatepass"))
    assert "\ud800" not in ladder.expectations[0].text
    assert "\0" not in ladder.expectations[0].text
    assert ladder.expectations[0].text.startswith("Wri")


def test_utf_16_names_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as fault:
        read(tmp_path, "sixteen.yml", SMALL.encode("utf-16"))
    assert fault.value.remedy == "Save it as UTF-8 and import it again."


@pytest.mark.promise("P9")
def test_time_and_memory_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "slow.yml"
    path.write_text("? " * 400_000)
    ladder, problems = in_the_sandbox(path, Limits(seconds=1, seconds_per_mb=1, memory_mb=100))
    assert ladder is None
    assert len(problems) == 1


_FILES = [
    ("f.yml", TWO_TRACKS),
    ("f.md", TOPICS),
    ("f.md", PROSE),
    ("f.csv", "Level,Text\nA,b\n"),
    ("f.json", json.dumps([SMALL])),
]
_PUT = ['"', "\t", "- ", "&a ", "*a", "{", "]", ": ", "\n", "#", "|", "\0", ""]
_DAMAGE = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 30), st.sampled_from(_PUT)), max_size=4)


@pytest.mark.promise("P9")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_FILES), _DAMAGE)
def test_any_damage_ends_in_our_own_words(
    tmp_path: Path, file: tuple[str, str], damage: list[tuple[int, int, str]]
) -> None:
    name, text = file
    for place, length, put in damage:
        at = place % (len(text) + 1)
        text = text[:at] + put + text[at + length :]
    try:
        ladder, problems = read(tmp_path, name, text)
    except Unreadable:
        return
    assert {each.level for each in ladder.expectations} <= {each.id for each in ladder.levels}
    assert len({each.id for each in ladder.expectations}) == len(ladder.expectations)
    assert all(each.text and not set(each.text) & set("\0\n\r") for each in ladder.expectations)
    assert all(each.reason for each in problems)
