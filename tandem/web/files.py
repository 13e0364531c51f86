"""Tables as files that are saved: a workbook, or CSV for what wants it."""

import io
from collections.abc import Iterable, Mapping

from flask import Response, request

from tandem.clock import now
from tandem.services.tables import Cell, write_csv, write_xlsx
from tandem.web.scope import current_programme

Table = Iterable[list[Cell]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wants_csv() -> bool:
    """Whether the address asks for CSV rather than for a workbook."""
    return request.args.get("format") == "csv"


def table_file(name: str, sheets: Mapping[str, Table]) -> Response:
    """Return one table as CSV, or all of them as a workbook."""
    file = io.BytesIO()
    if wants_csv():
        [rows] = sheets.values()
        write_csv(file, rows)
    else:
        write_xlsx(file, sheets)
    ending, kind = ("csv", "text/csv") if wants_csv() else ("xlsx", _XLSX)
    full = f"{current_programme().slug}-{name}-{now().date().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{full}"'}
    return Response(file.getvalue(), mimetype=kind, headers=headers)
