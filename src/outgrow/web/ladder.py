"""The place of career ladders: which step the person looks at, what the levels expect, and ladders brought in."""

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from starlette.datastructures import UploadFile
from starlette.responses import Response

from outgrow.model.ladder import BUILT_IN, Ladder, Level
from outgrow.reports import ladders as reports
from outgrow.reports import machine
from outgrow.web.answers import NoAnswer
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import edit_ladder
from outgrow.workflows.bring_in_ladder import NoLadder, Reading, keep, read_file
from outgrow.workflows.choose_ladder import NoSuchLadder, aim, find_ladder, find_level, ladders, list_ladders, set_aim
from outgrow.workflows.edit_ladder import CannotEdit, Wording
from outgrow.workflows.look_at_step import look_at_step

_KEPT = "ladder that was read"  # where the desk keeps one that is looked at
_LONGEST = 80  # characters of an expectation in a notice
_LONGEST_NAME = 60
_UNFIT = re.compile(r"[^\w .()-]")
_TOLD = 200  # problems that are on the page at once
_COLUMNS = 6  # kinds that fit beside each other in a table


def show(visit: Visit) -> Response:
    """Show the ladder that is looked at, or the built-in one."""
    set_ = aim(visit.workspace)
    return _page(visit, set_.ladder if set_ else BUILT_IN)


def show_one(visit: Visit) -> Response:
    """Show one ladder."""
    try:
        return _page(visit, _number(visit))
    except NoSuchLadder:
        if not visit.desk.notice:
            raise
        return visit.go("ladder", tell=visit.desk.notice)  # what was shown here has just been taken back


def _number(visit: Visit) -> int:
    return find_ladder(ladders(visit.workspace), str(visit.path["number"]))


def _page(visit: Visit, number: int, status: int = 200, **values: object) -> Response:
    ladder = ladders(visit.workspace)[number]
    lines = list_ladders(visit.workspace)
    set_ = aim(visit.workspace)
    here = set_ if set_ and set_.ladder == number else None
    asked = visit.said("level") or visit.asked("level")
    level = find_level(ladder, asked or (here.next if here else ladder.levels[0].id))
    told = {
        "number": number,
        "ladder": ladder,
        "line": next(each for each in lines if each.number == number),
        "lines": lines,
        "aimed": here,
        "step": look_at_step(visit.workspace, str(number), here.now, here.next) if here else None,
        "said_of_step": reports.asked_in_words,
        "ranks": reports.by_rank(ladder.levels),
        "counts": _counts(ladder),
        "level": level,
        "expected": reports.by_kind(ladder.of(level.id)),
        "kinds": reports.kinds(ladder.expectations),
        "built_in": BUILT_IN,
    }
    return visit.page("ladder.html", status, here="ladder", **{**told, **values})


def _counts(ladder: Ladder) -> list[tuple[Level, list[int]]] | None:
    """Return for each level how many expectations of each kind it has; None where there are too many kinds."""
    kinds = reports.kinds(ladder.expectations)
    if len(kinds) > _COLUMNS:
        return None
    return [
        (level, [sum(each.kind == kind for each in ladder.of(level.id)) for kind in kinds]) for level in ladder.levels
    ]


