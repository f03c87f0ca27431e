"""`outgrow ladder`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.bring_in import PARTLY
from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_ladder = click.option("--ladder", default="", metavar="LADDER", help="Its number or name; else the one you look at.")
_text = click.option("--text", metavar="WORDS", help="What can be seen or read where it is met.")
_kind = click.option("--kind", metavar="KIND", help="Such as craft or leadership.")
_example = click.option(
    "--example", "examples", multiple=True, metavar="WORDS", help="An example; give more as needed."
)


@click.group("ladder")
def command() -> None:
    """List, import, look at and edit career ladders, and say which step you look at.

    A ladder is named by its number or its name, a level by its id, its name or words that fit one alone. Number 0 is
    built in. `outgrow undo` takes every change back.

    \b
    Examples:
      outgrow ladder show --level Senior
      outgrow ladder import our-levels.yml
      outgrow ladder aim "Senior analyst" --next Lead
      outgrow ladder step
    """  # noqa: D301 - the \b is for click: keep the lines apart


@command.command("list")
@_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List the ladders there are."""
    from outgrow.reports import ladders, machine
    from outgrow.workflows.choose_ladder import list_ladders
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        lines = list_ladders(workspace)
    click.echo(machine.document("ladders", lines) if as_json else ladders.render_list(lines))


@command.command("show")
@click.argument("ladder", default="")
@click.option("--level", default="", metavar="LEVEL", help="This level alone.")
@_json
@pass_call
def show(call: Call, *, ladder: str, level: str, as_json: bool) -> None:
    """Show a LADDER, by default the one you look at. Its --json is the format that `outgrow ladder import` reads."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, ladder, level, as_json=as_json)


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Look at what the file holds, and keep nothing.")
@_json
@pass_call
def import_(call: Call, *, file: str, dry_run: bool, as_json: bool) -> int:
    """Import a ladder from a FILE: YAML, JSON, Markdown or CSV. What cannot be read of it is named with its line.

    Exit code 3: some of it could not be read as it stands.
    """
    from pathlib import Path

    from outgrow.reports import ladders, machine
    from outgrow.workflows.bring_in_ladder import keep, read_file
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        reading = read_file(workspace, Path(file))
        view = reading.view if dry_run else keep(workspace, reading)
    click.echo(machine.document("ladder read", view) if as_json else ladders.render_read(view))
    return PARTLY if view.problems else 0


@command.command("export")
@click.argument("ladder", default="")
@pass_call
def export(call: Call, *, ladder: str) -> None:
    """Print a LADDER in outgrow's own format, which is JSON and can be imported again."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, ladder, "", as_json=True)


@command.command("aim")
@click.argument("now", metavar="LEVEL")
@click.option("--next", "next_", default="", metavar="LEVEL", help="The one you look at; by default what follows.")
@_ladder
@_json
@pass_call
def aim(call: Call, *, now: str, next_: str, ladder: str, as_json: bool) -> None:
    """Say which LEVEL is yours now, and which one you look at."""
    from outgrow.workflows.choose_ladder import set_aim
    from outgrow.workflows.look_at_step import look_at_step
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        wanted = look_at_step(workspace, ladder, now, next_)
        set_aim(workspace, wanted.ladder, wanted.now.id, wanted.next.id)
        _step(workspace, "", "", "", as_json=as_json)


