"""`outgrow review`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outgrow.cli.call import Call, pass_call
from outgrow.cli.progress import Counter

if TYPE_CHECKING:
    from outgrow.workflows.hold_review import ReviewSession

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("review")
def command() -> None:
    """Look back on a week, month, quarter or year, and decide on one thing to do next.

    Each step is kept at once. Stop at any step; the same command goes on there. `outgrow undo` takes a step back.

    \b
    Examples:
      outgrow review week
      outgrow review quarter --period 2026-Q3
      outgrow review list
    """  # noqa: D301 - the \b is for click: keep the lines apart


_LOOKS_BACK = {
    "week": "Two minutes: what was new, time for growth work next week, one thing to do.",
    "month": "The audit and three minutes: was that the mix you wanted, and one thing to try.",
    "quarter": "Fifteen minutes: what can you do now that you could not three months ago?",
    "year": "Half an hour: what is different from a year ago, and your bet for the next.",
}


def _holding(cadence: str) -> click.Command:
    """Return the command that holds the review of a cadence."""

    @click.command(cadence, help=_help(cadence), short_help=_LOOKS_BACK[cadence])
    @click.option("--period", default="", metavar="PERIOD", help=f"Another {cadence} than the latest.")
    @click.option(
        "--say", "said", multiple=True, metavar="STEP=WORDS", help="Answer a step without being asked; may be repeated."
    )
    @click.option("--skip", "skipped", multiple=True, metavar="STEP", help="Pass over a step; may be repeated.")
    @_json
    @pass_call
    def hold(call: Call, *, period: str, said: tuple[str, ...], skipped: tuple[str, ...], as_json: bool) -> None:
        _hold(call, (cadence, period), said, skipped, as_json=as_json)

    return hold


def _help(cadence: str) -> str:
    return f"""{_LOOKS_BACK[cadence]}

    At a terminal it asks step by step. Elsewhere say the steps by their names, as --json shows them; where a step has
    several fields, name one after a colon, as in --say commitment:due=friday.

    \b
    Examples:
      outgrow review {cadence}
      outgrow review {cadence} --say felt=3 --say "commitment=Ask Marek for the contract" --json
    """


for _cadence in _LOOKS_BACK:
    command.add_command(_holding(_cadence))


def _hold(
    call: Call, chosen: tuple[str, str], said: tuple[str, ...], skipped: tuple[str, ...], *, as_json: bool
) -> None:
    from outgrow.cli.review_asking import ask
    from outgrow.reports import machine, review
    from outgrow.workflows.hold_review import ReviewSession, choose
    from outgrow.workflows.workspace import open_workspace

    with Counter(quiet=call.quiet or as_json) as counter, open_workspace(call.data, progress=counter.show) as workspace:
        meant = choose(workspace, *chosen)
        if not (as_json or said or skipped):
            _check_terminal()
        session = ReviewSession(workspace, *meant)
        _say(session, said, skipped)
        if not (as_json or said or skipped):
            ask(workspace, session)
        view = session.view()
    click.echo(machine.document("review", view) if as_json else review.render(view))


def _check_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "a review asks at a terminal; elsewhere answer with --say STEP=WORDS, or see the steps with --json"
        raise click.UsageError(message)


def _say(session: "ReviewSession", said: tuple[str, ...], skipped: tuple[str, ...]) -> None:
    """Answer steps as the options say, those of one step together, in the order they are first named."""
    answers: dict[str, dict[str, str]] = {}
    for each in said:
        name, mark, words = each.partition("=")
        if not mark:
            message = f"{each!r}: say a step and what you answer, such as felt=3"
            raise click.UsageError(message)
        step, _, field = name.partition(":")
        answers.setdefault(step, {})[_field(session, step, field)] = words
    for step, fields in answers.items():
        session.say(step, session.filled(step, fields))
    for step in skipped:
        session.skip(step)


def _field(session: "ReviewSession", step: str, named: str) -> str:
    """Return the field of a step that is named, or its main one."""
    there = [each.name for each in session.fields(step)]
    if named and named not in there:
        message = f"the step {step} has no {named!r}; it has {', '.join(there)}"
        raise click.UsageError(message)
    return named or session.main_field(step)


@command.command("list")
@_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List the reviews that are open now and those held, open commitments and planned growth work."""
    from outgrow.reports import machine, reviews
    from outgrow.workflows.look_at_reviews import look_at_reviews
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = look_at_reviews(workspace)
    click.echo(machine.document("reviews", view) if as_json else reviews.render(view))


