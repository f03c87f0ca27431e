"""Career ladders: the built-in one, and readers of those that are found in the world."""
