"""The database: what sources told, what the person said, and what was computed from both."""
