"""What Mira can do now that she could not before, and the evidence for it, in her words."""

from outgrow.example.story import Able, Mastered, Shown
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import EvidenceKind, Polish

_, _SHOWN, _REPEATED, _TAUGHT = CapabilityState
_ARTEFACT, _SOMEBODY, _AGAIN = EvidenceKind.ARTEFACT, EvidenceKind.SOMEBODY, EvidenceKind.REPETITION
_SOLID = Polish.SOLID

_TRIAL_NOTE = """Forecast trial: why we stop

What we tried: a seasonal baseline for 40 SKUs, six months.
What came out: on slow movers it is better than the planners (error 21 % instead of 29 %).
In weeks with a promotion it is worse, and promotions are half of our volume.

What I would do: keep the baseline for slow movers, stop the rest.
What I do not know: whether the promotion calendar from buying would repair it. Nobody can give
it to us two weeks ahead, so it does not matter today.
"""

#: Work that was growth to her and is depth by now.
MASTERED = (
    Mastered(of="SQL course", growth=((0, 4), (2, 2)), depth=4),
    Mastered(of="Supplier scorecard", name="Supplier scorecards", growth=((0, 4), (3, 3)), depth=5),
    Mastered(of="Norvik annual terms", growth=((19, 5), (20, 3)), depth=22),
    Mastered(of="Ghent onboarding check-in", growth=((18, 4), (20, 2)), depth=23),
)

_BEFORE = (
    Shown(
        name="returns by lane",
        of="SQL course",
        months=(2, 3),
        action="Built the returns-by-lane extract in SQL instead of asking IT for it",
        situation="IT needed three weeks for a new extract.",
        result="Marek's team has taken it every week since.",
        seen_by=("Marek",),
        kind=_ARTEFACT,
    ),
    Shown(
        name="late orders",
        of="late orders",
        months=(6, 10),
        action="Late orders, credit notes, dead stock: every pull without help",
        kind=_AGAIN,
    ),
    Shown(
        name="scorecard",
        of="supplier scorecards",
        months=(3, 5),
        action="Made the supplier scorecard one page, with a row the supplier fills in",
        situation="Buyers argued about whose figures were right, not about the deliveries.",
        result="Nine suppliers send it back filled in.",
        seen_by=("Priya",),
        kind=_ARTEFACT,
        polish=_SOLID,
        asked=("senior-craft-2",),
        link=(
            "https://wiki.brightwater.example/buying/scorecards",
            "the page buying opens on Mondays: nine scorecards, an owner beside each",
        ),
    ),
    Shown(
        name="S&OP",
        of="S&OP for Helen",
        months=(11, 13),
        action="Took Helen's S&OP numbers round while she was away",
        result="It went out a day late. Nobody minded but me.",
    ),
    Shown(
        name="forecast",
        of="Forecast trial",
        months=(15, 16),
        action="Stopped the forecast trial and wrote down why",
        situation="Half a year in, and in promotion weeks it was worse than the planners' own guess.",
        result="Helen closed it on the strength of one page. The baseline stays for slow movers.",
        seen_by=("Helen",),
        kind=_ARTEFACT,
        polish=_SOLID,
        asked=("senior-ambiguity-2",),
        file=("forecast-trial-why-we-stop.txt", _TRIAL_NOTE),
    ),
)

_GHENT = (
    Shown(
        name="slotting",
        of="Ghent slotting",
        months=(17, 18),
        action="Proposed where everything goes in Ghent: three options, one I would take, what could go wrong",
        situation="An empty hall, a racking quote and no plan. I had never laid out a warehouse.",
        result="Option two, with Lotte's change to the returns corner.",
        seen_by=("Helen", "Lotte"),
        kind=_ARTEFACT,
        asked=("senior-ambiguity-1",),
    ),
    Shown(
        name="works council",
        of="works council",
        months=(17, 18),
        action="Sat with Ghent's works council about walking distances and shift times",
        result="They wanted the heavy goods lower. They were right.",
        seen_by=("Lotte",),
        asked=("senior-cross-functional-2",),
    ),
    Shown(
        name="migration",
        of="Stock migration plan",
        months=(19, 20),
        action="Wrote the plan for moving the stock: 31 lorries, what goes last, who says stop",
        situation="Deliveries could not pause, and nobody had moved a site before.",
        seen_by=("Marek", "Dele"),
        kind=_ARTEFACT,
        polish=_SOLID,
        asked=("senior-cross-functional-1",),
    ),
    Shown(
        name="go-live",
        of="Ghent",
        months=(21, 21),
        action="Ran the cut-over weekend with transport, IT and Lotte's people",
        result="Two late lorries, no order missed. Helen said in the company update that it was mine.",
        seen_by=("Helen", "Lotte", "Marek"),
        kind=_SOMEBODY,
        polish=_SOLID,
        asked=("senior-cross-functional-1",),
    ),
    Shown(
        name="first count",
        of="first full count",
        months=(22, 23),
        action="First full count in Ghent: 99.1 %, and found why two aisles were off",
        seen_by=("Lotte",),
    ),
)

