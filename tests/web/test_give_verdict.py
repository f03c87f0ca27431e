"""The verdict without a browser: every level of certainty in the same layout, wrong periods, how a week felt."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from outgrow.cli.main import main
from outgrow.model.share import Band, Certainty, Share, Unit
from outgrow.store import judgements
from outgrow.web import give_verdict as place
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.workspace import open_workspace
from tests.web.asking import Asking

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)


@pytest.fixture
def worked(asking: Asking, tmp_path: Path) -> Asking:
    """Give the app on ten weeks of two kinds of work, one of them in Arabic and with a script."""
    header = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
    titles = ("Weekly report", "اجتماع <script>alert(1)</script>")
    rows = (
        f"{titles[back % 2]},Acme,{day},08:00:00,{day},15:00:00,07:00:00,"
        for back in range(70)
        if (day := TODAY - timedelta(days=back + 1)).isoweekday() <= 5
    )
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(asking.folder), "import", str(sheet)]) == 0
    return asking


LEVELS = {
    Certainty.NONE: (None, None, "Not enough yet for a number"),
    Certainty.EARLY: ((0.02, 0.17, 0.4), Band.PROGRESS, "Early: 2"),
    Certainty.UNCLEAR: ((0.11, 0.17, 0.26), Band.PROGRESS, "Unclear: about"),
    Certainty.LEANING: ((0.07, 0.12, 0.16), Band.SOME_GROWTH, "Mostly movement: about"),
    Certainty.CLEAR: ((0.19, 0.23, 0.29), Band.PROGRESS, "Progress: about"),
}


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("certainty", list(Certainty))
def test_every_level_has_the_same_layout(
    worked: Asking, monkeypatch: pytest.MonkeyPatch, certainty: Certainty, unit: Unit
) -> None:
    ends, band, said = LEVELS[certainty]
    share = ends and Share(low=ends[0], mean=ends[1], high=ends[2], below=0.5, answers=12, unit=unit)
    monkeypatch.setattr(
        place,
        "give_verdict",
        lambda workspace, period: replace(
            give_verdict(workspace, period), certainty=certainty, band=band, share=share, unit=unit, drawn=True
        ),
    )
    page = worked.get("/").text
    for part in ("What moved", "What progressed", "One thing to do next", "How sure this is, and why", said):
        assert part in page
    assert page.count('aria-current="true"') == 1
    assert ('class="estimate"' in page.split("What moved")[0]) is (certainty not in {Certainty.NONE, Certainty.EARLY})
    assert ("of items, not of hours" in page) is (unit is Unit.ITEMS)


def test_titles_are_text_and_keep_their_direction(worked: Asking) -> None:
    page = worked.get("/").text
    assert "<script>alert" not in page
    assert "<bdi>اجتماع &lt;script&gt;" in page
    assert "style=" not in page


@pytest.mark.parametrize("words", ["2026-13", "soon", "<script>", "2026-02-30..2026-03-01", "x" * 400, "\u202e2026"])
def test_a_wrong_period_gets_a_clear_page(worked: Asking, words: str) -> None:
    answer = worked.get(f"/?period={words.encode().hex(' ').replace(' ', '%').join(('%', ''))}")
    assert answer.status == 400
    assert "Say for example" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "words", ["2026-Q3", "last 90 days", "2019", "0001-01", "9999-12", "0001-01-01..9999-12-31", "today"]
)
def test_any_period_that_is_one_gets_a_page(worked: Asking, words: str) -> None:
    answer = worked.get(f"/?period={words.replace(' ', '+')}")
    assert answer.status == 200
    assert 'rel="prev"' in answer.text or words.startswith(("0001", "9999"))


def test_months_to_come_are_not_led_to(worked: Asking) -> None:
    now, before = TODAY, TODAY.replace(day=1) - timedelta(days=1)
    assert 'rel="next"' in worked.get(f"/?period={before:%Y-%m}").text
    assert 'rel="next"' not in worked.get(f"/?period={now:%Y-%m}").text


def test_old_data_are_called_so_but_for_those_of_the_example(worked: Asking, tmp_path: Path) -> None:
    main(["--quiet", "--data", str(worked.folder / "example"), "import", str(tmp_path / "sheet.csv")])
    said = "What came after it is not in this verdict."
    assert said not in worked.get("/").text
    for desk in worked.desks:
        desk.clock = lambda: datetime.now(UTC) + timedelta(days=40)
    assert said in worked.get("/").text
    assert said not in worked.get("/example/").text


def test_a_feeling_is_kept_and_can_be_taken_back(worked: Asking) -> None:
    worked.get("/")
    assert worked.post("/felt", week=str(MONDAY), score="4", back="/").status == 303
    page = worked.get("/").text
    assert "felt like 4 of 5" in page
    assert "you said 4 of 5" in page
    worked.post("/undo", back="/")
    assert "you said" not in worked.get("/").text


@pytest.mark.parametrize(
    ("week", "score"),
    [
        *(("soon", "3"), (str(MONDAY), "much"), (str(MONDAY), "9"), ("", "")),
        *((str(MONDAY + timedelta(weeks=weeks)), "3") for weeks in (2, 9, 5000, -60, -5000)),
        *((week, "3") for week in ("0001-01-01", "9999-12-27", str(MONDAY + timedelta(days=1)))),
    ],
)
def test_what_is_no_feeling_is_refused(worked: Asking, week: str, score: str) -> None:
    assert worked.post("/felt", week=week, score=score, back="/").status == 400
    with open_workspace(str(worked.folder)) as workspace, workspace.store.look() as view:
        assert judgements.felt(view) == {}


def test_the_estimate_is_marked_and_numbers_keep_their_sign() -> None:
    marked = place._marked("Progress: about 23 % of <b>, likely 19\N{EN DASH}29 %.")  # noqa: SLF001 - the words of the page
    assert marked == Markup(
        "Progress: about <em>23\N{NO-BREAK SPACE}%</em> of &lt;b&gt;, "
        "likely 19\N{EN DASH}\N{WORD JOINER}29\N{NO-BREAK SPACE}%."
    )
