"""`outgrow room`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.call import Call, pass_call
from outgrow.model.plan import Way

if TYPE_CHECKING:
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_WAYS = {each.value.replace("do at 80 %", "80").replace(" ", "-"): each for each in Way}


@click.group("room", invoke_without_command=True)
@click.option("--hours", type=float, default=None, metavar="N", help="Free N hours a week, whatever the target needs.")
@_json
@click.pass_context
def command(ctx: click.Context, *, hours: float | None, as_json: bool) -> None:
    """Show how many hours growth needs, and which depth work they can come from.

    WORK is the name of a kind of work that is listed, or a part of the name that only it has.

    \b
    Examples:
      outgrow room
      outgrow room keep "Supplier invoices"
      outgrow room let-go "Stock report" 80
      outgrow room take
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.workflows.workspace import open_workspace

    if ctx.invoked_subcommand is None:
        with open_workspace(ctx.ensure_object(Call).data) as workspace:
            _show(workspace, hours, as_json=as_json)


@command.command("take")
@click.option("--other", default=0, metavar="N", help="Not the proposed plan but the Nth of what else would do.")
@click.option("--hours", type=float, default=None, metavar="N", help="The plan that frees N hours a week.")
@_json
@pass_call
def take(call: Call, *, other: int, hours: float | None, as_json: bool) -> None:
    """Begin all releases of the proposed plan, in one go; outgrow undo takes them back."""
    from outgrow.workflows import make_room
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        make_room.take(workspace, other, hours)
        _show(workspace, as_json=as_json)


@command.command("let-go")
@click.argument("work")
@click.argument("way", type=click.Choice(list(_WAYS)))
@click.option("--to", default="", metavar="NAME", help="Who takes it.")
@_json
@pass_call
def let_go(call: Call, *, work: str, way: str, to: str, as_json: bool) -> None:
    """Begin to let go of WORK in a WAY; after four weeks outgrow room says whether the hours fell."""
    from outgrow.workflows import make_room
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        make_room.let_go(workspace, work, _WAYS[way], to)
        _show(workspace, as_json=as_json)


@command.command("end")
@click.argument("number", type=int)
@_json
@pass_call
def end(call: Call, *, number: int, as_json: bool) -> None:
    """Say that the release of this NUMBER is one no more."""
    from outgrow.workflows import make_room
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        make_room.end(workspace, number)
        _show(workspace, as_json=as_json)


@command.command("keep")
@click.argument("work")
@click.option("--clear", is_flag=True, help="It may slip again.")
@_json
@pass_call
def keep(call: Call, *, work: str, clear: bool, as_json: bool) -> None:
    """Say that WORK must not slip: it is neither dropped nor done at 80 %."""
    from outgrow.workflows import make_room
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        make_room.keep_firm(workspace, work, firm=not clear)
        _show(workspace, as_json=as_json)


@command.command("turn-down")
@click.argument("work")
@click.argument("way", type=click.Choice(list(_WAYS)), required=False)
@click.option("--because", default="", metavar="WORDS", help="Why not.")
@_json
@pass_call
def turn_down(call: Call, *, work: str, way: str | None, because: str, as_json: bool) -> None:
    """Say that WORK is not let go of in a WAY, or in any: that is not proposed again."""
    from outgrow.workflows import make_room
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        make_room.turn_down(workspace, work, _WAYS[way] if way else None, because)
        _show(workspace, as_json=as_json)


def _show(workspace: "Workspace", hours: float | None = None, *, as_json: bool) -> None:
    from outgrow.reports import machine, room
    from outgrow.workflows.make_room import show_room

    view = show_room(workspace, hours)
    click.echo(machine.document("room", view) if as_json else room.render(view, workspace.today))
