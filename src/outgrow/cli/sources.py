"""`outgrow sources`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("sources")
@click.option("--problems", is_flag=True, help="Show what could not be read, with its raw text.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, problems: bool, as_json: bool) -> None:
    """Show what came from where, how fresh it is, and what could not be read.

    Of an address only the host is shown, since calendar addresses are secrets.
    """
    from outgrow.reports import machine, sources
    from outgrow.workflows.show_sources import show_problems, show_sources
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        if problems:
            unread = show_problems(workspace)
            click.echo(machine.document("problems", unread) if as_json else sources.render_problems(unread))
        else:
            found = show_sources(workspace)
            click.echo(machine.document("sources", found) if as_json else sources.render(found))
