"""The example person: two years of the work of somebody who does not exist, and what she would say about it."""

from outgrow.example.life import Answer
from outgrow.example.person import Example, Identity, generate, identity_of

__all__ = ["Answer", "Example", "Identity", "generate", "identity_of"]
