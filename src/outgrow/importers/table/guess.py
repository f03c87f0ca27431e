"""Guesses what the columns of an unknown table mean, by their names and values, and asks where that leaves it open."""

from collections.abc import Mapping, Sequence

from outgrow.importers.contract import Option, Question
from outgrow.importers.table.header import Header, Layout, is_moment, resolve
from outgrow.importers.table.presets import Columns, Meaning
from outgrow.importers.table.rows import Cells
from outgrow.model.activity import Kind

NONE = "-"
_LONG = 200  # values shown in a question are cut here

#: Names of columns in English, German, French, Spanish, Italian, Portuguese and Dutch, the likeliest first.
VOCABULARY: Columns = {
    Meaning.TITLE: tuple(
        ["title", "titel", "titre", "titulo", "titolo", "summary", "zusammenfassung", "resume", "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "task name", "name", "description", "beschreibung", "descripcion", "descricao", "descrizione", "omschrijving", "task", "aufgabe", "tache", "tarea", "activity", "aktivitat", "tatigkeit", "activite", "actividad", "attivita", "atividade", "activiteit", "event", "termin", "what", "was", "item", "entry", "eintrag", "notes", "notizen", "note", "notas", "comment", "kommentar", "text", "work", "arbeit", "content", "issue", "headline"]
    ),
    Meaning.PROJECT: tuple(
        ["project", "projekt", "projet", "proyecto", "progetto", "projeto", "project name", "projektname", "client", "kunde", "cliente", "klant", "list name", "list", "liste", "category", "kategorie", "categorie", "categoria", "area", "bereich", "team", "board", "customer", "auftrag"]
    ),
    Meaning.COMPLETED: tuple(
        ["completed at", "completed", "completed on", "completed date", "completion date", "completed time", "date completed", "done at", "done on", "closed at", "closed", "closed on", "resolved", "resolved at", "finished", "finished at", "erledigt am", "abgeschlossen am", "fertig am", "termine le", "completado", "completada el", "completato il", "concluido em", "afgerond op"]
    ),
    Meaning.CANCELLED: ("canceled at", "cancelled at", "canceled", "cancelled", "abgebrochen am"),
    Meaning.START: tuple(
        ["start", "start date", "started", "started at", "start at", "starts", "begin", "begins", "from", "date", "day", "datum", "tag", "beginn", "von", "startdatum", "start datum", "beginnt am", "debut", "date de debut", "jour", "fecha", "fecha de inicio", "inicio", "dia", "data", "data inizio", "inizio", "giorno", "data de inicio", "begindatum", "when", "wann", "start date time", "timestamp", "work date", "spent at", "spent date"]
    ),
    Meaning.START_TIME: tuple(
        ["start time", "time in", "from time", "startzeit", "beginnt um", "uhrzeit", "time", "zeit von", "heure de debut", "hora de inicio", "hora", "ora inizio", "begintijd", "starttijd", "anfang", "von"]
    ),
    Meaning.END: tuple(
        ["end", "end date", "ended", "ended at", "end at", "ends", "finish", "to", "until", "stop", "ende", "bis", "enddatum", "endet am", "fin", "date de fin", "fecha de fin", "fine", "data fine", "fim", "data de fim", "einde", "einddatum", "end date time"]
    ),
    Meaning.END_TIME: tuple(
        ["end time", "time out", "to time", "endzeit", "endet um", "zeit bis", "heure de fin", "hora de fin", "ora fine", "eindtijd", "bis"]
    ),
    Meaning.DURATION: tuple(
        ["duration", "hours", "minutes", "time spent", "dauer", "stunden", "minuten", "heures", "duree", "horas", "duracion", "duracao", "ore", "durata", "uren", "duur", "std", "hrs", "effort", "aufwand", "arbeitszeit", "zeit", "zeitaufwand", "temps", "temps passe", "tiempo", "duration h", "duration hours", "duration minutes", "duration min", "duration seconds", "dauer h", "dauer min", "dauer std", "hours worked", "total hours", "seconds", "duration decimal", "spent hours", "logged hours", "worked", "time h", "quantity", "menge"]
    ),
    Meaning.DUE: (
        "due", "due date", "target date", "deadline", "fallig", "fallig am", "falligkeitsdatum", "date d echeance",
        "echeance", "vencimiento", "scadenza", "scheduled", "planned",
    ),
    Meaning.CREATED: (
        "created", "created at", "created on", "creation date", "created time", "date created", "erstellt",
        "erstellt am", "cree le", "creado", "creado el",
    ),
    Meaning.UPDATED: ("updated", "updated at", "last modified", "modified", "aktualisiert", "geandert"),
    Meaning.STATE: (
        "status", "state", "state name", "done", "stand", "zustand", "erledigt", "etat", "statut", "estado", "stato",
    ),
    Meaning.ID: (
        "id", "key", "identifier", "issue key", "task id", "uid", "uuid", "guid", "nummer", "ticket", "number", "nr",
    ),
    Meaning.SERIES: ("series", "series id", "serie"),
    Meaning.TAGS: ("tags", "labels", "tag", "label", "categories", "kategorien", "schlagworte", "etiquettes"),
    Meaning.PEOPLE: (
        "people", "attendees", "participants", "assignees", "teilnehmer", "assignee", "personen", "invitees", "with",
        "required attendees", "asistentes", "partecipanti", "deelnemers",
    ),
    Meaning.ORGANISER: ("organizer", "organiser", "organisator", "organisateur", "host", "owner", "meeting organizer"),
    Meaning.ALL_DAY: ("all day", "all day event", "ganztagig", "is all day", "journee entiere"),
    Meaning.PRIVATE: ("private", "privat", "is private"),
    Meaning.ZONE: ("timezone", "time zone", "zeitzone", "fuseau horaire"),
}  # fmt: skip

_DATES = (Meaning.COMPLETED, Meaning.START, Meaning.DUE, Meaning.CREATED, Meaning.UPDATED)


def guess(header: Header, rows: Sequence[Cells], choices: Mapping[str, str]) -> tuple[Layout, Kind]:
    """Return the layout of an unknown table and the kind of its records. Raises Question, one at a time.

    `rows` are the first data rows; `choices` hold answers given before, as labels of columns.
    """
    columns = resolve(header.names, VOCABULARY)
    values = [_values(rows, place) for place in range(len(header.labels))]
    _drop_what_values_deny(columns, values)
    for meaning, settle in ((Meaning.START, _settle_start), (Meaning.TITLE, _settle_title)):
        chosen = choices.get(meaning.value)
        if chosen in header.labels:
            columns[meaning] = (header.labels.index(chosen),)
        else:
            settle(header, columns, values)
    return Layout(header.labels, columns), _kind(columns)


def _values(rows: Sequence[Cells], place: int) -> list[str]:
    return [row[place].strip() for row in rows if len(row) > place and row[place].strip()]


def _are_days(values: Sequence[str]) -> bool:
    return bool(values) and sum(map(is_moment, values)) * 2 > len(values)


def _drop_what_values_deny(columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Forget columns named like days that hold something else (a "date" of words, a "done" of yes and no)."""
    for meaning in (*_DATES, Meaning.END, Meaning.CANCELLED):
        places = tuple(place for place in columns.get(meaning, ()) if _are_days(values[place]) or not values[place])
        columns[meaning] = places
        if not places:
            del columns[meaning]
    if Meaning.START in columns and columns[Meaning.START] == columns.get(Meaning.START_TIME):
        del columns[Meaning.START_TIME]


def _settle_start(header: Header, columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Make sure that there is a day: a named column, or the only column of days."""
    if any(values[place] for meaning in _DATES for place in columns.get(meaning, ())):
        return
    days = [place for place, column in enumerate(values) if _are_days(column)]
    if len(days) == 1:
        columns[Meaning.START] = (days[0],)
        return
    _ask(Meaning.START, "Which column says when the work was done?", header, values, days)


def _settle_title(header: Header, columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Make sure that there is a title: a named column, or the only column of texts."""
    titles = [place for place in columns.get(Meaning.TITLE, ()) if values[place]]
    if titles:
        columns[Meaning.TITLE] = tuple(titles)
        return
    used = {place for meaning, places in columns.items() for place in places if meaning is not Meaning.TITLE}
    texts = [place for place, column in enumerate(values) if place not in used and _are_texts(column)]
    if len(texts) == 1:
        columns[Meaning.TITLE] = (texts[0],)
        return
    _ask(Meaning.TITLE, "Which column says what was done?", header, values, texts)


def _are_texts(values: Sequence[str]) -> bool:
    """Whether values are words: most have letters and are no days."""
    wordy = sum(any(map(str.isalpha, value)) and not is_moment(value) for value in values)
    return bool(values) and wordy * 2 > len(values)


def _ask(meaning: Meaning, text: str, header: Header, values: Sequence[Sequence[str]], likely: Sequence[int]) -> None:
    order = sorted(range(len(header.labels)), key=lambda place: place not in likely)
    options = tuple(Option(header.labels[place], _words(header.labels[place], values[place])) for place in order)
    raise Question(meaning.value, text, options)


def _words(label: str, values: Sequence[str]) -> str:
    return f"{label} (such as {values[0][:_LONG]!r})" if values else f"{label} (empty)"


def _kind(columns: Mapping[Meaning, tuple[int, ...]]) -> Kind:
    """Tell meetings, time entries and tasks apart by which columns there are."""
    if Meaning.START in columns and (Meaning.ORGANISER in columns or Meaning.ALL_DAY in columns):
        return Kind.MEETING
    if Meaning.COMPLETED in columns:
        return Kind.TASK_DONE
    if Meaning.START in columns and columns.keys() & {Meaning.DURATION, Meaning.END, Meaning.END_TIME}:
        return Kind.TIME_ENTRY
    return Kind.TASK_DONE
