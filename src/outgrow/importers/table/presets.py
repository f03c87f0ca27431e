"""What the columns of well-known exports mean. Data only: one preset per export, in the languages known to occur."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from outgrow.model.activity import Kind


class Meaning(StrEnum):
    """What a column tells of an activity."""

    TITLE = "title"
    PROJECT = "project"
    START = "start"
    START_TIME = "start time"
    END = "end"
    END_TIME = "end time"
    DURATION = "duration"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DUE = "due"
    CREATED = "created"
    UPDATED = "updated"
    STATE = "state"
    ID = "id"
    SERIES = "series"
    TAGS = "tags"
    PEOPLE = "people"
    OPTIONAL = "optional people"
    ORGANISER = "organiser"
    ALL_DAY = "all day"
    PRIVATE = "private"
    SHOWN_AS = "shown as"
    ZONE = "zone"
    TYPE = "type"
    COMMENT = "comment"


Columns = Mapping[Meaning, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Preset:
    """One export: known by any of its `marks` (headers that occur together), normalised as in `header`.

    `columns` gives the headers of each meaning in order of preference; names of several languages stand side by side.
    `done` are the states that say a task is finished where no column of completion dates does.
    `structure` are the values of the TYPE column whose rows are no records but tell something of the others.
    """

    name: str
    kind: Kind
    marks: tuple[frozenset[str], ...]
    columns: Columns
    done: frozenset[str] = frozenset()
    cancelled: frozenset[str] = frozenset()
    structure: frozenset[str] = frozenset()


def _mark(*names: str) -> frozenset[str]:
    return frozenset(names)


CLOCKIFY = Preset(
    name="clockify",
    kind=Kind.TIME_ENTRY,
    marks=(
        _mark("description", "start date", "duration h"),
        _mark("beschreibung", "startdatum", "dauer h"),
        _mark("description", "date de debut", "duree h"),
        _mark("descripcion", "fecha de inicio", "duracion h"),
        _mark("descricao", "data de inicio", "duracao h"),
    ),
    columns={
        Meaning.TITLE: ("description", "beschreibung", "descripcion", "descricao", "task", "aufgabe", "tache", "tarea"),
        Meaning.PROJECT: ("project", "projekt", "projet", "proyecto", "projeto", "client", "kunde", "cliente"),
        Meaning.START: ("start date", "startdatum", "date de debut", "fecha de inicio", "data de inicio"),
        Meaning.START_TIME: ("start time", "startzeit", "heure de debut", "hora de inicio"),
        Meaning.END: ("end date", "enddatum", "date de fin", "fecha de fin", "data de fim"),
        Meaning.END_TIME: ("end time", "endzeit", "heure de fin", "hora de fin", "hora de fim"),
        Meaning.DURATION: (
            "duration h", "dauer h", "duree h", "duracion h", "duracao h", "duration decimal", "dauer dezimal",
        ),
        Meaning.TAGS: ("tags", "tag", "etiquetas", "etiquettes"),
    },
)  # fmt: skip

TOGGL = Preset(
    name="toggl",
    kind=Kind.TIME_ENTRY,
    marks=(
        _mark("description", "start date", "start time", "duration"),
        _mark("description", "start date", "start time", "end time"),
        _mark("beschreibung", "startdatum", "startzeit", "dauer"),
        _mark("description", "date de debut", "heure de debut", "duree"),
        _mark("descripcion", "fecha de inicio", "hora de inicio", "duracion"),
    ),
    columns={
        Meaning.TITLE: ("description", "beschreibung", "descripcion", "task", "aufgabe", "tache", "tarea"),
        Meaning.PROJECT: ("project", "projekt", "projet", "proyecto", "client", "kunde", "cliente"),
        Meaning.START: ("start date", "startdatum", "date de debut", "fecha de inicio"),
        Meaning.START_TIME: ("start time", "startzeit", "heure de debut", "hora de inicio"),
        Meaning.END: ("end date", "enddatum", "date de fin", "fecha de fin"),
        Meaning.END_TIME: ("end time", "endzeit", "heure de fin", "hora de fin"),
        Meaning.DURATION: ("duration", "dauer", "duree", "duracion"),
        Meaning.TAGS: ("tags", "etiquetas", "etiquettes"),
    },
)

HARVEST = Preset(
    name="harvest",
    kind=Kind.TIME_ENTRY,
    marks=(
        _mark("date", "client", "project", "task", "notes", "hours"),
        _mark("datum", "kunde", "projekt", "aufgabe", "notizen", "stunden"),
        _mark("date", "client", "projet", "tache", "notes", "heures"),
        _mark("fecha", "cliente", "proyecto", "tarea", "notas", "horas"),
    ),
    columns={
        Meaning.TITLE: ("notes", "notizen", "notas", "task", "aufgabe", "tache", "tarea"),
        Meaning.PROJECT: ("project", "projekt", "projet", "proyecto", "client", "kunde", "cliente"),
        Meaning.START: ("date", "datum", "fecha"),
        Meaning.DURATION: ("hours", "stunden", "heures", "horas"),
        Meaning.TAGS: ("task", "aufgabe", "tache", "tarea"),
    },
)

JIRA = Preset(
    name="jira",
    kind=Kind.ISSUE_EVENT,
    marks=(
        _mark("summary", "issue key"),
        _mark("summary", "work item key"),
        _mark("zusammenfassung", "vorgangsschlussel"),
        _mark("resume", "cle de ticket"),
        _mark("resumen", "clave de incidencia"),
        _mark("resumo", "chave da item"),
    ),
    columns={
        Meaning.TITLE: ("summary", "zusammenfassung", "resume", "resumen", "resumo"),
        Meaning.ID: (
            "issue key", "work item key", "vorgangsschlussel", "cle de ticket", "clave de incidencia", "chave da item",
        ),
        Meaning.PROJECT: (
            "project name", "projektname", "nom du projet", "nombre del proyecto", "project key", "projektschlussel",
        ),
        Meaning.COMPLETED: ("resolved", "erledigt", "resolu", "resuelta", "resolvido"),
        Meaning.UPDATED: ("status category changed", "updated", "aktualisiert", "mise a jour", "actualizada"),
        Meaning.CREATED: ("created", "erstellt", "cree", "creada", "criado"),
        Meaning.DUE: ("due date", "fallig", "falligkeitsdatum", "date d echeance", "fecha de vencimiento"),
        Meaning.STATE: ("status category", "statuskategorie", "status", "etat", "estado", "resolution", "losung"),
        Meaning.TAGS: ("labels", "label", "stichworter", "etiquettes", "etiquetas", "component s", "components"),
        Meaning.PEOPLE: ("reporter", "autor", "rapporteur", "informador", "assignee", "bearbeiter", "responsable"),
        Meaning.COMMENT: ("comment", "comments", "kommentar", "commentaire", "comentario"),
    },
    done=_mark(
        "done", "closed", "resolved", "fertig", "erledigt", "geschlossen", "abgeschlossen", "termine", "terminee",
        "ferme", "listo", "finalizada", "cerrada", "concluido",
    ),
    cancelled=_mark("won t do", "cancelled", "canceled", "rejected", "abgebrochen", "verworfen", "annule"),
)  # fmt: skip

LINEAR = Preset(
    name="linear",
    kind=Kind.ISSUE_EVENT,
    marks=(_mark("id", "team", "title", "completed", "canceled"), _mark("id", "team", "title", "status", "estimate")),
    columns={
        Meaning.TITLE: ("title",),
        Meaning.ID: ("id",),
        Meaning.PROJECT: ("project", "team"),
        Meaning.COMPLETED: ("completed",),
        Meaning.CANCELLED: ("canceled", "cancelled"),
        Meaning.UPDATED: ("updated",),
        Meaning.CREATED: ("created",),
        Meaning.DUE: ("due date",),
        Meaning.STATE: ("status",),
        Meaning.TAGS: ("labels",),
        Meaning.PEOPLE: ("creator", "assignee"),
    },
    done=_mark("done", "completed"),
    cancelled=_mark("canceled", "cancelled", "duplicate"),
)

ASANA = Preset(
    name="asana",
    kind=Kind.TASK_DONE,
    marks=(_mark("task id", "created at", "completed at", "name"), _mark("aufgaben id", "erstellt am", "name")),
    columns={
        Meaning.TITLE: ("name",),
        Meaning.ID: ("task id", "aufgaben id"),
        Meaning.PROJECT: ("projects", "projekte", "section column", "column"),
        Meaning.COMPLETED: ("completed at", "abgeschlossen am", "erledigt am"),
        Meaning.CREATED: ("created at", "erstellt am"),
        Meaning.DUE: ("due date", "falligkeitsdatum", "start date"),
        Meaning.TAGS: ("tags",),
        Meaning.PEOPLE: ("assignee", "zustandige person"),
    },
)

TICKTICK = Preset(
    name="ticktick",
    kind=Kind.TASK_DONE,
    marks=(_mark("list name", "title", "completed time"),),
    columns={
        Meaning.TITLE: ("title",),
        Meaning.PROJECT: ("list name", "folder name"),
        Meaning.COMPLETED: ("completed time",),
        Meaning.CREATED: ("created time",),
        Meaning.DUE: ("due date", "start date"),
        Meaning.STATE: ("status",),
        Meaning.TAGS: ("tags",),
        Meaning.ALL_DAY: ("is all day",),
        Meaning.ZONE: ("timezone",),
    },
    # 1 and 2 are completed and archived; its taskId counts anew in every export, so it is no identity.
    done=_mark("1", "2"),
    cancelled=_mark("-1"),
)

TODOIST = Preset(
    name="todoist",
    kind=Kind.TASK_DONE,
    marks=(_mark("type", "content", "priority", "indent"),),
    columns={
        Meaning.TYPE: ("type",),
        Meaning.TITLE: ("content",),
        Meaning.DUE: ("date", "deadline"),
        Meaning.ZONE: ("timezone",),
        Meaning.PEOPLE: ("responsible",),
    },
    structure=_mark("section", "note", "meta"),
)

_START_DATE = ("start date", "beginnt am", "debut", "date de debut", "fecha de comienzo", "data inizio", "begindatum")
_START_TIME = ("start time", "beginnt um", "debut", "heure de debut", "comienzo", "ora inizio", "begintijd")
_END_DATE = ("end date", "endet am", "fin", "date de fin", "fecha de finalizacion", "data fine", "einddatum")
_END_TIME = ("end time", "endet um", "fin", "heure de fin", "finalizacion", "ora fine", "eindtijd")

OUTLOOK = Preset(
    name="outlook",
    kind=Kind.MEETING,
    marks=(
        _mark("subject", "start date", "start time", "show time as"),
        _mark("subject", "start date", "start time", "meeting organizer"),
        _mark("betreff", "beginnt am", "beginnt um"),
        _mark("objet", "debut", "fin"),
        _mark("objet", "date de debut", "heure de debut"),
        _mark("asunto", "fecha de comienzo", "comienzo"),
        _mark("oggetto", "data inizio", "ora inizio"),
        _mark("onderwerp", "begindatum", "begintijd"),
    ),
    columns={
        Meaning.TITLE: ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp"),
        Meaning.START: _START_DATE,
        Meaning.START_TIME: _START_TIME,
        Meaning.END: _END_DATE,
        Meaning.END_TIME: _END_TIME,
        Meaning.ALL_DAY: (
            "all day event", "ganztagiges ereignis", "ganztaegiges ereignis", "journee entiere", "todo el dia",
            "giornata intera", "duurt hele dag",
        ),
        Meaning.ORGANISER: (
            "meeting organizer", "besprechungsplanung", "organisateur d une reunion", "organizador de la reunion",
        ),
        Meaning.PEOPLE: (
            "required attendees", "erforderliche teilnehmer", "participants obligatoires", "asistentes necesarios",
        ),
        Meaning.OPTIONAL: (
            "optional attendees", "optionale teilnehmer", "participants facultatifs", "asistentes opcionales",
        ),
        Meaning.TAGS: ("categories", "kategorien", "categorie", "categories categorie", "categorias"),
        Meaning.PRIVATE: ("private", "privat", "prive", "privado"),
        Meaning.SHOWN_AS: (
            "show time as", "zeitspanne zeigen als", "afficher la disponibilite", "mostrar tiempo como",
        ),
    },
)  # fmt: skip

GOOGLE = Preset(
    name="google-calendar",
    kind=Kind.MEETING,
    marks=(_mark("subject", "start date", "start time"), _mark("subject", "start date", "all day event")),
    columns={
        Meaning.TITLE: ("subject",),
        Meaning.START: ("start date",),
        Meaning.START_TIME: ("start time",),
        Meaning.END: ("end date",),
        Meaning.END_TIME: ("end time",),
        Meaning.ALL_DAY: ("all day event", "all day"),
        Meaning.PRIVATE: ("private",),
    },
)

#: In the order they are tried: the more particular before the more general.
PRESETS = (OUTLOOK, GOOGLE, CLOCKIFY, TOGGL, HARVEST, JIRA, LINEAR, ASANA, TICKTICK, TODOIST)
