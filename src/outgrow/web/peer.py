"""Tells whose program is at the other end of a connection within this machine, where the system says so (as Linux)."""

import os
import sys
from ipaddress import IPv4Address
from pathlib import Path

_TABLE, _TABLE_OF_IPV6 = Path("/proc/net/tcp"), Path("/proc/net/tcp6")
_FROM, _TO, _OWNER = 1, 2, 7  # columns: both ends of a connection, and the user who holds its first one
_ROOT = 0  # may read all memory anyway, and relays what comes from outside of a virtual machine

End = tuple[str, int]


def is_somebody_elses(client: End, server: End) -> bool:
    """Whether another user's program made a connection between two ends, each a numeric address and a port.

    False where the system tells nobody; True where it tells, but not of this connection.
    """
    try:
        rows = _TABLE.read_text("ascii").splitlines()[1:]
        rows += _TABLE_OF_IPV6.read_text("ascii").splitlines()[1:] if _TABLE_OF_IPV6.exists() else []
    except OSError:
        return False
    ends = (_written(client), _written(server))
    told = [row.split() for row in rows]
    owners = {int(row[_OWNER]) for row in told if row[_FROM].endswith(ends[0]) and row[_TO].endswith(ends[1])}
    return owners.isdisjoint({_ROOT, os.getuid()})


def _written(end: End) -> str:
    """Return an end as the tables write it, which the end of it by IPv6 ends with, too."""
    host, port = end
    return f"{int.from_bytes(IPv4Address(host).packed, sys.byteorder):08X}:{port:04X}"
