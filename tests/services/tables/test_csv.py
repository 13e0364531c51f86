"""CSV files as people's programs write them."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.services.tables import FOR_PAGES, Sheet, Unreadable, read_path, read_tables
from tandem.services.tables.refusals import CODES


def rows_of(data, **options):
    [sheet] = read_tables(data if isinstance(data, bytes) else data.encode(), **options)
    assert sheet == Sheet(rows=sheet.rows)
    return [(row.line, *row.cells) for row in sheet.rows]


def refusal(data, **limits):
    with pytest.raises(Unreadable) as refused:
        read_tables(data, limits=dataclasses.replace(FOR_PAGES, **limits))
    assert refused.value.code in CODES
    return refused.value.code


TITLED = [
    "Mentoring Tandem;;",
    "Stand: 1.3., bitte nicht sortieren, danke;;",
    "Nr;Name, Vorname;Ort",
    "1;Probe, Äda;Heide",
    "2;Muster, Bo;Marne",
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_list_with_title_rows_and_commas_in_its_cells_is_split_rightly(encoding, delimiter):
    text = "\r\n".join(TITLED).replace(";", delimiter)
    assert rows_of(text.encode(encoding))[3:] == [
        (4, "1", "Probe, Äda", "Heide"),
        (5, "2", "Muster, Bo", "Marne"),
    ]


def test_commas_split_where_nothing_else_does():
    assert rows_of("a,b\n1,2\n") == [(1, "a", "b"), (2, "1", "2")]


def test_one_column_is_a_table_too():
    assert rows_of("name\nAda\n") == [(1, "name"), (2, "Ada")]


def test_known_columns_decide_on_the_delimiter():
    assert rows_of("id;x,y,z\n1;2,3,4\n", known={"id"})[0] == (1, "id", "x,y,z")


def test_blank_lines_count_but_are_no_rows():
    assert rows_of("a;b\n\n;;\n\n1;2\n") == [(1, "a", "b"), (5, "1", "2")]


def test_what_is_too_much_is_refused():
    assert refusal(b"a;b\n" * 5, rows=3) == "too_many_rows"
    assert refusal(b"a" * 20, file_bytes=19) == "too_large"
    assert refusal(b"a" * 20, characters=19) == "too_much_text"
    assert refusal(b'a;"b') == "not_csv"
    assert refusal(b"\x81\x8d") == "not_text"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for name in ("none.csv", "no\0name.csv", "."):
        with pytest.raises(Unreadable) as refused:
            read_path(tmp_path / name)
        assert refused.value.code == "not_opened"
        assert refused.value.detail


def test_a_file_is_read_where_it_lies(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a;b\n")
    assert read_path(path)[0].rows[0].cells == ("a", "b")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        sheets = read_tables(data)
    except Unreadable:
        return
    assert all(row.cells for sheet in sheets for row in sheet.rows)
