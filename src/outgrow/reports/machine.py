"""The `--json` form of a view: the same values in a documented, versioned shape."""

import msgspec

#: Rises when a field changes its meaning or goes; new fields may come within a version.
VERSION = 1


def document(name: str, view: object) -> str:
    """Return a view as one JSON document that names its kind and version; fractions stay fractions, dates ISO."""
    fields = msgspec.to_builtins(view)
    body = fields if isinstance(fields, dict) else {"items": fields}
    return msgspec.json.format(msgspec.json.encode({"outgrow": name, "version": VERSION, **body}), indent=2).decode()
