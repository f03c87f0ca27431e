"""What work is made of in the example: series, themes, and the words of a food wholesaler. All names are invented."""

from dataclasses import dataclass

from outgrow.model.judgement import Reason

EMPLOYER = "brightwater.example"
LEAD = "Helen"
TEAM = ("Helen", "Anna", "Tom", "Priya", "Marek", "Dele")
OTHERS = ("Ruth", "Owen", "Samira", "Callum", "Bea")

#: What the slots of a title are filled with.
WORDS = {
    "vendor": (
        "Norvik Foods",
        "Delmar Citrus",
        "Pallas Packaging",
        "Seaforth Chilled",
        "Kettle & Rye",
        "Hollin Paper",
        "Brack Farm Dairy",
        "Ostrel Glass",
        "Umbria Oils",
        "Tansy Tea",
        "Fenwick Pulses",
        "Halloran Meats",
    ),
    "carrier": ("Tarn Freight", "Northline", "Quillhaul", "Merrow Logistics", "Ashby Express"),
    "site": ("Leeds", "Rugby", "Avonmouth", "cold store"),
    "team": ("sales", "finance", "buying", "customer care", "transport", "Helen", "the board pack"),
    "metric": ("pick rate", "on-time delivery", "fill rate", "stock cover", "waste", "returns", "dock times"),
    "list": (
        "late orders",
        "short-dated stock",
        "top 50 SKUs",
        "credit notes",
        "open POs",
        "dead stock",
        "price changes",
    ),
    "name": ("Anna", "Tom", "Priya", "Marek", "Dele"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A recurring meeting. `days` are weekdays (0 = Monday), `every` is in weeks; months count from the first.

    `growth` are the first and the last month in which it is growth to Mira.
    """

    title: str
    days: tuple[int, ...]
    at: tuple[int, int]
    minutes: int
    every: int = 1
    since: int = 0
    until: int = 99
    people: tuple[str, ...] = ()
    led: bool = False
    growth: tuple[int, int] = (99, 99)
    tracked: float = 0.1
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One kind of work with the titles it goes by, and when it is growth to Mira.

    Months count from the first; `growth` is the first and the last month in which it is growth. `weight` is how often
    it comes up; `season` are months of the year, `close` means the days around the end of a month.
    """

    titles: tuple[str, ...]
    project: str
    minutes: tuple[int, int]
    weight: float = 1.0
    since: int = 0
    until: int = 99
    growth: tuple[int, int] = (99, 99)
    season: tuple[int, ...] = ()
    close: bool = False
    meeting: bool = False
    vague: bool = False
    people: tuple[str, ...] = ()
    reasons: frozenset[Reason] = frozenset()
    discomfort: int = 2

    def is_growth(self, month: int) -> bool:
        """Whether it is growth to her in a month."""
        return self.growth[0] <= month <= self.growth[1]


TURN = 17  # the first month after the plateau

LACKING, SCOPE, UNSURE = (frozenset([reason]) for reason in (Reason.LACKING, Reason.SCOPE, Reason.UNSURE))
