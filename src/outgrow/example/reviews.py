"""What Mira says when she looks back: on weeks, months and quarters of the last half year, each time in a few words."""

from outgrow.example.story import LookedBack, Meant
from outgrow.model.capability import CapabilityState
from outgrow.model.review import Outcome

_KEPT, _PARTLY, _LET_GO = Outcome

#: Weeks by how many before the last full one of her data they lie; most she does not look back on.
WEEKS = {
    21: LookedBack(
        words=(("help", "asked IT nothing this week, had a query for everything"),),
        meant=Meant(text="Ring Lotte before I draw anything else", outcome=_KEPT),
        planned=("Ghent: how other sites lay out returns", "tuesday", "9:00"),
    ),
    11: LookedBack(
        words=(("help", "nothing I can think of"),),
        meant=Meant(text="No data pulls before ten", outcome=_LET_GO, note="month-end"),
    ),
    7: LookedBack(
        words=(("help", "the cut-over figures, nobody checked them and they held"),),
        meant=Meant(
            text="Ask Leyla what she would rather do", outcome=_KEPT, note="the sales report. did not expect that"
        ),
    ),
    4: LookedBack(
        words=(("help", "said no to Owen's dashboard, on my own, kindly"),),
        meant=Meant(text="Two mornings for the Delmar plan", outcome=_PARTLY, note="one"),
        planned=("Delmar: what can we give away", "thursday", "9:30"),
    ),
    3: LookedBack(quiet=True),
    0: LookedBack(
        words=(("help", "board slides, Helen changed one word"),),
        meant=Meant(text="Write Helen two lines about the senior role"),
    ),
}

#: Months by how many before the last one they lie.
MONTHS = {
    3: LookedBack(
        words=(("mix", "yes. tired, but yes"),),
        felt=4,
        meant=Meant(text="Show Leyla the close instead of doing it faster", outcome=_KEPT, note="took twice as long"),
    ),
    2: LookedBack(
        words=(("mix", "go-live ate the rest, that was the plan"),),
        felt=5,
        meant=Meant(text="Drop the Tuesday extracts for customer care", outcome=_PARTLY, note="two of five are left"),
    ),
    1: LookedBack(
        words=(("mix", "too many small things again. the talks were good"),),
        felt=3,
        meant=Meant(text="Block two mornings a week", outcome=None),
    ),
}

#: Quarters by how many before the last one that had ended by then they lie.
QUARTERS = {
    1: LookedBack(
        words=(
            (
                "changed",
                "Ghent. Three months ago nobody asked me about a building, now Lotte rings me before she rings Helen.",
            ),
            ("capable", "Tell a works council no and come back the next week"),
        ),
        felt=4,
        gaps=("senior-ambiguity-1", "senior-leadership-2"),
        meant=Meant(
            text="Lead something with people from other teams in it",
            outcome=_KEPT,
            note="the planning day",
            sign="somebody other than Helen says so",
        ),
    ),
    0: LookedBack(
        words=(
            ("changed", "I am asked earlier. The close takes me two days, it used to take four. Leyla."),
            ("capable", "Say no to a project and keep the peace"),
            ("let-go", "the sales report goes to Leyla, all of it. also the Monday carrier call"),
        ),
        felt=4,
        gaps=("senior-cross-functional-2", "senior-craft-1"),
        grown=(
            "Write a note that people decide on",
            CapabilityState.TAUGHT,
            "Dele wrote the one on dock times from my outline, and it went through",
        ),
        meant=Meant(
            text="Get buying and transport to agree on one carrier scorecard",
            sign="both still use it in three months",
        ),
    ),
}

#: Growth work that lies ahead: what for, on which weekday, at what time, for how long.
AHEAD = (
    ("Carrier scorecard: talk to both sides first", "tuesday", "9:00", "1:30"),
    ("Contract clauses, with Ruth's notes", "thursday", "14:00", "1:00"),
    ("Draft of the talk with Helen", "friday", "9:00", "2:00"),
)
