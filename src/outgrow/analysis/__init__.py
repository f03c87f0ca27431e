"""Pure mathematics of the method: functions of values to values."""

import os

# The products of matrices here are small: threads that wait for each other would cost several times the work itself.
# Read by the library behind numpy when it is loaded, which no other layer does first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
