"""`outgrow workstream`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("workstream")
def command() -> None:
    """List, rename, merge and split kinds of work.

    A workstream is named by its id, its name, or a part of the name that only it has. What you touch keeps its place in
    every later import; `outgrow undo` takes it back.
    """


@command.command("list")
@click.argument("period", nargs=-1)
@_json
@pass_call
def list_(call: Call, *, period: tuple[str, ...], as_json: bool) -> None:
    """List the workstreams, those with most hours first; of a PERIOD, or of all time."""
    from outgrow.reports import machine, workstreams
    from outgrow.workflows.arrange_workstreams import list_workstreams
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        wanted = named_period(workspace, " ".join(period)) if period else None
        found = list_workstreams(workspace, wanted)
    click.echo(machine.document("workstreams", found) if as_json else workstreams.render(found))


@command.command("show")
@click.argument("workstream")
@_json
@pass_call
def show(call: Call, *, workstream: str, as_json: bool) -> None:
    """Show one workstream with the titles it is made of."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, workstream, as_json=as_json)


@command.command("rename")
@click.argument("workstream")
@click.argument("name")
@_json
@pass_call
def rename(call: Call, *, workstream: str, name: str, as_json: bool) -> None:
    """Give a workstream a name."""
    from outgrow.workflows import arrange_workstreams
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, arrange_workstreams.rename(workspace, workstream, name), as_json=as_json)


@command.command("merge")
@click.argument("into")
@click.argument("others", nargs=-1, required=True)
@_json
@pass_call
def merge(call: Call, *, into: str, others: tuple[str, ...], as_json: bool) -> None:
    """Put OTHERS into the workstream INTO."""
    from outgrow.workflows import arrange_workstreams
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, arrange_workstreams.merge(workspace, into, others), as_json=as_json)


@command.command("split")
@click.argument("workstream")
@click.argument("titles", nargs=-1, required=True)
@_json
@pass_call
def split(call: Call, *, workstream: str, titles: tuple[str, ...], as_json: bool) -> None:
    """Make those of its TITLES that hold these words a workstream of their own."""
    from outgrow.workflows.arrange_workstreams import Part
    from outgrow.workflows.arrange_workstreams import split as arrange
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, arrange(workspace, workstream, Part(titles)), as_json=as_json)


def _show(workspace: "Workspace", workstream: str, *, as_json: bool) -> None:
    from outgrow.reports import machine, workstreams
    from outgrow.workflows.arrange_workstreams import show_workstream

    found = show_workstream(workspace, workstream)
    click.echo(machine.document("workstream", found) if as_json else workstreams.render_one(found))
