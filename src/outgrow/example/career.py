"""Mira's roles, the level she has an eye on, and the papers for a talk about it."""

from outgrow.example.story import Post

POSTS = (
    Post(
        title="Stock control clerk",
        level="Associate",
        scope="Counts and stock records of the Leeds warehouse",
        first=-61,
        last=-27,
        duties="Cycle counts in Leeds\nWrite-offs up to 500 per line\nGoods-in queries of the day shift",
    ),
    Post(
        title="Operations analyst",
        level="Professional",
        scope="Reporting, stock and carrier figures for four sites; no budget, nobody reports to me",
        first=-26,
        last=None,
        duties=(
            "Weekly sales report\n"
            "Supplier scorecards [from {2}]\n"
            "Ghent: stock, layout and cut-over [from {17} until {22}]\n"
            "Supplier terms, together with Priya [from {20}]\n"
            "Stock side of the month-end close\n"
            "Carrier cost report [until {19}]"
        ),
    ),
)

#: The levels of the built-in ladder: hers, and the one she looks at.
LEVEL, NEXT_LEVEL = "professional", "senior"

#: Expectations of the next level for which there was no chance yet, and why.
NO_CHANCE = (
    ("senior-craft-3", "Nobody's work comes past me before it goes out. Leyla's will, from January."),
    ("senior-ambiguity-3", "Have not met rules that contradict each other since I keep an eye on it."),
)

AUDIENCE = "Helen"
PACKET = "Where I am, and the senior role"
OPENING = (
    "You asked me to bring something to look at instead of a feeling. This is what I can do now that I could not when "
    "the Ghent project began, with what shows it.\n\nI would like to talk about what is missing for senior, and who "
    "could take the sales report."
)
REDACTED = ("Norvik", "Pallas")
#: Said of a suggestion that is none.
NO_EVIDENCE = "That was nothing, I sat in."