def change(visit: Visit) -> Response:
    """Do what a form of a ladder's page asks for; what is wrong with it stands beside its field."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    number = _number(visit)
    try:
        return do(visit, number)
    except CannotEdit as fault:
        if not fault.field:
            raise
        return _page(visit, number, 400, typed=visit.typed, wrong={fault.field: str(fault)})


def _aim(visit: Visit, number: int) -> Response:
    """Set the step."""
    names = {each.id: each.name for each in ladders(visit.workspace)[number].levels}
    missing = {"now": "Choose the level you have now; the nearest will do.", "next": "Choose the level to look at."}
    wrong = {field: said for field, said in missing.items() if visit.said(field) not in names}
    if wrong:
        return _page(visit, number, 400, typed=visit.typed, wrong=wrong)
    set_ = set_aim(visit.workspace, number, visit.said("now"), visit.said("next"))
    told = f"The step is set: from {names[set_.now]} to {names[set_.next]}."
    return visit.go("one_ladder", number=number, level=set_.next, tell=told)


def _go(visit: Visit, number: int, tell: str) -> Response:
    told = f"{tell.rstrip('.')}. Undo takes it back."
    return visit.go("one_ladder", number=number, level=visit.said("level"), tell=told)


def _wording(visit: Visit) -> Wording:
    return Wording(visit.said("text"), visit.said("kind"), visit.said("examples").splitlines())


def _add(visit: Visit, number: int) -> Response:
    edit_ladder.add_expectation(visit.workspace, number, visit.said("level"), _wording(visit))
    return _go(visit, number, f"Added: {_short(visit.said('text'))}")


def _edit(visit: Visit, number: int) -> Response:
    edit_ladder.change_expectation(visit.workspace, number, visit.said("expectation"), _wording(visit))
    return _go(visit, number, f"Kept: {_short(visit.said('text'))}")


def _remove(visit: Visit, number: int) -> Response:
    gone = edit_ladder.remove_expectation(visit.workspace, number, visit.said("expectation"))
    return _go(visit, number, f"Removed: {_short(gone.text)}")


def _rename_level(visit: Visit, number: int) -> Response:
    edit_ladder.rename_level(visit.workspace, number, visit.said("level"), visit.said("name"))
    return _go(visit, number, f"The level is called {_short(visit.said('name'))}.")


def _rename(visit: Visit, number: int) -> Response:
    edit_ladder.rename_ladder(visit.workspace, number, visit.said("name"))
    return _go(visit, number, f"The ladder is called {_short(visit.said('name'))}.")


def _remove_ladder(visit: Visit, number: int) -> Response:
    gone = edit_ladder.remove_ladder(visit.workspace, number)
    what = "Your changes to" if number == BUILT_IN else "The ladder"
    are = "are" if number == BUILT_IN else "is"
    return visit.go("ladder", tell=f"{what} {_short(gone.name)} {are} removed. Undo brings back what was.")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def upload(visit: Visit) -> Response:
    """Read a file that was handed over, and show what it holds."""
    file = visit.form.get("file")
    wrong: dict[str, str] = {}
    if not isinstance(file, UploadFile) or not file.filename:
        wrong["file"] = "No file was chosen. Choose one, or drop it on the field."
    else:
        with beside(wrong, "file"):
            visit.desk.kept[_KEPT] = _read(visit, file.filename, file.file)
    if wrong:
        return _page(visit, _shown(visit), 400, wrong=wrong)
    return visit.go("ladder_read")


def _shown(visit: Visit) -> int:
    """Return the number of the ladder that the form stood under, or of the built-in one."""
    number = read_number(visit.said("number"), BUILT_IN, 10**17)
    return number if number in ladders(visit.workspace) else BUILT_IN


def _read(visit: Visit, name: str, file: BinaryIO) -> Reading:
    """Read a file as a ladder: it lies in a folder of its own meanwhile, and what stands in it is kept in memory."""
    fit = _UNFIT.sub("_", Path(name.replace("\\", "/")).name)[-_LONGEST_NAME:].lstrip(".")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (fit or "ladder")
        with path.open("xb") as copy:
            shutil.copyfileobj(file, copy)
        return read_file(visit.workspace, path)


def show_read(visit: Visit) -> Response:
    """Show what a file holds as a ladder, before it is kept."""
    reading = _waiting(visit)
    if reading is None:
        return visit.go("ladder", tell=visit.desk.notice)
    return visit.page(
        "ladder_read.html",
        here="ladder",
        view=reading.view,
        shown=reading.view.problems[:_TOLD],
        in_words=reports.in_words,
        place=reports.place,
        left_alone=reports.left_alone,
        first=[(each, reading.ladder.of(each.id)[:2]) for each in reading.ladder.levels],
    )


def _waiting(visit: Visit) -> Reading | None:
    found = visit.desk.kept.get(_KEPT)
    return found if isinstance(found, Reading) else None


def decide(visit: Visit) -> Response:
    """Keep the ladder that was looked at, or leave it."""
    reading = _waiting(visit)
    if reading is None:
        message = "There is no ladder to keep any more. Choose its file again."
        raise NoLadder(message)
    del visit.desk.kept[_KEPT]
    if visit.said("do") != "keep":
        return visit.go("ladder", tell="It was left. Nothing of it is kept.")
    kept = keep(visit.workspace, reading)
    tell = "It is there already." if kept.already else "It is kept. Say which level is yours. Undo takes it away again."
    return visit.go("one_ladder", number=kept.number, tell=tell)


def export(visit: Visit) -> Response:
    """Give a ladder as a file in outgrow's own format."""
    number = _number(visit)
    document = machine.document("ladder", ladders(visit.workspace)[number])
    return Response(
        document,
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="ladder-{number}.json"'},
    )


_DOING: Mapping[str, Callable[[Visit, int], Response]] = {
    "aim": _aim,
    "add": _add,
    "edit": _edit,
    "remove": _remove,
    "rename_level": _rename_level,
    "rename": _rename,
    "remove_ladder": _remove_ladder,
}
ROUTES = (
    Route("ladder", "/ladder", show),
    Route("ladder_upload", "/ladder/upload", upload, "POST"),
    Route("ladder_read", "/ladder/read", show_read),
    Route("ladder_decide", "/ladder/read", decide, "POST"),
    Route("one_ladder", "/ladder/{number:int}", show_one),
    Route("ladder_change", "/ladder/{number:int}", change, "POST"),
    Route("ladder_export", "/ladder/{number:int}/export", export),
)
