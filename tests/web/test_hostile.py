"""What is sent is data: whatever it holds and however large it is, nothing breaks, runs, or lands elsewhere."""

import itertools
import logging
import re
import stat
import threading
from collections.abc import Iterator
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outgrow.cli.main import main
from outgrow.config import Settings
from outgrow.web import app, security
from outgrow.web.app import EXAMPLE, ROUTES
from outgrow.web.visit import Route
from outgrow.workflows import drop as drops
from tests.web.asking import Answer, Asking, filled, replaced

CANARY = "canary"
WEB = Path(app.__file__).parent
PREFIXES = ("", EXAMPLE)


def test_a_body_that_is_too_large_is_refused(asking: Asking) -> None:
    headers = asking.headers("POST")
    too_much = security.MOST_SENT + 1
    assert asking.ask("POST", "/capture", [*headers, ("content-length", str(too_much))]).status == 413
    for length in ("-1", "x", "9" * 30, ""):
        assert asking.ask("POST", "/capture", [*headers, ("content-length", length)]).status == 413
    chunks = [b"text=" + b"x" * 100_000] * 11
    assert asking.ask("POST", "/capture", headers, chunks).status == 413
    assert asking.ask("POST", "/capture", headers, chunks[:2]).status == 400


def test_a_browser_that_leaves_amid_a_form_is_no_fault(asking: Asking) -> None:
    answer = asking.ask("POST", "/capture", asking.headers("POST"), [b"text=Budget"], leaves=True)
    assert answer.status == 400


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "text/plain",
        "",
        "application/x-www-form-urlencoded; charset=utf-7",
        "multipart/form-data; boundary=a; charset=idna",
        'multipart/form-data; boundary=a; charset="unicode_escape"',
    ],
)
def test_only_forms_are_taken(asking: Asking, kind: str) -> None:
    headers = replaced(asking.headers("POST"), "content-type", kind)
    assert asking.ask("POST", "/capture", headers, [b"x"]).status == 415


PART = b'--a\r\nContent-Disposition: form-data; name="text"\r\n\r\n'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"--a",
        b"--a\r\n\r\n\r\n--a--",
        b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n",
        b"--a\r\nContent-Disposition: \xff\r\n\r\nx\r\n--a--\r\n",
        PART,
        PART + b"\xff\x00\r\n--a--\r\n",
        (PART + b"x\r\n") * 6000 + b"--a--\r\n",
        b'--a\r\nContent-Disposition: form-data; name="text"; filename="../../x"\r\n\r\nx\r\n--a--\r\n',
    ],
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=a", "multipart/form-data"])
def test_a_malformed_form_is_a_page(asking: Asking, kind: str, body: bytes) -> None:
    answer = asking.ask("POST", "/capture", replaced(asking.headers("POST"), "content-type", kind), [body])
    assert answer.status in {303, 400}
    assert answer.status == 303 or "<h1" in answer.text


@pytest.mark.parametrize(
    "body",
    [b"", PART + b"Budget round", PART + b"Budget round\r\n", PART + b"Budget round\r\n--a", PART + b"x\r\n--a\r\n"],
)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=a", 'multipart/form-data; Boundary="a"; charset=utf-8']
)
def test_a_form_that_was_cut_off_is_not_taken(asking: Asking, kind: str, body: bytes) -> None:
    headers = replaced(asking.headers("POST"), "content-type", kind)
    whole = PART + b"Budget round\r\n--a--"
    assert asking.ask("POST", "/capture", headers, [body]).status == 400
    assert "Budget round" not in asking.get("/sort?period=this+month").text
    assert asking.ask("POST", "/capture", headers, [whole[:30], whole[30:-1], whole[-1:]]).status == 303


@pytest.mark.promise("P12")
def test_what_is_malformed_is_not_quoted_on_the_terminal(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])  # as in the program: there is none
    headers = replaced(asking.headers("POST"), "content-type", "multipart/form-data; boundary=a")
    for body in (b"s3cret", b"--a\r\n\xffs3cret\r\n\r\n", PART + b"x\r\n--as3cret", PART + b"x\r\n--a--s3cret"):
        asking.ask("POST", "/capture", headers, [body])
    assert capfd.readouterr() == ("", "")


