"""`outgrow verdict`."""

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter


@click.command("verdict")
@click.argument("period", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, period: tuple[str, ...], as_json: bool) -> None:
    """Say whether a period (last month, or PERIOD) was progress or movement.

    It gives the share of growth work with its 95 % credible interval against your target, what it rests on, what moved
    beside what progressed, and one next step. Under 8 answers it gives no number.

    \b
    Examples:
      outgrow verdict
      outgrow verdict 2026-Q3
      outgrow verdict since 2025-11-01 --json
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, verdict
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.give_verdict import give_verdict
    from outgrow.workflows.next_action import with_next_action
    from outgrow.workflows.say_feeling import with_feeling
    from outgrow.workflows.workspace import open_workspace

    with Counter(quiet=call.quiet or as_json) as counter, open_workspace(call.data, progress=counter.show) as workspace:
        given = give_verdict(workspace, named_period(workspace, " ".join(period) or "last month"))
        view = with_feeling(workspace, with_next_action(workspace, given))
    click.echo(machine.document("verdict", view) if as_json else verdict.render(view))
