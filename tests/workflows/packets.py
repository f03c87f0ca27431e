"""A ledger to make packets from, every text of which says who it was with and what it was about."""

from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, EvidenceKind, KeptFile, Link, Polish
from outgrow.model.held_role import HeldRole
from outgrow.model.ladder import Expectation, Expected, Ladder, Level, NoChance
from outgrow.store import journal, versions
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.workspace import Workspace
from tests.reports.packet.filling import DAY, filled

#: A person, a project, a word of one's own, and a number: each stands in every text.
PERSON, PROJECT, WORD, NUMBER = "Xanthippe Quill", "Vermillox", "Zephyrion", "48213"
TEXT = f"with {PERSON}'s {PROJECT} and {WORD} {NUMBER}"


def fill(workspace: Workspace) -> tuple[int, int, int]:
    """Write a ladder, capabilities, evidence and a role; return two capabilities and evidence that is for neither."""
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        levels = [filled(Level, TEXT, id=name, name=f"{name} {TEXT}", rank=rank, track="") for rank, name in LEVELS]
        asked = [filled(Expectation, TEXT, id=name, level="next", text=f"{name} {TEXT}") for name in ("one", "two")]
        ladder = versions.put(
            change, filled(Ladder, TEXT, levels=tuple(levels), expectations=tuple(asked), shipped=False), at
        )
        versions.put(change, NoChance(expected=Expected(ladder, "two"), note=f"no budget {TEXT}"), at)
        able = versions.put(change, _capability(ladder, "able"), at)
        bare = versions.put(change, _capability(ladder, "bare"), at)
        versions.put(change, _evidence("for it", capabilities=(able,)), at)
        loose = versions.put(change, _evidence("loose", expectations=(Expected(ladder, "one"),)), at)
        versions.put(change, filled(HeldRole, TEXT, first=DAY, last=None), at)
    set_aim(workspace, ladder, "now", "next")
    return able, bare, loose


LEVELS = ((1, "now"), (2, "next"))


def _capability(ladder: int, name: str) -> Capability:
    return filled(
        Capability,
        TEXT,
        name=f"{name} {TEXT}",
        reached=(filled(Reached, TEXT, state=CapabilityState.CLAIMED, evidence=()),),
        workstream="",
        superseded_by=None,
        merged_into=None,
        expectations=(Expected(ladder, "one"),) if name == "able" else (),
    )


def _evidence(name: str, **links: object) -> Evidence:
    loose: dict[str, object] = {"activities": (), "capabilities": (), "expectations": (), "suggestion": ""}
    return filled(
        Evidence,
        TEXT,
        action=f"{name} {TEXT}",
        seen_by=(f"{PERSON} (finance)", f"xanthippe.quill{NUMBER}@example.com"),
        polish=Polish.SOLID,
        kind=EvidenceKind.ARTEFACT,
        links=(Link(url=f"https://example.com/{WORD}/%58anthippe?p={PROJECT}&n={NUMBER}", note=f"note {TEXT}"),),
        files=(KeptFile(name=f"file_{TEXT}.pdf", sha256="0" * 64, size=10),),
        **{**loose, **links},
    )
