"""Puts a packet together: what it claims, what that rests on, how it was found out, and what is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from outgrow.analysis.readiness import RowState
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import EvidenceKind
from outgrow.model.share import Certainty, Unit
from outgrow.reports.packet import share_chart
from outgrow.reports.packet.blocks import (
    Block,
    Box,
    Drawing,
    Grid,
    Heading,
    Items,
    Line,
    Paragraph,
    Run,
    line,
    separated,
)
from outgrow.reports.packet.redaction import Redaction
from outgrow.reports.packet.view import (
    Hidden,
    PacketCapability,
    PacketClaim,
    PacketEvidence,
    PacketRole,
    PacketRow,
    PacketShare,
    PacketView,
)
from outgrow.reports.words import count, hours, percent, percent_range

OWN_WORD = "the person's own word"
_LISTED = 3  # things of a sort named in the box on the first page
#: Characters of what is told before the two boxes, and of each name: so both stand on the first page.
_ROOM, _LONGEST = 1100, 140
_MUCH_SEEN = 0.75
_KINDS = {
    EvidenceKind.MY_WORD: OWN_WORD,
    EvidenceKind.ARTEFACT: "an artefact",
    EvidenceKind.SOMEBODY: "somebody else's word",
    EvidenceKind.REPETITION: "done again",
}
_MEANINGS = {
    CapabilityState.CLAIMED: "said",
    CapabilityState.SHOWN: "done once, with evidence",
    CapabilityState.REPEATED: "done several times, with evidence",
    CapabilityState.TAUGHT: "others do it because of it",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A packet ready to be written in a format: its title, and its blocks in reading order."""

    title: str
    blocks: tuple[Block, ...]


def compose(view: PacketView, redaction: Redaction) -> Paper:
    """Put a packet together; our own words are blacked out, too, where they are among those that are."""
    opening = [Paragraph(line(part)) for part in view.opening.split("\n\n") if part.strip()]
    is_short = len(view.opening) < _ROOM // 2
    blocks = [
        *_head(view),
        *(opening if is_short else ()),
        *_summary(view, _ROOM - len(view.opening) * is_short),
        Box("sides", (_method(view), _missing(view)), whole=False),
        *(() if is_short else opening),
        *_then_and_now(view, redaction),
        *_capabilities(view),
        *_further(view),
        *_step(view),
        *_addresses(view.evidence),
    ]
    return Paper(redaction.black_out(title(view)), tuple(each.over(redaction.black_out) for each in blocks))


def title(view: PacketView) -> str:
    """Say what the packet is."""
    return view.title or ("Capabilities gained" if _is_numberless(view) else f"Capabilities gained: {view.period}")


def _is_numberless(view: PacketView) -> bool:
    """Whether numbers are blacked out: then we say what we can without them."""
    return Hidden.NUMBERS in view.hidden


def _head(view: PacketView) -> Iterator[Block]:
    yield Heading(1, line(title(view)))
    whom = [f"For {view.audience}"] if view.audience else []
    of = [view.period] if view.title else []
    yield Paragraph(line(" \N{MIDDLE DOT} ".join([*whom, *of, f"as of {view.made.said}"])), "lead")


def _summary(view: PacketView, room: int) -> Iterator[Block]:
    """Yield each capability with its highest state and the way to its evidence, as far as there is room."""
    lines = [_in_short(each) for each in view.capabilities]
    sizes = accumulate(sum(len(run.said) for run in each) for each in lines)
    shown = [each for each, size in zip(lines, sizes, strict=True) if size <= room]
    if len(shown) < len(lines):
        shown.append(line("and more, which stand below"))
    if shown:
        yield Items(tuple(shown))


def _in_short(each: PacketCapability) -> Line:
    latest = each.claims[-1]
    name = Run(_cut(each.name), strong=True)
    return line(name, f": {latest.state.value} {latest.day.said}, ", *_rests_on(latest))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _rests_on(claim: PacketClaim) -> Iterator[Run]:
    """Yield the letters of the evidence for a claim, or that there is none."""
    yield Run("evidence\N{NO-BREAK SPACE}") if claim.refs else Run(OWN_WORD)
    yield from _letters(claim.refs)


def _letters(refs: Sequence[str]) -> Iterator[Run]:
    yield from separated([Run(ref, to=ref) for ref in refs])


def _method(view: PacketView) -> Block:
    blocks: list[Block] = [Heading(2, line("How this was found out")), Paragraph(line(" ".join(method(view))))]
    if view.hidden:
        blocks.append(Paragraph(line(f"Blacked out in this copy: {_listed(view.hidden)}."), "meta"))
    return Box("method", tuple(blocks))


