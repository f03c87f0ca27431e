"""The database: what the person said, and what was computed from it."""
