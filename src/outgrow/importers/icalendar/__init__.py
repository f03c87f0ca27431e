"""Calendar files (iCalendar, RFC 5545), however broken."""

from outgrow.importers.icalendar.reader import ICalendar

__all__ = ["ICalendar"]
