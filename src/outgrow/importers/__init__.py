"""Readers of one kind of source each."""
