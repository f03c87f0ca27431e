"""`outgrow demo`."""

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter


@click.command("demo")
@click.option("--fresh", is_flag=True, help="Build the example anew, without what you did to it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(call: Call, *, fresh: bool, as_json: bool) -> None:
    """Show the verdict of an example person: Mira, an operations analyst, after two years of work.

    Her data lie in a folder of their own and never mix with yours. The last lines say how to look further.
    """
    from outgrow.reports import machine, verdict
    from outgrow.workflows.demonstrate import example_folder, open_example
    from outgrow.workflows.give_verdict import give_verdict
    from outgrow.workflows.next_action import with_next_action
    from outgrow.workflows.periods import parse_period
    from outgrow.workflows.say_feeling import with_feeling

    with Counter(quiet=call.quiet) as counter, open_example(call.data, counter.show, fresh=fresh) as workspace:
        given = give_verdict(workspace, parse_period("last month", workspace.today))
        view = with_feeling(workspace, with_next_action(workspace, given))
    if as_json:
        click.echo(machine.document("verdict", view))
        return
    click.echo("Example: Mira, operations analyst, two years of calendar, time tracker and issues\n")
    click.echo(verdict.render(view))
    if not call.quiet:
        folder = example_folder(call.data)
        click.echo(f"\nLook further:   outgrow --data {folder} capability list")
        click.echo(
            "                likewise: next, evidence list, review list, role list, packet list, workstream list"
        )
        click.echo("In pictures:    outgrow, then The example year")
        click.echo("Your own work:  outgrow import FILE, then outgrow audit")
