"""`outgrow evaluate`."""

from pathlib import Path

import click

PARTLY = 3


@click.command("evaluate")
@click.argument("file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line per person and set, and the summary.")
@click.option("--answers", type=click.IntRange(min=0), help="Ask so many cards, instead of until the half-width.")
@click.option(
    "--until", type=click.FloatRange(0, 50), default=5.0, show_default=True, help="The half-width asked for, in points."
)
@click.option("--seed", type=int, default=0, show_default=True, help="The chance with which cards are drawn.")
@click.option(
    "--learn", type=click.IntRange(min=0), default=0, help="Give away N labels of each set and propose for the rest."
)
def command(  # noqa: PLR0913 - one parameter for each option
    *, file: Path, as_json: bool, answers: int | None, until: float, seed: int, learn: int
) -> int:
    """Measure the guesses and the audit on work that is labelled already.

    The columns of the file are person, set (history, audit, or audit-1, audit-2 and so on for months one after the
    other), start (ISO 8601), minutes, title and label (growth or depth, for audits only); project, people (separated
    by ;) and series may be there. For each person the audit is played with the labels as the answers. Exit code 3: some
    rows could not be read.
    """
    from outgrow.analysis.evaluation import Rules
    from outgrow.reports import evaluation
    from outgrow.workflows.evaluate import evaluate, read

    work = read(file)
    for problem in work.problems:
        click.echo(f"{file}, line {problem.line}: {problem.reason}. {problem.remedy}", err=True)
    for result in evaluate(work, Rules(answers, until / 100, seed, learn)):
        text = evaluation.line(result) if as_json else evaluation.words(result)
        if text:
            click.echo(text)
    return PARTLY if work.problems else 0
