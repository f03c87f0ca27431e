"""Watching and stopping long work, once it is over."""

from tests.web.asking import Asking


def test_what_is_over_is_not_stopped(asking: Asking) -> None:
    job = asking.desks[0].jobs.start("nothing", "Nothing", lambda _job: None)
    job.wait(20.0)
    for number in (job.number, 99):
        answer = asking.post(f"/jobs/{number}/stop")
        assert (answer.status, answer.header("location")) == (303, "/")
        assert "That work is over." in asking.get("/settings").text
