"""Reads a drawing back."""

from xml.etree import ElementTree as ET

from outgrow.reports.charts.chart import Chart


def read(markup: str) -> ET.Element:
    """Parse markup that was drawn here; anything that is not well-formed is refused."""
    return ET.fromstring(markup)  # noqa: S314 - drawn by the code under test


def drawings(chart: Chart) -> list[ET.Element]:
    """Return the narrow and the wide drawing of a chart."""
    return list(read(f"<div>{chart.svg}</div>"))


def having(drawing: ET.Element, class_: str) -> list[ET.Element]:
    """Return the elements of a class."""
    return [each for each in drawing.iter() if class_ in each.get("class", "").split()]
