"""The sources: a card each, what could not be read page by page, and bringing in again from where it was."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.importers import feed
from outgrow.workflows import drop as drops
from tests.web.asking import Asking
from tests.web.calendars import broken, calendar


def bring(asking: Asking, *paths: Path) -> None:
    """Bring in files by the command line."""
    main(["--quiet", "--data", str(asking.folder), "import", *map(str, paths)])


def wait(asking: Asking) -> None:
    """Wait until nothing is done in the background."""
    while asking.desks[0].jobs.current:
        time.sleep(0.05)


def test_each_source_has_a_card(asking: Asking, tmp_path: Path) -> None:
    bring(asking, calendar(tmp_path / "work.ics", "<i>Anna</i>"), broken(tmp_path / "broken.ics"))
    page = asking.get("/sources").text
    assert "&lt;i&gt;Anna&lt;/i&gt;" in page
    assert page.count('class="card source"') == 2
    assert "attachments, alarms, tasks" in page
    assert "45 records could not be read" in page


def test_what_could_not_be_read_comes_page_by_page(asking: Asking, tmp_path: Path) -> None:
    text = broken(tmp_path / "broken.ics").read_text()
    many = text.replace("END:VCALENDAR", "".join(f"BEGIN:VEVENT\nUID:x{n}\nEND:VEVENT\n" for n in range(200)))
    (tmp_path / "broken.ics").write_text(many + "END:VCALENDAR\n")
    bring(asking, tmp_path / "broken.ics")
    first = asking.get("/sources/problems?importer=icalendar&account=broken").text
    last = asking.get("/sources/problems?importer=icalendar&account=broken&first=200").text
    assert "245 records could not be read." in first
    assert first.count("<strong>Line") == 100
    assert last.count("<strong>Line") == 45
    for wrong in ("first=x", "first=-5", "first=99999999999", "importer=none"):
        assert asking.get(f"/sources/problems?account=broken&{wrong}").status == 200


def test_a_source_whose_file_is_gone_is_told(asking: Asking, tmp_path: Path) -> None:
    path = calendar(tmp_path / "work.ics")
    bring(asking, path)
    assert "Bring in again" in asking.get("/sources").text
    path.unlink()
    assert "Bring in again" not in asking.get("/sources").text
    answer = asking.post("/sources/again", importer="icalendar", account="work")
    assert answer.status == 400
    assert "no longer where they were" in answer.text
    assert asking.post("/sources/again", importer="x", account="\x00").status == 400


def test_a_source_that_was_not_refreshed_is_called_stale(asking: Asking, tmp_path: Path) -> None:
    bring(asking, calendar(tmp_path / "work.ics"))
    assert "Over a month ago" not in asking.get("/sources").text
    asking.desks[0].clock = lambda: datetime.now(UTC) + timedelta(days=36)
    assert "Over a month ago" in asking.get("/sources").text


def test_many_sources_come_a_few_at_a_time(asking: Asking, tmp_path: Path) -> None:
    bring(asking, *(calendar(tmp_path / f"{n}.ics", f"Calendar {n}") for n in range(10)))
    assert "Counting hours" in asking.get("/sources").text  # as much as that is not counted while somebody waits
    wait(asking)
    first, rest = asking.get("/sources"), asking.get("/sources?first=8")
    assert (first.text.count('class="card source"'), rest.text.count('class="card source"')) == (8, 2)
    assert len(first.body) < 100_000
    assert asking.get("/sources?first=800").status == 200


def test_a_preview_of_much_stays_light(asking: Asking, tmp_path: Path) -> None:
    for n in range(200):
        broken(tmp_path / f"{n}.ics")
    answer = asking.post("/bring-in/named", given=str(tmp_path))
    wait(asking)
    page = asking.get(answer.header("location"))
    assert "1,000 records can be brought in." in page.text
    assert len(page.body) < 100_000


def test_a_source_without_hours_has_no_chart(asking: Asking, tmp_path: Path) -> None:
    done = datetime.now(UTC).date() - timedelta(days=3)
    (tmp_path / "tasks.csv").write_text(f"Task,Completed at\nRota,{done}\nBudget,{done}\n")
    bring(asking, tmp_path / "tasks.csv")
    page = asking.get("/sources").text
    assert "<dd>2, " in page
    assert "Never read" in page
    assert "columns that do not say what was done" in page
    assert 'class="axis"' not in page


def test_a_source_that_cannot_be_reached_says_so_until_it_comes_in_again(
    asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://calendar.example/private-s3cret/basic.ics"
    good = calendar(tmp_path / "basic.ics").read_bytes()

    def bring_again(*, there: bool) -> str:
        def fetch(_address: str, into: Path, _tell: object = None) -> None:
            if not there:
                message = "calendar.example says 404; copy the current secret one"
                raise feed.FeedError(message)
            into.write_bytes(good)

        monkeypatch.setattr(feed, "fetch", fetch)
        asking.post("/bring-in/named", given=address)
        wait(asking)
        for each in drops_of(asking):
            asking.post(f"/bring-in/{each}/take")
            wait(asking)
        return asking.get("/sources").text

    assert "Nothing yet." in bring_again(there=False)
    assert "Last attempt" not in bring_again(there=True)
    asking.desks[0].clock = lambda: datetime.now(UTC) + timedelta(days=40)
    page = bring_again(there=False)
    assert "calendar.example says 404; copy the current secret one." in page
    assert "<dt>Last attempt</dt>" in page
    assert "544" in page, "what came before stays"
    assert "Over a month ago" in page, "an import that did not come is none"
    assert "could not be read" not in page
    assert "s3cret" not in page
    assert page.count('class="card source"') == 1
    assert "Last attempt" not in bring_again(there=True)


def drops_of(asking: Asking) -> list[int]:
    with asking.desks[0].workspace() as workspace:
        return [each.number for each in drops.drops(workspace)]
