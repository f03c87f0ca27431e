"""Every contract on who may import whom fails on a violation planted in a copy of the package."""

import os
import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = {
    "layers": ("analysis/verdict.py", "from outgrow.store import schema"),
    "readers": ("importers/git.py", "from outgrow.importers import notes"),
    "circles": ("importers/contract.py", "from outgrow.importers import discovery"),
    "database": ("workflows/periods.py", "import sqlalchemy"),
    "terminal": ("reports/words.py", "import click"),
    "pages": ("workflows/periods.py", "import jinja2"),
    "faces": ("web/desk.py", "from outgrow.store import database"),
    "arrays": ("importers/contract.py", "import numpy"),
    "formats": ("analysis/verdict.py", "import urllib.request"),
    "values": ("model/period.py", "import msgspec"),
}


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = Path(sysconfig.get_path("scripts")) / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", "--contract", contract],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_planted_violation_breaks_its_contract(copy: Path, contract: str) -> None:
    assert lint(copy, contract).returncode == 0
    place, violation = CONTRACTS[contract]
    with (copy / "src" / "outgrow" / place).open("a") as file:
        file.write(f"\n{violation}\n")
    said = lint(copy, contract)
    assert said.returncode == 1
    assert "1 broken" in said.stdout


def test_a_module_outside_the_layers_is_refused(copy: Path) -> None:
    (copy / "src" / "outgrow" / "stray.py").write_text('"""In no layer."""\n')
    said = lint(copy, "layers")
    assert said.returncode == 1
    assert "stray" in said.stdout


def test_every_contract_is_planted() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} == set(CONTRACTS)
