"""Ladders of the shapes they have in the world, and the slow twins of step and matrix."""

from collections.abc import Sequence

from outgrow.model.ladder import Expectation, Expected, Ladder, Level

#: What each level adds: (level, kind, text).
Wants = Sequence[tuple[str, str, str]]


def ladder(levels: Sequence[tuple[str, int, str]], wants: Wants) -> Ladder:
    """Return a ladder of levels (id, rank, track); expectations get the ids e0, e1 and so on."""
    return Ladder(
        name="Warehouse",
        levels=tuple(Level(id=each, name=each.title(), rank=rank, track=track) for each, rank, track in levels),
        expectations=tuple(
            Expectation(id=f"e{number}", level=level, kind=kind, text=text)
            for number, (level, kind, text) in enumerate(wants)
        ),
    )


def flat() -> Ladder:
    """Return one track of four levels that all expect something in each of two topics, some of it said again."""
    return ladder(
        [("one", 1, ""), ("two", 2, ""), ("three", 3, ""), ("four", 4, "")],
        [
            ("one", "craft", "Counts stock without help."),
            ("one", "communication", "Says when a delivery is late"),
            ("two", "craft", "Counts the stock, without help"),
            ("two", "craft", "Plans the counts of a whole aisle"),
            ("two", "communication", "Says when a delivery is late and what it means"),
            ("three", "craft", "Organizes the counts of a whole site"),
            ("three", "communication", "Agrees deliveries with carriers"),
            ("four", "craft", "Organises the counts of the whole site"),
            ("four", "leadership", "Grows two planners"),
            ("four", "communication", "Counts stock without help."),
        ],
    )


def parted() -> Ladder:
    """Return a ladder whose tracks part at the third rank and meet again at the top."""
    return ladder(
        [
            ("clerk", 1, ""),
            ("planner", 2, ""),
            ("expert", 3, "individual"),
            ("head", 3, "leading"),
            ("master", 4, "individual"),
            ("manager", 4, "leading"),
            ("director", 5, ""),
        ],
        [
            ("clerk", "craft", "Keeps the list"),
            ("planner", "craft", "Plans a week"),
            ("expert", "craft", "Solves what nobody solved"),
            ("head", "leadership", "Leads three planners"),
            ("head", "craft", "Plans a week."),
            ("master", "strategic", "Sets a direction"),
            ("manager", "leadership", "Leads leaders"),
            ("manager", "strategic", "Sets a direction"),
            ("director", "strategic", "Sets the direction of a site"),
            ("director", "leadership", "Leads leaders"),
        ],
    )


def sparse() -> Ladder:
    """Return a ladder from rank 2 on, with a level that expects nothing, and a text in a script without case."""
    return ladder(
        [("b", 2, ""), ("c", 3, ""), ("d", 6, "")],
        [
            ("b", "", "\u8a08\u753b\u3092\u7acb\u3066\u308b"),
            ("d", "", "\u8a08\u753b\u3092\u7acb\u3066\u308b"),
            ("d", "", ""),
            ("d", "", "\u2014"),
            ("d", "", "Says no in time"),
            ("d", "", "SAYS NO, in time!"),
        ],
    )


def expected(*ids: str, number: int = 7) -> tuple[Expected, ...]:
    """Return the names of some expectations of the ladder of a number."""
    return tuple(Expected(number, each) for each in ids)
