"""What is taken out can be put back: the same bytes again, on both databases and across them; else nothing changes."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from outgrow.model.activity import Activity
from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence
from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.period import Period
from outgrow.model.problem import Problem
from outgrow.store import (
    activities,
    computed,
    export,
    files,
    journal,
    judgements,
    parcel,
    restore,
    settings,
    sources,
    versions,
    workstreams,
)
from outgrow.store.database import Store, open_store
from outgrow.store.plain import KINDS, Unsound
from outgrow.store.sources import Reading

AT = datetime(2026, 4, 1, 8, 30, 0, 5, tzinfo=UTC)
Entry = Callable[..., Activity]
Change = Callable[[dict[str, bytes]], None]


def fill(store: Store, entry: Entry) -> None:
    """Say one thing of each kind there is."""
    odd = [
        entry(7, title='=cmd|"x" \u202e', people=("Ann, B", '"Q"'), tags=("a",), start=None, end=None, minutes=None),
        entry(8, start=datetime(1, 1, 1, tzinfo=UTC), end=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    ]
    with store.begin() as change:
        reading = Reading(importer="table", location="toggl.csv", at=AT, complete=True)
        activities.record(change, reading, [*map(entry, range(5)), *odd, Problem(line=9, reason="cut", raw="x")])
    with store.begin() as change:
        activities.capture(change, entry(20, title="Noted"), AT)
        audit = judgements.start_audit(
            change, Period(date(2026, 3, 1), date(2026, 3, 31), "March"), AT, 7, ["w", "v"], 0.2
        )
        said = Judgement(
            workstream="w",
            value=Value.GROWTH,
            since=date(2026, 3, 1),
            said_at=AT,
            reasons=frozenset(Reason),
            discomfort=3,
            exceptions=frozenset({1}),
        )
        judgements.answer(change, audit, said, ["t:plan"])
        judgements.skip(change, audit, "v", AT)
        judgements.feel(change, date(2026, 3, 2), 4, AT)
        workstreams.rename(change, "w", "Planning", ["t:week"], AT)
        sources.choose(change, "table", "sig", "day", "first", AT)
        sources.unlink(change, 1, 2, AT)
        settings.put(change, "role", "Analyst", AT)
        journal.undo_last(change, AT)
    kept = files.keep(store, "offer.pdf", BytesIO(b"an offer"))
    with store.begin() as change:
        reached = Reached(state=CapabilityState.CLAIMED, on=date(2026, 4, 1))
        number = versions.put(change, Capability(name="Negotiate", reached=(reached,)), AT)
        versions.put(change, Capability(name="Negotiate well", reached=(reached,)), AT, number)
        versions.put(change, Evidence(action="Led the talks", on=date(2026, 4, 1), hours=2.0, files=(kept,)), AT)
        gone = versions.put(change, Evidence(action="Wrote it", on=date(2026, 4, 1)), AT)
        versions.withdraw(change, Evidence, gone, AT)


def pack(store: Store, target: Path) -> Path:
    with store.look() as view, parcel.packing(target, "export") as packer:
        assert export.put_everything(view, store, packer) == ()
    return target


def unpacked(path: Path) -> dict[str, bytes]:
    """Return the files of a parcel by name."""
    if path.is_dir():
        return {each.relative_to(path).as_posix(): each.read_bytes() for each in path.rglob("*") if each.is_file()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put_back(store: Store, path: Path, *, replace: bool = False) -> restore.Restored:
    with restore.opened(path) as opened:
        return restore.restore(store, opened, replace=replace)


def tables(store: Store) -> dict[str, str]:
    with store.look() as view:
        return restore.digests(view)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store, in a file."""
    with open_store(tmp_path / "other" / "outgrow.db") as opened:
        yield opened


@pytest.fixture
def packed(store: Store, entry: Entry, tmp_path: Path) -> Path:
    """Give an export with something of every kind but renamed series."""
    fill(store, entry)
    return pack(store, tmp_path / "out.zip")


@pytest.mark.promise("P7")
def test_what_is_taken_out_wiped_and_put_back_is_taken_out_the_same(store: Store, packed: Path, tmp_path: Path) -> None:
    with store.begin() as change:
        restore.empty(change)
        assert restore.is_empty(change)
    shutil.rmtree(files.folder(store))
    assert put_back(store, packed).files == 1
    assert pack(store, tmp_path / "again.zip").read_bytes() == packed.read_bytes()


