"""`outgrow role`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("role")
def command() -> None:
    """Keep the roles you held: title, level, scope, and what you answered for, with dates.

    ROLE is its number, its title, or a part of the title that only it has. Days are said as 2025-03-01, 2025-03 or
    March 2025. A responsibility that did not last as long as its role says so: "Budget [from 2025-03 until 2026-01]".

    \b
    Examples:
      outgrow role add "Operations analyst" --from 2023-09 --level Senior --answers-for "Stock report"
      outgrow role end "Operations analyst" 2026-10
    """  # noqa: D301 - the \b is for click: keep the lines apart


_OPTIONS = (
    click.option("--from", "first", default=None, metavar="DAY", help="The first day."),
    click.option("--until", "last", default=None, metavar="DAY", help="The last day; left out while you hold it."),
    click.option("--level", default=None, metavar="LEVEL", help="Your level in it."),
    click.option("--scope", default=None, metavar="WORDS", help="What it spans: a team, a site, a budget."),
    click.option(
        "--answers-for", "duties", multiple=True, metavar="WORDS", help="What you answer for; may be given again."
    ),
    _json,
)


def _described(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that describe a role."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command.command("list")
@_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List the roles, the latest first, and say for how long level and responsibilities have been the same."""
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, as_json=as_json)


@command.command("add")
@click.argument("title")
@_described
@pass_call
def add(call: Call, /, *, title: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - what click hands over
    """Add a role; --from is needed."""
    from outgrow.workflows import keep_roles
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        words = keep_roles.RoleWords(title=title, first="")
        keep_roles.add(workspace, _with(words, said))
        _show(workspace, as_json=as_json)


@command.command("edit")
@click.argument("role")
@click.option("--title", default=None, help="What it is called.")
@_described
@pass_call
def edit(call: Call, /, *, role: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - what click hands over
    """Change what is said; --answers-for replaces all that you answered for, --until "" opens its end again."""
    from outgrow.workflows import keep_roles
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_roles.find_role(workspace, role)
        words = keep_roles.words_of(keep_roles.read_roles(workspace)[number])
        keep_roles.edit(workspace, number, _with(words, said))
        _show(workspace, as_json=as_json)


@command.command("end")
@click.argument("role")
@click.argument("day", default="today")
@_json
@pass_call
def end(call: Call, *, role: str, day: str, as_json: bool) -> None:
    """Say the last DAY of a role; today if you leave it out."""
    from outgrow.workflows import keep_roles
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        keep_roles.end(workspace, keep_roles.find_role(workspace, role), day)
        _show(workspace, as_json=as_json)


@command.command("remove")
@click.argument("role")
@_json
@pass_call
def remove(call: Call, *, role: str, as_json: bool) -> None:
    """Take out a role that never was; outgrow undo brings it back."""
    from outgrow.workflows import keep_roles
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        keep_roles.remove(workspace, keep_roles.find_role(workspace, role))
        _show(workspace, as_json=as_json)


def _with(words: Any, said: dict[str, Any]) -> Any:  # noqa: ANN401 - of a module that is loaded late
    """Return a role as typed, with what the options say."""
    from dataclasses import replace

    duties = said.pop("duties")
    told = {name: value for name, value in said.items() if value is not None}
    return replace(words, **told, **({"responsibilities": "\n".join(duties)} if duties else {}))


def _show(workspace: "Workspace", *, as_json: bool) -> None:
    from outgrow.reports import machine, roles
    from outgrow.workflows.keep_roles import show_roles

    view = show_roles(workspace)
    click.echo(machine.document("roles", view) if as_json else roles.render(view))
