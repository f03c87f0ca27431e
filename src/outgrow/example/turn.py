"""What is new to Mira: little for 17 months, then a warehouse, supplier talks, a day to lead, somebody to teach."""

from dataclasses import replace

from outgrow.example.work import LACKING, SCOPE, TURN, UNSURE, Theme
from outgrow.model.judgement import Reason


def _desk(
    months: tuple[int, int], project: str, titles: tuple[str, ...], reasons: frozenset[Reason], discomfort: int
) -> Theme:
    """Return growth work at the desk between two months, both included."""
    return Theme(
        titles=titles,
        project=project,
        minutes=(60, 135),
        weight=2.0 if project == "Ghent" else 1.0,
        since=months[0],
        until=months[1],
        growth=months,
        reasons=reasons,
        discomfort=discomfort,
    )


def _talk(
    months: tuple[int, int],
    people: tuple[str, ...],
    titles: tuple[str, ...],
    reasons: frozenset[Reason],
    discomfort: int,
) -> Theme:
    """Return meetings that are growth between two months, both included."""
    return Theme(
        titles=titles,
        project="",
        minutes=(45, 105),
        since=months[0],
        until=months[1],
        growth=months,
        meeting=True,
        people=people,
        reasons=reasons,
        discomfort=discomfort,
    )


_PLATEAU = (
    _desk((0, 1), "Learning", ("SQL course: joins and window functions", "SQL course - exercises"), LACKING, 2),
    _desk((2, 3), "Learning", ("SQL course: query plans", "SQL course, final project: returns by lane"), LACKING, 2),
    _desk(
        (9, 11),
        "Planning",
        ("Forecast trial: seasonal baseline", "Read up on forecasting", "Forecast trial - pick 40 SKUs"),
        UNSURE,
        3,
    ),
    _desk(
        (12, 14),
        "Planning",
        (
            "Forecast trial - error by product group",
            "Forecast trial: promotions break it",
            "Planners' view of the forecast",
        ),
        UNSURE,
        3,
    ),
    _desk((15, 16), "Planning", ("Forecast trial: write up or stop?", "Forecast trial - results for Helen"), UNSURE, 3),
    _desk((11, 13), "Planning", ("Stand in for Helen: S&OP numbers", "S&OP for Helen - prep"), SCOPE, 4),
    _desk((14, 16), "Planning", ("S&OP: scenarios for the frozen range", "S&OP gap to budget, my draft"), SCOPE, 4),
    _talk((6, 8), ("Marek",), ("Returns process with transport", "Who owns damaged pallets?"), UNSURE, 3),
)

_GHENT = (
    _desk(
        (17, 18),
        "Ghent",
        (
            "Ghent warehouse: bin map",
            "Ghent slotting proposal",
            "Ghent: what moves and what stays",
            "Ghent racking options",
        ),
        LACKING | UNSURE,
        4,
    ),
    _talk(
        (17, 18),
        ("Lotte", "Marek"),
        ("Ghent site visit", "Ghent layout with Lotte", "Ghent: questions of the works council"),
        SCOPE,
        4,
    ),
    _desk(
        (19, 20),
        "Ghent",
        (
            "Stock migration plan Ghent",
            "Cut-over weekend: risks",
            "Letter to {vendor} about the new dock",
            "Ghent: test orders end to end",
        ),
        SCOPE | UNSURE,
        4,
    ),
    _talk(
        (19, 20),
        ("Lotte", "Marek", "Dele"),
        ("Cut-over rehearsal", "Go / no-go Ghent", "Ghent: who does what in week one"),
        SCOPE,
        5,
    ),
    _desk(
        (21, 21),
        "Ghent",
        ("Go-live day Ghent", "Hypercare log Ghent", "Ghent: first week figures and what to change"),
        SCOPE | UNSURE,
        5,
    ),
    _desk(
        (22, 99),
        "Ghent",
        (
            "First full count in Ghent",
            "Lessons from the go-live",
            "Ghent: targets for the steady state",
            "Returns flow {site} to Ghent",
        ),
        UNSURE,
        3,
    ),
    _talk(
        (22, 99),
        ("Lotte",),
        ("Hand Ghent over to Lotte", "Ghent staffing for the peak", "Lotte: first month looked back on"),
        SCOPE,
        3,
    ),
)

