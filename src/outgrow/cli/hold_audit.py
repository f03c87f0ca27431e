"""`outgrow audit`: one card at a time, by single keys."""

import sys
from typing import TYPE_CHECKING, TextIO

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.cli.answers import Said, Script
    from outgrow.model.judgement import Reason
    from outgrow.reports.audit import AuditView, CardView
    from outgrow.workflows.hold_audit import AuditSession

_KEYS = """[d] already good at it  [g] makes me capable of something new  [x] not work
[e] strike out single ones  [s] skip  [u] undo  [q] stop, all is kept"""
_VERBS = {"s": "skip", "u": "undo", "q": "stop", "\x1b": "stop", "\x03": "stop", "\x04": "stop"}


@click.command("audit")
@click.argument("period", nargs=-1)
@click.option(
    "--answers", "file", type=click.File(), metavar="FILE", help="Take the answers from a file (- for standard input)."
)
@click.option("--more", is_flag=True, help="Ask 8 more cards.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document; without --answers it asks nothing.")
@pass_call
def command(call: Call, *, period: tuple[str, ...], file: TextIO | None, more: bool, as_json: bool) -> None:
    """Answer about twenty questions on the work of a month (last month, or PERIOD).

    Before any number is shown it asks for your own guess. Then one kind of work at a time: do you do this because you
    are already good at it, or because it will make you capable of something new? Stop at any card; outgrow audit goes
    on there. The range narrows with every answer, and from the eighth on it may be narrow enough.

    A file for --answers has one answer on each line, for the cards as they come or, after the name of a workstream and
    a colon, for its card; "*:" stands for all others, "#" begins a comment.

    \b
      guess 25
      Supplier negotiation: growth lack unsure discomfort 4
      Weekly report: depth except 2 5
      *: depth
    Answers are depth, growth, outside, skip, undo and stop; growth may
    have lack, scope, unsure and discomfort 1-5.

    \b
    Examples:
      outgrow audit
      outgrow audit 2026-10 --more
      outgrow audit last quarter --answers answers.txt --json
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import audit, machine
    from outgrow.workflows.choose_period import named_period
    from outgrow.workflows.hold_audit import AuditSession
    from outgrow.workflows.workspace import open_workspace

    script = _read(file) if file else None
    if script is None and not as_json and not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "the audit asks at a terminal; elsewhere give it --answers FILE, or --json to see the next card"
        raise click.UsageError(message)
    with open_workspace(call.data) as workspace:
        session = AuditSession(workspace, named_period(workspace, " ".join(period) or "last month"), more=more)
        if script:
            _play(session, script)
            for left in script.unused():
                click.echo(f"Not used: {left}", err=True)
        elif not as_json:
            hold(session, more=more)
        view = session.view()
    click.echo(machine.document("audit", view) if as_json else audit.render_end(view))


def _read(file: TextIO) -> "Script":
    from outgrow.cli.answers import BadAnswer, read_script

    try:
        return read_script(file.read().splitlines(), file.name)
    except UnicodeDecodeError as error:
        message = f"{file.name} is no text: an answers file has one answer on each line"
        raise BadAnswer(message) from error


def _play(session: "AuditSession", script: "Script") -> None:
    """Answer the cards from a script until it has none for the next card."""
    if not session.begun:
        session.begin(script.guess)
    while (card := session.view().card) is not None:
        said = script.next(card.name)
        if said.verb == "stop":
            return
        _give(session, card, said)


def _give(session: "AuditSession", card: "CardView", said: "Said") -> None:
    from outgrow.cli.answers import BadAnswer

    if said.verb == "skip":
        session.skip()
    elif said.verb == "undo":
        session.undo()
    elif said.value:
        if any(not 1 <= number <= len(card.activities) for number in said.excepted):
            message = f"{card.name!r} has only the activities 1 to {len(card.activities)}"
            raise BadAnswer(message)
        struck = [card.activities[number - 1].id for number in said.excepted]
        session.answer(said.value, said.reasons, said.discomfort, struck)


def hold(session: "AuditSession", *, more: bool = False) -> None:
    """Ask at the terminal until the cards are out, the range is narrow enough, or the person stops."""
    from outgrow.reports import audit

    view = session.view()
    if not session.begun:
        session.begin(_ask_guess(view))
    offered = more
    while (card := (view := session.view()).card) is not None:
        if view.enough and not offered:
            offered = True
            click.echo("\n" + audit.render_state(view))
            if not click.confirm("The range is narrow enough. Go on all the same?", default=False):
                return
        if not _ask(session, view, card):
            return


def _ask_guess(view: "AuditView") -> float | None:
    from outgrow.cli.answers import BadAnswer, read_guess
    from outgrow.reports import audit

    click.echo(audit.render_guess(view))
    while True:
        said: str = click.prompt("  Percent, or Enter to leave it open", default="", show_default=False)
        if not said.strip():
            return None
        try:
            return read_guess(said)
        except BadAnswer as error:
            click.echo(f"  {error}")


def _ask(session: "AuditSession", view: "AuditView", card: "CardView") -> bool:
    """Show one card and take its answer; return whether to go on."""
    from outgrow.cli.answers import Said
    from outgrow.model.judgement import Value
    from outgrow.reports import audit
    from outgrow.workflows.hold_audit import NoCard

    struck: frozenset[int] = frozenset()
    while True:
        click.echo("\n" + audit.render_card(view, card, struck) + "\n\n" + audit.QUESTION + "\n" + _KEYS)
        key = click.getchar().casefold()
        if key == "e":
            struck = _strike(card, struck)
        elif key in {"d", "g", "x"}:
            value = {"d": Value.DEPTH, "g": Value.GROWTH, "x": Value.OUTSIDE}[key]
            reasons, discomfort = _ask_why() if value is Value.GROWTH else (frozenset(), None)
            session.answer(value, reasons, discomfort, struck)
            break
        elif key in _VERBS:
            if _VERBS[key] == "stop":
                return False
            try:
                _give(session, card, Said(verb=_VERBS[key]))
            except NoCard as nothing:
                click.echo(str(nothing))
            break
    click.echo(audit.render_state(session.view()))
    return True


def _strike(card: "CardView", struck: frozenset[int]) -> frozenset[int]:
    """Ask which activities are of the other value; naming one again takes it back."""
    from outgrow.reports import audit

    click.echo(audit.render_lines(card, struck))
    said: str = click.prompt("  Numbers of those that are the other way round", default="", show_default=False)
    numbers = {int(word) for word in said.replace(",", " ").split() if word.isdigit()}
    return struck ^ {line.id for number, line in enumerate(card.activities, 1) if number in numbers}


def _ask_why() -> "tuple[frozenset[Reason], int | None]":
    """Ask for the reasons and the discomfort of growth; both may be left open."""
    from outgrow.model.judgement import Reason

    reasons = list(Reason)
    listed = "  ".join(f"[{number}] {reason.value}" for number, reason in enumerate(reasons, 1))
    click.echo(f"  because  {listed}")
    said: str = click.prompt("  Numbers, or Enter", default="", show_default=False)
    chosen = frozenset(reasons[int(char) - 1] for char in said if char in "123")
    felt: str = click.prompt("  How uncomfortable is it, from 1 to 5, or Enter", default="", show_default=False)
    return chosen, int(felt) if felt.strip() in {"1", "2", "3", "4", "5"} else None
