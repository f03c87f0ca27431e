"""The shapes in which ladders are written down as YAML or JSON, told apart by what they hold."""

import re
from collections.abc import Iterator

from outgrow.importers.ladders.draft import NAME_CHARS, TEXT_CHARS, Draft, as_rank, clean, titled, undecorated
from outgrow.importers.ladders.tree import Node
from outgrow.model.ladder import Level

STATEMENTS = ("expectations", "competencies", "criteria", "statements", "behaviours", "behaviors", "skills")
TOPICS = ("topics", "themes", "areas", "categories", "dimensions", "kinds", *STATEMENTS)
LEVELS = ("levels", "grades", "bands", "ladder")
LEVEL = ("level", "grade", "band")
NAME = ("title", "name", "label")
KIND = ("kind", "theme", "topic", "area", "category", "domain", "dimension", "competency")
TEXT = ("text", "summary", "description", "criteria", "criterion", "expectation", "statement", "behaviour", "behavior")
EXAMPLES = ("examples", "example")
_WITH_EXAMPLES = "examplecriteria"
_WITHIN = ("content", *LEVELS)
#: What stands where a criterion should, and groups those that are given as its examples: "Criteria for grade 1B".
_GROUP = re.compile(r"criteria (?:for|of) (.+?):?", re.IGNORECASE)


#: What repeats no more than that the level below holds as well, which every step knows: "All criteria from level one".
_SAME_AS_BELOW = re.compile(
    r"(?:all|same) (?:the )?(?:criteria|expectations) (?:from|of|as|for|in) .{0,40}\b(?:level|grade|band)\b.{0,20}",
    re.IGNORECASE,
)


def read_tree(root: Node, draft: Draft) -> None:
    """Add to the draft what a tree says of a ladder: its name, its levels and what they expect."""
    draft.own = root.get("outgrow").text == "ladder"
    draft.name = root.get("name").text or undecorated(root.get("title").text)
    draft.summary = root.get("summary", "description").text
    for level in root.get(*LEVELS).items:
        _level(level, draft)
    for level, name in _entries(root.get(*LEVELS)):
        _statements(level, draft, draft.level(name), "")
    kinds = {each.get("id", "name").text: titled(each.get(*NAME, "id").text) for each in root.get(*TOPICS).items}
    for names in dict.fromkeys((*TOPICS, *STATEMENTS)):
        for each in root.get(names).items:
            _listed(each, draft, kinds, is_topic=names not in STATEMENTS)


def _entries(node: Node) -> Iterator[tuple[Node, str]]:
    for name, each in node.fields.items():
        yield each, name


def _level(node: Node, draft: Draft) -> None:
    """Add a level, and what it says itself that it expects."""
    name = node.text or node.get(*NAME).text
    own_id = clean(node.get("id", "key").text, NAME_CHARS)
    if not own_id and not name:
        draft.problem(node.line, "this level has neither an id nor a name", "Give it a name.", _raw(node))
        return
    if own_id in draft.levels:
        draft.problem(node.line, f"there is a level {own_id[:60]!r} already", "Give each its own id.", _raw(node))
        return
    level = own_id or draft.level(name)
    draft.add(
        Level(
            id=level,
            name=clean(name, NAME_CHARS) or level,
            rank=as_rank(node.get("rank").text),
            track=clean(node.get("track").text, NAME_CHARS),
            summary=clean(node.get("summary", "description").text, TEXT_CHARS),
        )
    )
    for names in STATEMENTS:
        _statements(node.get(names), draft, level, "")


def _listed(node: Node, draft: Draft, kinds: dict[str, str], *, is_topic: bool) -> None:
    """Add an entry of a list: a topic with its levels, or one statement that names its level."""
    within = node.get(*_WITHIN)
    if within:
        _topic(node, within, draft)
        return
    level = node.get(*LEVEL).text
    if not level:
        if not is_topic or node.get(*STATEMENTS, *EXAMPLES):
            draft.problem(node.line, "this names no level", "Say which level expects it: level: ...", _raw(node))
        return
    known = draft.known(level) or (draft.level(level) if not draft.levels else "")
    kind = node.get(*KIND).text
    if known:
        _add(node, draft, known, kinds.get(kind, kind))
    else:
        reason = f"the level {level[:60]!r} is not among those the file lists"
        draft.problem(node.line, reason, "Correct the name, or list that level.", _raw(node))


def _topic(node: Node, within: Node, draft: Draft) -> None:
    """Add what each level expects under one topic."""
    kind = titled(node.get(*NAME, "id").text)
    for each in within.items:
        level = each.get(*LEVEL, "id", "name").text
        if level:
            _content(each, draft, draft.level(level), kind)
        else:
            draft.problem(each.line, "this names no level", "Say which level expects it: level: ...", _raw(each))
    for each, level in _entries(within):
        _statements(each, draft, draft.level(level), kind)


def _content(node: Node, draft: Draft, level: str, kind: str) -> None:
    """Add what stands under one level of a topic."""
    for name, each in node.fields.items():
        if name == _WITH_EXAMPLES or name in (*STATEMENTS, *TEXT):
            _statements(each, draft, level, kind)
        elif name not in (*LEVEL, "id", "name") and each:
            draft.problem(each.line, f"{name!r} is nothing that levels expect", "Put it under criteria.", _raw(each))


def _statements(node: Node, draft: Draft, level: str, kind: str) -> None:
    """Add statements: a list, a single one, or lists by their kind."""
    if node.fields and not node.get(*TEXT):
        for name, each in node.fields.items():
            _statements(each, draft, level, kind or titled(name))
        return
    for each in filter(None, node.each()):
        _add(each, draft, level, each.get(*KIND).text or kind)


def _add(node: Node, draft: Draft, level: str, kind: str) -> None:
    """Add one statement with its examples. Where it is the heading of a group, its examples are what is expected."""
    text = node.text or " ".join(each.text for each in node.get(*TEXT).leaves())
    examples = [each.text for each in node.get(*EXAMPLES).leaves()]
    group = _GROUP.fullmatch(text.strip())
    if not text:
        draft.problem(node.line, "this says nothing that could be expected", "Give it a text.", _raw(node))
    elif _SAME_AS_BELOW.fullmatch(text.strip()) and not draft.own:
        draft.references += 1
    elif group and examples and not draft.own:
        for each in examples:
            draft.expect(level, kind, f"{each.strip()} ({group[1]})")
    else:
        draft.expect(level, kind, text, examples, node.get("id").text)


def _raw(node: Node) -> str:
    return "\n".join(each.text for each in node.leaves())
