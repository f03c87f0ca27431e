"""The immutable values of the domain. Imports nothing else of ours."""
