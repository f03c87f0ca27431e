"""Sets up a virtual environment from a lock file, once, and runs things in it."""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".env" / "build"
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"
_NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ProxyError",
    "Network is unreachable",
)
_NO_VENV = (
    "This Python cannot make virtual environments: its module {} is missing. "
    "On Debian and Ubuntu install it with: sudo apt install python3-venv"
)


class SetUpFailed(Exception):  # noqa: N818 - names what happened
    """The environment could not be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment under .env with the packages of requirements/<name>.txt and the project itself."""

    name: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return ROOT / ".env" / self.name

    @property
    def lock(self) -> Path:
        """The exact packages in it, with their hashes."""
        return ROOT / "requirements" / f"{self.name}.txt"

    def program(self, name: str) -> str:
        """Return the path of a program in it."""
        return str(self.folder / _SCRIPTS / name)

    def ready(self) -> "Environment":
        """Make it if it is missing or older than the lock; raises SetUpFailed."""
        stamp = self.folder / "stamp"
        wanted = self._fingerprint()
        if not stamp.exists() or stamp.read_text() != wanted:
            self._make()
            stamp.write_text(wanted)
        return self

    def _fingerprint(self) -> str:
        # The path and the Python are in it: a moved folder or another Python needs a new environment.
        parts = (self.lock, ROOT / "requirements" / "build.txt", ROOT / "pyproject.toml")
        contents = b"".join(part.read_bytes() for part in parts)
        return hashlib.sha256(contents + f"{ROOT} {sys.version}".encode()).hexdigest()

    def _make(self) -> None:
        if not importlib.util.find_spec("ensurepip"):
            raise SetUpFailed(_NO_VENV.format("ensurepip"))
        tell(f"Setting up in {self.folder} (once; it takes a minute or two)")
        try:
            venv.create(self.folder, clear=True, with_pip=True, symlinks=os.name != "nt")
        except (OSError, subprocess.CalledProcessError) as error:
            message = f"The virtual environment {self.folder} could not be made: {error}"
            raise SetUpFailed(message) from error
        self._install("--require-hashes", "--only-binary", ":all:", "-r", str(self.lock))
        build = str(ROOT / "requirements" / "build.txt")
        self._install("--require-hashes", "--only-binary", ":all:", "-r", build, "--target", str(BUILD), "--upgrade")
        self._install("--no-build-isolation", "--editable", str(ROOT))

    def _install(self, *what: str) -> None:
        pip = (self.program("python"), "-m", "pip", "install", "--no-deps", "--no-input", "--disable-pip-version-check")
        command = (*pip, "--retries", "2", *what)
        # What builds is seen only by the build: pip leaves out whatever it finds installed already.
        path = str(BUILD) if "--editable" in what else ""
        surroundings = {**os.environ, "PYTHONPATH": path}
        with subprocess.Popen(  # noqa: S603 - our own words
            command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process:
            said = list(_followed(process.stdout or ()))
        if process.returncode:
            raise SetUpFailed(_why(said))


def prepared(name: str) -> Environment:
    """Return the environment of that name, ready for use, or end the program with a sentence that says why not."""
    try:
        return Environment(name).ready()
    except SetUpFailed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit("Stopped while setting up. Run this again to begin anew.")


def _followed(lines: Iterable[str]) -> Iterator[str]:
    """Pass on what pip says, telling the person only what is being fetched."""
    for line in lines:
        if line.startswith("Collecting "):
            tell(f"  {line.split()[1].split('==')[0]}")
        yield line


def _why(said: list[str]) -> str:
    if any(sign in line for line in said for sign in _NO_NETWORK):
        return (
            "The packages could not be fetched: the package index cannot be reached from here. Connect to the network "
            "(behind a proxy set HTTPS_PROXY) and run this again. Only setting up needs it; outgrow itself does not."
        )
    return "The packages could not be installed. pip said:\n" + "".join(said[-20:])


def tell(line: str) -> None:
    """Say a line on the way, beside the answer."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - these scripts speak to the terminal


def call(*command: str, folder: Path | None = None) -> int:
    """Run a command with the terminal as it is; return its exit code."""
    with subprocess.Popen(command, cwd=folder) as process:  # noqa: S603 - our own words
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # it reached the command too, which knows how to stop
                continue
