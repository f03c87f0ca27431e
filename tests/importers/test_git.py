"""Commits of the person: whose they are, what is told of them, and that no repository runs anything."""

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from outgrow.importers.contract import Context, Question, Unreadable
from outgrow.importers.git import Git
from outgrow.importers.testing import broken_rules
from outgrow.model.activity import Activity, Kind, Precision
from outgrow.model.problem import Problem

ANN, BOB = "Ann <ann@one.example>", "Bob <bob@two.example>"


class Repository:
    """A repository that is written commit by commit."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Begin an empty one."""
        self.folder = folder
        subprocess.run(["git", "init", "-q", "-b", "main", *options, str(folder)], check=True)  # noqa: S607 - any git

    def git(self, *arguments: str) -> str:
        """Run git in it."""
        environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-c", "user.name=C", "-c", "user.email=c@c.example", "-C", str(self.folder), *arguments]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, subject: str, *files: str, author: str = ANN, when: str = "1714546800 +0200") -> str:
        """Commit these files and return the commit."""
        for file in files:
            path = self.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(subject + file)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", f"--author={author}", f"--date={when}", "-m", subject)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "boat")


def read(path: Path, context: Context, *addresses: str, authors: str = "") -> Sequence[Activity | Problem]:
    context = replace(context, addresses=frozenset(addresses), choices={"authors": authors} if authors else {})
    items = list(Git().read(path, context))
    assert list(broken_rules(items, Git())) == []
    return items


def titles(path: Path, context: Context, *addresses: str, authors: str = "") -> list[str]:
    items = read(path, context, *addresses, authors=authors)
    return [each.title if isinstance(each, Activity) else each.reason for each in items]


def test_a_commit_is_told_by_subject_time_areas_and_references(repository: Repository, context: Context) -> None:
    repository.commit("Start", "README", "hull/plan.txt")
    sha = repository.commit("Mend the mast (#12), SAIL-7", "rig/a/b.txt", "rig/c.txt", "docs/how to.txt", "top.txt")
    newest, oldest = read(repository.folder, context)
    assert isinstance(newest, Activity)
    assert (newest.title, newest.native_id, newest.line) == ("Mend the mast (#12), SAIL-7", sha, 1)
    assert (newest.kind, newest.precision, newest.minutes) == (Kind.COMMIT, Precision.INSTANT, None)
    assert str(newest.start) == "2024-05-01 09:00:00+02:00"
    assert (newest.project, newest.account) == ("boat", "boat")
    assert newest.tags == ("rig", "docs")
    assert newest.references == (sha, "SAIL-7", "boat#12")
    assert isinstance(oldest, Activity)
    assert oldest.tags == ("hull",)


def test_only_the_persons_commits_are_read(repository: Repository, context: Context) -> None:
    repository.commit("hers", "a")
    repository.commit("his", "b", author=BOB)
    repository.commit("hers elsewhere", "c", author="Annie <ANN@Three.example>")
    assert titles(repository.folder, context, "ann@one.example") == ["hers"]
    assert titles(repository.folder, context, "ann@one.example", "ann@three.example") == ["hers elsewhere", "hers"]
    assert titles(repository.folder, context, authors="ann@one.example, bob@two.example") == ["his", "hers"]
    assert titles(repository.folder, context, authors="Annie") == ["hers elsewhere"]


def test_an_address_within_another_is_not_it(repository: Repository, context: Context) -> None:
    repository.commit("his", "a", author="Joann <joann@one.example>")
    repository.commit("hers", "b")
    assert titles(repository.folder, context, "ann@one.example") == ["hers"]


def test_who_the_person_is_is_asked_where_it_cannot_be_known(repository: Repository, context: Context) -> None:
    repository.commit("one", author=BOB)
    repository.commit("two", author=BOB)
    repository.commit("three")
    with pytest.raises(Question) as asked:
        read(repository.folder, context)
    assert asked.value.key == "authors"
    assert [each.value for each in asked.value.options] == ["bob@two.example", "ann@one.example"]
    assert asked.value.options[0].words == "Bob <bob@two.example>, commits: 2"
    with pytest.raises(Question):
        read(repository.folder, context, "somebody@else.example")
    assert titles(repository.folder, context, authors="nobody@else.example") == []


