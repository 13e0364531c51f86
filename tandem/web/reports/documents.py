"""A report as a document and as a workbook."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import Programme
from tandem.services.reports import CLASSES, Told
from tandem.services.tables import Cell
from tandem.web.reports import district, sections, wording
from tandem.web.reports.sections import Section
from tandem.web.reports.wording import shown

_SHORT = {0: _l("End"), 3: _l("3 months"), 6: _l("6 months"), 12: _l("12 months")}


def document(told: Told, programme: Programme) -> dict[str, Any]:
    """Return what the PDF says, in plain values."""
    return {
        "title": f"{wording.title(told)}: {programme.name}",
        "state": wording.name(told, programme),
        "finding": wording.finding(told),
        "footer": programme.place_name,
        "tiles": [list(tile) for tile in wording.tiles(told)],
        "sections": [_section(section) for section in sections.tell(told)],
        "charts": {
            "quarters": quarters(told),
            "outcomes": outcomes(told),
            "place": _map(told, programme),
        },
    }  # fmt: skip


def workbook(told: Told, programme: Programme) -> dict[str, list[list[Cell]]]:
    """Return the sheets of the workbook: what figures mean, then a table on each."""
    tables = sections.tell(told)
    meaning: list[list[Cell]] = [
        [wording.name(told, programme)],
        [programme.name],
        [],
        [_("Table"), _("What its figures mean")],
    ]
    meaning.extend([table.title, " ".join(table.meaning)] for table in tables)
    sheets = {_("Definitions"): meaning}
    for number, table in enumerate(tables, start=1):
        sheets[f"{number} {table.title}"[:31]] = [list(table.head), *table.rows]
    return sheets


def quarters(told: Told) -> dict[str, Any]:
    """Return the picture of running tandems: its finding, its key, its columns."""
    lines = told.figures["quarters"]
    first, last = lines[0], lines[-1]
    return {
        "finding": _(
            "Running tandems: %(first)s at the end of %(from)s, %(last)s at the end of %(to)s",
            first=shown(first["running"]),
            last=shown(last["running"]),
            **{
                "from": f"{first['quarter']}/{first['year']}",
                "to": f"{last['quarter']}/{last['year']}",
            },
        ),
        "key": [_("new in this quarter"), _("from earlier ones")],
        "rows": [
            [f"{line['quarter']}/{line['year']}", line["running"], line["new"]] for line in lines
        ],
    }


def outcomes(told: Told) -> dict[str, Any]:
    """Return the picture of outcomes: its finding, its key, its rows of shares."""
    lines = told.figures["outcomes"]
    shares = [wording.percent(line["in_field"], line["answered"]) for line in lines]
    return {
        "finding": _(
            "Work in the field, in per cent of those who answered: %(first)s at the end,"
            " %(last)s twelve months later",
            first=shown(shares[0]),
            last=shown(shares[-1]),
        ),
        "key": [_("work in the field"), _("other work"), _("in training"), _("searching")],
        "rows": [[str(_SHORT[line["months"]]), [line[code] for code in CLASSES]] for line in lines],
    }


def beside_the_map(section: Section) -> Section:
    """Return of the table by place what the map shows: new tandems."""
    began = 2
    return replace(
        section,
        code="map",
        title=_("Where new tandems are"),
        meaning=[_("Tandems that began in the year, by the place where the mentee lives.")],
        head=[section.head[0], section.head[began]],
        rows=[[row[0], row[began]] for row in section.rows if row[began]],
    )


def map_finding(drawn: district.District) -> str:
    """Say what the map shows."""
    named = ", ".join(f"{place.label} {shown(place.count)}" for place in drawn.places)
    return str(_("Map of new tandems by the mentee's place: %(places)s", places=named))


def _section(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": section.title,
        "meaning": section.meaning,
        "head": section.head,
        "rows": [[shown(cell) for cell in row] for row in section.rows],
    }


def _map(told: Told, programme: Programme) -> dict[str, Any] | None:
    drawn = district.draw(told, programme)
    if drawn is None:
        return None
    return {
        "finding": map_finding(drawn),
        "dots": [list(point) for point in drawn.dots],
        "outline": [list(point) for point in drawn.outline],
        "places": [[place.label, place.count, place.x, place.y] for place in drawn.places],
    }
