"""A coordinator's list of mentees, with every habit a person has."""

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.models import ImportKind
from tandem.services.imports import (
    FIELDS,
    LEAVE_OUT,
    NOTE,
    Corrections,
    NoList,
    accepts,
    from_plain,
    survey,
    to_plain,
    understand,
)
from tandem.services.tables import Merged, Sheet
from tests.services.imports.lists import kept_in, lost, sheet_of, shown_in, understood

MENTEES = ImportKind.MENTEES
TALK = datetime(2026, 1, 3)  # noqa: DTZ001 - workbooks know no zones
HEADER = [
    "Nr", "Name, Vorname", "Anr.", "PLZ/Ort", "Tel.", "E-Mail ", "Beruf (Herkunft)", "Wunsch",
    "Abschluss", "anerk.?", "Deutsch", "weitere Sprachen", "PKW", "Kinderbetr.",
    "nur Frau als Mentorin", "Erstgespräch", "Bemerkung",
]  # fmt: skip
LUCIA = [
    1, "Beispielenko, Lucía", "Fr.", "25709 Marne", None, "lucia.1@example.org",
    "Chemielaborantin", "wie bisher", "Techniker", "H+ lt. anabin", "B1 Zertifikat",
    "Ukrainisch, engl. B2", "x", None, "ja bitte", TALK, "=ruft zurück",
]  # fmt: skip
REZA = [
    None, "van der Probe, Reza", "Hr.", 25746, "0151-0000007 (WhatsApp)", "über Schwester",
    "Koch, später Hotelmanagement", "egal, Hauptsache Arbeit", "?", "läuft", "gut", "-", "nein",
    "ja, 2 Kinder", None, "KW 38", None,
]  # fmt: skip
TWICE = [30, *REZA[1:]]
LIST = sheet_of(
    ["Mentoring Tandem"], ["Stand: 1.3., bitte nicht sortieren!"], None, HEADER, LUCIA, REZA,
    ["--- ab hier neu ---"], None, HEADER, TWICE, None, ["Summe:", "=COUNTA(B5:B60)"],
)  # fmt: skip


@pytest.fixture(name="read", scope="module")
def read_fixture():
    return understand([LIST], MENTEES, answers={})


def test_the_list_is_found_between_titles_notes_and_sums(read):
    assert (read.sheet, read.header_line) == ("Liste", 4)
    assert [person.line for person in read.people] == [5, 6, 10]
    assert [(aside.line, aside.text[:12]) for aside in read.asides] == [
        (1, "Mentoring Ta"),
        (2, "Stand: 1.3.,"),
        (7, "--- ab hier "),
        (9, "Nr | Name, V"),
        (12, "Summe: | =CO"),
    ]


def test_columns_are_guessed_by_their_headers(read):
    assert [column.role for column in read.columns] == [
        NOTE, "name", "gender", "place", "phone", "email", "past_occupation", "occupation",
        "level", "recognition", "language:de", "languages", "travel", NOTE, "same_gender",
        "talked_on", NOTE,
    ]  # fmt: skip
    assert all(0.5 <= column.certainty <= 1 for column in read.columns if column.role != NOTE)
    assert [column.label for column in read.columns if column.is_sensitive] == ["Kinderbetr."]


def test_a_person_is_read_as_far_as_it_goes(read):
    lucia = read.people[0]
    assert {name: known.value for name, known in lucia.fields.items()} == {
        "first_name": "Lucía",
        "last_name": "Beispielenko",
        "gender": "f",
        "postal_code": "25709",
        "email": "lucia.1@example.org",
        "past_occupation": "3111",
        "past_occupation_words": "Chemielaborantin",
        "occupation": "3111",
        "occupation_words": "Chemielaborantin",
        "level": 6,
        "qualification_name": "Techniker",
        "recognition": None,
        "languages": {"de": "B1", "en": "B2"},
        "travel": ["car"],
        "same_gender": True,
        "talked_on": "2026-01-03",
    }
    assert (
        lucia.fields["languages"].shown == "B1 Zertifikat | weitere Sprachen: Ukrainisch, engl. B2"
    )
    assert lucia.fields["languages"].asks == (("unstated_level", "mentees"),)


