"""A packet in each of the formats it is handed over in."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import msgspec

from outgrow.reports import machine
from outgrow.reports.packet import html, markdown, text
from outgrow.reports.packet.paper import Paper, compose
from outgrow.reports.packet.redaction import Redaction
from outgrow.reports.packet.view import PacketView


class Format(StrEnum):
    """A format, as the name of its files ends."""

    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "md"
    JSON = "json"


class Size(StrEnum):
    """The size of the paper of a PDF."""

    A4 = "A4"
    LETTER = "letter"


#: The type of each format on the web.
MEDIA = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.JSON: "application/json",
}


@dataclass(frozen=True)
class Made:
    """A packet that is made: what it says, blacked out already, and what is blacked out of the words around that."""

    view: PacketView
    redaction: Redaction

    @cached_property
    def paper(self) -> Paper:
        """The packet put together."""
        return compose(self.view, self.redaction)

    def html(self, size: Size | None = None) -> str:
        """Return it as one HTML file, on paper of a size if one is given."""
        return html.document(self.paper, size=size or "", numbered=not self.redaction.numbers)

    def body(self) -> str:
        """Return the paper alone, to be shown in a page."""
        return html.body(self.paper)

    def markdown(self) -> str:
        """Return it as Markdown."""
        return markdown.document(self.paper)

    def text(self) -> str:
        """Return it as text for a terminal of 80 columns."""
        return text.render(self.paper)

    def json(self) -> str:
        """Return it as one JSON document; its keys are blacked out like all else."""
        whole = msgspec.json.decode(machine.document("packet", self.view))
        told = self.redaction.document(whole)
        return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
