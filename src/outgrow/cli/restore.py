"""`outgrow restore`."""

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter


@click.command("restore")
@click.argument("file", metavar="FILE|FOLDER", type=click.Path(exists=True))
@click.option("--replace", is_flag=True, help="Put it in place of the data there are, which are backed up first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, file: str, replace: bool, as_json: bool) -> None:
    """Put back an export or a backup: all of it, or nothing.

    The passphrase of a closed backup is asked for, or taken from OUTGROW_PASSPHRASE.

    \b
    Examples:
      outgrow restore outgrow.zip
      outgrow --data ~/elsewhere restore ~/outgrow-export
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from pathlib import Path

    from outgrow.cli.passphrase import ask
    from outgrow.reports import machine, taken_out
    from outgrow.workflows.back_up import is_closed, put_back
    from outgrow.workflows.workspace import open_workspace

    passphrase = ask("Passphrase", twice=False) if is_closed(Path(file)) else ""
    with Counter(quiet=call.quiet or as_json) as counter, open_workspace(call.data, progress=counter.show) as workspace:
        view = put_back(workspace, Path(file), passphrase, replace=replace)
    click.echo(machine.document("restored", view) if as_json else taken_out.render_restored(view))
