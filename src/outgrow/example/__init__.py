"""The example person: two years of the work of somebody who does not exist, and what she would say about it."""

from outgrow.example.ledger import ABLE, EVIDENCE, MASTERED
from outgrow.example.life import Answer
from outgrow.example.person import LAST, Example, Identity, generate, identity_of
from outgrow.example.story import BEGINS, Able, LookedBack, Mastered, Meant, Shown

__all__ = [
    "ABLE",
    "BEGINS",
    "EVIDENCE",
    "LAST",
    "MASTERED",
    "Able",
    "Answer",
    "Example",
    "Identity",
    "LookedBack",
    "Mastered",
    "Meant",
    "Shown",
    "generate",
    "identity_of",
]
