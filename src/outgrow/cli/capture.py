"""`outgrow capture`."""

import click

from outgrow.cli.call import Call, pass_call


@click.command("capture")
@click.argument("text")
@click.option("--hours", default="", metavar="TIME", help="How long it took: 2, 1.5, 1:30 or 45m.")
@click.option("--on", "day", default="today", metavar="DAY", help="today, yesterday, monday or 2026-10-05.")
@click.option("--project", default="", metavar="NAME", help="What it belonged to.")
@click.option("--with", "people", multiple=True, metavar="NAME", help="Who took part; may be given again.")
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="A word of yours; may be given again.")
@click.option("--led", is_flag=True, help="You led it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(  # noqa: PLR0913 - one parameter for each option
    call: Call,
    *,
    text: str,
    hours: str,
    day: str,
    project: str,
    people: tuple[str, ...],
    tags: tuple[str, ...],
    led: bool,
    as_json: bool,
) -> None:
    """Note down work that nothing tracked.

    Without --hours it counts as an item, never as time. `outgrow undo` takes it back.

    \b
    Examples:
      outgrow capture "Talked the carrier into a trial" --hours 2 --on yesterday
      outgrow capture "Ran the retrospective" --hours 1:30 --led --with Anna
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, told, words
    from outgrow.workflows.capture import Work, capture, parse_hours
    from outgrow.workflows.periods import parse_day
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        work = Work(
            text=text,
            day=parse_day(day, workspace.today),
            hours=parse_hours(hours) if hours else None,
            project=project,
            people=people,
            tags=tags,
            led=led,
        )
        number = capture(workspace, work)
    if as_json:
        click.echo(machine.document("capture", told.Captured(number, work.day, work.hours, text)))
    else:
        time = f", {words.hours(work.hours)}" if work.hours else ""
        click.echo(
            f"Kept for {work.day}{time}: {words.harmless(text)}"
            + ("" if call.quiet else "\noutgrow undo takes it back.")
        )
