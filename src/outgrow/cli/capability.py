"""`outgrow capability`."""

from typing import TYPE_CHECKING

import click

from outgrow.cli.call import Call, pass_call

if TYPE_CHECKING:
    from datetime import date

    from outgrow.workflows.keep_ledger import Proof
    from outgrow.workflows.workspace import Workspace

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_on = click.option("--on", "day", default="", metavar="DAY", help="today, yesterday, monday or 2026-10-05.")
_KINDS = {"word": "my word", "artefact": "artefact", "somebody": "somebody else's word", "repetition": "repetition"}
_proof = click.option("--proof", metavar="TEXT", default="", help="What shows it, in a line: kept as evidence.")
_kind = click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    default="word",
    show_default=True,
    help="Of what kind that is: your word, an artefact, somebody else's word, or that you did it again.",
)


@click.group("capability")
def command() -> None:
    """Keep the ledger of what you can do now that you could not: claimed, shown, repeated, taught.

    A capability is named by its number, its name, or a part of the name that only it has. Nothing is rewritten;
    `outgrow undo` takes the last deed back.

    \b
    Examples:
      outgrow capability add "Run a supplier negotiation alone"
      outgrow capability add --from "Supplier negotiation"
      outgrow capability reach 3 shown --proof "Closed the carrier contract at 4 % under last year"
      outgrow capability list
    """  # noqa: D301 - the \b is for click: keep the lines apart


