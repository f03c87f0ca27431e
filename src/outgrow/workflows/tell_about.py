"""Tells everything that is held about the person, and how far the guesses were right."""

from collections.abc import Iterable, Iterator, Mapping

from outgrow.model.judgement import Value
from outgrow.reports.about import AboutView, GuessBand, GuessesView, Holding
from outgrow.store import computed, holdings, judgements
from outgrow.store.database import Transaction
from outgrow.store.judgements import Audit
from outgrow.workflows.workspace import Workspace

_SAID: Mapping[str, tuple[str, str]] = {
    "judgement": ("answer", "answers"),
    "audit": ("audit begun", "audits begun"),
    "skip": ("skipped card", "skipped cards"),
    "capture": ("note of work", "notes of work"),
    "setting": ("setting", "settings"),
    "name": ("name given", "names given"),
    "merge": ("merge", "merges"),
    "split": ("split", "splits"),
    "pin": ("placed topic", "placed topics"),
    "choice": ("answer to an importer", "answers to importers"),
    "unlink": ("parted pair of activities", "parted pairs of activities"),
    "felt": ("note of how a week felt", "notes of how weeks felt"),
    "capability": ("capability, every change counted", "capabilities, every change counted"),
    "evidence": ("piece of evidence, every change counted", "pieces of evidence, every change counted"),
    "ladder": ("ladder", "ladders"),
    "no chance": ("expectation without a chance so far", "expectations without a chance so far"),
    "role": ("role", "roles"),
    "review": ("step of a review", "steps of reviews"),
    "commitment": ("commitment", "commitments"),
    "growth block": ("planned growth block", "planned growth blocks"),
    "packet": ("draft of a packet", "drafts of packets"),
    "turned down": ("suggestion turned down", "suggestions turned down"),
    "release": ("release, every change counted", "releases, every change counted"),
    "must not slip": ("kind of work that must not slip", "kinds of work that must not slip"),
    "project": ("project to choose from, every change counted", "projects to choose from, every change counted"),
    "opportunity": ("experiment, every step counted", "experiments, every step counted"),
}
_COMPUTED: Mapping[str, tuple[str, str]] = {
    "workstream_names": ("kind of work", "kinds of work"),
    "proposals": ("guess", "guesses"),
    "weeks": ("week of hours", "weeks of hours"),
}
_BANDS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
_EVEN = 0.5


def tell_about(workspace: Workspace) -> AboutView:
    """Return all that is held, counted, and how the guesses fared."""
    path = workspace.store.path
    with workspace.store.look() as view:
        said, made = holdings.said(view), holdings.computed(view, _COMPUTED)
        return AboutView(
            location=workspace.store.location,
            folder=str(path.parent) if path else "",
            size=path.stat().st_size if path else None,
            since=holdings.since(view),
            brought_in=tuple(_brought_in(view)),
            said=tuple(Holding(said.get(kind, 0), *words) for kind, words in _SAID.items()),
            taken_back=holdings.taken_back(view),
            computed=tuple(Holding(made[table], *words) for table, words in _COMPUTED.items()),
            guesses=_guesses(_cards(view, workspace)),
        )


def _brought_in(view: Transaction) -> Iterator[Holding]:
    yield Holding(holdings.activities(view), "activity", "activities")
    yield Holding(holdings.imports(view), "import", "imports")
    yield Holding(holdings.problems(view), "record that could not be read", "records that could not be read")


def _cards(view: Transaction, workspace: Workspace) -> Iterator[tuple[float, bool]]:
    """Yield the guess of growth on each card that was answered depth or growth, and whether it was growth.

    The proposals of a month come from audits before it alone, so that none knew the answers it is held against.
    """
    for held in judgements.audits(view):
        given = {each.workstream: each.judgement for each in judgements.answers(view, held.number) if each.judgement}
        guessed = _guessed(view, workspace, held) if given else {}
        for workstream, judgement in given.items():
            if workstream in guessed and judgement.value is not Value.OUTSIDE:
                yield guessed[workstream], judgement.value is Value.GROWTH


def _guessed(view: Transaction, workspace: Workspace, held: Audit) -> dict[str, float]:
    """Return the guess for each workstream in the period of an audit: that of its activities by their size."""
    done = computed.worked(view, held.period, workspace.now)
    topics = {row.key: row.workstream for row in computed.topics(view, {each.key for each in done})}
    measured = any(each.hours for each in done)
    sums: dict[str, list[float]] = {}
    for each in done:
        size = each.hours if measured else 1.0
        if each.probability is not None and size:
            total = sums.setdefault(topics[each.key], [0.0, 0.0])
            total[0] += size * each.probability
            total[1] += size
    return {workstream: weighted / size for workstream, (weighted, size) in sums.items()}


def _guesses(cards: Iterable[tuple[float, bool]]) -> GuessesView:
    found = list(cards)
    corrected = sum((guess >= _EVEN) != growth for guess, growth in found)
    return GuessesView(len(found), corrected, tuple(_band(found, low, high) for low, high in _BANDS))


def _band(cards: Iterable[tuple[float, bool]], low: float, high: float) -> GuessBand:
    inside = [growth for guess, growth in cards if low <= guess < high or guess == high == 1]
    return GuessBand(low, high, len(inside), sum(inside))
