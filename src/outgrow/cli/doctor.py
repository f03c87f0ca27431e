"""`outgrow doctor`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("doctor")
@click.option(
    "--rebuild", is_flag=True, help="Drop what is computed and compute it again; what you said is not touched."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, rebuild: bool, as_json: bool) -> int:
    """Check the data and rebuild what is computed.

    Exit code 1: something needs a look.
    """
    from outgrow.reports import doctor, machine
    from outgrow.workflows.examine import examine
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        checks = examine(workspace, rebuild=rebuild)
    click.echo(machine.document("doctor", checks) if as_json else doctor.render(checks))
    return 0 if all(check.well for check in checks) else 1
