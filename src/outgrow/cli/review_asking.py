"""Asks a review step by step at a terminal; each answer is kept at once."""

from typing import TYPE_CHECKING

import click

from outgrow.reports import review
from outgrow.reports.review import FieldKind, StepState
from outgrow.reports.words import harmless
from outgrow.workflows.review_answers import WrongAnswer

if TYPE_CHECKING:
    from outgrow.reports.review import Field, Option, ReviewView, StepView
    from outgrow.workflows.hold_review import ReviewSession
    from outgrow.workflows.workspace import Workspace

_KEYS = "[Enter] answer  [s] skip  [b] back  [u] undo  [q] stop, all is kept"
_QUIET = "  [w] it was a quiet week"
_STOPS = {"q", "\x1b", "\x03", "\x04"}


def ask(workspace: "Workspace", session: "ReviewSession") -> None:
    """Ask from the first open step on, until the review has ended or the person stops."""
    view = session.view()
    while (step := view.step) is not None:
        click.echo("\n" + review.heading(view) + "\n" + _place(view, step))
        click.echo("\n".join(review.render_step(step)))
        wanted = _take(workspace, session, view, step)
        if wanted is None:
            return
        view = session.view(wanted)
    click.echo("")


def _place(view: "ReviewView", step: "StepView") -> str:
    at = [each.id for each in view.steps].index(step.id) + 1
    return f"Step {at} of {len(view.steps)}: {step.title}"


def _take(workspace: "Workspace", session: "ReviewSession", view: "ReviewView", step: "StepView") -> str | None:
    """Do what a key asks for at a step; return the step to go on with ("" for whatever is open), None to stop."""
    if scale := _scale(step):
        click.echo("  ".join(f"[{each.value}] {each.words}" for each in scale))
    click.echo(_keys(view))
    key = click.getchar().casefold()
    if key in _STOPS:
        click.echo(f"Kept. Go on any time: outgrow review {view.cadence}")
        return None
    if key == "b":
        return session.before(step.id)
    if key == "u":
        _undo(workspace)
        return step.id
    if key == "s":
        session.skip(step.id)
    elif key == "w" and _can_be_quiet(view):
        session.call_quiet()
    elif key in {option.value for option in _scale(step)}:
        session.say(step.id, {step.fields[0].name: key})
    elif key in {"\r", "\n", " "}:
        if not _answer(workspace, session, step):
            return step.id
    else:
        return step.id
    return session.after(step.id)


def _scale(step: "StepView") -> "tuple[Option, ...]":
    """Return the answers that one key gives: those of a step that asks for a number on a scale."""
    return step.fields[0].options if step.forms == "felt" else ()


def _keys(view: "ReviewView") -> str:
    return _KEYS + (_QUIET if _can_be_quiet(view) else "")


def _can_be_quiet(view: "ReviewView") -> bool:
    return view.cadence == "week" and not view.quiet and any(each.state is StepState.OPEN for each in view.steps[:-1])


def _undo(workspace: "Workspace") -> None:
    from outgrow.workflows.undo import undo

    what = undo(workspace)
    click.echo(harmless(f"Taken back: {what}.") if what else "There is nothing to take back.")


def _answer(workspace: "Workspace", session: "ReviewSession", step: "StepView") -> bool:
    """Ask the fields of a step and keep what was said; return whether it was kept."""
    if step.forms == "audit":
        _hold_audit(workspace, session)
    said = {}
    about = ""
    for field in step.fields:
        if field.about != about and field.about:
            click.echo(f"\n  {harmless(field.about)}")
        about = field.about
        said[field.name] = _ask(field)
    try:
        session.say(step.id, said)
    except WrongAnswer as wrong:
        click.echo(f"  {harmless(str(wrong))}")
        return False
    return True


def _ask(field: "Field") -> str:
    if field.kind is FieldKind.KEY:
        return field.value
    if field.options:
        return _choose(field)
    label = field.label + (f" ({field.hint})" if field.hint else "")
    if field.kind is FieldKind.TEXT:
        return _lines(field, label)
    return _line(field, label)


def _line(field: "Field", label: str) -> str:
    """Ask for one line; Enter leaves what is there, and a dash takes it away."""
    shown = f" [{harmless(field.value)}]" if field.value else ""
    said: str = click.prompt(f"  {label}{shown}", default="", show_default=False)
    return "" if said.strip() == "-" else said or field.value


def _lines(field: "Field", label: str) -> str:
    """Ask for lines until an empty one; an empty first one leaves what is there."""
    click.echo(f"  {label}; an empty line ends it.")
    lines: list[str] = []
    while said := click.prompt("  >", default="", show_default=False, prompt_suffix=" "):
        lines.append(said)
    return "\n".join(lines) or field.value


def _choose(field: "Field") -> str:
    """Ask for one of the options, by its number or its word; Enter leaves it as it is."""
    for number, option in enumerate(field.options, 1):
        words = option.value if option.words == option.value else option.words
        click.echo(f"    {number}  {harmless(words)}")
    while True:
        said: str = click.prompt(f"  {field.label}: number, or Enter", default="", show_default=False)
        if not said.strip():
            return field.value
        if said.strip().isdigit() and 1 <= int(said) <= len(field.options):
            return field.options[int(said) - 1].value
        click.echo(f"  Say a number from 1 to {len(field.options)}.")


def _hold_audit(workspace: "Workspace", session: "ReviewSession") -> None:
    """Hold the audit of the month, and come back."""
    from outgrow.cli.hold_audit import hold
    from outgrow.workflows.hold_audit import AuditSession

    hold(AuditSession(workspace, session.period))
