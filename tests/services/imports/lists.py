"""Lists for tests, as coordinators keep them."""

from tandem.services.imports import understand
from tandem.services.tables import Row, Sheet, to_text


def sheet_of(*rows, name="Liste", merged=(), hidden=False, first=1):
    """Return a sheet; None stands for a blank row, which a file does not give."""
    kept = tuple(
        Row(line=line, cells=tuple(row)) for line, row in enumerate(rows, first) if row is not None
    )
    return Sheet(name=name, rows=kept, merged=merged, hidden=hidden)


def understood(kind, *rows, answers=None, **options):
    """Return what is understood of one sheet."""
    return understand([sheet_of(*rows)], kind, answers=answers or {}, **options)


def people_of(understanding):
    """Return mentees, or the mentors of all companies, by line."""
    mentors = [one for company in understanding.companies for one in company.mentors]
    return sorted([*understanding.people, *mentors], key=lambda person: person.line)


def shown_in(understanding, line):
    """Return all that is still told of a line: shown beside a value, in a note, or aside."""
    texts = [aside.text for aside in understanding.asides if aside.line == line]
    for one in (*people_of(understanding), *understanding.companies):
        if one.line == line:
            texts += [value.shown for value in one.fields.values()]
            texts += [said.text for said in (*one.left_over, *one.loosely_read)]
    return "\n".join(texts)


def kept_in(understanding, line):
    """Return all that would be kept of a line: exact values, their codes, and the notes."""
    texts = [aside.text for aside in understanding.asides if aside.line == line]
    for one in (*people_of(understanding), *understanding.companies):
        if one.line == line:
            texts += one.notes()
            texts += [value.shown for value in one.fields.values() if value.value is not None]
    return "\n".join(texts)


def lost(understanding, sheet):
    """Return the cells of a sheet, by line, that are told nowhere."""
    headers = {understanding.header_line}
    return [
        (row.line, to_text(cell))
        for row in sheet.rows
        if row.line not in headers
        for cell in row.cells
        if (text := " ".join(to_text(cell).split()))
        and text not in shown_in(understanding, row.line)
    ]
