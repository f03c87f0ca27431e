"""What Mira's work is about: the words of an operations analyst at a food wholesaler. All names are invented."""

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
    """A recurring meeting. `days` are weekdays (0 = Monday), `every` is in weeks; months count from the first."""

    title: str
    days: tuple[int, ...]
    at: tuple[int, int]
    minutes: int
    every: int = 1
    since: int = 0
    until: int = 99
    people: tuple[str, ...] = ()
    led: bool = False
    growth_since: int = 99
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

SERIES = (
    Series(title="Ops stand-up", days=(0, 1, 3), at=(9, 15), minutes=15, people=TEAM),
    Series(title="1:1 Helen / Mira", days=(3,), at=(14, 0), minutes=30, people=(LEAD,)),
    Series(
        title="Weekly stock review",
        days=(1,),
        at=(10, 0),
        minutes=60,
        people=("Tom", "Priya", "Marek"),
        tracked=0.5,
        project="Inventory",
    ),
    Series(title="Sales & ops sync", days=(2,), at=(11, 0), minutes=45, until=10, people=("Anna", "Dele", "Tom")),
    Series(title="Demand huddle", days=(2,), at=(10, 30), minutes=30, since=11, people=("Anna", "Dele", "Priya")),
    Series(title="Norvik Foods supplier call", days=(4,), at=(11, 30), minutes=30, every=2, people=("Priya",)),
    Series(title="Carrier performance call", days=(0,), at=(15, 0), minutes=45, every=2, people=("Marek", "Dele")),
    Series(title="Reporting clinic", days=(2,), at=(15, 30), minutes=60, every=4, people=("Anna",)),
    Series(title="Company update", days=(4,), at=(16, 0), minutes=45, every=9, people=TEAM),
    Series(
        title="Ghent onboarding check-in",
        days=(0,),
        at=(13, 30),
        minutes=30,
        since=TURN + 1,
        led=True,
        people=("Lotte", "Marek", "Tom"),
        growth_since=TURN + 1,
    ),
    Series(title="Leyla / Mira", days=(4,), at=(9, 30), minutes=30, since=TURN + 3, people=("Leyla",), led=True),
)

_ALL = frozenset(Reason)
_LACKING, _SCOPE, _UNSURE = (frozenset([reason]) for reason in (Reason.LACKING, Reason.SCOPE, Reason.UNSURE))

