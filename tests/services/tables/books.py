"""Workbooks for tests: sound ones, and parts to build hostile ones from."""

import io
import zipfile

from openpyxl import Workbook

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(*rows, **sheets):
    """Return a workbook of ``rows``, and of more sheets by name."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    return saved(book)


def with_parts(data, *, without=(), compression=zipfile.ZIP_DEFLATED, **changes):
    """Return a workbook with parts changed, added or left out; ``sheet`` is the first sheet."""
    changes = {SHEET if name == "sheet" else name: part for name, part in changes.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", compression) as new,
    ):
        for name in old.namelist():
            if name not in without and name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return file.getvalue()


def sheet_of(rows, *, dimension="A1"):
    """Return the part of a sheet that holds ``rows``, which is XML."""
    return (
        f'<worksheet xmlns="{NAMESPACE}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def text_cell(reference, text="x"):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def with_rows(rows, **options):
    return with_parts(book_of(["x"]), sheet=sheet_of(rows, **options))


def with_shared(texts, rows):
    """Return a workbook whose cells of type ``s`` name one of ``texts``, which is XML."""
    data = with_rows(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        types = book.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", override),
        "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{texts}</sst>',
    }
    return with_parts(data, **parts)
