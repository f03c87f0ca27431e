"""What serves the repository and is no part of the product. On an old Python importing this ends with a sentence."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one place that an older Python reaches
    sys.exit(
        "outgrow needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031 - must parse on any Python
        "Install a newer one and run this again with it, for example: python3.12 %s"
        % (sys.version_info[0], sys.version_info[1], sys.argv[0])
    )
