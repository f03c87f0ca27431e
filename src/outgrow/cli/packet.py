"""`outgrow packet`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outgrow.cli.asking import at_a_terminal
from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.model.packet import Packet
    from outgrow.workflows.workspace import Workspace

_HIDES = ("people", "projects", "numbers", "none")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_FIELDS = (
    click.option("--audience", metavar="WORDS", help="Whom it is for."),
    click.option("--period", metavar="PERIOD", help="last quarter, 2026-Q3, 2026, since 2026-01-01."),
    click.option("--title", metavar="WORDS", help="What stands above it."),
    click.option("--opening", metavar="TEXT", help="A few lines to begin with."),
    click.option("--capability", "capabilities", multiple=True, metavar="CAPABILITY", help="One to show, in order."),
    click.option("--evidence", multiple=True, type=int, metavar="NUMBER", help="Further evidence; 0 for none."),
    click.option("--without", multiple=True, type=int, metavar="NUMBER", help="Evidence to leave out; 0: none."),
    click.option("--to", "level", metavar="LEVEL", help="The level it argues for; else the step that is set."),
    click.option("--ladder", metavar="LADDER", help="The ladder of that level, by its number or name."),
    click.option("--redact", multiple=True, metavar="WORD", help="A word to black out everywhere."),
    click.option("--hide", multiple=True, type=click.Choice(_HIDES), help="Black out all of a sort; or none."),
    click.option("--share/--no-share", default=None, help="Whether it tells the growth share."),
)


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_FIELDS):
        command = option(command)
    return command


@click.group("packet")
def command() -> None:
    """Put evidence together for one conversation: chosen, ordered, blacked out, and with what is missing said.

    A packet stays a draft: it shows the ledger as it stands. `outgrow undo` takes every change back.

    \b
    Examples:
      outgrow packet new --audience "Anna, head of operations" --period 2026-Q3
      outgrow packet edit 41 --capability "Run a negotiation" --hide people --redact Contoso
      outgrow packet show 41
      outgrow packet export 41 --format pdf --out packet.pdf
    """  # noqa: D301 - the \b is for click: keep the lines apart


@command.command("list")
@_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List the packets, the latest first."""
    from outgrow.reports import machine
    from outgrow.reports.packet import text
    from outgrow.workflows.make_packet import list_packets
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        lines = list_packets(workspace)
    click.echo(machine.document("packets", lines) if as_json else text.render_list(lines))


