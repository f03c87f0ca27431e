"""`outgrow serve`, which is also what `outgrow` alone does."""

import webbrowser

import click

from outgrow.cli.call import Call, pass_call


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen; by default 4790, or any that is free.")
@click.option("--browser/--no-browser", default=True, help="Open the link in the browser, or print it alone.")
@pass_call
def command(call: Call, *, port: int | None, browser: bool) -> None:
    """Open the web app on this machine.

    The link works once and lets your browser in; nobody else on this machine or on the web can look. Ctrl+C stops it.
    """
    from outgrow.web.serve import serve

    def ready(link: str) -> None:
        click.echo(f"Open this link, it works once:\n  {link}")
        if not call.quiet:
            click.echo("Ctrl+C stops outgrow.")
        if browser:
            webbrowser.open(link)

    serve(call.data, port, ready)
