"""Files of people: what is read from them, and what is said about those that are bad."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching import Mentee, Mentor
from matching.codes import SECTION_OF
from tandem.services.matchmaking import lists
from tandem.services.matchmaking.columns import MENTEE_COLUMNS, MENTOR_COLUMNS
from tandem.services.matchmaking.lists import read_mentees, read_mentors
from tandem.services.matchmaking.problems import Problem
from tandem.services.tables import Unreadable
from tandem.taxonomy import is_sector, locate, section_of

PROBLEM = re.compile(r"[^\n]+:[0-9]+: [^\n]+: [^\n]+, expected [^\n]+")
MENTOR_LINE = (
    "M1,R|86,2212,7,0912|091,221|222,de:C2|ar:B1,25746,12.5,in_person|online,mo-am|su-eve,"
    "2,f,network|interview,K1,mentee:E7|company:K1,occupation:22|need:network"
)
MENTOR_HEADER = (
    "id,sectors,occupation,level,fields,recognition,languages,place,reach_km,modes,slots,"
    "capacity,gender,offers,company,avoid,prefer"
)
MENTEE_LINE = (
    "E1,86,2212,3221,7,0912,partial,de:B2,25746,25,in_person,mo-am,3,M7|M8,f,yes,"
    "network,company:K1|mentor:M3,M2|M1"
)
MENTEE_HEADER = (
    "id,sectors,occupation,past_occupation,level,fields,recognition,languages,place,reach_km,"
    "modes,slots,waiting,previous,gender,same_gender,needs,avoid,prefer"
)


def write(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def mentors_in(folder: Path, content: str | bytes) -> list[Mentor]:
    problems: list[Problem] = []
    mentors = read_mentors(write(folder, content), problems)
    assert [str(problem) for problem in problems] == []
    return mentors


def problems_in(folder: Path, content: str | bytes, *, read: Any = read_mentors) -> list[str]:
    problems: list[Problem] = []
    assert read(write(folder, content), problems) == []
    said = [str(problem) for problem in problems]
    assert said
    assert all(PROBLEM.fullmatch(line) for line in said)
    return [line.removeprefix(f"{folder}/people.csv:") for line in said]


def test_a_mentor_is_read_with_every_column(tmp_path):
    assert mentors_in(tmp_path, f"{MENTOR_HEADER}\n{MENTOR_LINE}\n") == [
        Mentor(
            id="M1",
            sectors=("R", "86"),
            occupation="2212",
            level=7,
            fields=("0912", "091"),
            recognition=("221", "222"),
            languages={"de": "C2", "ar": "B1"},
            place=locate("25746"),
            reach_km=12.5,
            modes=frozenset({"in_person", "online"}),
            slots=frozenset({"mo-am", "su-eve"}),
            capacity=2,
            gender="f",
            offers=frozenset({"network", "interview"}),
            company="K1",
            avoid=("mentee:E7", "company:K1"),
            prefer=("occupation:22", "need:network"),
        )
    ]


def test_a_mentee_is_read_with_every_column(tmp_path):
    problems: list[Problem] = []
    path = write(tmp_path, f"{MENTEE_HEADER}\n{MENTEE_LINE}\n")
    assert read_mentees(path, problems) == [
        Mentee(
            id="E1",
            sectors=("86",),
            occupation="2212",
            past_occupation="3221",
            level=7,
            fields=("0912",),
            recognition="partial",
            languages={"de": "B2"},
            place=locate("25746"),
            reach_km=25.0,
            modes=frozenset({"in_person"}),
            slots=frozenset({"mo-am"}),
            waiting=3,
            previous=("M7", "M8"),
            gender="f",
            same_gender=True,
            needs=frozenset({"network"}),
            avoid=("company:K1", "mentor:M3"),
            prefer=("M2", "M1"),
        )
    ]
    assert problems == []


def test_the_columns_are_those_of_the_engine_and_no_more():
    assert set(MENTOR_COLUMNS) == set(Mentor.__dataclass_fields__)
    assert set(MENTEE_COLUMNS) == set(Mentee.__dataclass_fields__)


def test_the_engine_knows_the_same_sectors_as_the_lists():
    assert {code: section_of(code) for code in SECTION_OF} == SECTION_OF
    assert all(is_sector(code) for code in SECTION_OF)


def test_empty_cells_leave_what_the_engine_takes_for_missing(tmp_path):
    empty = ",".join(["M1", *[""] * MENTOR_HEADER.count(",")])
    assert mentors_in(tmp_path, f"{MENTOR_HEADER}\n{empty}\n") == [Mentor(id="M1")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends_of_all_kinds_read_the_same(
    tmp_path, encoding, delimiter, line_end
):
    lines = ["id,languages,company", "Müller-Straße,de:C2,Café", "B,en:B1,"]
    text = line_end.join(line.replace(",", delimiter) for line in lines) + line_end
    assert mentors_in(tmp_path, text.encode(encoding)) == [
        Mentor(id="Müller-Straße", languages={"de": "C2"}, company="Café"),
        Mentor(id="B", languages={"en": "B1"}),
    ]


def test_a_utf_16_mark_decides_on_the_order_of_bytes(tmp_path):
    text = "\ufeffid;languages\nÄ;de:C2\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert [mentor.id for mentor in mentors_in(tmp_path, text.encode(encoding))] == ["Ä"]


def test_a_decimal_comma_is_read_where_it_delimits_nothing(tmp_path):
    [mentor] = mentors_in(tmp_path, "id;languages;reach_km\nM1;de:C2;12,5\n")
    assert mentor.reach_km == 12.5


def test_quotes_blanks_blank_lines_and_trailing_delimiters_do_no_harm(tmp_path):
    text = '\n"id", Languages ,,\r\n\r\n" M1 ","de:C2 | ar:B1",,\n,,,\n'
    [mentor] = mentors_in(tmp_path, text)
    assert mentor == Mentor(id="M1", languages={"de": "C2", "ar": "B1"})


def test_a_spreadsheets_note_of_the_delimiter_is_skipped(tmp_path):
    assert [m.id for m in mentors_in(tmp_path, "sep=;\r\nid;languages\r\nM1;de:C2\r\n")] == ["M1"]


def test_signs_that_disguise_text_are_dropped_and_letters_composed(tmp_path):
    [mentor] = mentors_in(tmp_path, "id,languages\n\u202eM\u200bu\u0308,de:C2\n")
    assert mentor.id == "M\u00fc"


def test_an_id_that_an_export_kept_from_being_a_formula_is_read_back(tmp_path):
    mentors = mentors_in(tmp_path, "id,languages\n'=M1,de:C2\n''-M2,de:C2\n'M3,de:C2\n")
    assert [mentor.id for mentor in mentors] == ["=M1", "'-M2", "'M3"]


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("id", "a:b", "'a:b' is not an id, expected an id without ':', '|' or blank"),
        ("id", "a|b", "'a|b' is not an id, expected an id without ':', '|' or blank"),
        ("id", "a b", "'a b' is not an id, expected an id without ':', '|' or blank"),
        ("id", "a\u200db", "'a\\u200db' is not an id, expected an id"),
        ("id", "", "id is missing, expected an id"),
        ("id", "x" * 101, "is longer than 100 characters, expected an id"),
        ("sectors", "86|ZZ", "'ZZ' is unknown, expected a section letter or a two-digit division"),
        ("sectors", "1", "'1' is unknown, expected a section letter"),
        ("sectors", "86||R", "'86||R' has an empty entry, expected"),
        ("sectors", "86|86", "'86' is doubled, expected"),
        ("occupation", "2213", "'2213' is unknown, expected an ISCO-08 code of 1 to 4 digits"),
        ("occupation", "2212|2211", "'2212|2211' is unknown, expected an ISCO-08 code"),
        ("level", "0", "0 is out of range, expected a whole number from 1 to 8"),
        ("level", "9", "9 is out of range, expected a whole number from 1 to 8"),
        ("level", "6.5", "'6.5' is not a whole number, expected"),
        ("fields", "7", "'7' is unknown, expected an ISCED-F 2013 code of 2 to 4 digits"),
        ("recognition", "full", "'full' is unknown, expected an ISCO-08 code"),
        ("languages", "de", "'de' has no known level, expected ISO 639 codes with CEFR levels"),
        ("languages", "de:C3", "'de:C3' has no known level, expected ISO 639 codes"),
        ("languages", "qq:B1", "'qq:B1' has no known language, expected ISO 639 codes"),
        ("languages", "de:B1|de:C1", "'de' is doubled, expected ISO 639 codes"),
        ("place", "1067", "'1067' is unknown, expected a German postal code of five digits"),
        ("place", "Heide", "'Heide' is unknown, expected a German postal code"),
        ("reach_km", "nan", "'nan' is not a number, expected a number from 0 to 2000"),
        ("reach_km", "inf", "'inf' is not a number, expected a number from 0 to 2000"),
        ("reach_km", "1e3", "'1e3' is not a number, expected a number from 0 to 2000"),
        ("reach_km", "-5", "'-5' is not a number, expected a number from 0 to 2000"),
        ("reach_km", "2001", "2001 is out of range, expected a number from 0 to 2000"),
        ("reach_km", "\u0661\u0662", "is not a number, expected a number from 0 to 2000"),
        ("modes", "phone", "'phone' is unknown, expected one of in_person, online"),
        ("slots", "mo", "'mo' is unknown, expected a slot such as mo-am, tu-pm or we-eve"),
        ("capacity", "-1", "'-1' is not a whole number, expected a whole number from 0 to 1000"),
        ("capacity", "1.5", "'1.5' is not a whole number, expected"),
        ("gender", "d", "'d' is unknown, expected one of f, m, x"),
        ("offers", "money", "'money' is unknown, expected one of network, applications"),
        ("company", "A B", "'A B' is not an id, expected"),
        ("avoid", "E7", "'E7' is unknown, expected 'company:' and an id"),
        ("avoid", "place:25746", "'place:25746' is unknown, expected 'company:' and an id"),
        ("avoid", "mentee:", "id is missing, expected 'company:' and an id"),
        ("prefer", "mentee:E1", "'mentee:E1' is unknown, expected 'occupation:' and an ISCO-08"),
        ("prefer", "need:money", "'money' is unknown, expected 'occupation:' and an ISCO-08"),
        ("company", "K\x001", "has a control character U+0000, expected"),
        ("company", "K\x851", "has a control character U+0085, expected"),
        ("company", '"K\n1"', "has a line end or a tab, expected"),
        ("company", "K" * 10_001, "has more than 10000 characters, expected"),
    ],
)
def test_a_bad_cell_of_a_mentor_is_named_with_what_was_expected(tmp_path, column, cell, problem):
    values = dict(zip(MENTOR_HEADER.split(","), MENTOR_LINE.split(","), strict=True))
    values[column] = cell
    [said] = problems_in(tmp_path, f"{MENTOR_HEADER}\n{','.join(values.values())}\n")
    assert said.startswith(f"2: {column}: ")
    assert problem in said


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("recognition", "2212", "'2212' is unknown, expected one of none, applied, partial"),
        ("past_occupation", "x", "'x' is unknown, expected an ISCO-08 code"),
        ("waiting", "many", "'many' is not a whole number, expected"),
        ("previous", "M 1", "'M 1' is not an id, expected"),
        ("same_gender", "maybe", "'maybe' is unknown, expected yes or no"),
        ("needs", "money", "'money' is unknown, expected one of network"),
        ("prefer", "M1|M1", "'M1' is doubled, expected"),
    ],
)
def test_a_bad_cell_of_a_mentee_is_named_with_what_was_expected(tmp_path, column, cell, problem):
    values = dict(zip(MENTEE_HEADER.split(","), MENTEE_LINE.split(","), strict=True))
    values[column] = cell
    text = f"{MENTEE_HEADER}\n{','.join(values.values())}\n"
    [said] = problems_in(tmp_path, text, read=read_mentees)
    assert said.startswith(f"2: {column}: ")
    assert problem in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "1: file: is empty, expected a header and at least one person"),
        ("\n \n", "1: file: is empty, expected a header and at least one person"),
        ("id,languages\n", "1: id: there are no people, expected at least one row"),
        ("\n\nid,languages\n\n", "3: id: there are no people, expected at least one row"),
        ("id\nM1\n", "1: languages: column is missing, expected at least id, languages"),
        ("languages\nde:C2\n", "1: id: column is missing, expected at least id, languages"),
        ("id,languages,ID\nM1,de:C2,M2\n", "1: id: column is doubled, expected each column once"),
        ("id,languages,name\nM1,de:C2,Ada\n", "1: name: column is unknown, expected one of id,"),
        ("id,,languages\nM1,,de:C2\n", "1: '': column has no name, expected one of id,"),
        ("id,languages,a\x1bb\nM,de:C2,\n", "1: 'a\\x1bb': column is unknown, expected one of id,"),
        ("id,languages\nM1\n", "2: row: has 1 cells, expected 2 as the header"),
        ("id,languages\nM1,de:C2,x\n", "2: row: has 3 cells, expected 2 as the header"),
        ('id,languages\n"M1"x,de:C2\n', "2: file: is not CSV ("),
        ('id,languages\n"M1,de:C2\n', "2: file: is not CSV ("),
        (b"id,languages\n\x81\x8d,de:C2\n", "1: file: is not text, expected a CSV file in UTF-8"),
        (b"\xff\xfei\x00d\x00,", "1: file: is not text, expected a CSV file in UTF-8"),
        (b"PK\x03\x04rest", "1: file: is damaged, expected a workbook that a spreadsheet opens"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "1: file: is a workbook of the old kind (.xls)"),
        ("," * 500 + "id\n", "1: file: has too many columns, expected at most 100"),
        ("Name,Ort\nAda\n", "1: name: column is unknown, expected one of id,"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(tmp_path, content, said):
    assert problems_in(tmp_path, content)[0].startswith(said)


def test_rows_below_a_header_without_any_known_column_are_not_complained_about(tmp_path):
    said = problems_in(tmp_path, "Name,Ort\nAda\nBo,Heide,x\n")
    assert [line.partition(":")[0] for line in said] == ["1"] * 4


def test_all_problems_are_said_at_once_and_nothing_is_half_used(tmp_path):
    text = "id,languages,level,colour\nM1,de:C9,9,red\nM2,de:C2,1,blue\nM2,de:C2,x,\nM 3,,2,\n"
    assert [
        said.partition(": ")[0] + said.split(":")[1] for said in problems_in(tmp_path, text)
    ] == [
        "1 colour",
        "2 languages",
        "2 level",
        "4 level",
        "5 id",
        "4 id",
    ]


def test_a_doubled_id_names_the_line_where_it_stood_first(tmp_path):
    text = 'id,languages\nM1,"de:C2"\n\nM1,de:C2\n'
    [said] = problems_in(tmp_path, text)
    assert said == "4: id: 'M1' is doubled (first in line 2), expected an id of its own"


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    text = 'id,languages,company\nM1,de:C2,"two\nlines"\nM2,de:C2,a b\n'
    lines = [said.partition(":")[0] for said in problems_in(tmp_path, text)]
    assert lines == ["2", "4"]


def test_terminal_escapes_in_cells_come_out_as_text(tmp_path):
    [said] = problems_in(tmp_path, "id,languages,company\nM1,de:C2,K\u2028\U000e0001 1\n")
    assert said.isprintable()


@pytest.mark.parametrize("name", ["no-such-file.csv", ".", "no\0name.csv"])
def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path, name):
    problems: list[Problem] = []
    assert read_mentors(tmp_path / name, problems) == []
    assert "file: cannot be read (" in str(problems[0])


def test_text_that_is_called_a_workbook_is_refused(tmp_path):
    problems: list[Problem] = []
    read_mentors(write(tmp_path, "id,languages\nM1,de:C2\n", "people.XLSX"), problems)
    assert "is no workbook, expected a CSV file or an .xlsx workbook" in str(problems[0])


def test_a_refused_sheet_is_named(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise Unreadable("damaged", sheet="People", line=7)

    monkeypatch.setattr(lists, "read_path", refuse)
    problems: list[Problem] = []
    assert read_mentors(tmp_path / "people.xlsx", problems) == []
    assert f"{tmp_path}/people.xlsx:People:7: file: is damaged" in str(problems[0])


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@example(b"\x00")
@example(b"\xff\xfe")
@example(b"id,languages\n\x00,de:C2")
@example(b'"\n"')
def test_random_bytes_are_read_or_refused_in_words(tmp_path_factory, data):
    check_any(tmp_path_factory.getbasetemp(), data)


CELLS = st.text(st.sampled_from(list("aM1de:C2|,;\t\"'=\n\r\x00 \u202eü\U0001f600")), max_size=12)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=5), st.sampled_from(",;\t"))
def test_random_cells_are_read_or_refused_in_words(tmp_path_factory, rows, delimiter):
    lines = ["id,languages,company,place".replace(",", delimiter)]
    text = "\n".join([*lines, *(delimiter.join(row) for row in rows)])
    check_any(tmp_path_factory.getbasetemp(), text.encode())


def check_any(folder: Path, data: bytes) -> None:
    path = write(folder, data, "random.csv")
    for read in (read_mentors, read_mentees):
        problems: list[Problem] = []
        people = read(path, problems)
        assert bool(people) != bool(problems)
        assert all(PROBLEM.fullmatch(str(problem)) for problem in problems)
