"""`outgrow serve`, which is also what `outgrow` alone does."""

import gc
import math
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import click

from outgrow.cli.call import Call, pass_call

_A_LINE = 4096
_LAUNCH = 60.0  # seconds for a browser to start; others may read its link in the list of processes


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; by default 4790, or any that is free.")
@click.option("--browser/--no-browser", default=True, help="Open the link in the browser, or print it alone.")
@pass_call
def command(call: Call, *, port: int | None, browser: bool) -> None:
    """Open the web app on this machine.

    The link works once and lets your browser in; nobody else on this machine or on the web can look. Enter prints a
    new one, for another browser or a later day. Ctrl+C stops outgrow.
    """
    serve = _load()

    def ready(link: Callable[[float], str]) -> None:
        first = link(math.inf)
        click.echo(first if call.quiet else f"Open this link, it works once:\n  {first}")
        if not call.quiet and sys.stdin.isatty():
            click.echo("Enter prints a new link. Ctrl+C stops outgrow.")
            _outlive_the_foreground()
            _in_the_background(lambda: _print_links(link))
        if browser:
            _in_the_background(lambda: _open(link(_LAUNCH)))

    try:
        serve(call.data, port, ready)
    except KeyboardInterrupt:
        click.echo("\noutgrow has stopped. What you said is kept.")


def _load() -> "Callable[[str | None, int | None, Callable[[Callable[[float], str]], None]], None]":
    """Return what serves the app. What is loaded stays, so no search for circles of objects looks at it."""
    gc.disable()
    try:
        from outgrow.web.serve import serve
    finally:
        gc.freeze()
        gc.enable()
    return serve


def _in_the_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()


def _outlive_the_foreground() -> None:
    """Have reading fail, rather than stop the whole program, once the shell puts it into the background."""
    if hasattr(signal, "SIGTTIN"):
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)


def _print_links(link: Callable[[float], str]) -> None:
    """Print a new link for every line that is typed."""
    with suppress(OSError):  # the terminal is gone, or another program has it
        while os.read(sys.stdin.fileno(), _A_LINE):  # not through sys.stdin, whose lock would be held at the end
            click.echo(f"  {link(math.inf)}")


def _open(link: str) -> None:
    """Open a link in a browser with a window; one without would take over the terminal."""
    with suppress(webbrowser.Error, OSError):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(link)