@command.command("show")
@click.argument("number", type=int)
@_json
@pass_call
def show(call: Call, *, number: int, as_json: bool) -> None:
    """Show one review as it was: what the data said then, and what you said."""
    from outgrow.reports import machine, reviews
    from outgrow.workflows.look_at_reviews import show_review
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = show_review(workspace, number)
    click.echo(machine.document("past review", view) if as_json else reviews.render_past(view))


@command.command("compare")
@click.argument("one", type=int)
@click.argument("other", type=int)
@_json
@pass_call
def compare(call: Call, *, one: int, other: int, as_json: bool) -> None:
    """Show what differs between two reviews: words, share, and how far capabilities have come."""
    from outgrow.reports import machine, reviews
    from outgrow.workflows.look_at_reviews import compare_reviews
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = compare_reviews(workspace, one, other)
    click.echo(machine.document("comparison of reviews", view) if as_json else reviews.render_comparison(view))


@command.command("commitments")
@_json
@pass_call
def commitments(call: Call, *, as_json: bool) -> None:
    """List what you meant to do, and what became of it."""
    from outgrow.reports import machine, reviews
    from outgrow.workflows.look_at_reviews import all_commitments
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        found = all_commitments(workspace)
    click.echo(machine.document("commitments", found) if as_json else reviews.render_commitments(found))


@command.command("settle")
@click.argument("number", type=int)
@click.argument("outcome", type=click.Choice(["kept", "partly", "let go"]))
@click.option("--note", default="", metavar="WORDS", help="A word on it.")
@_json
@pass_call
def settle(call: Call, *, number: int, outcome: str, note: str, as_json: bool) -> None:
    """Say what became of a commitment.

    \b
    Examples:
      outgrow review settle 12 kept
      outgrow review settle 12 "let go" --note "the project ended"
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, reviews
    from outgrow.workflows.look_at_reviews import settle_commitment
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = settle_commitment(workspace, number, outcome, note)
    click.echo(machine.document("commitment", view) if as_json else reviews.render_commitments([view]))


@command.command("plan")
@click.argument("title")
@click.option("--on", "day", required=True, metavar="DAY", help="tomorrow, friday, in 2 weeks or 2026-12-04.")
@click.option("--at", "time", default="9:00", metavar="TIME", show_default=True, help="9:30, 14 or 2 pm.")
@click.option("--for", "length", default="1:30", metavar="TIME", show_default=True, help="1:30, 2 or 45m.")
@_json
@pass_call
def plan(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, title: str, day: str, time: str, length: str, as_json: bool
) -> None:
    """Plan time for growth work; the calendar file tells it.

    \b
    Examples:
      outgrow review plan "Draft the warehouse strategy" --on tuesday --at 9:30 --for 1:30
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import machine, review
    from outgrow.workflows import plan_blocks
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = plan_blocks.plan(workspace, {"title": title, "day": day, "time": time, "length": length})
        (view,) = (each for each in plan_blocks.planned(workspace) if each.number == number)
    click.echo(machine.document("growth block", view) if as_json else f"Planned: {number}  {review.block_line(view)}")


@command.command("unplan")
@click.argument("number", type=int)
@_json
@pass_call
def unplan(call: Call, *, number: int, as_json: bool) -> None:
    """Take planned growth work out of the calendar file again."""
    from outgrow.reports import machine, review
    from outgrow.workflows import plan_blocks
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = plan_blocks.drop(workspace, number)
    click.echo(
        machine.document("growth block", view) if as_json else f"Not planned any more: {review.block_line(view)}"
    )


@command.command("calendar")
@click.option("--out", "path", type=click.Path(path_type=Path), metavar="FILE", help="Write it there as well.")
@_json
@pass_call
def calendar(call: Call, *, path: Path | None, as_json: bool) -> None:
    """Write the calendar file of reviews and planned growth work, and say where it is.

    It lies in the data folder and is kept up to date. Let your calendar subscribe to it or import it; review reminders
    come back by themselves, and planned time is a usual appointment.
    """
    from outgrow.reports import machine, told
    from outgrow.workflows.keep_feed import copy_feed, keep_feed, place
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        keep_feed(workspace, anyway=True)
        where = place(workspace)
        if path:
            copy_feed(workspace, path)
    if as_json:
        click.echo(machine.document("calendar", told.Written(str(path or where))))
    else:
        click.echo(f"Kept up to date: {where}" + (f"\nWritten: {path}" if path else ""))