def method(view: PacketView) -> tuple[str, str]:
    """Say in two sentences how what is claimed was found out."""
    stages = _listed([f"{state.value} ({meaning})" for state, meaning in _MEANINGS.items()], "or")
    first = f"Each capability is in the person's own words and is {stages}, with the day and the evidence for it."
    share = view.share
    if share is None:
        return (
            first,
            "Letters lead to the evidence, which says whose word it is and how finished the work was.",
        )
    of = "time" if share.unit is Unit.HOURS else "items"
    given = "in an audit of this very period" if share.drawn else "for other work and on a model"
    return first, (
        f"The growth share is the part of the working {of} that went into work beyond what the person could do "
        f"already; it rests on {count(share.answers, 'answer')} {given}, and lies in its range with a "
        "probability of 95 %."
    )


def _listed(names: Sequence[str], last: str = "and") -> str:
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _missing(view: PacketView) -> Block:
    lines = tuple(missing(view))
    said = lines or (line("Every expectation of the step has some evidence here, and every claim has, too."),)
    return Box("missing", (Heading(2, line("What is missing")), Items(said)))


def missing(view: PacketView) -> Iterator[Line]:
    """Say what is not there: evidence, a chance so far, a number, something to compare with."""
    if not view.capabilities:
        yield line("No capability is shown for this period.")
    bare = [each.name for each in view.capabilities if _is_own_word(each, view.evidence)]
    if bare:
        yield line(f"On {OWN_WORD} alone{_number(view, len(bare), len(view.capabilities))}: {_some(bare)}.")
    yield from _missing_of(view)
    yield from (line(said) for said in _missing_of_share(view))


def _is_own_word(capability: PacketCapability, evidence: Iterable[PacketEvidence]) -> bool:
    kinds = {each.kind for each in evidence if each.ref in capability.refs}
    return kinds <= {EvidenceKind.MY_WORD}


def _number(view: PacketView, some: int, every: int) -> str:
    """Say how many of all."""
    return "" if _is_numberless(view) else f" ({some} of {every})"


def _missing_of(view: PacketView) -> Iterator[Line]:
    if view.step is None:
        yield line("No step to a next level is set, so nothing here says what it expects.")
        return
    for state, words in (
        (RowState.NO_EVIDENCE, "No evidence here yet"),
        (RowState.NO_CHANCE, "No chance so far"),
        (RowState.BEGUN, f"Begun, with {OWN_WORD} alone"),
    ):
        texts = [row.text.rstrip(".") for row in view.step.rows if row.state is state]
        if texts:
            yield line(f"{words}{_number(view, len(texts), len(view.step.rows))}: {_some(texts)}.")


def _some(texts: Sequence[str]) -> str:
    """Name the first few, each in short."""
    more = ["and more"] if len(texts) > _LISTED else []
    return "; ".join([*map(_cut, texts[:_LISTED]), *more])


def _missing_of_share(view: PacketView) -> Iterator[str]:
    if not view.with_share:
        return
    share = view.share
    if share is None:
        yield (
            "The growth share is blacked out."
            if Hidden.NUMBERS in view.hidden
            else "Too few answers for a growth share of this period."
        )
        return
    if not share.drawn:
        yield "This period was not audited itself: its growth share follows from answers for other work."
    if share.coverage is None:
        yield "Nothing measures time here, so the growth share is of items."
    elif share.coverage < _MUCH_SEEN:
        yield f"{percent(share.coverage)} of the usual hours were seen; the growth share describes those."
    if view.year_before is None:
        yield "No growth share is known for a year before."


def _then_and_now(view: PacketView, redaction: Redaction) -> Iterator[Block]:
    lines = [*_in_numbers(view), *_in_roles(view)]
    shares = [each for each in (view.year_before, view.share) if each]
    if not lines and not shares:
        return
    blocks: list[Block] = [Heading(2, line("Then and now"))]
    blocks += [Items(tuple(map(line, lines)))] if lines else []
    if shares:
        said = " ".join(share_sentences(shares))
        blocks += [Paragraph(line(said)), Drawing(redaction.markup(share_chart.draw(said, shares)))]
    yield Box("then", tuple(blocks))


def _in_numbers(view: PacketView) -> Iterator[str]:
    if view.by_now:
        said = count(view.by_now, "capability", "capabilities")
        yield f"{said} in the ledger at the end of the period, {view.earlier or 'none'} before it."


def _in_roles(view: PacketView) -> Iterator[str]:
    then, now = view.role_then, view.role_now
    if now and then == now:
        yield f"The same role throughout: {_role(now)}."
        return
    if then:
        yield f"When the period began: {_role(then)}."
    if now:
        yield f"When it ended: {_role(now)}."


def _role(role: PacketRole) -> str:
    return ", ".join(filter(None, [role.title, role.level, role.scope, f"since {role.since.said}"]))


