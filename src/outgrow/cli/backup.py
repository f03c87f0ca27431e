"""`outgrow backup`."""

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter


@click.command("backup")
@click.option("--to", metavar="FOLDER", help="Where to put it: another disk is best. By default among your data.")
@click.option("--encrypt", is_flag=True, help="Close it with a passphrase, which is asked for, or OUTGROW_PASSPHRASE.")
@click.option("--keep", type=click.IntRange(1), metavar="N", help="Let older ones there go, but for the newest N.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, to: str | None, encrypt: bool, keep: int | None, as_json: bool) -> None:
    """Make one file with everything in it, and prove it by restoring it for a trial.

    Only then do older ones go. Damaged data are never backed up. A closed backup opens with its passphrase and with
    nothing else: `outgrow restore` asks for it, and so does any program that reads the age format.

    \b
    Examples:
      outgrow backup
      outgrow backup --to /media/stick --encrypt --keep 5
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from pathlib import Path

    from outgrow.cli.passphrase import ask
    from outgrow.reports import machine, taken_out
    from outgrow.workflows.back_up import back_up
    from outgrow.workflows.workspace import open_workspace

    passphrase = ask("Passphrase", twice=True) if encrypt else ""
    with Counter(quiet=call.quiet or as_json) as counter, open_workspace(call.data, progress=counter.show) as workspace:
        view = back_up(workspace, Path(to) if to else None, passphrase, keep)
    click.echo(machine.document("backup", view) if as_json else taken_out.render_backup(view))