def test_what_no_field_holds_goes_into_a_note(read):
    assert read.people[0].notes() == [
        "Nr: 1\nBemerkung: =ruft zurück\nanerk.?: H+ lt. anabin\nDeutsch: B1 Zertifikat\n"
        "weitere Sprachen: Ukrainisch, engl. B2"
    ]
    [note] = read.people[1].notes()
    assert "E-Mail: über Schwester" in note
    assert "Kinderbetr.: ja, 2 Kinder" in note
    assert "Erstgespräch: KW 38" in note
    assert "Tel.: 0151-0000007 (WhatsApp)" in note


def test_nothing_is_lost(read):
    assert lost(read, LIST) == []
    assert lost(read, sheet_of(["nowhere"], first=5)) == [(5, "nowhere")]


def test_somebody_twice_is_marked(read):
    assert [(one.twice_of, one.twice_because) for one in read.people] == [
        (None, ""),
        (None, ""),
        (6, "similar_name"),
    ]


def test_each_kind_of_value_that_is_not_known_is_asked_once(read):
    questions = {question.key: question for question in read.questions}
    assert set(questions) == {
        ("unstated_level", "mentees"),
        ("language_level", "gut"),
        ("occupation", "koch spaeter hotelmanagement"),
        ("occupation", "egal hauptsache arbeit"),
        ("recognition", "h lt anabin"),
    }
    good = questions["language_level", "gut"]
    assert (good.count, good.lines, good.examples) == (2, (6, 10), ("gut",))
    assert good.offered == ("A1", "A2", "B1", "B2", "C1", "C2")


def test_answers_hold_for_every_row_and_nothing_is_asked_again(read):
    answers = {
        ("unstated_level", "mentees"): "C2",
        ("language_level", "gut"): "B2",
        ("occupation", "koch spaeter hotelmanagement"): "5120",
        ("occupation", "egal hauptsache arbeit"): None,
        ("recognition", "h lt anabin"): "none",
    }
    again = understand([LIST], MENTEES, answers=answers)
    assert again.questions == ()
    assert [one.value("languages") for one in again.people] == [
        {"de": "B1", "uk": "C2", "en": "B2"},
        {"de": "B2"},
        {"de": "B2"},
    ]
    assert [one.value("past_occupation") for one in again.people] == ["3111", "5120", "5120"]
    assert again.people[1].value("occupation") is None
    assert again.people[0].value("recognition") == "none"
    assert lost(again, LIST) == []


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("language_level", "B1", "B3"), ("unstated_level", "C2", 2), ("language", "ar", "qq"),
        ("occupation", "2212", "9999"), ("sector", "86", "00"), ("topic", "network", "money"),
        ("field", "0713", "7"), ("recognition", "none", "no"), ("postal_code", "25746", "99999"),
        ("level", 7, "7"), ("capacity", 0, 21), ("modes", ["online"], "online"),
        ("travel", [], ["plane"]), ("same_gender", False, 0), ("internships", True, "yes"),
    ],
)  # fmt: skip
def test_only_what_fits_is_accepted_as_an_answer(field, good, bad):
    assert field in FIELDS
    assert accepts(field, good)
    assert accepts(field, None)
    assert not accepts(field, bad)


def test_every_kind_of_question_can_be_answered_and_nothing_else(read):
    assert {question.field for question in read.questions} <= set(FIELDS)
    for question in read.questions:
        assert all(accepts(question.field, value) for value in question.offered)
    assert not accepts("name", None)


def test_an_answer_that_cannot_be_is_asked_again():
    read = understand([LIST], MENTEES, answers={("language_level", "gut"): "sehr gut"})
    assert ("language_level", "gut") in {question.key for question in read.questions}


def test_the_coordinator_can_say_what_columns_hold():
    corrected = Corrections(columns={0: LEAVE_OUT, 16: "about", 12: NOTE, 99: "name"})
    read = understand([LIST], MENTEES, answers={}, corrections=corrected)
    lucia = read.people[0]
    assert lucia.value("about") == "=ruft zurück"
    assert "travel" not in lucia.fields
    assert "PKW: x" in lucia.notes()[0]
    assert "Nr" not in lucia.notes()[0]
    assert [read.columns[at].certainty for at in (0, 12, 16)] == [1.0, 1.0, 1.0]


