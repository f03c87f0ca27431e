"""What is wrong with one row of a table."""

SHOWN_CHARS = 60


class Fault(Exception):  # noqa: N818 - a fault of the file, which becomes a problem with its line
    """Raised where a cell cannot be read; says why and what to do."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        """Keep the reason and the remedy."""
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def not_a(text: str, what: str) -> Fault:
    """Return the fault of a text that is not what its column needs."""
    shown = text.strip()
    return Fault(f"{shown[:SHOWN_CHARS] + '...' if len(shown) > SHOWN_CHARS else shown!r} is not {what}")
