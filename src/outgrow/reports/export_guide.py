"""What an export holds, in words: the page that lies in it, made from the tables it was written by."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from outgrow.reports.spreadsheet import TABLES
from outgrow.store import versions
from outgrow.store.parcel import FORMAT
from outgrow.store.plain import KINDS

_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "null"}

_HEAD = """# Everything outgrow keeps about you

Format {format}. `outgrow restore` puts all of it back, from the folder or the ZIP; other programs can read it as well.
All of it is plain text in UTF-8, but for the files you kept:

- **Files that end in .jsonl** hold the records, one JSON object in each line, ordered by their numbers. `restore` reads
  these. Moments are ISO 8601 with the offset from UTC that held for you then, days are ISO 8601.
- **tables/** holds the most useful of it once more for spreadsheets: CSV after RFC 4180, with a byte order mark. What a
  spreadsheet would take for a formula has an apostrophe before it. `restore` does not read these.
- **files/** holds the files you kept as evidence, each under the SHA-256 of its bytes. How each is called stands in
  versions.jsonl, under `files`.
- **manifest.json** has the size, the SHA-256 and the number of records of every file. `restore` refuses what does not
  fit it.

What is computed from the rest (hours, kinds of work, guesses) is not in it: it comes out the same again. Nothing you
said was ever rewritten: what you took back is here too, beside the statement that took it back.
"""


def render() -> str:
    """Return the page."""
    return "\n".join([_HEAD.format(format=FORMAT), *_kinds(), *_bodies(), *_tables()])


def _kinds() -> Iterator[str]:
    for kind in KINDS:
        yield f"## {kind.file}\n\n{kind.about}\n\n| field | value | what it says |\n|---|---|---|"
        yield from (f"| `{field.name}` | {field.form.word} | {field.about} |" for field in kind.fields)
        yield ""


def _bodies() -> Iterator[str]:
    """Describe what the bodies of versions hold, and what lies within them."""
    yield "## The bodies in versions.jsonl\n\nOf each kind, and of what lies within it:\n"
    words = {kind: word for word, kind in versions.KINDS.items()}
    shown = dict.fromkeys(each for kind in words for each in _reached(kind))
    for each in shown:
        about = " ".join((each.__doc__ or "").split())
        yield f"### {words.get(each, each.__name__)}\n\n{about}\n\n| field | value |\n|---|---|"
        hints = get_type_hints(each)
        yield from (f"| `{field.name}` | {_value(hints[field.name])} |" for field in fields(each))
        yield ""


def _reached(kind: type) -> Iterator[type[Any]]:
    """Yield a dataclass and those in its fields."""
    yield kind
    for hint in get_type_hints(kind).values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and is_dataclass(part):
                yield from _reached(part)


def _value(hint: Any) -> str:  # noqa: ANN401 - whatever stands as a type
    """Say a type in words."""
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    if get_origin(hint) is Mapping:
        return f"object of {_value(parts[1])} by {_value(parts[0])}"
    if get_origin(hint) in {tuple, frozenset}:
        return f"list of {_value(parts[0])}"
    if parts:
        return " or ".join(map(_value, parts))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return f"one of {', '.join(str(each.value) for each in hint)}"
    return _PLAIN.get(hint) or {"date": "day", "datetime": "moment"}.get(hint.__name__, hint.__name__)


def _tables() -> Iterator[str]:
    for name, table in TABLES.items():
        yield f"## tables/{name}.csv\n\n{table.about}\n\n| column | what it says |\n|---|---|"
        yield from (f"| `{column}` | {about} |" for column, about in table.columns.items())
        yield ""
