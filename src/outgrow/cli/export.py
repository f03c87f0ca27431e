"""`outgrow export`."""

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter


@click.command("export")
@click.argument("target", metavar="FOLDER|FILE.zip")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, target: str, as_json: bool) -> None:
    """Take everything out in plain formats: JSON Lines and CSV, with your files and a page that explains them.

    Nothing is put over what is there already. `outgrow restore` reads it again.

    \b
    Examples:
      outgrow export ~/outgrow-export
      outgrow export outgrow.zip
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from pathlib import Path

    from outgrow.reports import machine, taken_out
    from outgrow.workflows.take_out import take_out
    from outgrow.workflows.workspace import open_workspace

    with Counter(quiet=call.quiet or as_json) as counter, open_workspace(call.data, progress=counter.show) as workspace:
        view = take_out(workspace, Path(target))
    click.echo(machine.document("export", view) if as_json else taken_out.render_export(view))
