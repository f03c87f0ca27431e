"""Lengths of time as people say them."""

from datetime import date, timedelta

from outgrow.reports.words import count

_WEEKS_FROM = 14  # days
_MONTHS_FROM = 61
_YEARS_FROM = 24  # months


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def long(first: date, last: date) -> str:
    """Say how long it is from one day to another, both included: 3 years 2 months, or 5 weeks, or 1 day."""
    after = last if last == date.max else last + timedelta(days=1)
    months = months_between(first, after)
    days = (after - first).days
    if months < 2:  # noqa: PLR2004 - one month says little
        return count(days, "day") if days < _WEEKS_FROM else count(days // 7, "week")
    years = [count(months // 12, "year")] if months >= 12 else []  # noqa: PLR2004 - months of a year
    return " ".join([*years, *([count(months % 12, "month")] if months % 12 else [])])


def age(day: date, today: date) -> str:
    """Say roughly how long ago a day was: today, 5 days, 3 weeks, 4 months, 2 years."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days < _MONTHS_FROM:
        return count(days, "day") if days < _WEEKS_FROM else count(days // 7, "week")
    months = months_between(day, today)
    return count(months, "month") if months < _YEARS_FROM else count(months // 12, "year")


def ago(day: date, today: date) -> str:
    """Say roughly how long ago a day was, in a sentence: today, 3 weeks ago."""
    said = age(day, today)
    return said if said == "today" else f"{said} ago"
