"""Reads a PDF as a browser prints it: its text through the tables of its fonts, and all its bytes unpacked."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|(ET)")
_ONE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>(?! <)")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>")


def unpacked(pdf: bytes) -> bytes:
    """Return all that is in it, streams unpacked."""
    return b"\n".join([pdf, *_streams(_objects(pdf)).values()])


def text_of(pdf: bytes) -> str:
    """Return its text, a line for each run of glyphs."""
    return "\n".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    objects = _objects(pdf)
    streams = _streams(objects)
    pages = [body for body in objects.values() if b"/Type /Page\n" in body]
    return [_page(page, objects, streams) for page in pages]


def _objects(pdf: bytes) -> dict[bytes, bytes]:
    return {found[1]: found[2] for found in _OBJECT.finditer(pdf)}


def _streams(objects: dict[bytes, bytes]) -> dict[bytes, bytes]:
    packed = {number: found[1] for number, body in objects.items() if (found := _STREAM.search(body))}
    flate = {number: packed[number] for number in packed if b"/FlateDecode" in objects[number].split(b"stream")[0]}
    return {number: zlib.decompress(data) for number, data in flate.items()}


def _page(page: bytes, objects: dict[bytes, bytes], streams: dict[bytes, bytes]) -> str:
    fonts = {name: _letters(objects[number], streams) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
    content = re.search(rb"/Contents (\d+) 0 R", page)
    assert content
    said, letters = "", dict[int, str]()
    for font, glyphs, end in _SHOWN.findall(streams[content[1]]):
        letters = fonts[font] if font else letters
        said += "\n" if end else ""
        said += "".join(letters.get(int(glyphs[at : at + 4], 16), "?") for at in range(0, len(glyphs), 4))
    return said


def _letters(font: bytes, streams: dict[bytes, bytes]) -> dict[int, str]:
    """Return what each glyph of a font stands for."""
    table = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not table:
        return {}
    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar\n(.*?)\nendbfchar", streams[table[1]], re.DOTALL):
        found |= {
            int(glyph, 16): bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in _ONE.findall(part)
        }
    for part in re.findall(rb"beginbfrange\n(.*?)\nendbfrange", streams[table[1]], re.DOTALL):
        for first, last, code in _RANGE.findall(part):
            glyphs = range(int(first, 16), int(last, 16) + 1)
            found |= {glyph: chr(int(code, 16) + place) for place, glyph in enumerate(glyphs)}
    return found
