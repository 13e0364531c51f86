"""What is saved rather than shown: tables as a workbook or CSV, documents as PDF."""

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


def pdf_file(name: str, made: bytes, *, language: str) -> Response:
    """Return a document; ``name`` is that of the file, without its ending."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "Content-Language": language,
    }
    return Response(made, mimetype="application/pdf", headers=headers)
