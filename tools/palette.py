"""Makes a PNG small: at most 256 colours, and each point an index into them. The browser decodes what it drew."""

import base64
import struct
import zlib
from collections.abc import Iterable

from playwright.sync_api import Page

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INDEXED = 3
#: Takes the most frequent colours and gives every point the nearest of them.
_COUNT = """async png => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const points = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
    const often = new Map();
    for (const point of points) often.set(point, (often.get(point) ?? 0) + 1);
    const palette = [...often.keys()].sort((a, b) => often.get(b) - often.get(a) || a - b).slice(0, 256);
    const parts = colour => [colour & 255, colour >> 8 & 255, colour >> 16 & 255];
    const far = (a, b) => parts(a).reduce((sum, part, i) => sum + (part - parts(b)[i]) ** 2, 0);
    const nearest = new Map(palette.map((colour, place) => [colour, place]));
    for (const colour of often.keys()) {
        if (nearest.has(colour)) continue;
        const distances = palette.map(each => far(colour, each));
        nearest.set(colour, distances.indexOf(Math.min(...distances)));
    }
    const text = Array.from(points, point => String.fromCharCode(nearest.get(point)));
    return { width: image.width, palette: palette.flatMap(parts), points: text.join("") };
}"""


def small(page: Page, png: bytes) -> bytes:
    """Return the picture with at most 256 colours; the page is any that may fetch data."""
    found = page.evaluate(_COUNT, base64.b64encode(png).decode())
    width, points = int(found["width"]), str(found["points"]).encode("latin-1")
    lines = [points[start : start + width] for start in range(0, len(points), width)]
    return _SIGNATURE + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, len(lines), 8, _INDEXED, 0, 0, 0)),
            (b"PLTE", bytes(found["palette"])),
            (b"IDAT", zlib.compress(_unfiltered(lines), 9)),
            (b"IEND", b""),
        )
    )


def _unfiltered(lines: Iterable[bytes]) -> bytes:
    """Return the lines as the format wants them, each after a zero that says that it stands as it is."""
    return b"".join(b"\0" + line for line in lines)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
