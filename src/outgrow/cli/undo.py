"""`outgrow undo`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("undo")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, as_json: bool) -> None:
    """Take back what you said last: an answer, a note, a name, a merge, a split or a setting.

    Nothing is rewritten; that it was taken back is kept as well. Call it again to go back further.
    """
    from outgrow.reports import machine, told
    from outgrow.workflows.undo import undo
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        what = undo(workspace)
    if as_json:
        click.echo(machine.document("undo", told.TakenBack(what)))
    else:
        click.echo(f"Taken back: {what}." if what else "Nothing to take back.")