_TALKS = (
    Shown(
        name="walk-away",
        of="Norvik price history",
        months=(18, 19),
        action="Worked out what we would do without Norvik, and at which price we stop talking",
        result="Half a page. It was the first time buying had one.",
        seen_by=("Priya",),
        kind=_ARTEFACT,
    ),
    Shown(
        name="Norvik",
        of="Norvik annual terms",
        months=(19, 20),
        action="Said our number first, and then said nothing",
        situation="Second round with Norvik. Their sales lead has done this for twenty years.",
        result="45 days instead of 30, prices flat. Priya: \u201cYou sat on your hands, well done.\u201d",
        seen_by=("Priya",),
        kind=_SOMEBODY,
    ),
    Shown(
        name="hearing",
        of="Tender hearing",
        months=(21, 22),
        action="Led our side at the packaging hearing; knew what to give away for the pallet price",
        result="Pallas came down 4 %. Hollin did not move at all.",
        seen_by=("Priya", "Ruth"),
        kind=_AGAIN,
    ),
    Shown(
        name="Delmar",
        of="Delmar:",
        months=(22, 23),
        action="Wrote the Delmar counter-offer alone; Priya read it when it was out",
        kind=_AGAIN,
    ),
)

_LEADING = (
    Shown(
        name="planning day",
        of="Planning day",
        months=(20, 20),
        action="Led the planning day: six people, none of them mine, five decisions by four o'clock",
        situation="Helen gave it to me three weeks before. I wanted to give it back.",
        result="Helen wrote the day after: \u201cBest one so far, and you kept Tom on the subject.\u201d",
        seen_by=("Helen", "Anna", "Tom", "Marek", "Dele", "Lotte"),
        kind=_SOMEBODY,
        polish=_SOLID,
        asked=("senior-leadership-2",),
    ),
    Shown(
        name="decisions",
        of="Decisions of the planning day",
        months=(21, 22),
        action="Followed up the five decisions; four still stand",
        seen_by=("Anna",),
    ),
    Shown(
        name="carrier note",
        of="Carrier strategy note",
        months=(18, 19),
        action="Wrote the first carrier note: what we pay per lane, and what happens when Northline goes up",
        situation="Nobody had asked. Northline's letter came two months later.",
        result="Helen passed it on to the board with one change.",
        seen_by=("Helen",),
        kind=_ARTEFACT,
        asked=("senior-strategic-2",),
        link=(
            "https://files.brightwater.example/ops/carrier-note-v3",
            "version 3: five pages, a table of lanes, Helen's comments in the margin",
        ),
    ),
    Shown(
        name="one or three",
        of="One carrier or three",
        months=(20, 21),
        action="Put the choice on one page: one carrier or three, with what each costs us in a bad winter",
        seen_by=("Helen",),
        kind=_ARTEFACT,
        polish=_SOLID,
    ),
    Shown(
        name="priorities",
        of="priorities",
        months=(21, 23),
        action="Cut the half-year list from fourteen things to six, with the site leads in the room",
        result="Tom is still cross about the scanner project.",
        asked=("senior-strategic-1",),
    ),
)

_TEACHING = (
    Shown(
        name="close",
        of="Teach Leyla",
        months=(20, 21),
        action="Showed Leyla the month-end close, twice, then sat on the other chair",
        seen_by=("Leyla",),
    ),
    Shown(
        name="Leyla alone",
        of="Leyla runs",
        months=(22, 23),
        action="Leyla did the sales report without me",
        situation="I had a hearing, so there was no other way.",
        result="Two figures to correct. Anna did not notice that it was not mine.",
        seen_by=("Leyla", "Anna"),
        kind=_SOMEBODY,
        asked=("senior-leadership-1",),
    ),
    Shown(
        name="count routine",
        of="stock count routine",
        months=(20, 21),
        action="Wrote down the stock count routine; Owen and Samira use it without having been told to",
        kind=_ARTEFACT,
    ),
)

#: Outgrown work that she wants an entry for, once she gets to it.
WAITS = "Ghent"

#: All evidence, in about the order of its days.
EVIDENCE = (*_BEFORE, *_GHENT, *_TALKS, *_LEADING, *_TEACHING)

#: What she can do. What was learnt before she kept a ledger she enters when she begins with it.
ABLE = (
    Able(
        name="Get any figure out of the warehouse database myself",
        outgrown="SQL course",
        states=((_SHOWN, ("returns by lane",)), (_REPEATED, ("late orders",))),
    ),
    Able(
        name="Build a scorecard that suppliers accept",
        outgrown="Supplier scorecard",
        states=((_SHOWN, ("scorecard",)),),
    ),
    Able(name="Prepare numbers for somebody else's decision", states=((_SHOWN, ("S&OP",)),)),
    Able(
        name="Stop something when the figures say so",
        states=((_SHOWN, ("forecast",)),),
    ),
    Able(
        name="Lay out a warehouse I have never worked in",
        states=((_SHOWN, ("slotting", "works council")),),
    ),
    Able(
        name="Write a note that people decide on",
        states=((_SHOWN, ("carrier note",)), (_REPEATED, ("one or three",))),
        instead_of="Prepare numbers for somebody else's decision",
    ),
    Able(
        name="Lead a day with people who do not report to me",
        states=((_SHOWN, ("planning day", "decisions")),),
    ),
    Able(
        name="Move a site without stopping deliveries",
        states=((_SHOWN, ("migration", "go-live")),),
        asked=("senior-cross-functional-1",),
    ),
    Able(
        name="Negotiate yearly terms with a supplier larger than us",
        outgrown="Norvik annual terms",
        states=((_SHOWN, ("walk-away", "Norvik")), (_REPEATED, ("hearing", "Delmar"))),
    ),
    Able(
        name="Hand a routine over so that it holds without me",
        states=((_SHOWN, ("close", "Leyla alone")),),
    ),
)
