"""The place behind the gear: what the person has set, each setting a form of its own."""

from starlette.responses import Response

from outgrow.config import KEYS, ConfigError, Theme, WeekStart, zones
from outgrow.reports.settings import in_words
from outgrow.web.visit import Route, Visit
from outgrow.workflows.set_up import change_setting


def show(visit: Visit) -> Response:
    """Show all settings."""
    return _page(visit)


def keep(visit: Visit) -> Response:
    """Keep one setting; a value that cannot be used stays in its field, with the reason beside it."""
    key = str(visit.path["key"])
    try:
        changed = change_setting(visit.workspace, key, _text(visit, key))
    except ConfigError as fault:
        return _page(visit, 400, typed=visit.typed, wrong={key: str(fault)})
    now = in_words(visit.workspace.afresh().settings)
    if key not in now:
        return visit.go("settings")
    said = f"{key.replace('_', ' ').capitalize()}: {now[key]}."
    return visit.go("settings", tell=f"Kept. {said} Undo takes it back." if changed else f"As it was. {said}")


def _text(visit: Visit, key: str) -> str:
    """Return the value that a form says, as it is said on the command line."""
    match key:
        case "target":
            return f"{visit.said('low')}-{visit.said('high')}"
        case "keys":
            return "on" if visit.said("keys") else "off"
        case "own_keys":
            chosen = {key: "".join(visit.said(f"key {key}").split()) for key in KEYS}
            return " ".join(f"{key}={own}" for key, own in chosen.items() if own)
        case _:
            return visit.said(key)


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    return visit.page(
        "settings.html",
        status,
        here="settings",
        keys=KEYS,
        themes=tuple(Theme),
        week_starts=tuple(WeekStart),
        zones=zones(),
        location=visit.workspace.store.location,
        **values,
    )


ROUTES = (Route("settings", "/settings", show), Route("set", "/settings/{key}", keep, "POST"))