#: Work at the desk and single meetings.
THEMES = (
    Theme(
        titles=("Weekly sales report", "weekly sales report wk {week}", "Sales report - late corrections"),
        project="Reporting",
        minutes=(60, 150),
        weight=2.4,
    ),
    Theme(
        titles=(
            "Data pull for {team}: {list}",
            "Data pull: {list} for {team}",
            "{list} extract for {team}",
            "Quick pull {metric} by site",
            "ad hoc: {metric} for {team}",
        ),
        project="Reporting",
        minutes=(30, 120),
        weight=3.6,
    ),
    Theme(
        titles=(
            "Fix {metric} dashboard",
            "{metric} dashboard shows wrong {site} figures",
            "Dashboard refresh failed again",
            "Add {site} filter to {metric} dashboard",
            "{metric} dashboard: broken join",
        ),
        project="Reporting",
        minutes=(45, 150),
        weight=2.6,
        growth=(5, 9),
        reasons=_LACKING,
        discomfort=3,
    ),
    Theme(
        titles=(
            "Supplier scorecard {vendor}",
            "Scorecard {vendor} {month}",
            "Supplier scorecards: chase missing data",
            "Send scorecard to {vendor}",
        ),
        project="Suppliers",
        minutes=(45, 120),
        weight=2.2,
        growth=(0, 4),
        reasons=_LACKING | _UNSURE,
        discomfort=3,
    ),
    Theme(
        titles=(
            "Month-end close: accruals",
            "Month-end close: stock valuation",
            "Month-end close - goods in transit",
            "Month-end close: sign-off pack",
            "Close {month}: reconcile {carrier} invoices",
        ),
        project="Finance",
        minutes=(90, 210),
        weight=9.0,
        close=True,
    ),
    Theme(
        titles=(
            "Stock count {site}: variances",
            "Cycle count {site}",
            "Recount {site} aisle {number}",
            "Stock count sheet {site} {month}",
            "Write-offs {site} after count",
        ),
        project="Inventory",
        minutes=(60, 180),
        weight=2.4,
    ),
    Theme(
        titles=("Full stock count {site}", "Full count {site} - second pass"),
        project="Inventory",
        minutes=(180, 300),
        weight=2.0,
        season=(3, 6, 9, 12),
    ),
    Theme(
        titles=("Reconcile {carrier} invoices", "{carrier} invoice queries", "{carrier} surcharges check"),
        project="Finance",
        minutes=(45, 120),
        weight=1.6,
    ),
    Theme(
        titles=("Item master clean-up", "Item master: duplicate SKUs {vendor}", "New item set-up {vendor}"),
        project="Inventory",
        minutes=(30, 120),
        weight=1.4,
    ),
    Theme(
        titles=("Update safety stock levels {site}", "Safety stock run {month}", "Reorder points {vendor}"),
        project="Inventory",
        minutes=(60, 150),
        weight=1.4,
    ),
    Theme(
        titles=("Emails", "misc", "Admin", "inbox + small stuff", "catching up", "bits for Helen"),
        project="",
        minutes=(30, 75),
        weight=1.9,
    ),
    Theme(
        titles=("Christmas peak volumes", "Peak plan {site}: volumes by week", "Peak staffing numbers for {site}"),
        project="Planning",
        minutes=(60, 150),
        weight=2.0,
        season=(10, 11),
    ),
    Theme(
        titles=("Budget template {site}", "Budget: freight lines", "Budget numbers for finance"),
        project="Finance",
        minutes=(60, 150),
        weight=1.6,
        season=(9, 10),
    ),
    Theme(
        titles=("Sync with {name}", "Catch-up {name}", "Quick call {name}", "{name} / Mira", "Chat"),
        project="",
        minutes=(15, 45),
        weight=2.2,
        meeting=True,
        vague=True,
    ),
    Theme(
        titles=(
            "Missing pallets {vendor}",
            "{vendor} short delivery",
            "Returns spike {site}",
            "Late trucks {carrier}",
            "Walk through {list} with {team}",
            "{vendor} - claim for damaged goods",
        ),
        project="",
        minutes=(30, 60),
        weight=2.4,
        meeting=True,
    ),
    Theme(
        titles=("Interview panel: warehouse clerk", "System test: new scanner release", "Fire warden training"),
        project="",
        minutes=(45, 90),
        weight=0.4,
        meeting=True,
    ),
    # Growth of the plateau: small, and done with after some months.
    Theme(
        titles=("SQL course: window functions", "SQL course - exercises", "SQL course: query plans"),
        project="Learning",
        minutes=(60, 90),
        since=0,
        until=3,
        growth=(0, 3),
        reasons=_LACKING,
    ),
    Theme(
        titles=(
            "Forecast trial: seasonal baseline",
            "Forecast trial - error by product group",
            "Read up on forecasting",
        ),
        project="Planning",
        minutes=(60, 120),
        since=9,
        until=16,
        growth=(9, 16),
        reasons=_UNSURE,
        discomfort=3,
    ),
    Theme(
        titles=("Stand in for Helen: S&OP numbers", "S&OP for Helen - prep"),
        project="Planning",
        minutes=(45, 90),
        since=11,
        until=16,
        growth=(11, 16),
        reasons=_SCOPE,
        discomfort=4,
    ),
    # The turn.
    Theme(
        titles=(
            "Ghent warehouse: bin map",
            "Ghent go-live checklist",
            "Ghent: stock migration plan",
            "Ghent cut-over risks",
            "Ghent: who does what in week one",
            "Ghent slotting proposal",
        ),
        project="Ghent",
        minutes=(60, 150),
        weight=3.0,
        since=TURN,
        growth=(TURN, 99),
        reasons=_ALL,
        discomfort=4,
    ),
    Theme(
        titles=("Ghent site visit", "Ghent layout with Lotte", "Ghent: union questions", "Ghent handover workshop"),
        project="",
        minutes=(60, 180),
        weight=1.2,
        since=TURN,
        growth=(TURN, 99),
        meeting=True,
        people=("Lotte", "Marek"),
        reasons=_SCOPE,
        discomfort=4,
    ),
    Theme(
        titles=(
            "Negotiation prep {vendor}",
            "{vendor} annual terms: our walk-away",
            "{vendor} price history for the talks",
            "What we can offer {vendor}",
        ),
        project="Suppliers",
        minutes=(60, 150),
        weight=1.6,
        since=TURN + 1,
        growth=(TURN + 1, 99),
        reasons=_LACKING | _UNSURE,
        discomfort=5,
    ),
    Theme(
        titles=(
            "{vendor} annual terms - first round",
            "{vendor} annual terms - second round",
            "Payment terms {vendor}",
        ),
        project="",
        minutes=(45, 90),
        weight=0.9,
        since=TURN + 1,
        growth=(TURN + 1, 99),
        meeting=True,
        people=("Priya",),
        reasons=_LACKING,
        discomfort=5,
    ),
    Theme(
        titles=(
            "Planning day: agenda",
            "Planning day - who to invite and why",
            "Planning day: pre-reads",
            "Planning day decisions",
        ),
        project="Planning",
        minutes=(45, 120),
        weight=1.1,
        since=TURN + 2,
        growth=(TURN + 2, 99),
        reasons=_SCOPE,
        discomfort=4,
    ),
    Theme(
        titles=(
            "Carrier strategy note: lanes and volumes",
            "Carrier strategy note, outline",
            "Carrier strategy note: one carrier or three?",
            "Carrier note - Helen's comments",
        ),
        project="Transport",
        minutes=(60, 150),
        weight=1.6,
        since=TURN + 1,
        growth=(TURN + 1, 99),
        reasons=_UNSURE,
        discomfort=3,
    ),
    Theme(
        titles=(
            "Teach Leyla the month-end close",
            "Leyla: how the scorecards work",
            "Write down the stock count routine for new analysts",
            "Shadowing: Leyla runs the sales report",
        ),
        project="Team",
        minutes=(45, 105),
        weight=1.4,
        since=TURN + 3,
        growth=(TURN + 3, 99),
        reasons=_SCOPE,
        discomfort=2,
    ),
)

#: Tickets people raise, all of work she knows.
TICKETS = (
    "Data pull: {list} for {team}",
    "{metric} dashboard: wrong figures for {site}",
    "New filter on {metric} dashboard",
    "Report {list} weekly to {team}",
    "Add {vendor} to scorecards",
    "Stock variance {site} aisle {number}",
    "{carrier} rates missing in cost report",
    "Item set-up {vendor}",
    "Access to {metric} dashboard for {name}",
    "Correct {metric} target {site}",
    "Duplicate SKUs {vendor}",
    "Automate {list} mail to {team}",
)

#: Tickets of the turn.
NEW_TICKETS = (
    "Ghent: label bins before go-live",
    "Ghent: user roles for scanners",
    "Ghent: test orders end to end",
    "Options for {carrier} contract",
    "Training notes: month-end close",
    "Ghent: opening stock load",
)

DECLINED = (
    "Vendor webinar: smarter replenishment",
    "Office move Q&A",
    "Lunch & learn: expenses tool",
    "Social committee",
)
OUTSIDE = ("Dentist", "School run", "Pick up Ida", "Parents' evening", "Boiler engineer", "Optician", "Ida swimming")
