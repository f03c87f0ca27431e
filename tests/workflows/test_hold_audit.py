"""An audit that is kept between answers: it shows what is stored, and notices what else has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.judgement import Reason, Value
from outgrow.model.share import Certainty
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.hold_audit import FIRST_CARDS, AuditSession, NoCard, NothingToAudit
from outgrow.workflows.periods import month, week
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
OCTOBER = month(2026, 10)
TITLES = [
    *(f"Catch-up {name}" for name in ("Marek", "Anna", "Dele")),
    "Draft warehouse strategy",
    "Negotiate carrier contract",
    "Returns",
    "Order desk",
    "Price list",
    "Hiring panel",
]


def entry(number: int, titles: list[str] = TITLES) -> Activity:
    start = datetime(2026, 10, 1 + number % 28, 8, tzinfo=UTC) + timedelta(hours=number // 28)
    return Activity(
        source="table",
        account="",
        native_id=str(number),
        line=number + 1,
        kind=Kind.TIME_ENTRY,
        title=titles[number % len(titles)],
        start=start,
        end=start + timedelta(minutes=30),
        minutes=30.0,
        basis=DurationBasis.MEASURED,
    )


@contextmanager
def october(count: int = 45, titles: list[str] = TITLES) -> Iterator[Workspace]:
    """Give a workspace with a month of work."""
    with TemporaryDirectory() as folder, open_workspace(folder, NOW) as opened:
        with opened.store.begin() as change:
            reading = Reading(importer="table", location="export.csv", at=NOW)
            activities.record(change, reading, [entry(number, titles) for number in range(count)])
        yield opened


STEPS = st.lists(st.sampled_from(["depth", "growth", "outside", "skip", "undo", "alike", "explain"]), max_size=12)


@settings(max_examples=15)
@given(STEPS)
def test_what_is_seen_is_what_is_stored(steps: list[str]) -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(0.25)
        for step in steps:
            try:
                take(session, step)
            except NoCard:
                continue
            assert session.resume(opened)
            assert session.view() == AuditSession(opened, OCTOBER).view()


def take(session: AuditSession, step: str) -> None:
    """Do one thing that a person may do."""
    match step:
        case "skip":
            session.skip()
        case "undo":
            session.undo()
        case "alike":
            session.answer(Value.DEPTH, also=[each.workstream for each in session.alike()])
        case "explain":
            session.explain(session.last.workstreams[0] if session.last else "", [Reason.UNSURE], 4)
        case _:
            session.answer(Value(step))


def test_an_answer_to_alike_cards_is_taken_back_as_a_whole() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        while not session.alike():
            session.answer(Value.DEPTH)
        before = session.view()
        alike = [each.workstream for each in session.alike()]
        session.answer(Value.GROWTH, also=alike)
        assert session.view().answered == before.answered + 1 + len(alike)
        assert len(session.undo().names) == 1 + len(alike)
        assert session.view() == before
        session.answer(Value.GROWTH, also=alike)
        undo(opened)
        assert not session.resume(opened)
        assert AuditSession(opened, OCTOBER).view() == before


def test_reasons_are_given_after_the_answer_and_go_with_it() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        before = session.view()
        session.answer(Value.GROWTH)
        (workstream,) = session.last.workstreams if session.last else ()
        session.explain(workstream, [Reason.LACKING, Reason.SCOPE], 3)
        last, view = session.last, session.view()
        assert last is not None
        assert (last.reasons, last.discomfort) == ((Reason.LACKING, Reason.SCOPE), 3)
        assert (view.answered, view.skipped) == (1, 0)
        session.undo()
        assert session.view() == before


def test_reasons_belong_to_growth_and_to_the_last_answer() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        session.answer(Value.GROWTH)
        (first,) = session.last.workstreams if session.last else ()
        session.answer(Value.DEPTH)
        (second,) = session.last.workstreams if session.last else ()
        for workstream in (first, second, "w0"):
            with pytest.raises(NoCard):
                session.explain(workstream, [Reason.LACKING], None)


def test_nothing_is_kept_of_an_answer_that_names_what_is_not_there() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        before = session.view()
        for wrong in ({"also": ["w0"]}, {"exceptions": [2**62]}):
            with pytest.raises(NoCard):
                session.answer(Value.DEPTH, **wrong)
        assert session.view() == before


def test_a_kept_audit_notices_what_else_is_said() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        card = session.view().card
        assert session.resume(opened)
        assert card is not None
        judge(opened, [card.workstream], OCTOBER.first, WorkAnswer(Value.DEPTH))
        assert not session.resume(opened)
        assert not session.resume(opened.afresh(NOW + timedelta(days=1)))


def test_a_change_from_elsewhere_during_an_answer_is_noticed_afterwards() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        judge(opened, ["Order desk"], OCTOBER.first, WorkAnswer(Value.DEPTH))
        session.answer(Value.DEPTH)
        assert not session.resume(opened)


def test_a_first_audit_asks_twelve_cards_before_it_offers_more() -> None:
    with october() as opened:
        session = AuditSession(opened, OCTOBER)
        assert session.usual == FIRST_CARDS
        session.begin(None)
        session.offer(2)
        session.answer(Value.DEPTH)
        session.answer(Value.DEPTH)
        assert session.view().card is None
        assert session.view().left > 0
        session.offer(3)
        assert session.view().card is not None


def test_a_later_audit_asks_twenty() -> None:
    with october() as opened:
        AuditSession(opened, OCTOBER).begin(None)
        assert AuditSession(opened, week(OCTOBER.first + timedelta(days=7))).usual == 20


def test_answers_that_stand_already_count_towards_the_first_number() -> None:
    kinds = ["Budget", "Payroll", "Hiring", "Dispatch", "Stocktaking", "Invoices", "Customs", "Training", "Refunds"]
    with october(40, [*kinds, "Warehouse strategy"]) as opened:
        judge(opened, kinds[:7], OCTOBER.first, WorkAnswer(Value.DEPTH))
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        assert session.view().certainty is Certainty.NONE
        session.answer(Value.GROWTH)
        view = session.view()
        assert view.answered == 1
        assert view.card is not None
        assert view.certainty is not Certainty.NONE
        assert view.share is not None
        assert view.share.answers == 8


def test_answers_from_before_count_and_are_told_apart() -> None:
    with october() as workspace:
        judge(workspace, ["Returns", "Order desk", "Price list"], OCTOBER.first, WorkAnswer(Value.DEPTH))
        session = AuditSession(workspace, OCTOBER)
        session.begin(None)
        session.answer(Value.DEPTH)
        view = session.view()
        assert (view.answered, view.standing) == (1, 3)
        assert view.counted == "1 answer here, 3 from before"
        assert view.to_first == min(4, view.left)
        while session.view().card:
            session.answer(Value.DEPTH)
        ended, given = session.view(), give_verdict(workspace, OCTOBER)
        assert (given.own_answers, given.answers) == (ended.answered, ended.answered + ended.standing)
        assert given.counted == ended.counted
        assert ended.to_first == 0


@pytest.mark.parametrize(("since", "growth"), [(OCTOBER.first, 4.0), (OCTOBER.first + timedelta(days=14), 0.0)])
def test_what_is_said_later_of_all_days_takes_over_from_the_answer_of_the_audit(since: date, growth: float) -> None:
    kinds = ["Budget", "Payroll", "Hiring", "Dispatch", "Stocktaking"]
    with october(40, kinds) as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        while session.view().card:
            session.answer(Value.DEPTH)
        judge(opened, ["Budget"], since, WorkAnswer(Value.GROWTH))
        verdict, ended = give_verdict(opened, OCTOBER), AuditSession(opened, OCTOBER).view()
        assert verdict.share is not None
        assert verdict.share == ended.share
        assert verdict.share.mean * verdict.moved.hours == pytest.approx(growth)


def test_a_correction_of_the_same_days_has_nothing_outgrown() -> None:
    with october(40, ["Budget", "Payroll", "Hiring", "Dispatch"]) as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        while session.view().card:
            session.answer(Value.GROWTH)
        judge(opened, ["Budget"], OCTOBER.first, WorkAnswer(Value.DEPTH))
        judge(opened, ["Payroll"], OCTOBER.first + timedelta(days=14), WorkAnswer(Value.DEPTH))
        assert give_verdict(opened, OCTOBER).progressed.outgrown == ("Payroll",)


def test_a_judgement_of_earlier_months_leaves_the_answer_of_the_audit() -> None:
    with october(40, ["Budget", "Payroll", "Hiring", "Dispatch"]) as opened:
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        while session.view().card:
            session.answer(Value.GROWTH)
        judge(opened, ["Budget"], OCTOBER.first - timedelta(days=30), WorkAnswer(Value.DEPTH))
        share = give_verdict(opened, OCTOBER).share
        assert share is not None
        assert share.mean == 1.0


def test_verdict_and_audit_agree_where_answers_from_before_were_changed() -> None:
    kinds = "Budget Payroll Hiring Dispatch Stocktaking Customs Tender Invoices Fleet Safety Catalogue Website".split()  # noqa: SIM905 - reads as it is said
    with october(48, kinds) as opened:
        judge(opened, kinds, OCTOBER.first - timedelta(days=30), WorkAnswer(Value.DEPTH))
        session = AuditSession(opened, OCTOBER)
        session.begin(None)
        while session.view().card:
            session.answer(Value.GROWTH)
        ended = session.view()
        assert 0 < ended.answered < len(kinds)
        assert ended.share is not None
        assert ended.share.high - ended.answered / len(kinds) > 0.02, "that they turned widens the range"
        assert give_verdict(opened, OCTOBER).share == ended.share


def test_a_period_without_work_names_the_last_that_has_some() -> None:
    with (
        october(2) as opened,
        pytest.raises(NothingToAudit, match="The last there is lies in October 2026: outgrow audit 2026-10"),
    ):
        AuditSession(opened, month(2025, 3))
    with (
        october(0) as opened,
        pytest.raises(NothingToAudit, match=r"March 2025 to ask about\. Bring it in: outgrow import"),
    ):
        AuditSession(opened, month(2025, 3))
