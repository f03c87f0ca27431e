"""`outgrow next`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.model.ladder import Expected
    from outgrow.reports.next_level import NextView
    from outgrow.workflows.workspace import Workspace

_ASKING = "outgrow.next"  # under which the commands within find which step is looked at
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("next", invoke_without_command=True)
@click.option("--from", "now", default="", metavar="LEVEL", help="The level now; - for all that the next one asks for.")
@click.option("--to", "next_", default="", metavar="LEVEL", help="The level to look at.")
@click.option("--ladder", default="", metavar="LADDER", help="A ladder by its number or name.")
@click.option("--kind", default="", metavar="KIND", help="Only expectations of this kind, such as leadership.")
@_json
@click.pass_context
def command(  # noqa: PLR0913 - one parameter for each option
    ctx: click.Context, *, now: str, next_: str, ladder: str, kind: str, as_json: bool
) -> None:
    """Show what the next level asks for that this one does not, and the evidence you have for it.

    ROW is the number of an expectation in that list, or its id. EVIDENCE is a number of outgrow evidence list.

    \b
    Examples:
      outgrow next
      outgrow next --from Senior --to Head
      outgrow next show 3
      outgrow next no-chance 4 --because "There is no budget to own yet"
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, next_level
    from outgrow.workflows.show_next import Asking, NoStep, check_kind, show_next
    from outgrow.workflows.workspace import open_workspace

    asking = Asking(ladder, now, next_, kind)
    ctx.meta[_ASKING] = asking
    if ctx.invoked_subcommand:
        return
    with open_workspace(ctx.ensure_object(Call).data) as workspace:
        view = show_next(workspace, asking)
    if as_json and not view:
        raise NoStep(next_level.NO_STEP)
    if view:
        check_kind(view)
    text = next_level.render(view) if view else next_level.NO_STEP
    click.echo(machine.document("next", view) if as_json else text)


@command.command("show")
@click.argument("row")
@_json
@pass_call
def show(call: Call, *, row: str, as_json: bool) -> None:
    """Show one expectation with its evidence, and the guesses what else may speak for it."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, row, as_json=as_json)


@command.command("no-chance")
@click.argument("row")
@click.option("--because", default="", metavar="WORDS", help="Why there was none.")
@click.option("--clear", is_flag=True, help="There is a chance now.")
@_json
@pass_call
def no_chance(call: Call, *, row: str, because: str, clear: bool, as_json: bool) -> None:
    """Say that there was no chance yet to show an expectation: that is no gap of yours."""
    from outgrow.workflows import link_expectations
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        expected = _expected(workspace, row)
        if clear:
            link_expectations.clear_no_chance(workspace, expected)
        else:
            link_expectations.set_no_chance(workspace, expected, because)
        _show(workspace, row, as_json=as_json)


@command.command("link")
@click.argument("evidence", type=int)
@click.argument("row")
@click.option("--capability", is_flag=True, help="EVIDENCE is the number of a capability: all its evidence counts.")
@click.option("--not", "undone", is_flag=True, help="It does not count for this one; a guess is not made again.")
@_json
@pass_call
def link(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, evidence: int, row: str, capability: bool, undone: bool, as_json: bool
) -> None:
    """Let EVIDENCE count for the expectation ROW."""
    from outgrow.workflows import link_expectations as linking
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        expected = _expected(workspace, row)
        if capability:
            (linking.fall_silent if undone else linking.speak)(workspace, evidence, expected)
        elif not undone:
            linking.link(workspace, evidence, expected)
        elif not linking.unlink(workspace, evidence, expected):
            linking.turn_down(workspace, evidence, expected)
        _show(workspace, row, as_json=as_json)


def _view(workspace: "Workspace") -> "NextView":
    from outgrow.workflows.show_next import whole_step

    return whole_step(workspace, click.get_current_context().meta[_ASKING])


def _expected(workspace: "Workspace", row: str) -> "Expected":
    from outgrow.model.ladder import Expected
    from outgrow.workflows.show_next import find_row

    view = _view(workspace)
    return Expected(view.ladder, find_row(view, row).id)


def _show(workspace: "Workspace", row: str, *, as_json: bool) -> None:
    from outgrow.reports import machine, next_level
    from outgrow.workflows.show_next import find_row

    view = _view(workspace)
    found = find_row(view, row)
    click.echo(machine.document("expectation", found) if as_json else next_level.render_row(view, found))
