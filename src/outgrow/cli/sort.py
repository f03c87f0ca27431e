"""`outgrow sort`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.asking import at_a_terminal
from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.model.period import Period
    from outgrow.reports.audit import CardView
    from outgrow.workflows.workspace import Workspace

_HELP = """  NUMBERS ANSWER    for example: 1 4-6 depth, or: 2 growth lack unsure discomfort 4
  u undo, q stop"""


@click.command("sort")
@click.argument("workstreams", nargs=-1)
@click.option(
    "--as", "answer", default="", metavar="ANSWER", help="depth, growth or outside; with reasons if you like."
)
@click.option(
    "--period", "words", default="last 90 days", metavar="PERIOD", help="Whose work; last 90 days.", show_default=False
)
@click.option("--all", "judged", is_flag=True, help="Show those judged already, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@pass_call
def command(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, workstreams: tuple[str, ...], answer: str, words: str, judged: bool, as_json: bool
) -> None:
    """Say of many kinds of work at once: more of the same, or new for you.

    Without WORKSTREAMS it lists what is not judged yet, with the guess for each, and at a terminal takes answers
    line by line. A judgement holds from the beginning of the period on.

    \b
    Examples:
      outgrow sort
      outgrow sort "Weekly sales report" w3f2a91bc04 --as depth
      outgrow sort "Supplier negotiation" --as "growth lack discomfort 4"
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import audit, machine, told
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.sort_work import list_work
    from outgrow.workflows.workspace import open_workspace

    if bool(workstreams) != bool(answer):
        message = "name the workstreams and say --as ANSWER, or neither"
        raise click.UsageError(message)
    with open_workspace(call.data) as workspace:
        period = named_period(workspace, words)
        if workstreams:
            named = _judge(workspace, workstreams, answer, period)
            click.echo(
                machine.document("sorted", told.Sorted(tuple(named))) if as_json else f"Kept: {', '.join(named)}"
            )
            return
        cards = list_work(workspace, period, judged=judged)
        if as_json:
            click.echo(machine.document("sort", cards))
            return
        click.echo(audit.render_table(cards) if cards else "Nothing to sort here.")
        if cards and at_a_terminal():
            _hold(workspace, cards, period)


def _judge(workspace: "Workspace", named: tuple[str, ...], answer: str, period: "Period") -> list[str]:
    from outgrow.cli.answers import BadAnswer, read_answer
    from outgrow.workflows.sort_work import WorkAnswer, judge

    said = read_answer(answer)
    if said.value is None or said.excepted:
        message = f"{answer!r} is no answer for a whole workstream: say depth, growth or outside"
        raise BadAnswer(message)
    return judge(workspace, named, period.first, WorkAnswer(said.value, said.reasons, said.discomfort))


def _hold(workspace: "Workspace", cards: "tuple[CardView, ...]", period: "Period") -> None:
    """Take answers line by line until the person stops."""
    from outgrow.model.fault import Fault
    from outgrow.reports.words import harmless
    from outgrow.workflows.undo import undo

    click.echo(_HELP)
    while (said := click.prompt("sort", default="q", show_default=False).strip()) not in {"q", ""}:
        try:
            if said == "u":
                click.echo(f"Taken back: {undo(workspace) or 'nothing'}.")
            else:
                numbers, answer = _parse(said, len(cards))
                named = tuple(cards[number - 1].workstream for number in numbers)
                click.echo(harmless(f"Kept: {', '.join(_judge(workspace, named, answer, period))}"))
        except Fault as fault:
            click.echo(harmless(str(fault)))


def _parse(said: str, most: int) -> tuple[list[int], str]:
    """Split "1 4-6 depth" into the numbers and the answer; raises BadAnswer."""
    from outgrow.cli.answers import BadAnswer

    words = said.replace(",", " ").split()
    numbers: list[int] = []
    while words and words[0][0].isdigit():
        first, _, last = words.pop(0).partition("-")
        if not (first.isdigit() and (last or first).isdigit() and 1 <= int(first) <= int(last or first) <= most):
            message = f"the numbers go from 1 to {most}, as in: 1 4-6 depth"
            raise BadAnswer(message)
        numbers += range(int(first), int(last or first) + 1)
    if not numbers or not words:
        message = "say numbers and an answer, as in: 1 4-6 depth"
        raise BadAnswer(message)
    return numbers, " ".join(words)
