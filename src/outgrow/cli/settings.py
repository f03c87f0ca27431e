"""`outgrow settings`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("settings")
@click.argument("key", required=False)
@click.argument("value", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, key: str | None, value: str | None, as_json: bool) -> None:
    """Show the settings, or set one by its name. `outgrow undo` takes it back.

    addresses, role, new_this_year and own_keys are emptied by an empty VALUE.

    \b
    Examples:
      outgrow settings target 15-20
      outgrow settings working_hours 32
      outgrow settings addresses "anna@example.org anna@home.example"
      outgrow settings theme dark
      outgrow settings own_keys "g=y d=e"
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, settings
    from outgrow.workflows.set_up import change_setting
    from outgrow.workflows.workspace import open_workspace

    if key and value is None:
        message = f"say what it shall be: outgrow settings {key} VALUE (outgrow settings shows all)"
        raise click.UsageError(message)
    if key and value is not None:
        with open_workspace(call.data) as workspace:
            change_setting(workspace, key, value)
    with open_workspace(call.data) as workspace:
        shown = workspace.settings
    click.echo(machine.document("settings", shown) if as_json else settings.render(shown))
