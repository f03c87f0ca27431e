"""`outgrow opportunity`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_FEW, _ALL = 5, 10_000


@click.group("opportunity")
def command() -> None:
    """Find a small experiment for what the next level asks for, plan it, and keep what it leaves as evidence.

    NAME is the short name or number in brackets behind an experiment, its title, or a part of that.

    \b
    Examples:
      outgrow opportunity list
      outgrow opportunity plan run-retro --on thursday --at 14:00
      outgrow opportunity done run-retro --result "Two of three actions were taken"
    """  # noqa: D301 - the \b is for click: keep the lines apart


@command.command("list")
@click.option("--all", "every", is_flag=True, help="All that are offered, not the first few.")
@_json
@pass_call
def list_(call: Call, *, every: bool, as_json: bool) -> None:
    """List the experiments that fit best now, with the reasons, and those under way."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, _ALL if every else _FEW, as_json=as_json)


@command.command("add")
@click.argument("title")
@click.option(
    "--kind", default="craft", metavar="KIND", help="strategic, cross-functional, leadership, ambiguity, craft"
)
@click.option("--first-step", default="", metavar="WORDS", help="What the first 15 minutes are for.")
@click.option("--hours", default=2.0, metavar="N", help="How long it takes in all.")
@click.option("--ask", default="", metavar="NAME", help="Whom to ask.")
@click.option("--leaves", default="", metavar="WORDS", help="What it leaves that can be shown.")
@_json
@pass_call
def add(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, title: str, kind: str, first_step: str, hours: float, ask: str, leaves: str, as_json: bool
) -> None:
    """Add an experiment of your own."""
    from outgrow.model.plan import Experiment
    from outgrow.workflows import plan_growth
    from outgrow.workflows.workspace import open_workspace

    draft = Experiment(id="", title=title, kind=kind, first_step=first_step, hours=hours, ask=ask, leaves=leaves)
    with open_workspace(call.data) as workspace:
        number = plan_growth.add(workspace, draft)
        _show_one(workspace, str(number), as_json=as_json)


@command.command("plan")
@click.argument("name")
@click.option("--on", "day", default="", metavar="DAY", help="tomorrow (the default), thursday, 4 December")
@click.option("--at", "time", default="", metavar="TIME", help="9, 9:30 or 14:15; 9 in the morning by default.")
@click.option("--for", "length", default="", metavar="HOURS", help="How long to begin with; at most 2 h by default.")
@_json
@pass_call
def plan(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, name: str, day: str, time: str, length: str, as_json: bool
) -> None:
    """Plan time for an experiment; the calendar file tells it (see outgrow review calendar)."""
    from outgrow.workflows import plan_growth
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        found = plan_growth.plan(workspace, name, {"day": day, "time": time, "length": length})
        _show_one(workspace, found.id, as_json=as_json)


@command.command("tried")
@click.argument("name")
@_json
@pass_call
def tried(call: Call, *, name: str, as_json: bool) -> None:
    """Say that an experiment was tried, whatever came of it."""
    from outgrow.workflows import plan_growth
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show_one(workspace, plan_growth.try_it(workspace, name).id, as_json=as_json)


@command.command("done")
@click.argument("name")
@click.option("--did", default="", metavar="WORDS", help="What you did; the title of the experiment by default.")
@click.option("--result", default="", metavar="WORDS", help="What came of it.")
@click.option("--seen-by", multiple=True, metavar="NAME", help="Who saw it; may be given again.")
@_json
@pass_call
def done(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, name: str, did: str, result: str, seen_by: tuple[str, ...], as_json: bool
) -> None:
    """Say that an experiment is done, and keep what it left as evidence."""
    from dataclasses import replace

    from outgrow.workflows import plan_growth
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        found = plan_growth.find_opportunity(plan_growth.show_opportunities(workspace), name)
        draft = plan_growth.prefilled(workspace, found)
        draft = replace(draft, action=did or draft.action, result=result, seen_by=seen_by)
        plan_growth.finish(workspace, found.id, draft)
        _show_one(workspace, found.id, as_json=as_json)


@command.command("no")
@click.argument("name")
@click.option("--because", default="", metavar="WORDS", help="Why not.")
@_json
@pass_call
def no(call: Call, *, name: str, because: str, as_json: bool) -> None:
    """Turn an experiment down: it is not offered again."""
    from outgrow.workflows import plan_growth
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        plan_growth.turn_down(workspace, name, because)
        _show(workspace, _FEW, as_json=as_json)


def _show(workspace: "Workspace", most: int, *, as_json: bool) -> None:
    from outgrow.reports import machine, opportunities
    from outgrow.workflows.plan_growth import show_opportunities

    view = show_opportunities(workspace)
    click.echo(machine.document("opportunities", view) if as_json else opportunities.render(view, most))


def _show_one(workspace: "Workspace", name: str, *, as_json: bool) -> None:
    from outgrow.reports import machine, opportunities
    from outgrow.workflows.plan_growth import find_opportunity, show_opportunities

    found = find_opportunity(show_opportunities(workspace), name)
    click.echo(machine.document("opportunity", found) if as_json else opportunities.render_one(found))
