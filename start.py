"""Runs outgrow, and sets it up first where that is needed: python3 start.py [what you would say to outgrow].

Without words it shows the verdict of an example person.
"""

import sys

from tools.environment import Environment, SetUpFailed, call

try:
    environment = Environment("run").ready()
except SetUpFailed as failure:
    sys.exit(str(failure))
sys.exit(call(environment.program("outgrow"), *(sys.argv[1:] or ["demo"])))