@pytest.mark.promise("P10")
def test_what_the_app_writes_is_for_nobody_else(asking: Asking) -> None:
    asking.post("/capture", text="Budget round")
    asking.get("/example/settings")
    _assert_private(asking.folder)


def _assert_private(folder: Path) -> None:
    there = [folder, *folder.rglob("*")]
    assert {stat.S_IMODE(each.stat().st_mode) for each in there if each.is_dir()} == {0o700}
    assert {stat.S_IMODE(each.stat().st_mode) for each in there if each.is_file()} == {0o600}


def uploaded(asking: Asking, name: str, content: bytes) -> Answer:
    """Hand a file over under a name, and look at it; return the page."""
    said = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").encode()
    head = b'--a\r\nContent-Disposition: form-data; name="files"; filename="' + said + b'"\r\n\r\n'
    headers = replaced(asking.headers("POST"), "content-type", "multipart/form-data; boundary=a")
    answer = asking.ask("POST", "/upload", headers, [head + content + b"\r\n--a--\r\n"])
    while answer.status == 303:
        answer = asking.get(answer.header("location"))
    return answer


@pytest.mark.promise("P10")
@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    "name",
    [
        "../../outside.csv",
        "/etc/outside.csv",
        "..\\..\\outside.csv",
        "..",
        ".",
        "a/../../../outside.csv",
        "nul\0.csv",
        "x" * 5000 + ".csv",
        f"<{CANARY}>.csv",
        f'" {CANARY}="1.csv',
        "\u202efdp.csv",
        "\x1b[31m.csv",
        "line\r\nbreak.csv",
        "about.json",
    ],
)
def test_a_file_that_is_handed_over_lies_where_it_should(asking: Asking, name: str) -> None:
    around = {*asking.folder.parent.rglob("*")}
    answer = uploaded(asking, name, b"Title,Start date,Duration\nBudget,2026-10-05,01:00:00\n")
    assert answer.status < 500
    marks = Marks(answer.text)
    assert not {each for each in marks.names if CANARY in each}
    assert "\u202e" not in marks.said
    written = {*asking.folder.parent.rglob("*")} - around
    assert all(asking.folder in each.parents or each == asking.folder for each in written)
    _assert_private(asking.folder)


def test_files_may_be_large_and_nothing_else(asking: Asking) -> None:
    headers = asking.headers("POST")
    files = replaced(headers, "content-type", "multipart/form-data; boundary=a")
    for path, kind in (("/upload", headers), ("/capture", files), ("/upload/", files), ("/x/upload", files)):
        assert asking.ask("POST", path, [*kind, ("content-length", str(security.MOST_SENT + 1))]).status == 413
    too_much = ("content-length", str(security.MOST_UPLOADED + 1))
    assert asking.ask("POST", "/upload", [*files, too_much]).status == 413
    assert uploaded(asking, "large.bin", b"\0" * (security.MOST_SENT + 1)).status == 200


