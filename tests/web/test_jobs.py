"""Jobs are done one after the other, told of, stopped on request, and end in words whatever happens."""

import threading
from collections.abc import Callable, Iterator

import pytest

from outgrow.model.fault import Fault
from outgrow.web.jobs import Job, Jobs, State

_PATIENCE = 10.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """Give jobs, all ended after the test."""
    made = Jobs()
    yield made
    made.close()


def ended(jobs: Jobs, work: Callable[[Job], None]) -> Job:
    """Have a piece of work done and return it ended."""
    job = jobs.start("key", "Working", work)
    over = threading.Event()
    jobs.start("last", "Over", lambda _: over.set())
    assert over.wait(_PATIENCE)
    return job


def test_a_job_is_done(jobs: Jobs) -> None:
    job = ended(jobs, lambda job: job.give("found"))
    assert (job.state, job.outcome, job.fault) == (State.DONE, "found", "")
    assert jobs.last("key") is job
    assert jobs.find(job.number) is job


def test_the_same_is_not_begun_twice_while_it_goes_on(jobs: Jobs) -> None:
    go = threading.Event()
    first = jobs.start("key", "Working", lambda _: _wait(go))
    waiting = jobs.start("other", "Waiting", lambda _: None)
    assert jobs.start("key", "Working", lambda _: None) is first
    assert jobs.start("other", "Waiting", lambda _: None) is waiting
    assert jobs.current is first
    go.set()
    waiting.wait(_PATIENCE)
    assert jobs.current is None
    assert jobs.start("key", "Working", lambda _: None) is not first


def _wait(event: threading.Event) -> None:
    assert event.wait(_PATIENCE)


def test_a_job_stops_where_it_tells(jobs: Jobs) -> None:
    begun = threading.Event()

    def work(job: Job) -> None:
        while True:
            job.tell("at it")
            begun.set()

    job = jobs.start("key", "Working", work)
    assert begun.wait(_PATIENCE)
    job.stop()
    job.wait(_PATIENCE)
    assert (job.state, job.at) == (State.STOPPED, "at it")


def test_a_job_that_waits_is_stopped_before_it_begins(jobs: Jobs) -> None:
    go, done = threading.Event(), threading.Event()
    jobs.start("first", "First", lambda _: _wait(go))
    job = jobs.start("key", "Working", lambda _: done.set())
    job.stop()
    go.set()
    job.wait(_PATIENCE)
    assert job.state is State.STOPPED
    assert not done.is_set()


def test_faults_are_told_and_the_next_job_is_done(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outgrow.web.jobs.keep_trace", lambda _error: "trace.txt")

    def wrong(_job: Job) -> None:
        message = "The disk is full."
        raise Fault(message)

    def ours(_job: Job) -> None:
        message = "secret"
        raise ValueError(message)

    assert (ended(jobs, wrong).state, ended(jobs, wrong).fault) == (State.FAILED, "The disk is full.")
    assert ended(jobs, ours).fault == "outgrow has a fault: ValueError. The trace is in trace.txt."


def test_old_jobs_are_forgotten(jobs: Jobs) -> None:
    first = ended(jobs, lambda _: None)
    for number in range(40):
        ended(jobs, lambda job, number=number: job.give(number))  # type: ignore[misc] # a value of its own for each
    assert jobs.find(first.number) is None


def test_a_job_that_was_asked_to_stop_says_so_until_it_has(jobs: Jobs) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(_job: Job) -> None:
        begun.set()
        _wait(go)
        message = "It broke off."
        raise Fault(message)

    job = jobs.start("key", "Working", work)
    assert begun.wait(_PATIENCE)
    assert not job.is_stopping
    job.stop()
    assert job.is_stopping
    go.set()
    job.wait(_PATIENCE)
    assert (job.state, job.is_stopping) == (State.STOPPED, False)