def test_a_single_author_needs_no_question(repository: Repository, context: Context) -> None:
    repository.commit("one")
    assert titles(repository.folder, context) == ["one"]


def test_the_mailmap_says_who_is_who(repository: Repository, context: Context) -> None:
    repository.commit("old address", author="Ann <ann@old.example>")
    (repository.folder / ".mailmap").write_text("Ann <ann@one.example> <ann@old.example>\n")
    repository.commit("new address")
    assert titles(repository.folder, context, "ann@one.example") == ["new address", "old address"]


def test_all_branches_count_once_and_a_stash_does_not(repository: Repository, context: Context) -> None:
    repository.commit("base", "a")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("aside", "b")
    repository.git("checkout", "-q", "main")
    repository.commit("ahead", "c")
    repository.git("merge", "-q", "--no-ff", "-m", "joined", "side")
    (repository.folder / "a").write_text("unfinished")
    repository.git("stash")
    found = read(repository.folder, context, "ann@one.example", "c@c.example")
    assert sorted(each.title for each in found if isinstance(each, Activity)) == ["ahead", "aside", "base", "joined"]
    assert next(each for each in found if isinstance(each, Activity) and each.title == "joined").tags == ()


def test_bare_shallow_detached_and_empty_repositories_are_read(
    repository: Repository, context: Context, tmp_path: Path
) -> None:
    repository.commit("first", "a/x")
    repository.commit("second", "b/x")
    address = repository.folder.as_uri()
    repository.git("clone", "-q", "--bare", address, str(tmp_path / "bare.git"))
    repository.git("clone", "-q", "--depth=1", address, str(tmp_path / "shallow"))
    repository.git("checkout", "-q", "--detach", "HEAD~1")
    assert titles(tmp_path / "bare.git", context) == ["second", "first"]
    assert titles(tmp_path / "shallow", context) == ["second"]
    assert titles(repository.folder, context) == ["second", "first"]
    assert titles(repository.folder / ".git", context) == ["second", "first"]
    assert Git().account(tmp_path / "bare.git") == "bare"
    assert Git().account(repository.folder / ".git") == "boat"
    assert titles(Repository(tmp_path / "empty").folder, context, "ann@one.example") == []


def test_odd_subjects_and_names_come_through(repository: Repository, context: Context) -> None:
    odd = "\x1b[31m\u202eevil <img onerror=x> \u00e9"
    repository.commit(odd, "a\nb/c", "\x01commit/d", "\u00e9/f")
    repository.commit("after", "x")
    after, first = read(repository.folder, context)
    assert isinstance(first, Activity)
    assert first.title == odd
    assert set(first.tags) == {"a\nb", "\x01commit", "\u00e9"}
    assert isinstance(after, Activity)
    assert after.title == "after"


