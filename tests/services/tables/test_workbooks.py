"""Workbooks, sound and hostile (TRUST D3)."""

import copy
import dataclasses
import io
import resource
import struct
import zipfile
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tandem.services.tables import FOR_PAGES, Merged, Unreadable, apart, read_tables
from tandem.services.tables.archive import refuse_old
from tandem.services.tables.refusals import CODES
from tandem.services.tables.workbook import open_sheets
from tests.services.tables.books import (
    book_of,
    saved,
    sheet_of,
    text_cell,
    with_parts,
    with_rows,
    with_shared,
)

DAY = datetime(2026, 3, 13)  # noqa: DTZ001 - workbooks know no zones
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_EXTRA_KIB = 400 * 1024


def cells_of(data, **limits):
    [sheet] = read_tables(data, limits=dataclasses.replace(FOR_PAGES, **limits))
    return [(row.line, *row.cells) for row in sheet.rows]


def refusal(data, *, name="", **limits):
    with pytest.raises(Unreadable) as refused:
        read_tables(data, name=name, limits=dataclasses.replace(FOR_PAGES, **limits))
    assert refused.value.code in CODES
    return refused.value.code


def test_cells_come_out_as_what_they_are():
    row = ["Ada", 25746, 12.5, True, DAY, time(9, 30), None, "=1+1", "#N/A"]
    assert cells_of(book_of(row, [], ["x"])) == [
        (1, *row),
        (3, "x", *[None] * 8),
    ]


def test_a_number_that_is_shown_with_zeros_keeps_them():
    book = Workbook()
    book.active["A1"] = 1067
    book.active["A1"].number_format = "00000"
    assert cells_of(saved(book)) == [(1, "01067")]


def test_a_formula_gives_what_it_was_calculated_to_and_else_itself():
    rows = (
        '<row r="1"><c r="A1"><f>6*7</f><v>42</v></c><c r="B1"><f>ask back</f></c>'
        f"{text_cell('C1', '_x0041__x000D_')}</row>"
    )
    assert cells_of(with_rows(rows)) == [(1, 42, "=ask back", "A\r")]


def test_sheets_say_what_is_merged_and_what_is_hidden():
    book = Workbook()
    book.active["A2"] = "Klinik"
    book.active.merge_cells("A2:B4")
    book.create_sheet("alt").sheet_state = "hidden"
    first, second = read_tables(saved(book))
    assert first.merged == (Merged(first_line=2, last_line=4, first_column=1, last_column=2),)
    assert (first.hidden, second.name, second.hidden, second.rows) == (False, "alt", True, ())


def test_a_workbook_is_known_by_its_content_whatever_it_is_called():
    assert read_tables(book_of(["x"]), name="list.csv")[0].rows[0].cells == ("x",)
    assert refusal(b"a;b\n", name="list.xlsx") == "not_a_workbook"


def test_a_sheet_that_declares_a_million_rows_is_read_for_what_it_holds():
    rows = f'<row r="1">{text_cell("A1")}</row><row r="1048576" ht="12.8"><c r="XFD1048576"/></row>'
    assert cells_of(with_rows(rows, dimension="A1:XFD1048576")) == [(1, "x")]


def read_here(data):
    """Read in this process."""
    refuse_old(data)
    return [row for sheet in open_sheets(data, FOR_PAGES) for row in sheet]


def far(reference, line):
    return with_rows(f'<row r="{line}">{text_cell(reference)}</row>')


def bomb():
    return with_parts(book_of(["x"]), **{"xl/media/zeros.xml": bytes(120 * 2**20)})


def lying_about_its_size():
    """Return a workbook whose directory declares a part smaller than it is."""
    data = bytearray(with_parts(book_of(["x"]), sheet=sheet_of(" " * 10**6)))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<L", data, at + 24, 100)
    return bytes(data)


def million_rows():
    return with_rows("<row><c><v>1</v></c></row>" * 10**6)


def locked_entry():
    data = bytearray(book_of(["x"]))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    return bytes(data)


