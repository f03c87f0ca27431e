"""`outgrow about`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("about")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, as_json: bool) -> None:
    """Show everything that is held about you, and how far the guesses were right.

    It says where it lies and how to delete it.
    """
    from outgrow.reports import about, machine
    from outgrow.workflows.tell_about import tell_about
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = tell_about(workspace)
    click.echo(machine.document("about", view) if as_json else about.render(view))
