"""`outgrow import`."""

import click

from outgrow.cli.asking import ask
from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter

PARTLY = 3


@click.command("import")
@click.argument("given", metavar="PATH|FOLDER|URL...", nargs=-1, required=True)
@click.option("--account", default="", metavar="NAME", help="Whose or which calendar it is; keeps two exports apart.")
@click.option(
    "--as", "importer", default="", metavar="IMPORTER", help="Read it with this importer; do not recognise it."
)
@click.option(
    "--me", multiple=True, metavar="ADDRESS", help="An address of yours: declined meetings then count nothing."
)
@click.option("--choose", multiple=True, metavar="KEY=VALUE", help="Answer an importer's question before it is asked.")
@click.option("--all-problems", is_flag=True, help="Show every problem instead of the first ten of a file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(  # noqa: PLR0913 - one parameter for each option
    call: Call,
    *,
    given: tuple[str, ...],
    account: str,
    importer: str,
    me: tuple[str, ...],
    choose: tuple[str, ...],
    all_problems: bool,
    as_json: bool,
) -> int:
    """Bring in calendars, time sheets, tasks, notes and commits.

    It recognises iCalendar files, CSV and XLSX exports (Toggl, Clockify, Harvest, Jira, Linear, Asana, TickTick,
    Todoist, Outlook, Google and others after a few questions), git repositories, Markdown notes and todo.txt. A folder
    is searched for all of them. Importing the same again changes nothing. Every record becomes an activity or a
    problem with its reason. Exit code 3: some records could not be read.

    \b
    Examples:
      outgrow import calendar.ics toggl.csv
      outgrow import --me anna@example.org https://calendar.example/anna.ics
      outgrow import ~/code/website --choose authors=anna@example.org
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import brought_in, machine
    from outgrow.workflows.bring_in import Wishes, bring_in
    from outgrow.workflows.set_up import add_addresses
    from outgrow.workflows.workspace import open_workspace

    wishes = Wishes(account=account, importer=importer, choices=_choices(choose))
    if me:
        with open_workspace(call.data) as workspace:
            add_addresses(workspace, me)
    with open_workspace(call.data) as workspace, Counter(quiet=call.quiet or as_json) as counter:
        report = bring_in(workspace, given, wishes, ask, counter.show)
    if as_json:
        click.echo(machine.document("import", report))
    else:
        click.echo(brought_in.render(report, every_problem=all_problems))
        if not call.quiet and any(file.new for file in report.files):
            click.echo("Next: outgrow audit asks about twenty questions on last month.")
    return 0 if report.whole else PARTLY


def _choices(said: tuple[str, ...]) -> dict[str, str]:
    for each in said:
        if "=" not in each:
            message = f"{each!r} is no KEY=VALUE"
            raise click.BadParameter(message, param_hint="--choose")
    return {key.strip(): value.strip() for key, _, value in (each.partition("=") for each in said)}