@command.command("list")
@_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List the capabilities, outgrown work that waits for an entry, and growth work that is asked about again."""
    from outgrow.reports import ledger, machine
    from outgrow.workflows.show_ledger import show_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        view = show_ledger(workspace)
    click.echo(machine.document("ledger", view) if as_json else ledger.render(view))


@command.command("show")
@click.argument("capability")
@_json
@pass_call
def show(call: Call, *, capability: str, as_json: bool) -> None:
    """Show one capability with its states, its evidence and what was said of it."""
    from outgrow.workflows.keep_ledger import find_capability
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        _show(workspace, find_capability(workspace, capability), as_json=as_json)


@command.command("add")
@click.argument("name", default="")
@_on
@_proof
@_kind
@click.option("--from", "workstream", default="", metavar="WORKSTREAM", help="The outgrown work it was gained in.")
@_json
@pass_call
def add(  # noqa: PLR0913 - one parameter for each option
    call: Call, *, name: str, day: str, proof: str, kind: str, workstream: str, as_json: bool
) -> None:
    """Make an entry for what you can do now, in your words.

    With --from it is claimed from the day that work was depth, and the work itself is kept as evidence.
    """
    from outgrow.workflows.answer_outgrown import enter_outgrown
    from outgrow.workflows.keep_ledger import claim
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        on = _day(workspace, day)
        if workstream:
            number = enter_outgrown(workspace, workstream, name, on)
        else:
            number = claim(workspace, name, on, proof=_proved(proof, kind))
        _show(workspace, number, as_json=as_json)


@command.command("turn-down")
@click.argument("workstream")
@pass_call
def turn_down(call: Call, *, workstream: str) -> None:
    """Say that an outgrown WORKSTREAM needs no entry: it is not asked for again."""
    from outgrow.reports.words import harmless
    from outgrow.workflows import answer_outgrown
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        name = answer_outgrown.turn_down(workspace, workstream)
    click.echo(harmless(f"No entry for {name}; it is not asked for again."))


@command.command("reach")
@click.argument("capability")
@click.argument("state", type=click.Choice(["claimed", "shown", "repeated", "taught"]))
@_on
@_proof
@_kind
@click.option("--evidence", "numbers", multiple=True, type=int, metavar="NUMBER", help="Evidence kept already.")
@click.option("--note", default="", metavar="TEXT", help="What you want to remember of it.")
@_json
@pass_call
def reach(  # noqa: PLR0913 - one parameter for each option
    call: Call,
    *,
    capability: str,
    state: str,
    day: str,
    proof: str,
    kind: str,
    numbers: tuple[int, ...],
    note: str,
    as_json: bool,
) -> None:
    """Say that a CAPABILITY is claimed, shown, repeated or taught from a day on.

    Shown and taught rest on a piece of evidence, repeated on two or on one of the kind repetition: those linked already
    count, and --proof adds one.
    """
    from outgrow.model.capability import CapabilityState
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_ledger.find_capability(workspace, capability)
        keep_ledger.reach(
            workspace,
            number,
            CapabilityState(state),
            _day(workspace, day),
            evidence=numbers,
            proof=_proved(proof, kind),
            note=note,
        )
        _show(workspace, number, as_json=as_json)


@command.command("take-back")
@click.argument("capability")
@click.argument("state", type=click.Choice(["claimed", "shown", "repeated", "taught"]))
@_json
@pass_call
def take_back(call: Call, *, capability: str, state: str, as_json: bool) -> None:
    """Say that a CAPABILITY is not shown, repeated or taught after all; its history keeps both."""
    from outgrow.model.capability import CapabilityState
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_ledger.find_capability(workspace, capability)
        keep_ledger.take_back(workspace, number, CapabilityState(state))
        _show(workspace, number, as_json=as_json)


@command.command("rename")
@click.argument("capability")
@click.argument("name")
@_json
@pass_call
def rename(call: Call, *, capability: str, name: str, as_json: bool) -> None:
    """Call a CAPABILITY otherwise."""
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_ledger.find_capability(workspace, capability)
        keep_ledger.rename(workspace, number, name)
        _show(workspace, number, as_json=as_json)


@command.command("merge")
@click.argument("into")
@click.argument("others", nargs=-1, required=True)
@_json
@pass_call
def merge(call: Call, *, into: str, others: tuple[str, ...], as_json: bool) -> None:
    """Show OTHERS with the capability INTO, with their states and evidence."""
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_ledger.find_capability(workspace, into)
        keep_ledger.merge(workspace, number, [keep_ledger.find_capability(workspace, each) for each in others])
        _show(workspace, number, as_json=as_json)


@command.command("supersede")
@click.argument("capability")
@click.option("--by", required=True, metavar="CAPABILITY", help="The one that takes its place.")
@_json
@pass_call
def supersede(call: Call, *, capability: str, by: str, as_json: bool) -> None:
    """Say that another capability took the place of this one, which stays as what came before."""
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_ledger.find_capability(workspace, capability)
        keep_ledger.supersede(workspace, number, keep_ledger.find_capability(workspace, by))
        _show(workspace, number, as_json=as_json)


@command.command("withdraw")
@click.argument("capability")
@pass_call
def withdraw(call: Call, *, capability: str) -> None:
    """Take a capability out of the ledger; `outgrow capability restore NUMBER` brings it back."""
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        number = keep_ledger.find_capability(workspace, capability)
        keep_ledger.withdraw(workspace, number)
    click.echo(f"Withdrawn. outgrow capability restore {number} brings it back.")


@command.command("restore")
@click.argument("number", type=int)
@_json
@pass_call
def restore(call: Call, *, number: int, as_json: bool) -> None:
    """Let a capability stand on its own again that was merged, superseded or withdrawn, by its NUMBER."""
    from outgrow.workflows import keep_ledger
    from outgrow.workflows.workspace import open_workspace

    with open_workspace(call.data) as workspace:
        keep_ledger.stand_again(workspace, number)
        _show(workspace, number, as_json=as_json)


def _day(workspace: "Workspace", words: str) -> "date | None":
    from outgrow.workflows.periods import parse_day

    return parse_day(words, workspace.today) if words else None


def _proved(action: str, kind: str) -> "Proof | None":
    from outgrow.model.evidence import EvidenceKind
    from outgrow.workflows.keep_ledger import Proof

    return Proof(action=action, kind=EvidenceKind(_KINDS[kind])) if action else None


def _show(workspace: "Workspace", number: int, *, as_json: bool) -> None:
    from outgrow.reports import ledger, machine
    from outgrow.workflows.show_ledger import show_capability

    view = show_capability(workspace, number)
    click.echo(machine.document("capability", view) if as_json else ledger.render_one(view))
