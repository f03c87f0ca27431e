"""The place of the traps: which of them the numbers speak for, and what each is."""

from starlette.responses import Response

from outgrow.model.trap import TrapKind
from outgrow.reports import traps as reports
from outgrow.web.visit import Route, Visit
from outgrow.workflows import watch_traps
from outgrow.workflows.watch_traps import CannotDismiss


def show(visit: Visit) -> Response:
    """Show what all rules find."""
    view = watch_traps.watch_traps(visit.workspace)
    return visit.page("traps.html", here="traps", view=view, texts=reports)


def explain(visit: Visit) -> Response:
    """Explain one trap with its numbers."""
    return _page(visit, _kind(visit))


def dismiss(visit: Visit) -> Response:
    """Keep that a trap is none for the person; a missing reason is said beside its field."""
    kind = _kind(visit)
    try:
        watch_traps.dismiss(visit.workspace, kind, visit.said("reason"))
    except CannotDismiss as fault:
        if not fault.field:
            raise
        return _page(visit, kind, 400, wrong={fault.field: str(fault)}, typed=visit.typed)
    return visit.go("traps", tell=f"Dismissed: {reports.name_of(kind)}. It is told again when it has grown by half.")


def _kind(visit: Visit) -> TrapKind:
    return watch_traps.find_trap(str(visit.path["kind"]))


def _page(visit: Visit, kind: TrapKind, status: int = 200, **values: object) -> Response:
    view = watch_traps.watch_traps(visit.workspace)
    trap = next((each for each in view.traps if each.kind is kind), None)
    told = {"view": view, "trap": trap, "about": reports.ABOUT[kind], "kind": kind, "texts": reports}
    return visit.page("trap.html", status, here="traps", **told, **values)


ROUTES = (
    Route("traps", "/traps", show),
    Route("trap", "/traps/{kind}", explain),
    Route("trap_dismiss", "/traps/{kind}/dismiss", dismiss, "POST"),
)