@command.command("new")
@_fields
@_json
@pass_call
def new(call: Call, /, *, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - one for each option
    """Begin a packet: with what was gained in the period, unless you name capabilities and evidence."""
    from outgrow.workflows.make_packet import begin, propose
    from outgrow.workflows.workspace import open_workspace

    said["audience"] = said["audience"] or _asked("Whom is it for", "--audience")
    said["period"] = said["period"] or _asked("Of which period, such as last quarter", "--period")
    with open_workspace(call.data) as workspace:
        draft = propose(workspace, said["audience"], _period(workspace, said["period"]))
        number = begin(workspace, _changed(workspace, draft, said))
        _show(workspace, number, as_json=as_json)
    if not as_json and not call.quiet:
        click.echo(f"This is packet {number}: outgrow packet export {number} --format pdf writes it.", err=True)


@command.command("edit")
@click.argument("number", type=int)
@_fields
@_json
@pass_call
def edit(call: Call, /, *, number: int, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - one for each option
    """Say anew what is named. A list is said whole: what is named takes the place of what was, "" empties it."""
    from outgrow.workflows.make_packet import revise
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        revise(workspace, number, lambda before: _changed(workspace, before, said))
        _show(workspace, number, as_json=as_json)


@command.command("show")
@click.argument("number", type=int)
@_json
@pass_call
def show(call: Call, *, number: int, as_json: bool) -> None:
    """Show a packet as it is handed over."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, number, as_json=as_json)


@command.command("export")
@click.argument("number", type=int)
@click.option("--format", "format_", type=click.Choice(["html", "pdf", "md", "json"]), default="html")
@click.option("--paper", type=click.Choice(["A4", "letter"]), default="A4", help="The paper of a PDF.")
@click.option("--out", metavar="FILE", help="Where to write it; - for the terminal, else packet.FORMAT.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@_json
@pass_call
def export(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, number: int, format_: str, paper: str, out: str | None, force: bool, as_json: bool
) -> None:
    """Write a packet as HTML (one file that asks for nothing), PDF, Markdown or JSON."""
    from outgrow.reports import machine
    from outgrow.reports.packet.formats import Format, Size
    from outgrow.reports.told import Written
    from outgrow.workflows.hand_over import hand_over
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        file = hand_over(workspace, number, Format(format_), Size(paper))
    if out == "-":
        click.echo(file.content, nl=False)
        return
    path = Path(out or file.name).expanduser()
    path = path / file.name if path.is_dir() else path
    _write(path, file.content, force=force)
    printed = f", printed with {file.printed_with}" if file.printed_with else ""
    click.echo(machine.document("file", Written(str(path))) if as_json else f"Written: {path}{printed}")


@command.command("withdraw")
@click.argument("number", type=int)
@pass_call
def withdraw(call: Call, *, number: int) -> None:
    """Put a packet away; `outgrow undo` brings it back."""
    from outgrow.reports.words import harmless
    from outgrow.workflows import make_packet
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        packet = make_packet.withdraw(workspace, number)
    click.echo(harmless(f"Put away: the packet {packet.label}. outgrow undo brings it back."))


def _asked(question: str, option: str) -> str:
    """Ask for what was not said, where somebody is there to answer."""
    if not at_a_terminal():
        message = f"say it with {option}"
        raise click.UsageError(message)
    answer: str = click.prompt(question)
    return answer


def _period(workspace: "Workspace", words: str) -> Any:  # noqa: ANN401 - loaded when it is needed
    from outgrow.workflows.choose_period import named_period

    return named_period(workspace, words)


def _changed(workspace: "Workspace", before: "Packet", said: dict[str, Any]) -> "Packet":
    """Return a packet with what was named of it."""
    from dataclasses import replace

    words = {name: said[name] for name in ("audience", "title", "opening") if said[name] is not None}
    if said["period"]:
        words["period"] = _period(workspace, said["period"])
    if said["share"] is not None:
        words["with_share"] = said["share"]
    return replace(before, **words, **_chosen(workspace, said), **_blacked_out(said))


def _chosen(workspace: "Workspace", said: dict[str, Any]) -> dict[str, Any]:
    from outgrow.workflows.keep_ledger import find_capability
    from outgrow.workflows.make_packet import find_aim

    found: dict[str, Any] = {}
    if said["capabilities"]:
        found["capabilities"] = tuple(find_capability(workspace, each) for each in said["capabilities"] if each)
    if said["evidence"]:
        found["evidence"] = tuple(filter(None, said["evidence"]))
    if said["without"]:
        found["left_out"] = tuple(filter(None, said["without"]))
    if said["level"] is not None:
        found["aim"] = find_aim(workspace, said["level"], said["ladder"] or "") if said["level"] else ""
    return found


def _blacked_out(said: dict[str, Any]) -> dict[str, Any]:
    sorts = ("people", "projects", "numbers") if said["hide"] else ()
    found: dict[str, Any] = {f"hide_{sort}": sort in said["hide"] for sort in sorts}
    if said["redact"]:
        found["redacted"] = said["redact"]
    return found


def _show(workspace: "Workspace", number: int, *, as_json: bool) -> None:
    from outgrow.workflows.show_packet import show_packet

    made = show_packet(workspace, number)
    click.echo(made.json() if as_json else made.text())


def _write(path: Path, content: bytes, *, force: bool) -> None:
    if path.exists() and not force:
        message = f"{path} is there already: say another name, or --force"
        raise click.UsageError(message)
    path.write_bytes(content)
