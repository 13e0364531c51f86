"""Files that are written: no live formula, nothing that breaks them, and back (TRUST D4)."""

import csv
import io
import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tandem.services.tables import FOR_PAGES, read_tables, write_csv, write_xlsx
from tandem.services.tables.formulas import from_inert, to_inert
from tandem.services.tables.workbook import open_sheets

DAY = datetime(2026, 3, 13)  # noqa: DTZ001 - workbooks know no zones
HOUR = DAY.replace(hour=14, minute=5)
LIVE = ["=1+1", "+1", "-1", "@a", "'=1", "''=1", "\t=1", "\r=1", "#N/A", "'", "'a", "_x0041_"]


def csv_of(rows, **options):
    file = io.BytesIO()
    write_csv(file, rows, **options)
    return file.getvalue()


def xlsx_of(rows, name="List"):
    file = io.BytesIO()
    write_xlsx(file, {name: rows})
    return file.getvalue()


def back_from_csv(rows, **options):
    return [row.cells for row in read_tables(csv_of(rows, **options))[0].rows]


def back_from_xlsx(rows):
    [sheet] = open_sheets(xlsx_of(rows), FOR_PAGES)
    return [row.cells for row in sheet]


@pytest.mark.parametrize("text", [text for text in LIVE if text[0] in "'=+-@\t\r"][:8])
def test_a_live_text_is_guarded_and_comes_back(text):
    assert to_inert(text) == "'" + text
    assert from_inert(to_inert(text)) == text


def test_a_harmless_text_is_left_alone():
    assert [to_inert(text) for text in ("Ada", "'", "'a", "a=b", "")] == [
        "Ada",
        "'",
        "'a",
        "a=b",
        "",
    ]


def test_csv_is_written_as_a_spreadsheet_opens_it():
    rows = [["Name", "km", "am"], ['Ö; "x"', 12.5, date(2026, 3, 1)], [None, True, 7]]
    assert csv_of(rows).decode("utf-8-sig") == (
        'Name;km;am\r\n"Ö; ""x""";12,5;2026-03-01\r\n;yes;7\r\n'
    )
    assert csv_of(rows, delimiter=",", mark=False).startswith(b"Name,km,am\n")


def test_nothing_in_a_csv_file_is_a_formula():
    text = csv_of([[text, -5] for text in LIVE], mark=False).decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(rows) == len(LIVE)
    assert not [cell for cell, _ in rows if re.match(r"[=+\-@\t\r]", cell)]
    assert {number for _, number in rows} == {"-5"}


def test_nothing_in_a_workbook_is_a_formula():
    sheet = load_workbook(io.BytesIO(xlsx_of([[text] for text in LIVE])))["List"]
    assert {cell.data_type for [cell] in sheet.rows} == {"s"}
    assert sheet["A1"].quotePrefix


def test_dates_and_numbers_in_a_workbook_stay_what_they_are():
    row = ["Ada", 7, 12.5, True, HOUR, DAY, None, "x"]
    assert back_from_xlsx([row]) == [tuple(row)]


def test_control_characters_and_halves_of_letters_cannot_break_a_file():
    text = "".join(map(chr, range(32))) + "\x7f\x85\ud800\ufffe\uffff"
    [[from_xlsx]] = back_from_xlsx([["a" + text + "z"]])
    assert from_xlsx == re.sub("[^\t\n]", "\ufffd", text.replace("\r", "\n")).join("az")
    assert back_from_csv([["a" + text + "z"], ["b"]]) == [(from_xlsx,), ("b",)]


def test_a_text_that_no_cell_can_hold_is_cut_visibly():
    [[cell]] = back_from_xlsx([["x" * 40_000]])
    assert len(cell) == 32_767
    assert cell.endswith("x…")


def test_the_name_of_a_sheet_is_made_fit():
    assert load_workbook(io.BytesIO(xlsx_of([], "a/b:[" + "c" * 40))).sheetnames == [
        "a b  " + "c" * 26
    ]


def test_rows_are_taken_one_by_one():
    assert len(back_from_xlsx([number, "x"] for number in range(1, 1001))) == 1000
    assert len(back_from_csv([number, "x"] for number in range(1, 1001))) == 1000


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("'=+-@\t\n;,\"#_x0041")
).filter(lambda text: text and not text.isspace())
CELLS = st.none() | TEXTS
# Without a first cell that is filled, a row of a file could be blank.
TABLES = st.lists(st.tuples(TEXTS, CELLS, CELLS, TEXTS), min_size=1, max_size=5)


@given(TABLES)
def test_export_to_csv_then_import_gives_the_same(rows):
    again = back_from_csv([("Name", "A", "B", "Ende"), *rows])
    assert again[1:] == [tuple(cell or "" for cell in row) for row in rows]


@settings(deadline=None)
@given(TABLES)
def test_export_to_a_workbook_then_import_gives_the_same(rows):
    assert back_from_xlsx(rows) == rows
