"""`outgrow delete-everything`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("delete-everything")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, as_json: bool) -> None:
    """Delete everything outgrow keeps about you, the example and the backups among your data as well.

    It says what will go and asks for a word. There is no way back but a backup or an export that lies elsewhere.

    \b
    Example:
      outgrow delete-everything
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, taken_out
    from outgrow.workflows.delete_everything import WORD, delete_everything, what_goes
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        click.echo(taken_out.render_going(what_goes(workspace)) + "\n", err=True)
    said: str = click.prompt(f"Type {WORD} to delete it", default="", show_default=False, err=True)
    view = delete_everything(call.data, said)
    click.echo(machine.document("deleted", view) if as_json else taken_out.render_deleted(view))
