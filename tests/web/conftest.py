"""The app without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.asking import Asking


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    """Give the app on data of its own, without any work in them."""
    made = Asking(tmp_path / "data")
    yield made
    made.close()
