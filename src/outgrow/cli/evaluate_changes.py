"""`outgrow evaluate-changes`."""

from pathlib import Path

import click

PARTLY = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate-changes")
@click.argument("items", metavar="ITEMS.csv", type=_FILE)
@click.argument("changes", metavar="CHANGES.csv", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line per change, and the summary.")
def command(*, items: Path, changes: Path, as_json: bool) -> int:
    """Measure what is told of changes on work whose true changes are known.

    The columns of ITEMS.csv are person, start (ISO 8601), minutes and title; project, people (separated by ;) and area
    may be there. Those of CHANGES.csv are person, date, and words: the words of the true change, separated by ;, or
    none for a stationary year. The year before each date is compared with the half year after it. Exit code 3: some
    rows could not be read.

    \b
    Example:
      outgrow evaluate-changes items.csv changes.csv --json
    """  # noqa: D301 - the \b is for click: keep the lines apart
    from outgrow.reports import change_evaluation
    from outgrow.workflows.evaluate_changes import evaluate_changes, read_known_work

    work = read_known_work(items, changes)
    for path, problem in work.problems:
        click.echo(f"{path}, line {problem.line}: {problem.reason}. {problem.remedy}", err=True)
    for result in evaluate_changes(work):
        click.echo(change_evaluation.line(result) if as_json else change_evaluation.words(result))
    return PARTLY if work.problems else 0