_TALKS = (
    _desk(
        (18, 19),
        "Suppliers",
        ("Norvik price history for the talks", "Negotiation prep Norvik Foods", "Our walk-away with Norvik"),
        LACKING | UNSURE,
        5,
    ),
    replace(  # by the last months it is work she knows
        _talk(
            (19, 20),
            ("Priya",),
            ("Norvik annual terms: open points", "Norvik annual terms: prices and dates"),
            LACKING,
            5,
        ),
        until=99,
    ),
    _desk(
        (20, 21),
        "Suppliers",
        ("Packaging tender: requirements", "Packaging tender - score the bids", "What we can offer Pallas Packaging"),
        LACKING | SCOPE,
        4,
    ),
    _talk(
        (21, 22),
        ("Priya", "Ruth"),
        ("Tender hearing Pallas Packaging", "Tender hearing Hollin Paper", "Payment terms with Ruth"),
        LACKING,
        4,
    ),
    _desk(
        (22, 99),
        "Suppliers",
        ("Delmar: longer contract or spot?", "Negotiation plan Delmar Citrus", "Concessions we can live with"),
        UNSURE,
        4,
    ),
    _talk((23, 99), ("Priya",), ("Delmar Citrus talks", "Delmar: counter-offer"), LACKING, 4),
)

_LEADING = (
    _desk(
        (19, 20),
        "Planning",
        ("Planning day: agenda", "Planning day - who to invite and why", "Pre-reads for the planning day"),
        SCOPE,
        4,
    ),
    _talk(
        (20, 20),
        ("Helen", "Anna", "Tom", "Marek", "Dele", "Lotte"),
        ("Planning day (I lead)", "Planning day dry run", "Planning day: walk the sites through it"),
        SCOPE,
        5,
    ),
    _desk(
        (21, 22),
        "Planning",
        ("Decisions of the planning day", "Feedback on the planning day", "Half-year priorities: first cut"),
        SCOPE,
        3,
    ),
    _talk(
        (22, 99),
        ("Anna", "Tom", "Marek"),
        ("Priorities round with the site leads", "Trade-offs: peak or project?"),
        SCOPE,
        4,
    ),
    _desk(
        (18, 19), "Transport", ("Carrier strategy note: lanes and volumes", "Carrier strategy note, outline"), UNSURE, 3
    ),
    _desk(
        (20, 21),
        "Transport",
        ("One carrier or three? draft", "Carrier note - Helen's comments", "Cost model for the carrier note"),
        UNSURE,
        3,
    ),
    _desk(
        (22, 99),
        "Transport",
        ("Present the carrier note to the board", "Pilot lanes with {carrier}", "Slides on the carrier choice"),
        SCOPE,
        4,
    ),
)

_TEACHING = (
    _desk(
        (20, 21), "Team", ("Training plan for Leyla", "Write down the stock count routine for new analysts"), SCOPE, 2
    ),
    _talk((20, 21), ("Leyla",), ("Teach Leyla the month-end close", "Leyla: how the scorecards work"), SCOPE, 2),
    _desk((22, 99), "Team", ("Workshop: reading a scorecard", "Exercises for new analysts"), SCOPE, 3),
    _talk((22, 99), ("Leyla", "Owen"), ("Shadowing: Leyla runs the sales report", "Coach Owen on variances"), SCOPE, 2),
)

#: Growth work with its months, at the desk and in meetings.
THEMES = (*_PLATEAU, *_GHENT, *_TALKS, *_LEADING, *_TEACHING)

_TICKETS = {
    TURN: ("Ghent: label bins", "Ghent: user roles for scanners", "Network points for Ghent"),
    TURN + 2: ("Ghent: load opening stock", "Ghent: test label printers", "Rates of {carrier} into the cost model"),
    TURN + 4: ("Ghent: week one rota", "Score sheet for the packaging bids", "Ghent: correct locations after go-live"),
    TURN + 5: ("Training notes: month-end close", "Ghent in the pick rate dashboard", "Pilot lane set-up {carrier}"),
}


def tickets(month: int) -> tuple[str, ...]:
    """Return the tickets of the turn that people raise in a month."""
    return _TICKETS[max(since for since in _TICKETS if since <= month)]
