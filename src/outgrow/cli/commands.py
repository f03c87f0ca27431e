"""The commands there are. Each is loaded when it is asked for, and not before."""

import os
from importlib import import_module

import click

from outgrow import __version__
from outgrow.cli.call import Call
from outgrow.cli.faults import say

#: The module in this package whose `command` it is, and its line in the help.
COMMANDS = {
    "serve": ("serve", "Open the web app; outgrow alone does the same."),
    "import": ("bring_in", "Bring in calendars, time sheets, tasks, notes and commits."),
    "sources": ("sources", "Show what came from where, how fresh it is, and what could not be read."),
    "sort": ("sort", "Say of many kinds of work at once: more of the same, or new for you."),
    "audit": ("hold_audit", "Answer about twenty questions on the work of a month."),
    "verdict": ("give_verdict", "Say whether a period was progress or movement."),
    "changed": ("changed", "Say what is different from a year ago, as far as it is beyond chance."),
    "review": ("review", "Look back on a week, month, quarter or year, and decide on one thing to do."),
    "capture": ("capture", "Note down work that nothing tracked."),
    "capability": ("capability", "Keep the ledger of what you can do now that you could not."),
    "evidence": ("evidence", "Keep evidence of what you did, with files and links."),
    "next": ("show_next", "Show what the next level asks for, and the evidence you have for it."),
    "opportunity": ("opportunity", "Find a small experiment for what the next level asks for."),
    "room": ("room", "Show which depth work to let go of, so that there are hours for growth."),
    "ladder": ("ladder", "List, import and edit career ladders, and say which step you look at."),
    "packet": ("packet", "Put evidence together for one conversation, and black out what is nobody's business."),
    "project": ("project", "Set projects side by side, choose one, and see whether it came as foreseen."),
    "role": ("role", "Keep the roles you held, with level, scope and what you answered for."),
    "returns": ("returns", "Show what went into each project, and what capabilities and evidence came of it."),
    "traps": ("traps", "Say which ways of working hard without becoming capable of more the numbers speak for."),
    "workstream": ("workstream", "List, rename, merge and split kinds of work."),
    "undo": ("undo", "Take back what you said last."),
    "settings": ("settings", "Show or set the target, working hours, addresses, theme, keys and more."),
    "demo": ("demo", "Show the verdict of an example person."),
    "about": ("about", "Show what is held about you, and how far the guesses were right."),
    "export": ("export", "Take everything out in plain formats."),
    "backup": ("backup", "Make one file with everything in it, proved by restoring it."),
    "restore": ("restore", "Put back an export or a backup."),
    "delete-everything": ("delete_everything", "Delete everything outgrow keeps about you."),
    "doctor": ("doctor", "Check the data and rebuild what is computed."),
    "evaluate": ("evaluate", "Measure the guesses and the audit on work that is labelled already."),
    "evaluate-changes": ("evaluate_changes", "Measure what is told of changes on work whose true changes are known."),
}


class Commands(click.Group):
    """A group that imports the module of a command when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"outgrow.cli.{COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)  # noqa: S101 - a wrong table is a fault of ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help lines without loading the commands."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--data", metavar="FOLDER", envvar="OUTGROW_DATA", help="Where the data lie (or set OUTGROW_DATA).")
@click.option("-q", "--quiet", is_flag=True, help="Print the answer alone: no progress, no hints.")
@click.pass_context
def outgrow(ctx: click.Context, data: str | None, *, quiet: bool) -> None:
    """Tell progress from movement: what share of your working time goes into work that makes you capable of more.

    Everything stays on this machine.

    \b
    Begin with:
      outgrow                       the web app, in your browser
      outgrow demo                  an example person's verdict
      outgrow import calendar.ics   your own work
      outgrow audit                 about twenty questions
      outgrow verdict               the answer
    """  # noqa: D301 - the \b is for click: keep the lines apart
    ctx.obj = Call(data, quiet)
    if ctx.invoked_subcommand is None:
        from outgrow.cli.serve import command  # the other commands need no server

        ctx.invoke(command)


def run(words: list[str]) -> int:
    """Run the command the words ask for; return its exit code, after a fault has been said."""
    color = False if os.environ.get("NO_COLOR") else None
    try:
        code = outgrow.main(words, prog_name="outgrow", standalone_mode=False, color=color)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place that can say it plainly
        return say(error)
    return code if isinstance(code, int) else 0