def share_sentences(shares: Sequence[PacketShare]) -> Iterator[str]:
    """Say the growth share, and beside that of the year before whether the two differ by more than their ranges."""
    then, now = shares[0], shares[-1]
    yield f"{_during(now)} growth work was {_said(now)}."
    if then is not now:
        yield f"{_during(then)} it was {_said(then)}."
        overlap = then.low <= now.high and now.low <= then.high
        yield "The ranges overlap: treat it as unchanged." if overlap else "The ranges do not overlap."


def _during(share: PacketShare) -> str:
    return f"From {share.period}" if " to " in share.period else f"In {share.period}"


def _said(share: PacketShare) -> str:
    of = "of the time" if share.unit is Unit.HOURS else "of the items"
    likely = percent_range(share.low, share.high)
    if share.certainty is Certainty.EARLY:
        return f"{likely} {of}, which is a wide range still"
    return f"about {percent(share.mean)} {of} (likely {likely})"


def _capabilities(view: PacketView) -> Iterator[Block]:
    if not view.capabilities:
        return
    yield Heading(2, line("Capabilities, with their evidence"))
    told: set[str] = set()
    for each in view.capabilities:
        own = [piece for piece in view.evidence if piece.ref in each.refs and piece.ref not in told]
        yield Box("capability", tuple(_capability(each, own, [ref for ref in each.refs if ref in told])))
        told.update(each.refs)


def _capability(each: PacketCapability, evidence: Iterable[PacketEvidence], above: Sequence[str]) -> Iterator[Block]:
    yield Heading(3, line(each.name))
    for claim in each.claims:
        yield Paragraph(line(Run(claim.state.value, strong=True), f" {claim.day.said}: ", *_rests_on(claim)), "state")
    yield from (Paragraph(line(f"Learnt in {said}."), "meta") for said in each.learnt)
    if each.expectations:
        yield Paragraph(line(f"Speaks for: {'; '.join(text.rstrip('.') for text in each.expectations)}."), "meta")
    for piece in evidence:
        yield _evidence(piece)
    if above:
        yield Paragraph(line("See also evidence ", *_letters(above), " above."), "meta")


def _evidence(each: PacketEvidence) -> Block:
    blocks: list[Block] = [
        Paragraph(line(Run(f"{each.ref}  ", strong=True), Run(each.action, strong=True)), "action", each.ref)
    ]
    blocks += [Paragraph(line(f"{name}: {said}")) for name, said in _told(each) if said]
    blocks.append(Paragraph(line(*_about(each)), "meta"))
    return Box("evidence", tuple(blocks))


def _told(each: PacketEvidence) -> tuple[tuple[str, str], ...]:
    return ("Situation", each.situation), ("Result", each.result)


def _about(each: PacketEvidence) -> Iterator[Run]:
    """Yield what kind of evidence it is, when, how long it took, who saw it, and where more of it is."""
    parts = [_KINDS[each.kind], each.polish.value, each.day.said]
    parts += [hours(each.hours)] if each.hours else []
    parts += [f"seen by {', '.join(each.seen_by)}"] if each.seen_by else []
    yield Run(", ".join(parts))
    for link in each.links:
        yield Run("; ")
        yield Run(link.note or link.url or "an address that is blacked out", url=link.url)
    if each.files:
        yield Run(f"; kept: {', '.join(each.files)}")


def _further(view: PacketView) -> Iterator[Block]:
    told = {ref for each in view.capabilities for ref in each.refs}
    rest = [each for each in view.evidence if each.ref not in told]
    if rest:
        yield Heading(2, line("Further evidence" if told else "Evidence"))
        yield from map(_evidence, rest)


def _step(view: PacketView) -> Iterator[Block]:
    step = view.step
    if step is None or not step.rows:
        return
    name = f"From {step.now} to {step.next}" if step.now else f"What {step.next} asks for"
    yield Heading(2, line(f"{name}, expectation by expectation"))
    shown = _number(view, sum(bool(row.refs) for row in step.rows), len(step.rows))
    yield Paragraph(line(f"On the ladder {step.ladder}, with the evidence here{shown}."), "meta")
    yield Grid(("What is expected", "Kind", "Evidence here"), tuple(_row(row) for row in step.rows))


def _row(row: PacketRow) -> tuple[Line, ...]:
    found = line(*_letters(row.refs)) if row.refs else line(_without(row))
    return line(row.text), line(row.kind), found


def _without(row: PacketRow) -> str:
    if row.state is RowState.NO_CHANCE:
        return f"no chance yet: {row.no_chance}" if row.no_chance else "no chance yet"
    return "none here yet"


def _addresses(evidence: Iterable[PacketEvidence]) -> Iterator[Block]:
    """List the addresses, for a reader on paper."""
    lines = [
        line(Run(each.ref, to=each.ref), "  ", Run(link.url, url=link.url))
        for each in evidence
        for link in each.links
        if link.url
    ]
    if lines:
        yield Box("notes", (Heading(2, line("Addresses")), Items(tuple(lines))), whole=False)