@command.command("step")
@click.option("--from", "now", default="", metavar="LEVEL", help="The level now.")
@click.option("--to", "next_", default="", metavar="LEVEL", help="The level to look at.")
@_ladder
@_json
@pass_call
def step(call: Call, *, now: str, next_: str, ladder: str, as_json: bool) -> None:
    """Show what a level asks for that the one now does not. `outgrow next` shows your evidence for it."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _step(workspace, ladder, now, next_, as_json=as_json)


@command.command("add")
@click.argument("level")
@click.argument("text")
@_kind
@_example
@_ladder
@_json
@pass_call
def add(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, level: str, text: str, kind: str | None, examples: tuple[str, ...], ladder: str, as_json: bool
) -> None:
    """Add an expectation to a LEVEL: TEXT is what can be seen or read where it is met."""
    from outgrow.workflows import edit_ladder
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = _number(workspace, ladder)
        edit_ladder.add_expectation(workspace, number, level, edit_ladder.Wording(text, kind or "", examples))
        _show(workspace, str(number), level, as_json=as_json)


@command.command("edit")
@click.argument("expectation")
@_text
@_kind
@_example
@_ladder
@_json
@pass_call
def edit(  # noqa: PLR0913 - one parameter for each option
    call: Call,
    *,
    expectation: str,
    text: str | None,
    kind: str | None,
    examples: tuple[str, ...],
    ladder: str,
    as_json: bool,
) -> None:
    """Word an EXPECTATION (its id) differently. Evidence for it stays with it."""
    from outgrow.workflows import edit_ladder
    from outgrow.workflows.workspace import open_workspace

    if text is None and kind is None and not examples:
        message = "say what shall be different: --text, --kind or --example"
        raise click.UsageError(message)
    with open_workspace(call.data) as workspace:
        number = _number(workspace, ladder)
        wording = edit_ladder.Wording(text, kind, examples or None)
        edit_ladder.change_expectation(workspace, number, expectation, wording)
        _show_where(workspace, number, expectation, as_json=as_json)


@command.command("rename")
@click.argument("name")
@click.option("--level", default="", metavar="LEVEL", help="Name this level of it so, not the ladder.")
@_ladder
@_json
@pass_call
def rename(call: Call, *, name: str, level: str, ladder: str, as_json: bool) -> None:
    """Give a ladder, or a level of it, another NAME."""
    from outgrow.workflows import edit_ladder
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = _number(workspace, ladder)
        if level:
            edit_ladder.rename_level(workspace, number, level, name)
        else:
            edit_ladder.rename_ladder(workspace, number, name)
        _show(workspace, str(number), name if level else "", as_json=as_json)


@command.command("remove")
@click.argument("ladder")
@click.option("--expectation", default="", metavar="ID", help="This expectation of it, not the ladder.")
@pass_call
def remove(call: Call, *, ladder: str, expectation: str) -> None:
    """Remove a LADDER, or an expectation of it. Of the built-in one it removes your changes."""
    from outgrow.reports.words import harmless
    from outgrow.workflows import edit_ladder
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = _number(workspace, ladder)
        if expectation:
            gone = edit_ladder.remove_expectation(workspace, number, expectation).text
        else:
            gone = edit_ladder.remove_ladder(workspace, number).name
    click.echo(f"Removed: {harmless(gone)}. outgrow undo brings it back.")


def _number(workspace: "Workspace", ladder: str) -> int:
    """Return the number of the ladder meant: by default the one that is looked at."""
    from outgrow.model.ladder import BUILT_IN
    from outgrow.workflows.choose_ladder import aim, find_ladder, ladders

    set_ = aim(workspace)
    if ladder:
        return find_ladder(ladders(workspace), ladder)
    return set_.ladder if set_ else BUILT_IN


def _show(workspace: "Workspace", ladder: str, level: str, *, as_json: bool) -> None:
    from outgrow.reports import ladders as reports
    from outgrow.reports import machine
    from outgrow.workflows.choose_ladder import find_level, ladders

    number = _number(workspace, ladder)
    found = ladders(workspace)[number]
    one = find_level(found, level) if level else None
    shown = reports.narrowed(found, one)
    click.echo(machine.document("ladder", shown) if as_json else reports.render(number, shown))


def _show_where(workspace: "Workspace", number: int, expectation: str, *, as_json: bool) -> None:
    from outgrow.workflows.choose_ladder import ladders
    from outgrow.workflows.edit_ladder import find_expectation

    level = find_expectation(ladders(workspace)[number], expectation).level
    _show(workspace, str(number), level, as_json=as_json)


def _step(workspace: "Workspace", ladder: str, now: str, next_: str, *, as_json: bool) -> None:
    from outgrow.reports import ladders, machine
    from outgrow.workflows.look_at_step import look_at_step

    view = look_at_step(workspace, ladder, now, next_)
    click.echo(machine.document("ladder step", view) if as_json else ladders.render_step(view))
