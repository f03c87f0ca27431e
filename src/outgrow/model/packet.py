"""Evidence put together for one conversation."""

from dataclasses import dataclass

from outgrow.model.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """What is shown to whom: capabilities and further evidence (numbers) in the order chosen, and what is blacked out.

    `redacted` are words that appear nowhere; `hide_people`, `hide_projects` and `hide_numbers` black out all of a sort.
    `left_out` are pieces of evidence for the capabilities chosen that are not shown. `aim` is the level it argues for
    (the number of its ladder, a colon, its id): empty for the step that is set.
    """

    audience: str
    period: Period
    title: str = ""
    opening: str = ""
    capabilities: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    redacted: tuple[str, ...] = ()
    hide_people: bool = False
    hide_projects: bool = False
    hide_numbers: bool = False
    aim: str = ""
    left_out: tuple[int, ...] = ()
    with_share: bool = True

    @property
    def label(self) -> str:
        """Whom it is for."""
        return self.title or f"for {self.audience}"
