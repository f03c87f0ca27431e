"""`outgrow evidence`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outgrow.cli.asking import at_a_terminal
from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.model.evidence import Evidence
    from outgrow.model.period import Period
    from outgrow.reports.evidence import SuggestionView
    from outgrow.workflows.workspace import Workspace

KINDS = {"word": "my word", "artefact": "artefact", "somebody": "somebody else's word", "repetition": "repetition"}
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_kind = click.option("--kind", type=click.Choice(list(KINDS)), help="Your word, an artefact, somebody else's word, ...")
_FIELDS = (
    click.option("--on", "day", metavar="DAY", help="today, yesterday, monday or 2026-10-05."),
    click.option("--hours", metavar="TIME", help="How long it took: 2, 1.5, 1:30 or 45m."),
    _kind,
    click.option("--solid/--rough", default=None, help="How finished it is; rough counts."),
    click.option("--situation", metavar="TEXT", help="What the matter was."),
    click.option("--result", metavar="TEXT", help="What came of it."),
    click.option("--seen-by", multiple=True, metavar="NAME", help="Who saw it; may be given again."),
    click.option("--for", "capabilities", multiple=True, metavar="CAPABILITY", help="What it shows that you can do."),
    click.option("--expectation", "expectations", multiple=True, metavar="LADDER:ID", help="What it speaks for."),
    click.option("--activity", "activities", multiple=True, type=int, metavar="NUMBER", help="The activity it was."),
    click.option("--file", "paths", multiple=True, metavar="PATH", help="A file: a copy of it is kept."),
    click.option("--link", "links", multiple=True, metavar="URL", help="An address; nothing is fetched."),
    click.option("--note", "notes", multiple=True, metavar="TEXT", help="What stood at the address; one for each."),
)


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_FIELDS):
        command = option(command)
    return command


@click.group("evidence")
def command() -> None:
    """Keep evidence of what you did: what it was, what came of it, who saw it. Rough counts.

    Nothing is rewritten; `outgrow undo` takes the last change back.

    \b
    Examples:
      outgrow evidence add "Led the supplier talks" --hours 6 --result "A contract at 4 % less"
      outgrow evidence add "Wrote the carrier note" --kind artefact --file note.pdf --for "Run a negotiation"
      outgrow evidence suggestions
      outgrow evidence list last quarter
    """  # noqa: D301 - the \b is for click: keep the lines apart


@command.command("list")
@click.argument("period", nargs=-1)
@_kind
@click.option("--for", "capability", default="", metavar="CAPABILITY", help="What it shows that you can do.")
@_json
@pass_call
def list_(call: Call, *, period: tuple[str, ...], kind: str | None, capability: str, as_json: bool) -> None:
    """List evidence, the newest first; of a PERIOD, or all."""
    from outgrow.model.evidence import EvidenceKind
    from outgrow.reports import evidence, machine
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.keep_ledger import find_capability
    from outgrow.workflows.show_evidence import list_evidence
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        rows = list_evidence(
            workspace,
            EvidenceKind(KINDS[kind]) if kind else None,
            find_capability(workspace, capability) if capability else None,
            named_period(workspace, " ".join(period)) if period else None,
        )
    click.echo(machine.document("evidence list", rows) if as_json else evidence.render(rows))


@command.command("show")
@click.argument("number", type=int)
@_json
@pass_call
def show(call: Call, *, number: int, as_json: bool) -> None:
    """Show one piece of evidence with all it is linked to."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, number, as_json=as_json)