def raw_commit(repository: Repository, author_line: bytes) -> None:
    """Write a commit that git itself would not make, as the newest one."""
    tree = repository.git("rev-parse", "HEAD^{tree}")
    parent = repository.git("rev-parse", "HEAD")
    body = f"tree {tree}\nparent {parent}\n".encode() + author_line + b"\ncommitter C <c@c.example> 1 +0000\n\nodd\n"
    command = ["git", "-C", str(repository.folder), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    made = subprocess.run(command, input=body, capture_output=True, check=True).stdout.decode().strip()
    repository.git("update-ref", "refs/heads/main", made)


@pytest.mark.promise("P13")
@pytest.mark.parametrize(
    "author_line",
    [
        b"author Ann <ann@one.example> 99999999999999 +0200",
        b"author Ann <ann@one.example> 253402300799 +2359",
        b"author Ann <ann@one.example>",
        b"author Ann <ann@one.example> 1714546800 +9959",
        b"author Ann <ann@one.example> words +0000",
    ],
)
def test_impossible_dates_are_problems_or_readable(
    repository: Repository, context: Context, author_line: bytes
) -> None:
    repository.commit("fine", "a")
    raw_commit(repository, author_line)
    odd, fine = read(repository.folder, context, "ann@one.example")
    assert isinstance(fine, Activity)
    assert isinstance(odd, Activity) or "no possible date" in odd.reason


@pytest.mark.promise("P9")
def test_a_damaged_history_gives_what_can_be_read(repository: Repository, context: Context) -> None:
    first = repository.commit("first", "a")
    repository.commit("second", "b")
    lost = repository.folder / ".git" / "objects" / first[:2] / first[2:]
    lost.unlink()
    found = read(repository.folder, context, "ann@one.example")
    assert found
    assert isinstance(found[-1], Problem)
    assert "git stopped before the end" in found[-1].reason


def test_what_is_no_repository_says_so(tmp_path: Path, context: Context) -> None:
    with pytest.raises(Unreadable, match="not a git repository"):
        read(tmp_path, context)
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    with pytest.raises(Unreadable, match="git cannot read it"):
        read(tmp_path, context)


def test_a_broken_repository_is_not_taken_for_the_one_around_it(repository: Repository, context: Context) -> None:
    repository.commit("around")
    inner = repository.folder / "inner"
    (inner / ".git").mkdir(parents=True)
    with pytest.raises(Unreadable):
        read(inner, context)


def test_git_must_be_there(repository: Repository, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable, match="not installed"):
        read(repository.folder, context)


HOSTILE = """
[core]
    repositoryformatversion = 1
    fsmonitor = {trap}
    hooksPath = {hooks}
    pager = {trap}
    editor = {trap}
    sshCommand = {trap}
    attributesFile = {fifo}
    alternateRefsCommand = {trap}
[pager]
    log = {trap}
[alias]
    log = !{trap}
[log]
    showSignature = true
    mailmap = true
    diffMerges = on
[format]
    pretty = %G?
[gpg]
    program = {trap}
[gpg "ssh"]
    program = {trap}
[diff]
    external = {trap}
    orderFile = {fifo}
[diff "evil"]
    command = {trap}
    textconv = {trap}
[filter "evil"]
    smudge = {trap}
    clean = {trap}
[mailmap]
    file = {fifo}
[credential]
    helper = {trap}
[extensions]
    partialClone = origin
[remote "origin"]
    url = ext::{trap}
    promisor = true
    uploadpack = {trap}
[protocol]
    allow = always
[trace2]
    eventTarget = {trace}
[uploadpack]
    packObjectsHook = {trap}
"""


@pytest.fixture
def hostile(repository: Repository, tmp_path: Path) -> tuple[Repository, Path]:
    """Return a repository that runs a trap at every chance its configuration has, and the file the trap writes."""
    sprung = tmp_path / "sprung"
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\necho sprung >> {sprung}\n")
    trap.chmod(0o700)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"):
        (hooks / name).symlink_to(trap)
    os.mkfifo(tmp_path / "fifo")
    (repository.folder / ".gitattributes").write_text("* diff=evil filter=evil\n")
    repository.commit("harmless", "a/x.txt")
    signed = (
        b"author Ann <ann@one.example> 1 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----"
    )
    raw_commit(repository, signed)
    told = HOSTILE.format(trap=trap, hooks=hooks, fifo=tmp_path / "fifo", trace=tmp_path / "trace")
    (repository.folder / ".git" / "config").write_text(told)
    return repository, sprung


@pytest.mark.promise("P9")
@pytest.mark.promise("P14")
def test_a_hostile_configuration_runs_nothing(hostile: tuple[Repository, Path], context: Context) -> None:
    repository, sprung = hostile
    assert titles(repository.folder, context, "ann@one.example") == ["odd", "harmless"]
    assert titles(repository.folder, context, authors="") == ["odd", "harmless"]
    assert not sprung.exists()


@pytest.mark.promise("P11")
def test_a_missing_object_is_not_fetched(hostile: tuple[Repository, Path], context: Context) -> None:
    repository, sprung = hostile
    parent = repository.folder / ".git" / "objects"
    for tree in [each for each in parent.glob("??/*") if each.is_file()][:3]:
        tree.unlink()
    with suppress(Unreadable):
        read(repository.folder, context, "ann@one.example")
    assert not sprung.exists()


def test_the_trap_would_spring_without_care(hostile: tuple[Repository, Path]) -> None:
    repository, sprung = hostile
    careless = ["git", "-C", str(repository.folder), "-c", "core.attributesFile=", "-c", "mailmap.file=", "log", "-1"]
    subprocess.run(careless, capture_output=True, check=False)
    assert sprung.exists()
