"""Runs outgrow, and sets it up first where that is needed: python3 start.py [what you would say to outgrow].

Without words it shows the verdict of an example person.
"""

import sys

from tools.environment import call, prepared

sys.exit(call(prepared("run").program("outgrow"), *(sys.argv[1:] or ["demo"])))
