"""`outgrow returns`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("returns")
@click.argument("period", nargs=-1)
@click.option("--by", type=click.Choice(["project", "workstream"]), default="project", help="What to tell it of.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, period: tuple[str, ...], by: str, as_json: bool) -> None:
    """Show what went into each project, and what capabilities and evidence came of it.

    It tells of the last 12 months, or of PERIOD, beside the period of the same length before it.

    \b
    Examples:
      outgrow returns
      outgrow returns 2026-Q3
      outgrow returns --by workstream since 2025-11-01
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, returns
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.show_returns import USUAL, show_returns
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = show_returns(workspace, named_period(workspace, " ".join(period) or USUAL), returns.By(by))
    click.echo(machine.document("returns", view) if as_json else returns.render(view))
