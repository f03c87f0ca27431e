"""Serves the app on this machine alone."""

import errno
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from outgrow.model.fault import Fault
from outgrow.web import give_verdict, pages
from outgrow.web.app import EXAMPLE, create_app
from outgrow.web.desk import Desk
from outgrow.web.security import Doors
from outgrow.workflows.demonstrate import example_folder

#: Where the app is served unless that is taken.
PORT = 4790
_HOST = "127.0.0.1"


class PortTaken(Fault):
    """Another program uses the port that was asked for."""

    exit_code = 2


def serve(folder: str | None, port: int | None, ready: Callable[[Callable[[float], str]], None]) -> None:
    """Serve until stopped; `ready` gets what makes links that last some seconds. Raises PortTaken."""
    with listen(port) as listening:
        number = listening.getsockname()[1]
        own, example, doors = Desk(folder), Desk(str(example_folder(folder)), EXAMPLE), Doors()
        app = create_app(own, example, doors, number)
        config = uvicorn.Config(
            app,
            log_level="critical",  # what a page cannot say is of no use on the terminal
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            http="h11",
            timeout_graceful_shutdown=1,
        )
        try:
            ready(lambda lasts: f"http://{_HOST}:{number}{doors.link(lasts)}")  # the socket listens already
            threading.Thread(target=prepare, args=[own], daemon=True).start()
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            own.close()
            example.close()


def prepare(desk: Desk) -> None:
    """Do what the first pages would else wait for, while the browser is being opened."""
    with suppress(Exception), desk.workspace() as workspace:  # whatever is wrong, the page itself says
        give_verdict.look_ahead(workspace)
    for _ in pages.prepare():
        desk.let_pass()


def listen(port: int | None) -> socket.socket:
    """Return a listening socket: on the port asked for (0: any), else on the usual one or any that is free.

    Raises PortTaken.
    """
    for number in [port] if port is not None else [PORT, 0]:
        try:
            listening = socket.create_server((_HOST, number))
            # Connections inherit it: else the end of an answer waits 40 ms for the browser to confirm its beginning.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES} or number == 0:
                raise
        else:
            return listening
    message = f"Port {port} is taken, or not yours to use. Name another one with --port, or leave it out."
    raise PortTaken(message)