@pytest.mark.promise("P7")
def test_both_databases_give_the_same_bytes(store: Store, packed: Path, other: Store, tmp_path: Path) -> None:
    done = put_back(other, packed)
    assert done.missing == ()
    assert set(done.records) == {kind.name for kind in KINDS}
    assert {name for name, number in done.records.items() if not number} == {"series"}
    assert pack(other, tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    assert unpacked(pack(store, tmp_path / "folder")) == unpacked(packed)
    with store.begin() as change:
        restore.empty(change)
    put_back(store, tmp_path / "folder")
    assert tables(store) == tables(other)


def test_what_was_put_back_is_known_again_and_counted_anew(
    store: Store, packed: Path, other: Store, entry: Entry
) -> None:
    put_back(other, packed)
    with other.begin() as change:
        assert computed.dirty(change)
        reading = Reading(importer="table", location="toggl.csv", at=AT)
        counts = activities.record(change, reading, map(entry, range(5)))
        assert (counts.new, counts.changed, counts.unchanged) == (0, 0, 5)
    with other.begin() as change, store.look() as view:
        assert settings.put(change, "role", "Lead", AT) == journal.latest(view) + 1


def test_nothing_is_put_over_data_unless_they_are_to_be_replaced(packed: Path, other: Store) -> None:
    with other.begin() as change:
        settings.put(change, "role", "Lead", AT)
    before = tables(other)
    with pytest.raises(restore.NotEmpty, match="There are data"):
        put_back(other, packed)
    assert tables(other) == before
    assert not any(files.folder(other).iterdir())
    put_back(other, packed, replace=True)
    assert tables(other) != before
    with other.look() as view:
        assert settings.everything(view) == {}, "the setting in the export was taken back"


def repack(source: Path, target: Path, change: Change, *, honest: bool = True) -> Path:
    """Change files of a parcel; an honest one has a manifest that fits them."""
    contents = unpacked(source)
    change(contents)
    if honest and parcel.MANIFEST in contents:
        told = json.loads(contents.pop(parcel.MANIFEST))
        beside = target.with_name("beside.zip")
        with parcel.packing(beside, told["outgrow"]) as packer:
            for name, content in contents.items():
                packer.put(name, [content])
        shutil.move(beside, target)
        return target
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target


def edit(name: str, old: bytes, new: bytes) -> Change:
    def change(contents: dict[str, bytes]) -> None:
        assert old in contents[name], contents[name][:2000]
        contents[name] = contents[name].replace(old, new, 1)

    return change


def add(name: str, content: bytes = b"") -> Change:
    return lambda contents: contents.update({name: contents.get(name, b"") + content})


def drop(name: str) -> Change:
    return lambda contents: (contents.pop(name), None)[1]


HONEST: list[tuple[Change, str]] = [
    (edit("activities.jsonl", b'"id":2', b'"id":1'), "a number comes twice"),
    (edit("activities.jsonl", b'"source":1', b'"source":9'), "activity 1"),
    (edit("activities.jsonl", b'"kind":"time entry"', b'"kind":"dream"'), "dream"),
    (edit("activities.jsonl", b'"start":"2026', b'"start":"x026'), "line 1: start has to be a moment"),
    (edit("activities.jsonl", b'"minutes":30.0', b'"minutes":"30"'), "minutes has to be a number"),
    (edit("activities.jsonl", b'"revision":0', b'"revision":9223372036854775808'), "revision has to be a whole number"),
    (edit("activities.jsonl", b'"title"', b'"titel"'), "line 1: it has to have"),
    (edit("activities.jsonl", b'{"id"', b'{{"id"'), "line 1: it is no JSON"),
    (edit("problems.jsonl", b'"run":1', b'"run":7'), "refers to what is not there"),
    (edit("statements.jsonl", b'"kind":"felt"', b'"kind":"spell"'), "no statements of the kind 'spell'"),
    (edit("statements.jsonl", b'"kind":"felt"', b'"kind":"name"'), "statements and felt do not belong together"),
    (edit("statements.jsonl", b'"retracts":9', b'"retracts":99'), "refers to what is not there"),
    (edit("judgements.jsonl", b'"growth"', b'"good"'), "one of depth, growth, outside"),
    (edit("judgements.jsonl", b'"LACKING"', b'"LUCK"'), "a list of some of"),
    (edit("audits.jsonl", b'"2026-03-31"', b'"2026-02-28"'), "cannot end"),
    (edit("versions.jsonl", b'"kind":"capability"', b'"kind":"wish"'), "no kind of thing called 'wish'"),
    (edit("versions.jsonl", b'"claimed"', b'"bought"'), "its body is no capability"),
    (edit("versions.jsonl", b'"body":null', b'"body":7'), "body has to be an object or null"),
    (edit("settings.jsonl", b'"Analyst"', b'"Ana\\u0000lyst"'), "a text without NUL"),
    (edit("statements.jsonl", b"\n", b" "), "it is no JSON"),
    (add("statements.jsonl", b"{"), "ends within a line"),
    (add("spells.jsonl"), "holds what outgrow did not write: 'spells.jsonl'"),
    (add("../../outgrow.jsonl"), "holds what outgrow did not write"),
    (add("/etc/outgrow"), "holds what outgrow did not write"),
    (add(f"files/{'0' * 64}", b"other"), "holds what outgrow did not write"),
    (drop("pins.jsonl"), "'pins.jsonl' is missing"),
]
FORGED: list[tuple[Change, str]] = [
    (edit("activities.jsonl", b"Plan week 1", b"Plan week 2"), "activities.jsonl in .* is not as it was written"),
    (edit("activities.jsonl", b"\n", b"\n\n"), "is not as it was written"),
    (add("README.md", b"x"), "holds what outgrow did not write"),
    (drop("activities.jsonl"), "'activities.jsonl' is missing"),
    (drop(parcel.MANIFEST), "it has no manifest.json"),
    (edit(parcel.MANIFEST, b'"format": 1', b'"format": 2'), "another version of outgrow"),
    (edit(parcel.MANIFEST, b'"format": 1', b'"format": "1"'), "another version of outgrow"),
    (edit(parcel.MANIFEST, b'"export"', b'"exploit"'), "is missing|did not write"),
    (edit(parcel.MANIFEST, b'"size"', b'"sizes"'), "no whole export"),
    (edit(parcel.MANIFEST, b'"size": ', b'"size": 99999999999'), "would unpack to"),
    (edit(parcel.MANIFEST, b'"size": ', b'"size": -'), "would unpack to"),
]


@pytest.mark.promise("P3")
@pytest.mark.promise("P7")
@pytest.mark.parametrize(("change", "said"), HONEST)
def test_what_is_not_in_order_is_refused_and_nothing_is_half_done(
    packed: Path, other: Store, tmp_path: Path, change: Change, said: str
) -> None:
    before = tables(other)
    with pytest.raises(Unsound, match=said):
        put_back(other, repack(packed, tmp_path / "odd.zip", change))
    assert tables(other) == before
    assert not any(files.folder(other).glob("*"))


@pytest.mark.promise("P7")
@pytest.mark.parametrize(("change", "said"), FORGED)
def test_what_was_changed_or_cut_is_refused(
    packed: Path, other: Store, tmp_path: Path, change: Change, said: str
) -> None:
    before = tables(other)
    with pytest.raises(Unsound, match=said):
        put_back(other, repack(packed, tmp_path / "odd.zip", change, honest=False))
    assert tables(other) == before
    assert not any(files.folder(other).glob("*"))


@pytest.mark.promise("P7")
def test_a_cut_or_mangled_file_ends_in_our_own_words(packed: Path, store: Store, other: Store, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    odd = tmp_path / "odd.zip"
    for at in range(0, len(whole), 97):
        mangled = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        for content in (whole[:at], mangled):
            odd.write_bytes(content)
            try:
                put_back(other, odd)
            except Unsound:
                continue
            assert content is mangled, "a cut one was taken"
            assert tables(other) == tables(store), "what was mangled is of no account, such as the date of a file"
            with other.begin() as change:
                restore.empty(change)


def test_a_link_in_a_parcel_is_not_followed(packed: Path, other: Store, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("README.md")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Unsound, match="no plain file"):
        put_back(other, packed)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "manifest.json").symlink_to("/etc/passwd")
    with pytest.raises(Unsound, match="no plain file"):
        put_back(other, folder)


def test_a_file_that_unpacks_to_far_more_than_it_can_hold_is_not_read(
    packed: Path, other: Store, tmp_path: Path
) -> None:
    bomb = repack(packed, tmp_path / "bomb.zip", add("problems.jsonl", b" " * (100 << 20)))
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(Unsound, match="would unpack to"):
        put_back(other, bomb)


def test_what_lies_at_a_place_is_never_overwritten(packed: Path, store: Store, tmp_path: Path) -> None:
    before = packed.read_bytes()
    with pytest.raises(parcel.CannotPack, match="already"):
        pack(store, packed)
    assert packed.read_bytes() == before
    with pytest.raises(parcel.CannotPack, match="already"):
        pack(store, tmp_path)


@pytest.mark.promise("P10")
def test_what_is_taken_out_can_be_read_by_the_person_alone(packed: Path, store: Store, tmp_path: Path) -> None:
    folder = pack(store, tmp_path / "folder")
    assert {each.stat().st_mode & 0o077 for each in [packed, folder, *folder.rglob("*")]} == {0}
