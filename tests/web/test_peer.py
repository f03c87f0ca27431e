"""Whose program a connection comes from, by the tables of the system and by connections that are there."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from outgrow.web import peer
from outgrow.web.peer import End, is_somebody_elses

TELLS = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system does not tell")
NOBODY = 65534


@contextmanager
def connected(family: socket.AddressFamily = socket.AF_INET, host: str = "127.0.0.1") -> Iterator[tuple[End, End]]:
    """Give the two ends of a connection as its server sees them."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(family) as client:
        client.connect((host, server.getsockname()[1]))
        there, end = server.accept()
        with there:
            yield end, there.getsockname()


@TELLS
@pytest.mark.promise("P10")
def test_a_program_of_ones_own_is_no_stranger() -> None:
    with connected() as ends:
        assert not is_somebody_elses(*ends)
        client, server = ends
    assert is_somebody_elses((client[0], 1), server), "nothing is known of such a connection"


@TELLS
@pytest.mark.promise("P10")
@pytest.mark.skipif(not socket.has_ipv6, reason="there is no IPv6 here")
def test_a_program_that_speaks_ipv6_is_known_as_well() -> None:
    with connected(socket.AF_INET6, "::ffff:127.0.0.1") as ends:
        assert not is_somebody_elses(*ends)


@TELLS
@pytest.mark.promise("P10")
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="to be another one takes rights")
def test_a_program_of_another_user_is_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    os.seteuid(NOBODY)
    try:
        with connected() as ends:
            monkeypatch.setattr(peer, "_ROOT", 4711)
            monkeypatch.setattr(os, "getuid", lambda: 1000)
            assert is_somebody_elses(*ends)
            monkeypatch.setattr(os, "getuid", lambda: NOBODY)
            assert not is_somebody_elses(*ends)
    finally:
        os.seteuid(0)


@pytest.mark.promise("P10")
@pytest.mark.parametrize(("owner", "stranger"), [("1000", False), ("0", False), ("1001", True)])
def test_the_table_says_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: str, stranger: bool
) -> None:
    monkeypatch.setattr("sys.byteorder", "little")
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    rest = "01 00000000:00000000 00:00000000 00000000  {}        0 42 1\n"
    ours = f"   0: 0100007F:C350 0100007F:12B6 {rest.format(owner)}"
    back = f"   1: 0100007F:12B6 0100007F:C350 {rest.format('1000')}"
    (tmp_path / "tcp").write_text(heading + back + ours)
    monkeypatch.setattr(peer, "_TABLE", tmp_path / "tcp")
    monkeypatch.setattr(peer, "_TABLE_OF_IPV6", tmp_path / "none")
    assert is_somebody_elses(("127.0.0.1", 50000), ("127.0.0.1", 4790)) is stranger


def test_where_nobody_tells_nobody_is_a_stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "_TABLE", tmp_path / "none")
    assert not is_somebody_elses(("127.0.0.1", 50000), ("127.0.0.1", 4790))
