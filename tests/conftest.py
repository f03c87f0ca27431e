"""What holds for all tests."""

from hypothesis import settings

# Speed is held by the benchmarks, not by timed tests; and a failure must come again when the tests are run again.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