def twice():
    file = io.BytesIO(book_of(["x"]))
    with zipfile.ZipFile(file, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/workbook.xml", "<a/>")
    return file.getvalue()


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-{}"/></Types>'
HOSTILE = {
    "a far cell": (lambda: far("A1048576", 1048576), "too_many_rows"),
    "a far column": (lambda: far("XFD1", 1), "too_many_columns"),
    "a cell beyond the end of a sheet": (lambda: far("A9999999", 2), "too_many_rows"),
    "a row without a number": (lambda: with_rows('<row r="one"/>'), "damaged"),
    "a row with a huge number": (lambda: with_rows('<row r="99999999999"/>'), "damaged"),
    "a cell without a place": (lambda: far("&#65;", 1), "damaged"),
    "a million rows": (million_rows, "too_many_rows"),
    "a document type": (
        lambda: with_parts(book_of(["x"]), sheet=DOCTYPE + sheet_of("")),
        "doctype",
    ),
    "a document type in UTF-16": (
        lambda: with_parts(book_of(["x"]), sheet=(DOCTYPE + sheet_of("")).encode("utf-16")),
        "doctype",
    ),
    "a document type in shared strings": (
        lambda: with_parts(book_of(["x"]), **{"xl/sharedStrings.xml": DOCTYPE + "<sst>&b;</sst>"}),
        "doctype",
    ),
    "a bomb": (bomb, "too_large_unpacked"),
    "a part that is larger than declared": (lying_about_its_size, "damaged"),
    "too many parts": (
        lambda: with_parts(book_of(["x"]), **{f"a{n}.txt": "" for n in range(1_001)}),
        "too_many_parts",
    ),
    "a part twice": (twice, "damaged"),
    "a part that is locked": (locked_entry, "locked"),
    "half a file": (lambda: book_of(["x"])[:2000], "damaged"),
    "a file without its beginning": (lambda: b"PK\x03\x04" + book_of(["x"])[2000:], "damaged"),
    "a broken part": (lambda: with_parts(book_of(["x"]), sheet="<worksheet>"), "damaged"),
    "a workbook without sheets": (
        lambda: with_parts(book_of(["x"]), without=["xl/worksheets/sheet1.xml"]),
        "damaged",
    ),
    "a workbook without its list of sheets": (
        lambda: with_parts(book_of(["x"]), without=["xl/workbook.xml"]),
        "damaged",
    ),
    "a text that is not there": (
        lambda: with_rows('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'),
        "damaged",
    ),
    "macros": (lambda: with_parts(book_of(["x"]), **{"xl/vbaProject.bin": "x"}), "macros"),
    "macros by type": (
        lambda: zipped(**{"[Content_Types].xml": TYPES.format("x.sheet.macroEnabled.main+xml")}),
        "macros",
    ),
    "an old workbook": (lambda: OLD + bytes(600) + "Workbook".encode("utf-16-le"), "old_workbook"),
    "a password": (lambda: OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "an open document": (lambda: zipped(mimetype="application/vnd.oasis"), "other_workbook"),
    "a binary workbook": (lambda: zipped(**{"xl/workbook.bin": "x"}), "other_workbook"),
    "a text document": (
        lambda: zipped(**{"[Content_Types].xml": TYPES.format("wordprocessingml.document")}),
        "not_a_workbook",
    ),
    "any other archive": (lambda: zipped(readme="x"), "not_a_workbook"),
    "a cell that is too long": (
        lambda: with_rows(f'<row r="1">{text_cell("A1", "x" * 32_768)}</row>'),
        "too_much_text",
    ),
}


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_and_takes_no_memory(make, code):
    """Read it in this process, where a limit could not save it."""
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable) as refused:
        read_here(data)
    assert refused.value.code == code
    assert code in CODES
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_EXTRA_KIB


@pytest.mark.parametrize("name", ["a far cell", "a document type", "a bomb", "half a file"])
def test_a_refusal_comes_back_from_the_other_process(name):
    make, code = HOSTILE[name]
    assert refusal(make()) == code


def test_one_long_text_in_every_cell_is_refused_though_the_file_is_small():
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    data = with_shared(f"<si><t>{'x' * 30_000}</t></si>", row * 20)
    assert len(data) < 20_000
    assert refusal(data) == "too_much_text"


def test_too_many_cells_are_refused():
    assert refusal(book_of([1, 2], [3]), cells=2) == "too_many_cells"
    assert len(cells_of(book_of([1, 2], [3]), cells=3)) == 2


def test_a_workbook_that_needs_too_much_memory_is_refused():
    texts = "".join(f"<si><t>{number:0100d}</t></si>" for number in range(60_000))
    data = with_shared(texts, '<row><c t="s"><v>0</v></c></row>')
    assert cells_of(data)
    assert refusal(data, memory_bytes=4 * 2**20) == "too_costly"


def test_a_workbook_that_takes_too_long_is_refused():
    assert refusal(million_rows(), rows=2_000_000, cells=2_000_000, seconds=1) == "too_costly"


class Told(list):
    """Hears what a child would tell."""

    send = list.append


def test_a_child_tells_rows_in_portions_then_their_sheet():
    told: Any = Told()
    data = book_of(*([number] for number in range(1, 1_002)), more=[["x"]])
    apart._tell_all(told, data, FOR_PAGES)
    assert [kind for kind, _ in told] == ["rows", "rows", "rows", "sheet", "rows", "sheet"]
    assert [len(rows) for kind, rows in told if kind == "rows"] == [500, 500, 1, 1]
    assert told[4] == ("rows", [(1, ("x",))])
    assert told[5] == ("sheet", ("more", (), False))


def test_a_refusal_survives_the_way_between_processes():
    refused = Unreadable("too_many_rows", sheet="A", line=7, limit=3, detail="x")
    again = copy.copy(refused)
    assert vars(again) == vars(refused)
    assert str(again) == "has too many rows, expected at most 3"


SOUND = with_shared(
    "<si><t>Ada</t></si><si><t>Bo</t></si>",
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="b"><v>1</v></c></row>',
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_a_few_wrong_bytes_is_read_or_refused(data):
    broken = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(SOUND) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(bytes(broken))


PARTS = (
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "xl/_rels/workbook.xml.rels",
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_a_workbook_with_a_part_cut_or_muddled_is_read_or_refused(name, data):
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        part = bytearray(archive.read(name))
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(part))] * 2)))
    part[first:last] = data.draw(st.sampled_from([b"", b"0", b"-1", b"x", bytes(part[last:])]))
    _read_or_refuse(with_parts(SOUND, **{name: bytes(part)}))


def _read_or_refuse(data):
    try:
        rows = read_here(data)
    except Unreadable:
        return
    assert all(row.cells for row in rows)
