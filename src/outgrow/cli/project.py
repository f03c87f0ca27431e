"""`outgrow project`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_NEWNESS = click.Choice(["the same", "partly new", "new"], case_sensitive=False)


@click.group("project")
def command() -> None:
    """Set projects side by side, choose one, and see later whether it came as foreseen.

    PROJECT is its number, its name, or a part of the name that only it has. What is foreseen is the share of growth
    work, as a range: from your answers, from your own work of such names, and from how earlier projects came.

    \b
    Examples:
      outgrow project new "Warehouse pilot" --hours 120 --new --reason "outside my scope" --builds "Plan a move"
      outgrow project compare
      outgrow project choose pilot
      outgrow project follow-up pilot
    """  # noqa: D301 - the \b is for click: keep the lines apart


_OPTIONS = (
    click.option("--hours", default=None, metavar="HOURS", help="How many hours it would take in all."),
    click.option("--about", default=None, metavar="WORDS", help="What it is."),
    click.option("--from", "first", default=None, metavar="DAY", help="The first day: 2027-03-01 or March 2027."),
    click.option("--until", "last", default=None, metavar="DAY", help="The last day."),
    click.option("--new/--same", "grows", default=None, help="New for you, or more of the same; neither: cannot say."),
    click.option("--reason", "reasons", multiple=True, metavar="REASON", help="Why it is new; may be given again."),
    click.option("--people", default=None, type=_NEWNESS, help="How new its people are to you."),
    click.option("--area", default=None, type=_NEWNESS, help="How new its area is to you."),
    click.option(
        "--mode", default=None, type=_NEWNESS, help="How new what you would do in it is: lead, teach, decide."
    ),
    click.option("--further", "capabilities", multiple=True, metavar="CAPABILITY", help="What it brings further."),
    click.option("--builds", multiple=True, metavar="WORDS", help="What you could do then that you cannot now."),
    click.option(
        "--for", "expectations", multiple=True, metavar="ROW", help="A row of outgrow next it gives evidence for."
    ),
    click.option("--seen-by", multiple=True, metavar="WHO", help="Who would see it."),
    click.option("--known-by", multiple=True, metavar="WORDS", help="Words in the titles of its work; else its name."),
    _json,
)


def _described(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that describe a project."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command.command("compare")
@_json
@pass_call
def compare(call: Call, *, as_json: bool) -> None:
    """Show the projects side by side, those chosen, and how good the predictions were."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, as_json=as_json)


@command.command("new")
@click.argument("name")
@_described
@pass_call
def new(call: Call, /, *, name: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - what click hands over
    """Add a project to choose from; --hours is needed."""
    from outgrow.workflows import keep_projects
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        words = keep_projects.ProjectWords(name=name, hours="")
        keep_projects.add(workspace, _with(words, said))
        _show(workspace, as_json=as_json)


@command.command("edit")
@click.argument("project")
@click.option("--name", default=None, help="What it is called.")
@_described
@pass_call
def edit(call: Call, /, *, project: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - what click hands over
    """Change what is said of a project; what may be given again replaces all that was said so."""
    from outgrow.workflows import keep_projects
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_projects.find_project(workspace, project)
        words = keep_projects.words_of(keep_projects.read_projects(workspace)[number])
        keep_projects.edit(workspace, number, _with(words, said))
        _show(workspace, as_json=as_json)


@command.command("choose")
@click.argument("project")
@_json
@pass_call
def choose(call: Call, *, project: str, as_json: bool) -> None:
    """Choose a project: what is foreseen of it today is kept, to be compared with what comes."""
    from outgrow.workflows import choose_project
    from outgrow.workflows.keep_projects import find_project
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        choose_project.choose(workspace, find_project(workspace, project))
        _show(workspace, as_json=as_json)


@command.command("follow-up")
@click.argument("project")
@click.option("--growth", default="", metavar="PERCENT", help="How much of it was growth work, in your own word.")
@click.option("--note", default="", metavar="WORDS", help="What you would say of it now.")
@_json
@pass_call
def follow_up(call: Call, *, project: str, growth: str, note: str, as_json: bool) -> None:
    """Look back on a project that was chosen: what came is measured and kept beside what was foreseen."""
    from outgrow.workflows import choose_project
    from outgrow.workflows.keep_projects import find_project
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        choose_project.look_back(workspace, find_project(workspace, project), growth, note)
        _show(workspace, as_json=as_json)


@command.command("remove")
@click.argument("project")
@_json
@pass_call
def remove(call: Call, *, project: str, as_json: bool) -> None:
    """Take a project out; outgrow undo brings it back."""
    from outgrow.workflows import keep_projects
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        keep_projects.remove(workspace, keep_projects.find_project(workspace, project))
        _show(workspace, as_json=as_json)


def _with(words: Any, said: dict[str, Any]) -> Any:  # noqa: ANN401 - of a module that is loaded late
    """Return a project as typed, with what the options say."""
    from dataclasses import replace

    told = {name: value for name, value in said.items() if value not in {None, ()}}
    told |= {name: "\n".join(told[name]) for name in ("builds", "seen_by", "known_by") if name in told}
    if "grows" in told:
        told["grows"] = "new" if told["grows"] else "same"
    return replace(words, **told)


def _show(workspace: "Workspace", *, as_json: bool) -> None:
    from outgrow.reports import machine, project_choice
    from outgrow.workflows.choose_project import show_projects

    view = show_projects(workspace)
    click.echo(machine.document("projects", view) if as_json else project_choice.render(view))