@pytest.mark.promise("P3")
def test_no_room_for_what_is_sent_is_told(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", full)
    answer = uploaded(asking, "large.csv", b"x" * (2 << 20))
    assert answer.status == 409
    assert "There is no room for what was sent." in answer.text
    assert not list(asking.folder.glob("waiting/*"))


ADDRESS = "https://calendar.example/s3cret"
ECHOED = [
    f"<{CANARY}>",
    f'"><{CANARY} a="',
    f"'><{CANARY} a='",
    f'" {CANARY}="1',
    f"</script><{CANARY}>",
    "\x1b[31mred\x1b[0m",
    "\u202egnitirw",
    "\0",
]
TEXTS = st.one_of(
    st.sampled_from(
        [
            *ECHOED,
            f"{{{{ {CANARY} }}}}",
            "x" * 100_000,
            "last month",
            "last 9999 years",
            "since 0001-01-01",
            "9999-12",
            "0000-00",
            "0001-01-01..9999-12-31",
            "yesterday",
            "0001-01-01",
            "9999-12-31",
            "-1",
            "0",
            "1",
            "20",
            "1e999",
            "nan",
            "inf",
            "\u0663",
            "9" * 5000,
            "~nosuchuser",
            "/" + "x" * 5000,
            "/" + "x/" * 2500,
            "growth",
            "depth",
            "on",
            "dark",
            "/settings",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
ASKED_FOR = re.compile(r"(?:said|asked|getlist|get)\(\s*f?\"(\w+)\"")
ASKED = {name for path in WEB.glob("*.py") for name in ASKED_FOR.findall(path.read_text(encoding="utf-8"))}
NAMES = sorted({*ASKED, *(each.name for each in fields(Settings)), "key g"})
WORDS = st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=6)


class Marks(HTMLParser):
    """The names of all elements and attributes of a page, and its text but for what is typed in fields."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.names: set[str] = set()
        self.said = ""
        self._is_field = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and what its attributes say."""
        self.names |= {tag, *(name for name, _ in attrs)}
        self._is_field = tag == "textarea"
        self.said += "".join(value or "" for name, value in attrs if name != "value")

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.said += "" if self._is_field else data


PARTS = ("1", "zone", "role")  # a number, and settings
HOSTILE_PARTS = (
    *("0", "9" * 18, "9" * 19, "9" * 400, "9" * 4301, "9" * 5000, "-1", "1e9", "1_0", " 1", "+1"),
    *("\u0663", "\u00b2", "\uff11", "1\u0663", "\0", "1\0", ".", "..", "...", ".1", "\n", "1\n", "x" * 5000),
)
NAMING = [route for route in ROUTES if "{" in route.path]
TITLES = (f"<{CANARY}> negotiation", f'Order desk" {CANARY}="1', "\u202egnitirw")


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Give the app on the data of a person with some hostile titles."""
    folder = tmp_path_factory.mktemp("working") / "data"
    for title in (*TITLES, "Budget round"):
        assert main(["-q", "--data", str(folder), "capture", title, "--hours", "2", "--on", "yesterday"]) == 0
    assert main(["-q", "--data", str(folder), "sort"]) == 0  # has everything computed
    made = Asking(folder)
    yield made
    made.close()


def encoded(words: dict[str, str]) -> str:
    return urlencode(words, errors="surrogatepass")


def assert_harmless(answer: Answer) -> None:
    """Assert that nothing broke, and that nothing from outside became a part of the page or steers what is read."""
    assert answer.status < 500, answer.text
    assert "Traceback" not in answer.text
    if answer.header("content-disposition").startswith("attachment"):
        return  # a file, which no browser shows as a page
    marks = Marks(answer.text)
    assert not {name for name in marks.names if CANARY in name}
    assert "\u202e" not in marks.said
    assert not {char for char in marks.said if ord(char) < 32} - {"\n"}


@pytest.mark.promise("P14")
def test_titles_are_text_on_every_page(working: Asking) -> None:
    shown = ""
    for route in ROUTES:
        if route.method == "GET" and "{" not in route.path:
            for query in ("", "?period=this+month", "?period=last+month"):
                answer = working.get(route.path + query)
                assert_harmless(answer)
                shown += Marks(answer.text).said if answer.status == 200 else ""
    assert all(title.replace("\u202e", "\ufffd") in shown for title in TITLES), "they were shown"


@pytest.mark.promise("P14")
def test_titles_are_text_on_pages_of_their_own(working: Asking) -> None:
    """In the title of the page and in what its fields hold as well."""
    found = set(re.findall(r"/workstream/([\w-]+)", working.get("/sort").text + working.get("/").text))
    pages = [working.get(f"/workstream/{each}?search=%E2%80%AEg") for each in found]
    assert "\ufffdgnitirw" in "".join(each.text for each in pages), "it was shown"
    for page in pages:
        assert_harmless(page)
        assert "\u202e" not in page.text


def _wait(event: threading.Event) -> None:
    event.wait()


@pytest.mark.promise("P14")
def test_what_is_done_in_the_background_is_named_harmlessly(asking: Asking) -> None:
    go = threading.Event()
    job = asking.desks[0].jobs.start("key", "Looking at \u202ex\x1b.csv", lambda _: _wait(go))
    try:
        page = asking.get(f"/jobs/{job.number}")
        assert_harmless(page)
        assert "Looking at \ufffdx\ufffd.csv" in page.text
    finally:
        go.set()


def test_an_address_that_names_nothing_is_no_fault(working: Asking) -> None:
    parts = (*(quote(each, safe="") for each in HOSTILE_PARTS), "%ff", "%2e%2e%2f", "%")
    for route, prefix, part in itertools.product(NAMING, PREFIXES, parts):
        answer = working.ask(route.method, prefix + filled(route.path, part), working.headers(route.method))
        assert answer.status < 500, (route.name, part[:20], answer.text)


@pytest.mark.parametrize("given", ["~nosuchuser", "~nosuchuser/x", "/" + "x" * 5000, "x" * 5000, "/" + "x/" * 2500])
def test_a_path_that_cannot_be_is_said_beside_its_field(asking: Asking, given: str) -> None:
    answer = asking.post("/bring-in/named", given=given)
    assert answer.status == 400
    assert 'aria-invalid="true"' in answer.text


def test_data_that_are_gone_are_told_and_not_begun_anew(asking: Asking) -> None:
    asking.get("/settings")
    away = asking.folder.with_name("away")
    asking.folder.rename(away)
    for route in ROUTES:
        answer = asking.ask(route.method, filled(route.path), asking.headers(route.method))
        assert answer.status == 409, route.name
        assert "is gone while outgrow runs. Put it back" in answer.text
    assert not asking.folder.exists()
    away.rename(asking.folder)
    assert asking.get("/settings").status == 200


@pytest.mark.parametrize("about", ["", '{"given": ["', "[]"])
def test_what_waits_half_written_breaks_no_page(asking: Asking, about: str) -> None:
    with asking.desks[0].workspace() as workspace:
        drops.take_named(workspace, str(asking.folder))
    (path,) = asking.folder.glob("waiting/*/about.json")
    path.write_text(about, encoding="utf-8")
    path.parent.parent.joinpath("\u00b2").mkdir()
    address = f"/bring-in/{path.parent.name}"
    for page in ("/start", "/bring-in", "/sources"):
        assert f"{address}/leave" in asking.get(page).text
    assert asking.post(f"{address}/leave").status == 303
    assert not path.exists()


def test_a_notice_waits_for_a_page_of_a_place(asking: Asking) -> None:
    asking.desks[0].notice = "Kept: 20 %."
    for path in ("/no/such/page", "/jobs/now", "/undo", "/bring-in/x"):
        assert "Kept: 20 %." not in asking.get(path).text
    assert "Kept: 20 %." in asking.get("/settings").text
    assert "Kept: 20 %." not in asking.get("/settings").text


@pytest.mark.promise("P14")
@pytest.mark.parametrize("text", ECHOED)
def test_nothing_that_is_sent_becomes_a_part_of_a_page(working: Asking, text: str) -> None:
    words = encoded(dict.fromkeys(NAMES, text))
    echoed = 0
    for route, part in itertools.product(ROUTES, (text, *PARTS)):
        target = f"{filled(route.path, quote(part, safe=''))}?{words}"
        body = [words.encode()] if route.method == "POST" else [b""]
        answer = working.ask(route.method, target, working.headers(route.method), body)
        assert_harmless(answer)
        echoed += CANARY in answer.text
    assert echoed or CANARY not in text, "some page says it again"


@pytest.mark.promise("P14")
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(route=st.sampled_from(ROUTES), prefix=st.sampled_from(PREFIXES), part=TEXTS, query=WORDS, form=WORDS)
def test_nothing_that_is_sent_breaks_anything(  # noqa: PLR0913, PLR0917 - all that a request is made of
    working: Asking,
    capfd: pytest.CaptureFixture[str],
    route: Route,
    prefix: str,
    part: str,
    query: dict[str, str],
    form: dict[str, str],
) -> None:
    target = f"{prefix}{filled(route.path, quote(part, safe=''))}?{encoded(query)}"
    body = [encoded(form).encode()] if route.method == "POST" else [b""]
    assert_harmless(working.ask(route.method, target, working.headers(route.method), body))
    assert capfd.readouterr() == ("", "")


@pytest.mark.promise("P12")
def test_a_fault_of_ours_tells_nothing_of_the_data(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError(ADDRESS)

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("outgrow.web.undo.undo", breaks)
    answer = asking.post("/undo")
    (trace,) = tmp_path.glob("outgrow-trace-*")
    written = trace.read_text(encoding="utf-8")
    assert answer.status == 500
    assert str(trace) in answer.text
    assert "RuntimeError" in written
    assert "test_hostile.py" in written
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    for said in (answer.text, written, *capfd.readouterr()):
        assert "s3cret" not in said
