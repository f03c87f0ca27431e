"""Looking back in fixed cadences: which review is due, what it asks, and what the data say to it."""
