"""Nobody else gets in: every address there is, against every way of asking that is not the person's own."""

import re
import stat
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outgrow.cli.main import main
from outgrow.web import app, security
from outgrow.web.app import EXAMPLE, ROUTES
from outgrow.web.visit import Route
from tests.web.asking import HOST, ORIGIN, PORT, Answer, Asking, Header

CANARY = "canary"
WEB = Path(app.__file__).parent
PREFIXES = ("", EXAMPLE)


def filled(path: str, value: str = "1") -> str:
    return re.sub(r"\{[^}]+\}", value, path)


ADDRESSES = [
    *((route.method, prefix + filled(route.path)) for route in ROUTES for prefix in PREFIXES),
    ("GET", "/static/base.css"),
    ("GET", "/no/such/page"),
    ("POST", "/no/such/page"),
    ("HEAD", "/"),
]


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Give one app for all tests that get nowhere."""
    made = Asking(tmp_path_factory.mktemp("entered") / "data")
    yield made
    made.close()


def replaced(headers: list[Header], name: str, *values: str) -> list[Header]:
    return [each for each in headers if each[0] != name] + [(name, value) for value in values]


FOREIGN = {
    "foreign host": ("host", ["evil.example"]),
    "foreign host with our port": ("host", [f"evil.example:{PORT}"]),
    "our host with a foreign port": ("host", ["127.0.0.1:80"]),
    "our host as a part": ("host", [f"127.0.0.1:{PORT}.evil.example"]),
    "two hosts": ("host", [HOST, "evil.example"]),
    "two hosts, the foreign one first": ("host", ["evil.example", HOST]),
    "no host": ("host", []),
    "foreign origin": ("origin", ["https://evil.example"]),
    "our origin over another scheme": ("origin", [f"https://{HOST}"]),
    "origin of another port": ("origin", ["http://127.0.0.1:80"]),
    "two origins": ("origin", [ORIGIN, "https://evil.example"]),
    "cross-site": ("sec-fetch-site", ["cross-site"]),
    "same-site": ("sec-fetch-site", ["same-site"]),
    "two sites": ("sec-fetch-site", ["same-origin", "cross-site"]),
    "no cookie": ("cookie", []),
    "wrong cookie": ("cookie", [f"outgrow-{PORT}=x"]),
    "empty cookie": ("cookie", [f"outgrow-{PORT}="]),
    "cookie that is no text": ("cookie", [f"outgrow-{PORT}=\xff"]),
}


@pytest.mark.promise("P10")
@pytest.mark.parametrize("way", FOREIGN)
def test_every_address_refuses_every_foreign_way_of_asking(entered: Asking, way: str) -> None:
    name, values = FOREIGN[way]
    for method, address in ADDRESSES:
        answer = entered.ask(method, address, replaced(entered.headers(method), name, *values))
        assert 400 <= answer.status < 500, (method, address)
        assert answer.status != 404, "it was let in"
        assert len(answer.body) < 200, "it is one sentence"


@pytest.mark.promise("P10")
def test_every_form_refuses_an_unknown_origin(entered: Asking) -> None:
    for method, address in ADDRESSES:
        if method == "POST":
            for origin in ([], ["null"]):
                for site in ([], ["none"]):
                    headers = replaced(entered.headers(method), "origin", *origin)
                    answer = entered.ask(method, address, replaced(headers, "sec-fetch-site", *site))
                    assert answer.status == 403, (address, origin, site)


@pytest.mark.promise("P10")
def test_a_form_of_ours_is_taken_where_the_browser_hides_the_origin(asking: Asking) -> None:
    headers = replaced(asking.headers("POST"), "origin", "null")
    assert asking.ask("POST", "/undo", headers).status == 303


@pytest.mark.promise("P10")
def test_the_cookie_of_another_port_opens_nothing(entered: Asking) -> None:
    cookie = entered.cookie.replace(str(PORT), "4791")
    assert entered.ask("GET", "/", replaced(entered.headers(), "cookie", cookie)).status == 403


@pytest.mark.promise("P10")
def test_a_cookie_among_others_opens(asking: Asking) -> None:
    cookie = f"a=1; outgrow-{PORT}=x; {asking.cookie}; outgrow-4791=x"
    assert asking.ask("GET", "/settings", replaced(asking.headers(), "cookie", cookie)).status == 200


@pytest.mark.promise("P10")
def test_a_link_opens_once(asking: Asking) -> None:
    link = asking.doors.link()
    headers = asking.headers(without=["cookie"])
    assert asking.ask("HEAD", link, headers).status == 403, "looking ahead uses nothing up"
    assert asking.ask("GET", link, replaced(headers, "sec-fetch-site", "cross-site")).status == 403
    first = asking.ask("GET", link, headers)
    assert (first.status, first.header("location")) == (303, "/")
    cookie = first.header("set-cookie").lower()
    assert cookie.startswith(f"outgrow-{PORT}=")
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert asking.ask("GET", link, headers).status == 403
    assert not asking.ask("GET", link, headers).header("set-cookie")


@pytest.mark.promise("P10")
@pytest.mark.parametrize("token", ["", "x", "%00", "%ff", "a/b", "x" * 2000, "\u00e9"])
def test_a_link_of_nobody_opens_nothing(entered: Asking, token: str) -> None:
    answer = entered.ask("GET", "/enter/" + quote(token, safe="%/"), entered.headers(without=["cookie"]))
    assert answer.status in {400, 403}
    assert not answer.header("set-cookie")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "get"])
def test_other_methods_are_refused(entered: Asking, method: str) -> None:
    for _, address in ADDRESSES:
        assert entered.ask(method, address, entered.headers()).status == 405


def test_what_takes_no_form_says_so(asking: Asking) -> None:
    for route in ROUTES:
        other = {each.method for each in ROUTES if each.path == route.path} ^ {"GET", "POST"}
        for method in other:
            answer = asking.ask(method, filled(route.path), asking.headers(method))
            assert answer.status == 405, (method, route.path)
            assert "<h1>" in answer.text


POLICY = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"} | dict.fromkeys(
    ("script-src", "style-src", "connect-src", "form-action"), "'self'"
)


@pytest.mark.promise("P10")
def test_every_answer_has_the_headers_that_keep_others_out(asking: Asking) -> None:
    link = asking.doors.link()
    answers = [asking.ask(method, address, asking.headers(method)) for method, address in ADDRESSES]
    answers += [
        asking.ask("GET", "/", []),
        asking.ask("GET", link, asking.headers()),
        asking.get("/?period=nonsense"),
        asking.ask("POST", "/capture", [*asking.headers("POST"), ("content-length", "999999999")]),
    ]
    for answer in answers:
        policy = dict(part.strip().split(" ", 1) for part in answer.header("content-security-policy").split(";"))
        assert policy.pop("img-src") == "'self' data:"
        assert policy == POLICY
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("x-frame-options") == "DENY"
        assert answer.header("referrer-policy") == "no-referrer"
        assert answer.header("cross-origin-opener-policy") == "same-origin"
        assert answer.header("cross-origin-resource-policy") == "same-origin"
        assert answer.header("cache-control") == "no-store"
        assert not {"server", "access-control-allow-origin"} & {name for name, _ in answer.headers}


@pytest.mark.promise("P10")
def test_templates_hold_nothing_the_policy_forbids() -> None:
    for path in (WEB / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"\sstyle=|\son\w+=|<style|javascript:|(?:href|src|action)=\"https?:", text), path.name
        assert re.findall(r"<script(?! type=\"module\" src=\"/static/)", text) == [], path.name
        assert "| safe" not in text.replace("chart.svg | safe", ""), path.name  # drawings escape what they quote


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


@pytest.mark.parametrize("target", ["http://evil.example/", f"http://{HOST}/", "*", "evil.example:443"])
def test_a_target_that_is_no_path_is_refused(entered: Asking, target: str) -> None:
    assert entered.get(target).status == 400


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
def test_only_forms_are_taken(entered: Asking, kind: str) -> None:
    headers = replaced(entered.headers("POST"), "content-type", kind)
    assert entered.ask("POST", "/capture", headers, [b"x"]).status == 415


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
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2ftemplates%2fbase.html",
        "/static//etc/hosts",
        "/static/%2fetc%2fhosts",
        "/static/..%5capp.py",
        "/static/base.css%00.js",
        "/static/",
        "/static/" + "x" * 5000,
        "/workstream/..%2f..%2fetc%2fhosts",
        "/workstream/%00",
        "/workstream/" + "9" * 5000,
        "/settings/../settings",
        "//evil.example/",
        "/%2f%2fevil.example",
        "http://evil.example/",
        "*",
        "/%",
        "/%ff%fe",
        "/\u202e",
        "/example/../settings",
        "/" + "a/" * 5000,
    ],
)
def test_paths_lead_nowhere_else(asking: Asking, path: str) -> None:
    answer = asking.get(path)
    assert 400 <= answer.status < 500
    assert b"import" not in answer.body
    assert b"localhost" not in answer.body


def test_a_forgotten_slash_leads_to_ours(asking: Asking) -> None:
    answer = asking.get("/example")
    assert (answer.status, answer.header("location")) == (307, f"{ORIGIN}/example/")


def test_back_leads_to_no_other_place(asking: Asking) -> None:
    for back in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "/a\r\nset-cookie: a=1",
        "/a\rb",
        "/a b",
        "",
        "x",
    ):
        answer = asking.post("/undo", back=back)
        assert (answer.status, answer.header("location")) == (303, "/")
    assert asking.post("/undo", back="/settings?a=1").header("location") == "/settings?a=1"
    assert asking.post("/example/undo", back="/settings").header("location") == "/example/"


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


ADDRESS = "https://calendar.example/s3cret"
TEXTS = st.one_of(
    st.sampled_from(
        [
            f"<{CANARY}>",
            f'"><{CANARY} a="',
            f"'><{CANARY} a='",
            f'" {CANARY}="1',
            f"</script><{CANARY}>",
            f"{{{{ {CANARY} }}}}",
            "\x1b[31mred\x1b[0m",
            "\u202egnitirw",
            "\0",
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
NAMES = sorted({name for path in WEB.glob("*.py") for name in ASKED_FOR.findall(path.read_text(encoding="utf-8"))})
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


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Give the app on the data of a person with some hostile titles."""
    folder = tmp_path_factory.mktemp("working") / "data"
    for number, title in enumerate([f"<{CANARY}>", f'" {CANARY}="1', "Budget round", "Budget round", "\u202ex"]):
        assert main(["-q", "--data", str(folder), "capture", title, "--hours", "2", "--on", "yesterday"]) == 0, number
    made = Asking(folder)
    yield made
    made.close()


def encoded(words: dict[str, str]) -> str:
    return urlencode(words, errors="surrogatepass")


@pytest.mark.promise("P14")
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
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
    answer = working.ask(route.method, target, working.headers(route.method), body)
    assert answer.status < 500, answer.text
    assert "Traceback" not in answer.text
    marks = Marks(answer.text)
    assert not {name for name in marks.names if CANARY in name}
    assert "\u202e" not in marks.said
    assert not {char for char in marks.said if ord(char) < 32} - {"\n"}
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
    assert "test_security.py" in written
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    for said in (answer.text, written, *capfd.readouterr()):
        assert "s3cret" not in said
