"""Writes small workbooks, sound and hostile, part by part."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: Numbers of the styles: a day, a day with a time, a time, a duration.
DAY, MOMENT, TIME, SPAN = 1, 2, 3, 4


def text(value: str) -> str:
    """Return the inside of a cell that holds a text."""
    return f' t="inlineStr"><is><t>{value}</t></is>'


def shared(*texts: str) -> dict[str, str]:
    """Return the part with the texts that cells share."""
    inside = "".join(f"<si><t>{each}</t></si>" for each in texts)
    return {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{inside}</sst>'}


def number(value: float, style: int = 0) -> str:
    """Return the inside of a cell that holds a number in a style."""
    return f' s="{style}"><v>{value}</v>'


def rows(*cells: tuple[str, ...]) -> str:
    """Return the rows of a sheet, from the insides of their cells ("" for none)."""
    lines = []
    for row, line in enumerate(cells, 1):
        inside = "".join(f'<c r="{_LETTERS[column]}{row}"{cell}</c>' for column, cell in enumerate(line) if cell)
        lines.append(f'<row r="{row}">{inside}</row>')
    return "".join(lines)


def write(path: Path, sheets: Mapping[str, str], more: Mapping[str, str] | None = None) -> Path:
    """Write a workbook of sheets, by name, and further parts."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>' for place, name in numbered)
    related = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{related}<Relationship Id="rId99" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId98" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="22"/><xf numFmtId="21"/><xf numFmtId="46"/></cellXfs></styleSheet>',
        **{
            f"xl/worksheets/sheet{place}.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheets[name]}</sheetData>'
            "</worksheet>"
            for place, name in numbered
        },
        **(more or shared()),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
