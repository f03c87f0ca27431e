"""View models and their text."""