@command.command("add")
@click.argument("text")
@_fields
@_json
@pass_call
def add(call: Call, /, *, text: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - one for each option
    """Keep evidence in one line; the rest may come later."""
    from outgrow.model.evidence import Evidence
    from outgrow.workflows.keep_evidence import keep
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep(workspace, _changed(workspace, Evidence(action=text, on=workspace.today), said))
        _show(workspace, number, as_json=as_json)


@command.command("edit")
@click.argument("number", type=int)
@click.option("--action", metavar="TEXT", help="What you did.")
@_fields
@_json
@pass_call
def edit(
    call: Call,
    /,
    *,
    number: int,
    action: str | None,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - one for each option
) -> None:
    """Say anew what is named; files, links, people and what it is for are added, and "" empties a text."""
    from dataclasses import replace

    from outgrow.workflows.keep_evidence import revise
    from outgrow.workflows.workspace import open_workspace

    def changed(before: "Evidence") -> "Evidence":
        return _changed(workspace, before if action is None else replace(before, action=action), said)

    with open_workspace(call.data) as workspace:
        revise(workspace, number, changed)
        _show(workspace, number, as_json=as_json)


@command.command("file")
@click.argument("number", type=int)
@click.argument("path", required=False)
@click.option("--out", metavar="FOLDER", help="Write the files that are kept into this folder.")
@click.option("--remove", metavar="HASH", help="Leave a file out, by the first letters of its hash.")
@_json
@pass_call
def file(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, number: int, path: str | None, out: str | None, remove: str | None, as_json: bool
) -> None:
    """Keep a copy of the file at PATH with evidence; the same file is kept once."""
    from outgrow.workflows import keep_evidence
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        if path:
            with _opened(path) as source:
                keep_evidence.attach(workspace, number, path, source)
        if remove:
            keep_evidence.detach(workspace, number, remove)
        for written in keep_evidence.write_out(workspace, number, Path(out)) if out else ():
            click.echo(f"Written: {written}", err=True)
        _show(workspace, number, as_json=as_json)


@command.command("link")
@click.argument("number", type=int)
@click.argument("url")
@click.argument("note", required=False, default="")
@click.option("--remove", is_flag=True, help="Leave it out.")
@_json
@pass_call
def link(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, number: int, url: str, note: str, remove: bool, as_json: bool
) -> None:
    """Keep an address with evidence, and a NOTE of what stood there, since addresses die. Nothing is fetched."""
    from dataclasses import replace

    from outgrow.model.evidence import Link
    from outgrow.workflows.keep_evidence import revise
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:

        def linked(before: "Evidence") -> "Evidence":
            others = tuple(each for each in before.links if each.url != url.strip())
            return replace(before, links=others if remove else (*others, Link(url=url, note=note)))

        revise(workspace, number, linked)
        _show(workspace, number, as_json=as_json)


@command.command("withdraw")
@click.argument("number", type=int)
@pass_call
def withdraw(call: Call, *, number: int) -> None:
    """Say that something is no evidence after all; `outgrow undo` brings it back, and its files stay."""
    from outgrow.reports.words import harmless
    from outgrow.workflows import keep_evidence
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        evidence = keep_evidence.withdraw(workspace, number)
    click.echo(harmless(f"Withdrawn: {evidence.action}. outgrow undo brings it back."))


@command.command("suggestions")
@click.argument("period", nargs=-1)
@click.option("--yes", "accepted", multiple=True, metavar="KEY", help="Keep it as evidence, by its number or key.")
@click.option("--no", "refused", multiple=True, metavar="KEY", help="It is none; it is not suggested again.")
@click.option("--all", "every", is_flag=True, help="Show more than the first three.")
@_json
@pass_call
def suggestions(  # noqa: PLR0913 - one parameter for each option
    call: Call,
    *,
    period: tuple[str, ...],
    accepted: tuple[str, ...],
    refused: tuple[str, ...],
    every: bool,
    as_json: bool,
) -> None:
    """Show what of your work may be evidence: firsts, and growth work that began, ended or was done again.

    At a terminal each is asked about: yes, no, or edit it first. PERIOD is the last 90 days unless you name one.
    """
    from outgrow.reports import evidence, machine
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.suggest import FEW, suggest
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        chosen = named_period(workspace, " ".join(period)) if period else None
        found = suggest(workspace, chosen, _MOST if every or accepted or refused else FEW)
        if accepted or refused:
            _answer(workspace, found, accepted, refused, chosen)
            found = suggest(workspace, chosen, _MOST if every else FEW)
        if as_json:
            click.echo(machine.document("suggestions", found))
        elif found and at_a_terminal() and not (accepted or refused):
            _ask(workspace, found, chosen)
        else:
            click.echo(evidence.render_suggestions(found))


_MOST = 50


def _answer(
    workspace: "Workspace",
    found: "tuple[SuggestionView, ...]",
    accepted: tuple[str, ...],
    refused: tuple[str, ...],
    period: "Period | None",
) -> None:
    from outgrow.workflows import suggest

    for said in accepted:
        number = suggest.accept(workspace, _key(found, said), period=period)
        click.echo(f"Kept as evidence {number}.", err=True)
    for said in refused:
        suggest.turn_down(workspace, _key(found, said), period=period)
        click.echo("Not suggested again.", err=True)


def _key(found: "tuple[SuggestionView, ...]", said: str) -> str:
    is_number = said.isascii() and said.isdigit() and 1 <= int(said) <= len(found)
    return found[int(said) - 1].key if is_number else said


def _ask(workspace: "Workspace", found: "tuple[SuggestionView, ...]", period: "Period | None") -> None:
    """Ask about each at the terminal until the person stops."""
    from outgrow.model.fault import Fault
    from outgrow.reports.evidence import told
    from outgrow.reports.words import harmless

    for each in found:
        click.echo(told(each))
        said = click.prompt(
            "  evidence? y yes, n no, e edit, s skip, q stop",
            type=click.Choice(["y", "n", "e", "s", "q"]),
            default="s",
            show_choices=False,
            show_default=False,
        )
        if said == "q":
            return
        try:
            _take(workspace, each.key, said, period)
        except Fault as fault:
            click.echo(harmless(str(fault)))


def _take(workspace: "Workspace", key: str, said: str, period: "Period | None") -> None:
    from outgrow.workflows import suggest

    if said == "y":
        click.echo(f"  Kept as evidence {suggest.accept(workspace, key, period=period)}.")
    elif said == "e":
        click.echo(f"  Kept as evidence {suggest.accept(workspace, key, _edited, period)}.")
    elif said == "n":
        suggest.turn_down(workspace, key, period=period)
        click.echo("  Not suggested again.")


def _edited(draft: "Evidence") -> "Evidence":
    """Ask for the words of a suggestion."""
    from dataclasses import replace

    from outgrow.reports.words import harmless

    action = click.prompt("  What you did", default=harmless(draft.action))
    result = click.prompt("  What came of it", default="", show_default=False)
    return replace(draft, action=action, result=result)


def _changed(workspace: "Workspace", before: "Evidence", said: dict[str, Any]) -> "Evidence":
    """Return evidence with what was named of it; what comes in several is added to what is there."""
    from dataclasses import replace

    from outgrow.model.evidence import EvidenceKind, Polish
    from outgrow.workflows.keep_evidence import read_hours
    from outgrow.workflows.periods import parse_day

    words: dict[str, Any] = {name: said[name] for name in ("situation", "result") if said[name] is not None}
    if said["day"] is not None:
        words["on"] = parse_day(said["day"], workspace.today)
    if said["hours"] is not None:
        words["hours"] = read_hours(said["hours"])
    if said["kind"]:
        words["kind"] = EvidenceKind(KINDS[said["kind"]])
    if said["solid"] is not None:
        words["polish"] = Polish.SOLID if said["solid"] else Polish.ROUGH
    return replace(before, **words, **_added(workspace, before, said))


def _added(workspace: "Workspace", before: "Evidence", said: dict[str, Any]) -> dict[str, Any]:
    from outgrow.workflows.keep_ledger import find_capability

    return {
        "seen_by": (*before.seen_by, *said["seen_by"]),
        "capabilities": (*before.capabilities, *(find_capability(workspace, each) for each in said["capabilities"])),
        "expectations": (*before.expectations, *map(_expected, said["expectations"])),
        "activities": (*before.activities, *said["activities"]),
        "links": (*before.links, *_links(said["links"], said["notes"])),
        "files": (*before.files, *(_copied(workspace, path) for path in said["paths"])),
    }


def _expected(words: str) -> Any:  # noqa: ANN401 - loaded when it is needed
    from outgrow.model.ladder import Expected

    ladder, _, expectation = words.rpartition(":")
    if ladder and not (ladder.isascii() and ladder.isdecimal() and len(ladder) < 19):  # noqa: PLR2004 - as the store keeps
        message = f"{words!r} is no LADDER:ID, as in 0:lead-1"
        raise click.BadParameter(message, param_hint="--expectation")
    return Expected(int(ladder or 0), expectation)


def _links(urls: tuple[str, ...], notes: tuple[str, ...]) -> list[Any]:
    from outgrow.model.evidence import Link

    if len(notes) > len(urls):
        message = "say a --link before each --note"
        raise click.UsageError(message)
    return [Link(url=url, note=note) for url, note in zip(urls, (*notes, *[""] * len(urls)), strict=False)]


def _copied(workspace: "Workspace", path: str) -> Any:  # noqa: ANN401 - loaded when it is needed
    from outgrow.workflows.keep_evidence import copy_file

    with _opened(path) as source:
        return copy_file(workspace, path, source)


def _opened(path: str) -> Any:  # noqa: ANN401 - a file
    place = Path(path).expanduser()
    if not place.is_file():
        message = f"{path} is no file"
        raise click.BadParameter(message)
    return place.open("rb")


def _show(workspace: "Workspace", number: int, *, as_json: bool) -> None:
    from outgrow.reports import evidence, machine
    from outgrow.workflows.show_evidence import show_evidence

    view = show_evidence(workspace, number)
    click.echo(machine.document("evidence", view) if as_json else evidence.render_one(view))
