"""Hands a packet over: as a file in one of its formats."""

from dataclasses import dataclass

from outgrow.model.fault import Fault
from outgrow.reports.packet.formats import Format, Made, Size
from outgrow.workflows.print_pdf import CHOICE, print_pdf
from outgrow.workflows.show_packet import show_packet
from outgrow.workflows.workspace import Workspace

#: What to do where no browser is found that prints by itself.
BY_HAND = "Open the packet in your browser, or its HTML file, and print it there: it is the same paper."


class CannotPrint(Fault):
    """No browser is there that makes a PDF by itself."""

    def __init__(self) -> None:
        """Say so, and the way round it."""
        super().__init__(f"No Chromium, Chrome or Edge was found that makes a PDF. {BY_HAND} Or name one in {CHOICE}.")


@dataclass(frozen=True, slots=True)
class File:
    """A packet as a file: its bytes, its usual name, which says nothing of it, and what printed it, if anything did."""

    content: bytes
    name: str
    printed_with: str = ""


def hand_over(workspace: Workspace, number: int, format_: Format, size: Size = Size.A4) -> File:
    """Return a packet in a format; raises NoSuchPacket, or CannotPrint."""
    made = show_packet(workspace, number)
    name = f"packet.{format_.value}"
    if format_ is not Format.PDF:
        return File(_written(made, format_).encode(), name)
    printed = print_pdf(made.html(size))
    if printed is None:
        raise CannotPrint
    content, browser = printed
    return File(content, name, browser)


def _written(made: Made, format_: Format) -> str:
    if format_ is Format.HTML:
        return made.html()
    return made.markdown() if format_ is Format.MARKDOWN else made.json()
