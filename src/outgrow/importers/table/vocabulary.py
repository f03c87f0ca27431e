"""What columns of any table are called. Data only."""

from outgrow.importers.table.presets import Columns, Meaning


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split(", "))


#: Names of columns in English, German, French, Spanish, Italian, Portuguese and Dutch, the likeliest first.
VOCABULARY: Columns = {
    Meaning.TITLE: _names("""
        title, titel, titre, titulo, titolo, summary, zusammenfassung, resume, subject, betreff, objet, asunto,
        oggetto, onderwerp, task name, name, description, beschreibung, descripcion, descricao, descrizione,
        omschrijving, task, aufgabe, tache, tarea, activity, aktivitat, tatigkeit, activite, actividad,
        attivita, atividade, activiteit, event, termin, what, was, item, entry, eintrag, notes, notizen, note,
        notas, comment, kommentar, text, work, arbeit, content, issue, headline
    """),
    Meaning.PROJECT: _names("""
        project, projekt, projet, proyecto, progetto, projeto, project name, projektname, client, kunde,
        cliente, klant, list name, list, liste, category, kategorie, categorie, categoria, area, bereich, team,
        board, customer, auftrag
    """),
    Meaning.COMPLETED: _names("""
        completed at, completed, completed on, completed date, completion date, completed time, date completed,
        done at, done on, closed at, closed, closed on, resolved, resolved at, finished, finished at, erledigt
        am, abgeschlossen am, fertig am, termine le, completado, completada el, completato il, concluido em,
        afgerond op
    """),
    Meaning.CANCELLED: _names("canceled at, cancelled at, canceled, cancelled, abgebrochen am"),
    Meaning.START: _names("""
        start, start date, started, started at, start at, starts, begin, begins, from, date, day, datum, tag,
        beginn, von, startdatum, start datum, beginnt am, debut, date de debut, jour, fecha, fecha de inicio,
        inicio, dia, data, data inizio, inizio, giorno, data de inicio, begindatum, when, wann, start date time,
        timestamp, work date, spent at, spent date
    """),
    Meaning.START_TIME: _names("""
        start time, time in, from time, startzeit, beginnt um, uhrzeit, time, zeit von, heure de debut, hora de
        inicio, hora, ora inizio, begintijd, starttijd, anfang, von
    """),
    Meaning.END: _names("""
        end, end date, ended, ended at, end at, ends, finish, to, until, stop, ende, bis, enddatum, endet am,
        fin, date de fin, fecha de fin, fine, data fine, fim, data de fim, einde, einddatum, end date time
    """),
    Meaning.END_TIME: _names("""
        end time, time out, to time, endzeit, endet um, zeit bis, heure de fin, hora de fin, ora fine, eindtijd,
        bis
    """),
    Meaning.DURATION: _names("""
        duration, hours, minutes, time spent, dauer, stunden, minuten, heures, duree, horas, duracion, duracao,
        ore, durata, uren, duur, std, hrs, effort, aufwand, arbeitszeit, zeit, zeitaufwand, temps, temps passe,
        tiempo, duration h, duration hours, duration minutes, duration min, duration seconds, dauer h, dauer
        min, dauer std, hours worked, total hours, seconds, duration decimal, spent hours, logged hours, worked,
        time h, quantity, menge
    """),
    Meaning.DUE: _names("""
        due, due date, target date, deadline, fallig, fallig am, falligkeitsdatum, date d echeance, echeance,
        vencimiento, scadenza, scheduled, planned
    """),
    Meaning.CREATED: _names("""
        created, created at, created on, creation date, created time, date created, erstellt, erstellt am, cree
        le, creado, creado el
    """),
    Meaning.UPDATED: _names("updated, updated at, last modified, modified, aktualisiert, geandert"),
    Meaning.STATE: _names("status, state, state name, done, stand, zustand, erledigt, etat, statut, estado, stato"),
    Meaning.ID: _names("id, key, identifier, issue key, task id, uid, uuid, guid, nummer, ticket, number, nr"),
    Meaning.SERIES: _names("series, series id, serie"),
    Meaning.TAGS: _names("tags, labels, tag, label, categories, kategorien, schlagworte, etiquettes"),
    Meaning.PEOPLE: _names("""
        people, attendees, participants, assignees, teilnehmer, assignee, personen, invitees, with, required
        attendees, asistentes, partecipanti, deelnemers
    """),
    Meaning.ORGANISER: _names("organizer, organiser, organisator, organisateur, host, owner, meeting organizer"),
    Meaning.ALL_DAY: _names("all day, all day event, ganztagig, is all day, journee entiere"),
    Meaning.PRIVATE: _names("private, privat, is private"),
    Meaning.ZONE: _names("timezone, time zone, zeitzone, fuseau horaire"),
}

#: What columns of times of day are called in tables whose days stand in a column of their own.
CLOCKS: Columns = {
    Meaning.START_TIME: _names("""
        start, started, started at, start at, starts, begin, begins, beginn, von, from, anfang, debut, de, inicio,
        desde, inizio, da, begin tijd, van, kommen, clock in, in
    """),
    Meaning.END_TIME: _names("""
        end, ended, ended at, end at, ends, finish, finished, finished at, stop, to, until, ende, bis, fin, a, hasta,
        fine, fim, ate, einde, tot, gehen, clock out, out
    """),
}
