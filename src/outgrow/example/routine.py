"""What Mira does all year: the work of an operations analyst, most of it known to her."""

from outgrow.example.work import LACKING, LEAD, TEAM, TURN, UNSURE, Series, Theme

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
        growth=(TURN + 1, TURN + 4),
    ),
    Series(title="Leyla / Mira", days=(4,), at=(9, 30), minutes=30, since=TURN + 3, people=("Leyla",), led=True),
)

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
        reasons=LACKING,
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
        reasons=LACKING | UNSURE,
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

DECLINED = (
    "Vendor webinar: smarter replenishment",
    "Office move Q&A",
    "Lunch & learn: expenses tool",
    "Social committee",
)
OUTSIDE = ("Dentist", "School run", "Pick up Ida", "Parents' evening", "Boiler engineer", "Optician", "Ida swimming")
