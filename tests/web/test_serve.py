"""The socket the app is served on."""

import socket
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from outgrow.web import give_verdict, pages
from outgrow.web.desk import Desk
from outgrow.web.serve import listen, prepare
from tests.web.asking import Asking
from tests.web.work import bring_in


def test_an_answer_leaves_at_once() -> None:
    with listen(0) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_it_listens_on_this_machine_alone() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_nobody_waits_for_a_template_to_be_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = pages._environment  # noqa: SLF001 - what is compiled shows there alone
    templates.cache_clear()
    list(pages.prepare())
    monkeypatch.setattr(Environment, "compile", None)
    for name in templates().list_templates():
        templates().get_template(name)


def test_a_broken_template_keeps_nothing_but_its_own_page_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = Environment(autoescape=True, loader=DictLoader({"a.html": "{% if %}", "b.html": "whole"}))
    monkeypatch.setattr(pages, "_environment", lambda: environment)
    list(pages.prepare())
    assert pages.render("b.html", {}) == "whole"
    with pytest.raises(TemplateSyntaxError):
        pages.render("a.html", {})


def test_the_first_page_is_computed_before_anybody_asks(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(asking.folder)
    for _ in range(2):  # hours and proposals first, which are kept; then the page that stands on them
        prepare(asking.desks[0])
    monkeypatch.setattr(give_verdict, "_look", None)
    assert asking.get("/").status == 200


def test_what_goes_wrong_ahead_is_said_by_the_page_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").write_text("no folder")
    prepare(Desk(str(tmp_path / "data")))
    assert capsys.readouterr() == ("", "")
