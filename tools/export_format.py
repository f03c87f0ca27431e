"""Writes docs/export.md, the page that lies in every export: ``.env/check/bin/python -m tools.export_format``."""

from outgrow.reports import export_guide
from tools.environment import ROOT, tell

PAGE = ROOT / "docs" / "export.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(export_guide.render())
    tell(str(PAGE.relative_to(ROOT)))


if __name__ == "__main__":
    main()
