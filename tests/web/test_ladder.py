"""The place of ladders: choosing a step, bringing one in after a look, and editing in place."""

from pathlib import Path

import pytest

from tests.web.asking import Answer, Asking

FILE = """\
name: Ours
levels: [Junior, Senior]
expectations:
- {level: Junior, kind: craft, text: Writes a report}
-\t{level: Senior, kind: leadership, text: Leads <b>a team</b>}
"""


def hand_over(asking: Asking, name: str, content: bytes, **words: str) -> Answer:
    """Send a file as a browser does."""
    headers = [each for each in asking.headers("POST") if each[0] != "content-type"]
    parts = [f'--a\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}\r\n' for key, said in words.items()]
    file = f'--a\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + file.encode() + content + b"\r\n--a--\r\n"
    answer = asking.ask(
        "POST", "/ladder/upload", [*headers, ("content-type", "multipart/form-data; boundary=a")], [body]
    )
    return asking.get(answer.header("location")) if answer.status == 303 else answer


def brought_in(asking: Asking) -> str:
    """Bring in the file; return the address of its ladder."""
    hand_over(asking, "ours.yml", FILE.encode())
    return asking.post("/ladder/read", do="keep").header("location")


def test_the_built_in_ladder_is_shown_first(asking: Asking) -> None:
    page = asking.get("/ladder")
    assert page.status == 200
    assert "Knowledge work" in page.text
    assert "9 levels" in page.text
    assert "Delivers defined pieces of work" in page.text
    assert "Remove" not in asking.get("/ladder?level=fellow").text.split("The ladder as a whole")[1]


def test_a_step_is_set(asking: Asking) -> None:
    page = asking.post_and_follow("/ladder/0", do="aim", now="senior", next="lead")
    assert "The step is set: from Senior to Lead." in page.text
    assert "Lead expects 12 things that Senior does not." in page.text
    wrong = asking.post("/ladder/0", do="aim", now="", next="nowhere")
    assert wrong.status == 400
    assert "Choose the level you have now; the nearest will do." in wrong.text
    assert "Choose the level to look at." in wrong.text


def test_a_file_is_looked_at_and_then_kept(asking: Asking) -> None:
    page = hand_over(asking, "ours.yml", FILE.encode())
    assert "2 levels, 2 expectations of 2 kinds. Nothing of it is kept yet." in page.text
    assert "1 place to look at" in page.text
    assert "<strong>Line 5</strong>" in page.text
    assert "a tab in column 2" in page.text
    assert "Leads &lt;b&gt;a team&lt;/b&gt;" in page.text
    kept = asking.post_and_follow("/ladder/read", do="keep")
    assert "It is kept. Say which level is yours." in kept.text
    assert asking.post("/ladder/read", do="keep").status == 400
    assert asking.get("/ladder/read").header("location") == "/ladder"


def test_a_file_that_is_looked_at_can_be_left(asking: Asking) -> None:
    hand_over(asking, "ours.yml", FILE.encode())
    assert "It was left. Nothing of it is kept." in asking.post_and_follow("/ladder/read", do="leave").text
    assert "Ours" not in asking.get("/ladder").text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "No file was chosen."),
        ("notes.md", b"# Cooking\n\nSalt it.\n", "notes.md was not read: no heading of it reads like a level."),
        ("../../etc/a;b.yml", b"x", "a_b.yml was not read: it names no levels."),
        ("..", b"x", "ladder was not read"),
        ("sheet.xlsx", b"PK\x03\x04", "sheet.xlsx was not read: it is no text."),
    ],
)
def test_what_is_no_ladder_is_said_beside_the_field(asking: Asking, name: str, content: bytes, said: str) -> None:
    page = hand_over(asking, name, content, number="0")
    assert page.status == 400
    assert said in page.text


def test_expectations_are_edited_in_place(asking: Asking) -> None:
    place = brought_in(asking)
    page = asking.post_and_follow(place, do="add", level="Senior", text="Teaches", kind="leadership", examples="a\nb")
    assert "Added: Teaches. Undo takes it back." in page.text
    words = {"level": "Senior", "expectation": "senior-leadership-2", "kind": "craft", "examples": ""}
    page = asking.post_and_follow(place, do="edit", text="Teaches others", **words)
    assert "Teaches others" in page.text
    assert "Such as" not in page.text
    wrong = asking.post(place, do="edit", text="  ", **words)
    assert wrong.status == 400
    assert "The text is empty. Say it in a few words." in wrong.text
    assert wrong.text.count("<details open>") == 1
    page = asking.post_and_follow(place, do="remove", **words)
    assert "Removed: Teaches others" in page.text
    assert "Teaches others" in asking.post_and_follow("/undo", back=f"{place}?level=Senior").text


def test_levels_and_ladders_are_renamed_and_removed(asking: Asking) -> None:
    place = brought_in(asking)
    assert "<bdi>Chief</bdi>" in asking.post_and_follow(place, do="rename_level", level="Senior", name="Chief").text
    assert "called junior already" in asking.post(place, do="rename_level", level="Senior", name="junior").text
    assert "<h1><bdi>Mine</bdi></h1>" in asking.post_and_follow(place, do="rename", level="Senior", name="Mine").text
    assert "The ladder Mine is removed." in asking.post_and_follow(place, do="remove_ladder").text
    assert asking.get(place).status == 400
    assert asking.post("/ladder/0", do="remove_ladder").status == 400


def test_undoing_an_import_on_its_own_page_leads_to_the_others(asking: Asking) -> None:
    place = brought_in(asking)
    page = asking.post_and_follow("/undo", back=place)
    assert page.status == 200
    assert "the ladder Ours" in page.text


def test_a_ladder_that_is_taken_out_comes_in_again(asking: Asking, tmp_path: Path) -> None:
    assert tmp_path
    place = brought_in(asking)
    out = asking.get(f"{place}/export")
    assert out.header("content-disposition") == f'attachment; filename="ladder-{place.rsplit("/", 1)[1]}.json"'
    page = hand_over(asking, "again.json", out.body)
    assert "2 levels, 2 expectations of 2 kinds." in page.text
    assert "place to look at" not in page.text


@pytest.mark.parametrize("do", ["", "nonsense", "edit", "remove", "rename_level"])
def test_a_form_that_is_none_of_the_page_is_refused(asking: Asking, do: str) -> None:
    assert asking.post("/ladder/0", do=do).status == 400