def test_the_coordinator_can_say_where_the_list_is():
    other = sheet_of(["x"], ["Nachname", "Vorname"], ["Probe", "Jo"], name="Alt")
    read = survey([LIST, other], MENTEES)
    assert [(one.name, one.rows) for one in read.other_sheets] == [("Alt", 3)]
    corrected = Corrections(sheet="Alt", header_line=2)
    read = understand([LIST, other], MENTEES, answers={}, corrections=corrected)
    assert [(one.value("first_name"), one.value("last_name")) for one in read.people] == [
        ("Jo", "Probe")
    ]
    assert [one.name for one in read.other_sheets] == ["Liste"]


def test_a_visible_sheet_goes_before_a_hidden_one():
    old = sheet_of(HEADER, LUCIA, LUCIA, name="alt", hidden=True)
    new = sheet_of(HEADER, LUCIA, name="neu")
    assert survey([old, new], MENTEES).sheet == "neu"


def test_files_without_anything_are_refused():
    for sheets in ([], [Sheet(rows=())]):
        with pytest.raises(NoList):
            survey(sheets, MENTEES)


def test_a_contradiction_is_said_and_both_are_kept():
    labels = ["Name", "Anrede", "Deutsch", "Sprachen"]
    read = understood(MENTEES, labels, ["Herr Jo Probe", "Frau", "B1", "Deutsch B2"])
    [jo] = read.people
    assert jo.remarks == ("contradicts",)
    assert jo.value("languages") == {"de": "B1"}
    assert "Anrede: Frau" in jo.notes()[0]


def test_a_man_who_wants_a_woman_as_mentor_is_for_a_person_to_settle():
    read = understood(MENTEES, ["Name", "Anrede", "nur Frau"], ["Probe, Jo", "Herr", "ja"])
    assert read.people[0].remarks == ("only_women_but_a_man",)
    assert read.people[0].value("same_gender") is None


def test_as_before_without_a_before_is_open_and_not_asked():
    read = understood(MENTEES, ["Name", "Beruf", "Wunsch"], ["Probe, Jo", None, "wie bisher"])
    assert read.questions == ()
    assert read.people[0].value("occupation") is None
    assert "wie bisher" in kept_in(read, 2)


def test_as_before_waits_for_the_same_answer_as_the_occupation_before():
    rows = ["Name", "Beruf", "Wunsch"], ["Probe, Jo", "Windmensch", "wie bisher"]
    assert understood(MENTEES, *rows).people[0].fields["occupation"].asks == (
        ("occupation", "windmensch"),
    )
    read = understood(MENTEES, *rows, answers={("occupation", "windmensch"): "7412"})
    assert read.people[0].value("occupation") == "7412"


def test_cells_merged_downwards_hold_for_each_row_but_name_nobody_twice():
    sheet = sheet_of(
        ["Name", "Ort", "E-Mail", "Notiz"],
        ["Probe, Jo", "25746 Heide", "jo@example.org", "ruft an"],
        [None, None, None, "zweite Zeile"],
        ["Probe, Bo", None, "bo@example.org", None],
        merged=(
            Merged(first_line=2, last_line=3, first_column=1, last_column=1),
            Merged(first_line=2, last_line=4, first_column=2, last_column=2),
        ),
    )
    read = understand([sheet], MENTEES, answers={})
    assert [person.line for person in read.people] == [2, 4]
    assert [person.value("postal_code") for person in read.people] == ["25746", "25746"]
    assert read.people[0].notes() == ["Notiz: ruft an\nNotiz: zweite Zeile"]


def test_two_people_of_one_mail_address_are_marked():
    rows = [["Probe, Jo", "a@example.org"], ["Muster, Bo", "A@example.org"]]
    read = understood(MENTEES, ["Name", "E-Mail"], *rows)
    assert (read.people[1].twice_of, read.people[1].twice_because) == (2, "same_mail")


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        (["Proba, Johannes", "Heide"], True),
        (["Johannes Probe", "25746"], True),
        (["Probe, Johannes", "Marne"], False),
        (["Probe, Josefine", "Heide"], False),
    ],
)
def test_similar_names_in_one_place_are_marked(other, twice):
    read = understood(MENTEES, ["Name", "Ort"], ["Probe, Johannes", "Heide"], other)
    assert (read.people[1].twice_because == "similar_name") is twice


