"""Tell progress from movement: what share of a person's working time goes into growth work."""

__version__ = "0.1.0"
