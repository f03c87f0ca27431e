"""A harness for importers: sample files with what must come of them beside, as ``sample.golden.json``.

In a test: ``check(MyImporter(), Path("samples"))``. At the command line, to look at a change and accept it:
``python -m outgrow.importers.testing my_package:MyImporter samples --update``.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from outgrow.importers.contract import Context, Importer, Question, Unreadable
from outgrow.model.activity import Activity, DurationBasis, Precision
from outgrow.model.problem import Problem

#: What samples are read with unless the test says otherwise.
CONTEXT = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin")

_GOLDEN = ".golden.json"
_HEAD = 64 * 1024
_MOST_RAW = 2000


class DifferenceError(AssertionError):
    """What an importer makes of its samples is not what it should be."""


def check(importer: Importer, folder: Path, context: Context = CONTEXT, *, update: bool = False) -> int:
    """Compare each sample of the folder with its golden file and return how many there are.

    Raises DifferenceError with every difference and every broken rule of the contract. With `update` the golden files
    are written anew; the rules are checked all the same.
    """
    samples = [path for path in sorted(folder.iterdir()) if not path.name.endswith(_GOLDEN) and path.name[0] != "."]
    said = [each for path in samples for each in _check_sample(importer, path, context, update=update)]
    if not samples:
        said = [f"{folder} holds no samples"]
    if said:
        raise DifferenceError("\n".join(said))
    return len(samples)


def outcome(importer: Importer, path: Path, context: Context = CONTEXT) -> dict[str, Any]:
    """Return what comes of one file, as it stands in a golden file: fields with their default are left out."""
    try:
        items = list(importer.read(path, context))
    except Question as question:
        options = [each.value for each in question.options]
        return {"question": {"key": question.key, "text": question.text, "options": options}}
    except Unreadable as fault:
        return {"unreadable": {"reason": fault.reason, "remedy": fault.remedy}}
    return {
        "records": len({each.line for each in items}),
        "activities": [_told(each) for each in items if isinstance(each, Activity)],
        "problems": [_told(each) for each in items if isinstance(each, Problem)],
    }


def broken_rules(items: Sequence[Activity | Problem], importer: Importer) -> Iterator[str]:
    """Say where the items break the contract."""
    activities = [each for each in items if isinstance(each, Activity)]
    problems = [each for each in items if isinstance(each, Problem)]
    yield from (f"line {each.line}: {said}" for each in activities for said in _faults(each, importer))
    yield from (f"line {each.line}: a problem without a reason" for each in problems if not each.reason)
    yield from (f"line {each.line}: raw text is not cut" for each in problems if len(each.raw) > _MOST_RAW)
    for line in sorted({each.line for each in activities} & {each.line for each in problems}):
        yield f"line {line}: one record is an activity and a problem too, so the counts do not add up"
    if len({each.line for each in problems}) < len(problems):
        yield "two problems share a line, so the counts do not add up"
    identities = [(each.account, each.native_id, each.occurrence) for each in activities]
    if len(set(identities)) < len(identities):
        yield "two activities share an identity (account, native_id, occurrence)"


def _faults(activity: Activity, importer: Importer) -> Iterator[str]:
    times = (activity.start, activity.end)
    if activity.source != importer.name:
        yield f"the source is {activity.source}, not the importer's name {importer.name}"
    if activity.line < 1 or not activity.native_id:
        yield "an activity needs a line from 1 on and a native_id"
    if any(each is not None and each.tzinfo is None for each in times):
        yield "a time without a zone"
    if (times == (None, None)) != (activity.precision is Precision.NONE):
        yield "start and end are absent exactly when the precision is none"
    if (activity.minutes is None) != (activity.basis is DurationBasis.NONE):
        yield "minutes are absent exactly when they rest on nothing"


def _check_sample(importer: Importer, path: Path, context: Context, *, update: bool) -> Iterator[str]:
    if not importer.identify(path, _head(path)):
        yield f"{path.name}: the importer does not recognise its own sample"
    found = _text(outcome(importer, path, context))
    if found != _text(outcome(importer, path, context)):
        yield f"{path.name}: a second reading gives something else"
    golden = path.with_name(path.name + _GOLDEN)
    if update:
        golden.write_text(found, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    yield from unified_diff(expected.splitlines(), found.splitlines(), golden.name, "now", lineterm="")
    yield from (f"{path.name}: {said}" for said in _rules_of(importer, path, context))


def _rules_of(importer: Importer, path: Path, context: Context) -> Iterator[str]:
    try:
        items = list(importer.read(path, context))
    except (Question, Unreadable):
        return
    yield from broken_rules(items, importer)


def _head(path: Path) -> bytes:
    if path.is_dir():
        return b""
    with path.open("rb") as file:
        return file.read(_HEAD)


def _told(item: Activity | Problem) -> dict[str, Any]:
    kept = [each for each in fields(item) if getattr(item, each.name) != _default(each)]
    return {each.name: getattr(item, each.name) for each in kept}


def _default(each: "Field[Any]") -> object:
    return each.default if each.default is not MISSING else MISSING


def _text(told: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, or with ``--update`` write, the golden files of a folder; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m outgrow.importers.testing", description=__doc__)
    parser.add_argument("importer", help="where it lives, as module:class")
    parser.add_argument("folder", type=Path, help="where the samples are")
    parser.add_argument("--update", action="store_true", help="write the golden files anew")
    given = parser.parse_args(arguments)
    module, _, name = given.importer.partition(":")
    importer: Importer = getattr(import_module(module), name)()
    try:
        count = check(importer, given.folder, update=given.update)
    except DifferenceError as difference:
        sys.stdout.write(f"{difference}\n")
        return 1
    sys.stdout.write(f"{count} samples, all as they should be\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
