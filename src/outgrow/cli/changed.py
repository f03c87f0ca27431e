"""`outgrow changed`."""

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter


@click.command("changed")
@click.argument("period", nargs=-1)
@click.option("--against", metavar="PERIOD", default="", help="The earlier period, instead of the year before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, period: tuple[str, ...], against: str, as_json: bool) -> None:
    """Say what is different from a year ago.

    The last half year, or PERIOD, is compared with the year before it: what is new, grown, shrunk and gone, as far as
    it is beyond what comes and goes by itself. At most seven sentences, then the kinds of work with most hours.

    \b
    Examples:
      outgrow changed
      outgrow changed 2026 --against 2025
      outgrow changed last 6 months --json
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import changed, machine
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.look_back import look_back
    from outgrow.workflows.workspace import open_workspace

    with Counter(quiet=call.quiet or as_json) as counter, open_workspace(call.data, progress=counter.show) as workspace:
        later = named_period(workspace, " ".join(period)) if period else None
        earlier = named_period(workspace, against) if against.strip() else None
        view = look_back(workspace, later, earlier)
    click.echo(machine.document("changed", view) if as_json else changed.render(view))
