"""Tables of dated work: CSV and XLSX, exports of known programs and anything else with a title and a day."""

from outgrow.importers.table.reader import Table

__all__ = ["Table"]
