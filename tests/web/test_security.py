"""Nobody else gets in: every address there is, against every way of asking that is not the person's own."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.routing import compile_path

from outgrow.web import app
from outgrow.web.app import EXAMPLE, ROUTES
from outgrow.web.security import Doors
from tests.web.asking import HOST, ORIGIN, PORT, Asking, filled, replaced

WEB = Path(app.__file__).parent
PREFIXES = ("", EXAMPLE)


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
        assert len(answer.body) < 600, "it is one sentence on a bare page"
        assert answer.text.count("<p>") == 1


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
def test_who_is_not_let_in_reads_a_page_that_needs_nothing(asking: Asking) -> None:
    for target in ("/", "/enter/used", "/static/base.css"):
        answer = asking.ask("GET", target, asking.headers(without=["cookie"]))
        assert answer.header("content-type") == "text/html; charset=utf-8"
        assert re.search(r"<title>.+</title>", answer.text)
        assert "Run outgrow in a terminal and open the new link.</p>" in answer.text
        assert not re.search(r'(?:href|src)="(?!data:,")', answer.text), "whoever is outside gets no style sheet"


@pytest.mark.promise("P10")
def test_a_link_that_has_lapsed_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    doors = Doors()
    in_time, late, printed = (doors.link(lasts).removeprefix("/enter/") for lasts in (60.0, 60.0, math.inf))
    now = 59.0
    assert doors.knows(doors.open(in_time))
    now = 60.0
    assert doors.open(late) == ""
    now = 1e9
    assert doors.knows(doors.open(printed))


@pytest.mark.promise("P10")
def test_a_link_that_others_may_read_opens_to_no_stranger() -> None:
    doors = Doors()
    read, printed = (doors.link(lasts).removeprefix("/enter/") for lasts in (60.0, math.inf))
    assert doors.open(read, lambda: True) == ""
    assert doors.knows(doors.open(read, lambda: False)), "the stranger used nothing up"
    assert doors.knows(doors.open(printed, lambda: True))


@pytest.mark.promise("P10")
@pytest.mark.parametrize(("stranger", "status"), [(True, 403), (False, 303)])
def test_who_asks_for_a_link_is_looked_at(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, stranger: bool, status: int
) -> None:
    def told(*ends: object) -> bool:
        assert ends == (("127.0.0.1", 50000), ("127.0.0.1", PORT))
        return stranger

    monkeypatch.setattr("outgrow.web.security.is_somebody_elses", told)
    assert asking.ask("GET", asking.doors.link(60.0), asking.headers(without=["cookie"])).status == status


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


def taken(path: str) -> set[str]:
    """Return the methods that some route takes at a path, also one whose path only fits it."""
    return {each.method for each in ROUTES if compile_path(each.path)[0].fullmatch(path)}


def test_what_takes_no_form_says_so(asking: Asking) -> None:
    for path in {filled(route.path) for route in ROUTES}:
        for method in taken(path) ^ {"GET", "POST"}:
            answer = asking.ask(method, path, asking.headers(method))
            assert answer.status == 405, (method, path)
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


@pytest.mark.parametrize("target", ["http://evil.example/", f"http://{HOST}/", "*", "evil.example:443"])
def test_a_target_that_is_no_path_is_refused(entered: Asking, target: str) -> None:
    assert entered.get(target).status == 400


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
