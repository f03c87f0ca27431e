"""`outgrow traps`."""

import click

from outgrow.cli.call import Call, pass_call

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("traps", invoke_without_command=True)
@_json
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Say which ways of working hard without becoming capable of more the numbers speak for.

    There are six rules: competency, movement, efficiency, stretch, waiting and overreach. Each says its numbers and
    thresholds, the work behind it and what would clear it, and nothing where the data could not have said otherwise.

    \b
    Examples:
      outgrow traps
      outgrow traps explain waiting
      outgrow traps dismiss competency "A calm year is what I want"
    """  # noqa: D301 - the \b is for click: keep the lines apart
    if ctx.invoked_subcommand is not None:
        return
    from outgrow.reports import machine, traps
    from outgrow.workflows.watch_traps import watch_traps
    from outgrow.workflows.workspace import open_workspace

    call = ctx.ensure_object(Call)
    with open_workspace(call.data) as workspace:
        view = watch_traps(workspace)
    click.echo(machine.document("traps", view) if as_json else traps.render(view))


@command.command("explain")
@click.argument("trap")
@_json
@pass_call
def explain(call: Call, *, trap: str, as_json: bool) -> None:
    """Explain one trap in plain words, with its numbers, what would clear it, and its source."""
    from outgrow.reports import machine, traps
    from outgrow.workflows.watch_traps import show_trap, watch_traps
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        found, view = show_trap(workspace, trap), watch_traps(workspace)
    click.echo(machine.document("trap", found) if as_json else traps.render_one(view, found))


@command.command("dismiss")
@click.argument("trap")
@click.argument("reason")
@_json
@pass_call
def dismiss(call: Call, *, trap: str, reason: str, as_json: bool) -> None:
    """Say why a trap is none for you; it is told again when its main number has grown by half."""
    from outgrow.reports import machine, traps
    from outgrow.workflows import watch_traps
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        watch_traps.dismiss(workspace, watch_traps.find_trap(trap), reason)
        found = watch_traps.show_trap(workspace, trap)
    click.echo(machine.document("trap", found) if as_json else f"Dismissed: {traps.name_of(found.kind)}.")
