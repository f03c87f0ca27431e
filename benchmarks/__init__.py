"""Costs of outgrow, each beside a named baseline of the same run: ``python -m benchmarks [--small] [name...]``.

Every module here with a function ``run(*, small: bool) -> Iterator[Figure]`` is a benchmark named after it.
"""
