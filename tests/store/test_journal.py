"""What the person said: appended, never rewritten, taken back by one more statement."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from outgrow.model.activity import Activity
from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.period import Period
from outgrow.store import activities, journal, judgements, schema, settings, sources, workstreams
from outgrow.store.database import Store, open_store

AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "2026-03")
GROWTH = Judgement(
    workstream="w1",
    value=Value.GROWTH,
    since=date(2026, 3, 1),
    said_at=AT,
    reasons=frozenset({Reason.SCOPE, Reason.UNSURE}),
    discomfort=4,
)
DEPTH = replace(GROWTH, value=Value.DEPTH, reasons=frozenset(), discomfort=None, said_at=AT + timedelta(minutes=1))


def test_a_judgement_comes_back_as_it_was_said(store: Store, entry: Callable[..., Activity]) -> None:
    with store.begin() as change:
        struck = activities.capture(change, entry(0), AT)
        said = replace(GROWTH, exceptions=frozenset({struck}))
        judgements.judge(change, said, keys=["s:weekly", "t:plan"])
    with store.look() as view:
        assert judgements.judgements(view) == [said]
        assert workstreams.pins(view) == {"s:weekly": "w1", "t:plan": "w1"}


def test_the_judgement_of_the_latest_day_stands_then_the_last_said(store: Store) -> None:
    later = replace(DEPTH, since=date(2026, 3, 10))
    with store.begin() as change:
        for judgement in (later, GROWTH, DEPTH, replace(GROWTH, workstream="w2", since=date(2026, 4, 1))):
            judgements.judge(change, judgement)
    with store.look() as view:
        assert judgements.standing(view, date(2026, 2, 1)) == {}
        assert judgements.standing(view, date(2026, 3, 9)) == {"w1": DEPTH}
        assert judgements.standing(view, date(2026, 3, 31)) == {"w1": later}


def test_undo_takes_back_the_last_statement_and_its_pins_and_keeps_the_rows(store: Store) -> None:
    with store.begin() as change:
        judgements.judge(change, GROWTH, keys=["k"])
        judgements.judge(change, DEPTH, keys=["k", "l"])
        taken = journal.undo_last(change, AT)
        assert taken is not None
        assert (taken.kind, taken.at) == ("judgement", DEPTH.said_at)
        assert judgements.judgements(change) == [GROWTH]
        assert workstreams.pins(change) == {"k": "w1"}
        journal.undo_last(change, AT)
        assert journal.undo_last(change, AT) is None
        assert judgements.judgements(change) == []
        rows = change.connection.scalar(sa.select(sa.func.count()).select_from(schema.judgements))
        assert rows == 2


def test_what_was_taken_back_cannot_be_taken_back_again(store: Store) -> None:
    with store.begin() as change:
        number = settings.put(change, "target", "15-20", AT)
        journal.undo(change, number, AT)
        with pytest.raises(LookupError):
            journal.undo(change, number, AT)


def test_an_audit_is_stopped_and_resumed_and_undone_card_by_card(place: str) -> None:
    with open_store(place) as store, store.begin() as change:
        number = judgements.start_audit(change, MARCH, AT, 7, ("w2", "w1"), 0.3)
        judgements.skip(change, number, "w2", AT)
        judgements.answer(change, number, GROWTH, keys=["k"])
    with open_store(place) as store, store.begin() as change:
        audit = judgements.last_audit(change, Period(MARCH.first, MARCH.last))
        assert audit is not None
        assert (audit.number, audit.period, audit.started) == (number, MARCH, AT)
        assert (audit.seed, audit.order, audit.guess) == (7, ("w2", "w1"), 0.3)
        said = [(each.workstream, each.judgement) for each in judgements.answers(change, number)]
        assert said == [("w2", None), ("w1", GROWTH)]
        journal.undo_last(change, AT, ("judgement", "skip"), after=number)
        journal.undo_last(change, AT, ("judgement", "skip"), after=number)
        assert journal.undo_last(change, AT, ("judgement", "skip"), after=number) is None
        assert judgements.answers(change, number) == []
        assert judgements.last_audit(change, MARCH.before()) is None


def test_names_merges_and_splits_are_the_last_said(store: Store) -> None:
    with store.begin() as change:
        workstreams.rename(change, "w1", "Reports", ["a"], AT)
        workstreams.rename(change, "w1", "Reporting", ["a"], AT)
        workstreams.merge(change, "w1", "", ["b", "c"], AT)
        workstreams.split(change, "w9", ["c"], AT)
        assert workstreams.names(change) == {"w1": "Reporting"}
        assert workstreams.pins(change) == {"a": "w1", "b": "w1", "c": "w9"}
        journal.undo_last(change, AT)
        assert workstreams.pins(change)["c"] == "w1"


def test_settings_choices_feelings_and_links_are_the_last_said(store: Store) -> None:
    with store.begin() as change:
        settings.put(change, "target", "15-20", AT)
        settings.put(change, "target", "10-15", AT + timedelta(days=1))
        sources.choose(change, "table", "a,b", "date", "dmy", AT)
        sources.choose(change, "table", "a,b", "date", "mdy", AT)
        sources.choose(change, "table", "other", "date", "ymd", AT)
        judgements.feel(change, date(2026, 3, 2), 2, AT)
        judgements.feel(change, date(2026, 3, 2), 4, AT)
        sources.unlink(change, 9, 3, AT)
    with store.look() as view:
        assert settings.get(view, "target") == "10-15"
        assert settings.get(view, "missing", "none") == "none"
        assert settings.everything(view) == {"target": "10-15"}
        assert settings.history(view, "target") == [(AT, "15-20"), (AT + timedelta(days=1), "10-15")]
        assert sources.choices(view, "table") == {"a,b": {"date": "mdy"}, "other": {"date": "ymd"}}
        assert judgements.felt(view) == {date(2026, 3, 2): 4}
        assert sources.unlinked(view) == frozenset({(3, 9)})


def test_nobody_sees_another_persons_data(place: str, entry: Callable[..., Activity]) -> None:
    with open_store(place, person=1) as one, open_store(place, person=2) as two:
        for store, value in ((one, 1), (two, 2)):
            with store.begin() as change:
                settings.put(change, "who", str(value), AT)
                activities.record(change, sources.Reading(importer="x", location="f", at=AT), [entry(value)])
        for store, value in ((one, 1), (two, 2)):
            with store.look() as view:
                assert settings.get(view, "who") == str(value)
                assert [each.activity.line for each in activities.everything(view)] == [value + 1]
                assert len(sources.runs(view)) == 1
                assert [each.number for each in journal.said(view)] == [1]


def test_every_act_has_a_moment_of_its_own(store: Store) -> None:
    with store.begin() as change:
        assert journal.moment(change, AT) == AT
        judgements.judge(change, GROWTH)
        later = journal.moment(change, AT - timedelta(days=1))
        assert later == AT + timedelta(microseconds=1)
        assert journal.moment(change, AT + timedelta(days=1)) == AT + timedelta(days=1)


def test_statements_of_one_moment_are_found_together(store: Store) -> None:
    with store.begin() as change:
        judgements.judge(change, DEPTH)
        numbers = [judgements.judge(change, replace(GROWTH, workstream=name)) for name in ("w1", "w2", "w3")]
        judgements.skip(change, numbers[0], "w4", AT)
        taken = journal.undo(change, numbers[2], AT)
        assert [each.number for each in journal.together(change, taken, ("judgement",))] == numbers[:2]
