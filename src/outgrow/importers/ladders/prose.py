"""A ladder written as prose: Markdown whose headings are levels and topics, in either order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from outgrow.importers.contract import Unreadable
from outgrow.importers.ladders.draft import Draft, titled, undecorated

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_BULLET = re.compile(r"([ \t]*)(?:[-*+]|\d{1,4}[.)])[ \t]+(.*)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)")
_LEVEL_WORD = re.compile(
    r"level|grade|band|rank|tier|step|stage|\d+|[ivx]+|[a-z]{1,2}\d{1,2}|junior|associate|mid|middle|senior|staff|lead|"
    r"principal|expert|head|director|chief|manager|fellow|distinguished|graduate|trainee|intern|entry|apprentice",
)
_MARKUP = re.compile(r"\*\*|__|`|!?\[([^\]\n]*)\]\([^)\s]*\)")
_TITLE = 1


@dataclass(slots=True)
class _Item:
    """A paragraph or a bullet, with the bullets within it."""

    line: int
    text: str
    bullet: bool = False
    within: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """What stands under a heading, up to the next one; `path` are the headings above it by depth, its own last."""

    path: dict[int, str]
    depth: int
    items: list[_Item] = field(default_factory=list)


def read_prose(lines: Sequence[str], first: int, draft: Draft) -> None:
    """Add to the draft what the lines say, the first of them being line `first` of the file.

    Raises Unreadable where no heading looks like a level.
    """
    sections = list(_sections(lines, first, draft))
    depth = _depth_of_levels(sections)
    titles = [each.path[_TITLE] for each in sections if each.depth == _TITLE]
    if not draft.name and len(titles) == 1 and depth != _TITLE:
        draft.name = undecorated(titles[0])
    with_more = {each.path[depth] for each in sections if depth in each.path and len(each.path) > _in(each, depth)}
    for each in sections:
        if depth in each.path:
            _section(each, depth, draft, summarised=each.depth == depth and each.path[depth] in with_more)


def _in(section: _Section, depth: int) -> int:
    """Return how many headings of a section lie above or at a depth."""
    return sum(each <= depth for each in section.path)


def _section(section: _Section, depth: int, draft: Draft, *, summarised: bool) -> None:
    """Add what a section says its level expects, or, before the topics of a level, what the level is."""
    level = draft.level(section.path[depth])
    if summarised:
        said = draft.levels[level].summary
        summary = " ".join([said, *(each.text for each in section.items)])
        draft.describe(level, summary)
        return
    others = [name for at, name in sorted(section.path.items()) if at not in {depth, _TITLE}]
    for each in section.items:
        draft.expect(level, titled(others[-1]) if others else "", each.text, each.within)


def _sections(lines: Sequence[str], first: int, draft: Draft) -> Iterator[_Section]:
    """Part the lines by their headings; what stands before the first one is the ladder's own summary."""
    section = _Section({}, 0)
    for line, text in _visible(lines, first):
        heading = _HEADING.fullmatch(text)
        if heading:
            yield section
            depth = len(heading[1])
            above = {at: name for at, name in section.path.items() if at < depth}
            section = _Section({**above, depth: _plain(heading[2] or "")}, depth)
        elif text.lstrip().startswith("|"):
            draft.problem(line, "a row of a table in Markdown is not read", "Save the table as CSV.", text)
        else:
            _take(section, line, text)
    yield section


def _visible(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """Yield the lines that are no code and no comment, each with its number."""
    fence = comment = False
    for number, text in enumerate(lines, first):
        if text.lstrip().startswith(("```", "~~~")):
            fence = not fence
        elif not fence:
            comment = comment or text.lstrip().startswith("<!--")
            if not comment:
                yield number, text
            comment = comment and "-->" not in text


def _take(section: _Section, line: int, text: str) -> None:
    """Add a line of text to a section: a bullet of its own, one within another, or more of a paragraph."""
    bullet = _BULLET.fullmatch(text)
    said = _plain(bullet[2] if bullet else text)
    last = section.items[-1] if section.items else None
    if not said or _RULE.fullmatch(text):
        section.items.append(_Item(line, ""))
    elif bullet and bullet[1] and last and last.bullet:
        last.within.append(said)
    elif bullet:
        section.items.append(_Item(line, said, bullet=True))
    elif last and last.text:
        last.text = f"{last.text} {said}"
    else:
        section.items.append(_Item(line, said))


def _plain(text: str) -> str:
    """Return a text without the signs of bold, code and links."""
    return _MARKUP.sub(lambda found: found[1] or "", text).strip()


def _depth_of_levels(sections: Sequence[_Section]) -> int:
    """Return the depth at which the largest share of headings reads like levels, the outer one of two alike."""
    shares = {}
    for depth in range(1, 7):
        names = [each.path[depth] for each in sections if each.depth == depth]
        if names:
            shares[depth] = sum(map(_reads_like_a_level, names)) / len(names)
    best = max(shares, key=lambda each: shares[each], default=0)
    if not best or not shares[best]:
        reason = "no heading of it reads like a level"
        raise Unreadable(reason, 'Head each level with its name, such as "## Level 1" or "## Senior".')
    return best


def _reads_like_a_level(name: str) -> bool:
    return any(_LEVEL_WORD.fullmatch(word) for word in re.findall(r"\w+", name.casefold()))
