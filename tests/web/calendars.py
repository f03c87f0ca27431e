"""Files of the kinds that people hand over, made for the tests."""

from datetime import date, timedelta
from pathlib import Path

TITLES = ("Daily stand-up", "Supplier invoices", "Weekly stock report", "Order desk", "Price list update")
NEW = ("Negotiate carrier contract", "Draft warehouse strategy")
_DAYS = 240


def calendar(path: Path, name: str = "") -> Path:
    """Write a calendar of the last months: routine, something new, and some that count no hours."""
    today = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
    events = []
    for back in range(-7, _DAYS):
        day = today - timedelta(days=back)
        if day.isoweekday() <= 5:
            titles = [TITLES[(back + place) % len(TITLES)] for place in range(3)]
            titles += [NEW[back % 2]] if back < 60 and back % 3 == 0 else []
            events += [_event(f"{back}-{place}", day, 8 + 2 * place, title) for place, title in enumerate(titles)]
    events.append(_event("gone", today - timedelta(days=3), 18, "Called off", "STATUS:CANCELLED"))
    return _written(path, name, events)


def broken(path: Path) -> Path:
    """Write a calendar in which many records cannot be read."""
    good = [_event(f"{n}", date(2026, 3, 2) + timedelta(days=n), 9, "Order desk") for n in range(5)]
    bad = [event.replace("DTSTART:2026", "DTSTART:20-6") for event in good for _ in range(9)]
    return _written(path, "", [*good, *(event.replace("UID:", f"UID:bad{n}") for n, event in enumerate(bad))])


def table(path: Path) -> Path:
    """Write a table whose columns do not say what they are."""
    rows = [f"{n},2026-05-{n + 1:02},{n + 30},Count shelf {n},Plan shelf {n}" for n in range(20)]
    path.write_text("\n".join(["a,b,c,d,e", *rows]) + "\n")
    return path


def many_events(path: Path, number: int) -> Path:
    """Write a time sheet of many rows, the last of them yesterday."""
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the app asks the machine for its own date
    header = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
    rows = []
    for n in range(number):
        day = yesterday - timedelta(days=n // 12)
        title = f"{TITLES[n % 5]} for site {n * 7 % 400}"
        rows.append(f"{title},Acme,{day},{8 + n % 12:02}:00:00,{day},{8 + n % 12:02}:30:00,00:30:00,")
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def _event(uid: str, day: date, hour: int, title: str, *more: str) -> str:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{day:%Y%m%d}T{hour:02}0000Z", f"SUMMARY:{title}"]
    return "\r\n".join([*lines, f"DTEND:{day:%Y%m%d}T{hour + 1:02}0000Z", *more, "END:VEVENT"])


def _written(path: Path, name: str, events: list[str]) -> Path:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN", *([f"X-WR-CALNAME:{name}"] if name else [])]
    path.write_text("\r\n".join([*head, *events, "END:VCALENDAR"]) + "\r\n", newline="")
    return path