def test_long_leftovers_are_parted_into_notes_that_fit():
    labels = ["Name", "E-Mail", "A", "B"]
    read = understood(MENTEES, labels, ["Probe, Jo", "jo@example.org", "a" * 3_999, "b" * 9_000])
    notes = read.people[0].notes()
    assert all(0 < len(note) <= 4_000 for note in notes)
    assert "".join(notes).count("b") == 9_000
    assert sum(note.count("a") for note in notes) == 3_999


def test_a_column_for_the_place_beside_its_code_asks_nothing():
    rows = [["Probe, Jo", "Kleve", 25779], ["Muster, Bo", "Dorf", 25746], ["Ex, Al", "Heide", None]]
    read = understood(MENTEES, ["Name", "Ort", "PLZ"], *rows)
    assert [one.value("postal_code") for one in read.people] == ["25779", "25746", "25746"]
    assert [one.notes() for one in read.people] == [[], ["Ort: Dorf"], ["Ort: Heide"]]
    assert read.people[0].fields["postal_code"].shown == "25779 | Ort: Kleve"
    assert read.questions == ()


def test_a_title_between_rows_is_nobody_but_a_lonely_name_is_somebody():
    rows = [["Warteliste"], ["Probe, Jo"], [None, "Bo Muster"]]
    assert [one.line for one in understood(MENTEES, ["Name", "Ort", "Tel."], *rows).people] == [3]
    labels = ["Ort", "Name", "Tel."]
    assert [one.line for one in understood(MENTEES, labels, *rows).people] == [4]
    assert len(understood(MENTEES, ["Name"], ["Jo Probe"], ["Bo Muster"]).people) == 2


def test_lines_in_a_cell_stay_apart():
    labels = ["Name", "Sprachen", "Notiz"]
    read = understood(MENTEES, labels, ["Jo\nProbe", "Deutsch B1\nArabisch C2", "eins\n\n zwei"])
    [jo] = read.people
    assert (jo.value("first_name"), jo.value("last_name")) == ("Jo", "Probe")
    assert jo.value("languages") == {"de": "B1", "ar": "C2"}
    assert jo.notes() == ["Notiz: eins\nzwei"]


def test_control_characters_in_cells_do_no_harm():
    read = understood(MENTEES, ["Name", "Notiz"], ["Probe,\x00 Jo", "eins\x07zwei d\u202erei"])
    assert read.people[0].value("first_name") == "Jo"
    assert read.people[0].notes() == ["Notiz: eins zwei drei"]


def test_progress_is_told():
    heard = []
    rows = [[f"Probe, Jo {number}", "Heide"] for number in range(250)]
    understood(
        MENTEES, ["Name", "Ort"], *rows, progress=lambda done, total: heard.append((done, total))
    )
    assert heard == [(0, 250), (100, 250), (200, 250), (250, 250)]


def test_what_was_understood_survives_as_json(read):
    assert from_plain(json.loads(json.dumps(to_plain(read)))) == read


WORDS = st.sampled_from(
    ["", "x", "?", "gut", "B1", "Deutsch B2", "25746", "Heide", "Probe, Jo", "jo@example.org", "ja",
     "Summe", "Frau", "Krankenschwester", "13.3.26", "=1+1", "1-2", "Dr.", "a/b", "wie bisher"]
)  # fmt: skip
CELLS = WORDS | st.integers(-5, 99_999) | st.floats(allow_nan=False) | st.text(max_size=8)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=6))
def test_whatever_stands_there_is_read_without_a_fault_and_told_of(rows):
    labels = ["Name", "E-Mail", "PLZ/Ort", "Deutsch", "Wunsch", "Beruf", "Notiz"]
    sheet = sheet_of(labels, *rows)
    for kind in ImportKind:
        read = understand([sheet], kind, answers={}, corrections=Corrections(header_line=1))
        clean = [row for row in lost(read, sheet) if _is_plain(row[1])]
        assert clean == []
        assert from_plain(json.loads(json.dumps(to_plain(read)))) == read
        assert all(shown_in(read, person.line) for person in read.people)


def _is_plain(text):
    """Tell whether a text is not changed where it is cleaned."""
    return text.isascii() and text.isprintable()
