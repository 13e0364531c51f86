"""Work, qualifications, dates and wishes, read cell by cell."""

import pytest

from tandem.services.imports.asking import Asking
from tandem.services.imports.reading import dates, learning, wishes, work
from tandem.taxonomy import NEEDS, is_occupation
from tests.services.imports.readers import asks, outcome, value, values


@pytest.mark.parametrize(
    ("text", "code", "sure"),
    [
        ("2212", "2212", "exact"),
        ("Krankenschwester", "3221", "read"),
        ("KFZ-Mechatroniker", "7231", "read"),
        ("Buchhalter/in", "4311", "read"),
        ("?", None, "unknown"),
    ],
)
def test_occupations_are_found_by_their_names(text, code, sure):
    found = outcome(work.read_occupation, text).values["occupation"]
    assert (found.value, found.sure.value) == (code, sure)


def test_the_words_of_an_occupation_are_kept_as_they_stood():
    assert values(work.read_past_occupation, "Krankenschwester") == {
        "past_occupation": "3221",
        "past_occupation_words": "Krankenschwester",
    }
    assert values(work.read_occupation, "2212") == {"occupation": "2212"}


def test_an_occupation_in_other_words_is_asked_about_with_the_nearest_offered():
    asking = Asking({})
    work.read_occupation("Lehrer (Mathe/Physik)", asking)
    [question] = asking.questions()
    assert question.key == ("occupation", "lehrer mathe physik")
    assert question.offered
    assert all(is_occupation(str(code)) for code in question.offered)


def test_an_answer_that_it_is_no_occupation_leaves_its_words():
    text = "egal, Hauptsache Arbeit"
    answers = {("occupation", "egal hauptsache arbeit"): None}
    assert values(work.read_occupation, text, answers) == {
        "occupation": None,
        "occupation_words": text,
    }


@pytest.mark.parametrize(
    ("text", "codes", "sure"),
    [
        ("R|86", ["R", "86"], "exact"),
        ("Krankenhaus", ["86"], "read"),
        ("EDV", ["62"], "read"),
        ("Spedition, Hotel", ["49", "55"], "read"),
    ],
)
def test_sectors(text, codes, sure):
    assert value(work.read_sectors, text) == (codes, sure)


def test_a_sector_that_is_not_known_is_asked_about():
    assert asks(work.read_sectors, "Handwerk") == [("sector", "handwerk")]
    assert value(work.read_sectors, "Handwerk", {("sector", "handwerk"): "43"}) == (["43"], "read")
    assert value(work.read_sectors, "Handwerk", {("sector", "handwerk"): None}) == (None, "read")


def test_a_company_has_one_division():
    assert value(work.read_company_sector, "Krankenhaus") == ("86", "read")
    assert asks(work.read_company_sector, "86|87") == [("sector", "86 87")]
    assert asks(work.read_company_sector, "Q") == [("sector", "q")]


@pytest.mark.parametrize(
    ("text", "size"),
    [("9", "micro"), ("ca. 49", "small"), ("50 MA", "medium"), ("250", "large"), ("viele", None)],
)
def test_the_size_of_a_company_follows_from_its_people(text, size):
    assert value(work.read_company_size, text)[0] == size


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Dr.", 8), ("Promotion", 8), ("Master", 7), ("Master of Science", 7), ("Bachelor", 6),
        ("Techniker", 6), ("Meisterbrief", 6), ("Ausbildung 3 J.", 4), ("Ausbildung, 2 Jahre", 3),
        ("Abitur", 4), ("Realschule", 3), ("Hauptschulabschluss", 2),
        ("Abitur + 2 Jahre Studium", 4),
    ],
)  # fmt: skip
def test_qualifications_have_levels_and_keep_their_names(text, level):
    assert values(learning.read_level, text) == {"level": level, "qualification_name": text}


def test_a_level_as_a_digit_is_exact():
    assert value(learning.read_level, "7") == (7, "exact")


@pytest.mark.parametrize(
    "text", ["keine", "Master (nicht abgeschl.)", "Diplom", "Uni, 5 Jahre", "Studium, 4 Sem."]
)
def test_a_qualification_of_no_plain_level_is_asked_about(text):
    [(field, _)] = asks(learning.read_level, text)
    assert field == "level"


@pytest.mark.parametrize(
    ("text", "code", "sure"),
    [
        ("partial", "partial", "exact"), ("ja", "full", "read"), ("nein", "none", "read"),
        ("läuft", "applied", "read"), ("beantragt 03/24", "applied", "read"),
        ("teilweise", "partial", "read"), ("ja (2023)", "full", "read"),
        ("nicht nötig", "not_needed", "read"),
        ("?", None, "unknown"),
    ],
)  # fmt: skip
def test_recognition(text, code, sure):
    assert value(learning.read_recognition, text) == (code, sure)


def test_recognition_in_other_words_is_asked_about():
    assert asks(learning.read_recognition, "H+ lt. anabin") == [("recognition", "h lt anabin")]
    answers = {("recognition", "h lt anabin"): "none"}
    assert value(learning.read_recognition, "H+ lt. anabin", answers) == ("none", "read")


def test_fields_of_education():
    assert value(learning.read_fields, "0713|07") == (["0713", "07"], "exact")
    assert value(learning.read_fields, "Bildende Kunst") == (["0213"], "read")
    assert asks(learning.read_fields, "Windkunde") == [("field", "windkunde")]
    assert value(learning.read_fields, "Windkunde", {("field", "windkunde"): "0713"})[0] == ["0713"]


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("2026-03-13", "2026-03-13", "exact"), ("13.3.26", "2026-03-13", "exact"),
        ("13.03.2026", "2026-03-13", "exact"), ("13/3/2026", "2026-03-13", "exact"),
        ("13. März 2026", "2026-03-13", "exact"), ("5. Okt. 25", "2025-10-05", "exact"),
        ("am 13.3.26 um 10", "2026-03-13", "read"), ("KW 38", None, "unknown"),
        ("03/24", None, "unknown"), ("31.2.2026", None, "unknown"), ("1.1.1000", None, "unknown"),
        ("2020", None, "unknown"),
        ("46094", "2026-03-13", "read"), ("13. Foo 2026", None, "unknown"),
    ],
)  # fmt: skip
def test_dates_of_all_kinds(text, day, sure):
    assert value(dates.reader_of_day("talked_on"), text) == (day, sure)


def test_topics():
    assert value(wishes.read_topics, "network|interview") == (["network", "interview"], "exact")
    assert value(wishes.read_topics, "Fachdeutsch; Praktikum") == (
        ["technical_german", "internship"],
        "read",
    )
    assert value(wishes.read_topics, "alles") == (list(NEEDS), "read")
    assert asks(wishes.read_topics, "Bewerbung, Kaffee") == [("topic", "kaffee")]
    assert value(wishes.read_topics, "Kaffee", {("topic", "kaffee"): "network"})[0] == ["network"]
    assert value(wishes.read_topics, "Kaffee", {("topic", "kaffee"): None}) == (None, "read")


@pytest.mark.parametrize(
    ("text", "said"), [("x", True), ("ja bitte", True), ("nein", False), ("-", False), ("✓", True)]
)
def test_yes_and_no(text, said):
    assert value(wishes.reader_of_yes_no("same_gender"), text) == (said, "exact")


def test_what_is_neither_yes_nor_no_is_asked_about():
    assert asks(wishes.reader_of_yes_no("same_gender"), "lieber") == [("same_gender", "lieber")]


@pytest.mark.parametrize(
    ("text", "ways", "sure"),
    [
        ("x", ["car"], "exact"), ("nein", [], "exact"),
        ("Bus und Fahrrad", ["bus", "bicycle"], "read"),
        ("Führerschein ja, kein Auto", [], "read"), ("Rollschuhe", None, "unknown"),
        ("-", [], "exact"),
        ("car|bus", ["car", "bus"], "exact"),
    ],
)  # fmt: skip
def test_how_somebody_gets_about(text, ways, sure):
    assert value(wishes.read_travel, text) == (ways, sure)


def test_what_says_nothing_is_not_asked_about():
    for reader in (
        learning.read_fields, wishes.read_topics, wishes.reader_of_yes_no("internships"),
        wishes.read_travel, work.read_sectors, work.read_occupation, wishes.read_capacity,
    ):  # fmt: skip
        assert value(reader, "?") == (None, "unknown")
        assert asks(reader, "?") == []


def test_words_that_no_field_can_hold_are_left_to_the_note():
    long = "Windmüller " * 12
    assert set(values(work.read_occupation, long)) == {"occupation"}
    assert not outcome(work.read_occupation, long).keeps_all
    assert value(work.read_recognition_paths, "Pflege") == (None, "unknown")
    assert value(wishes.reader_of_text("job_title", longest=5), "123456") == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("occupation:22|need:network", ["occupation:22", "need:network"]),
        ("need:network|need:network", ["need:network"]),
        ("mentor:M3", None),
        ("occupation:99999", None),
        ("need:money", None),
        ("Pflege", None),
        ("occupation:22|", None),
    ],
)
def test_whom_a_mentor_would_like_best_are_codes_and_never_persons(text, wished):
    sure = "exact" if wished else "unknown"
    assert value(wishes.read_preferences, text) == (wished, sure)


def test_numbers():
    assert value(wishes.read_capacity, "2") == (2, "exact")
    assert value(wishes.read_capacity, "2 Mentees") == (2, "read")
    assert asks(wishes.read_capacity, "nach Absprache") == [("capacity", "nach absprache")]
    assert asks(wishes.read_capacity, "1-2") == [("capacity", "1 2")]
    assert value(wishes.reader_of_number("reach_km", high=1_000), "30 km") == (30, "read")
    assert value(wishes.reader_of_number("reach_km", high=1_000), "5000") == (None, "unknown")


def test_ways_to_meet_and_times():
    assert value(wishes.read_modes, "in_person|online") == (["in_person", "online"], "exact")
    assert value(wishes.read_modes, "nur online") == (["online"], "read")
    assert asks(wishes.read_modes, "im Wald") == [("modes", "im wald")]
    assert value(wishes.read_modes, "im Wald", {("modes", "im wald"): ["online"]}) == (
        ["online"],
        "read",
    )
    assert value(wishes.read_slots, "mo-am|tu-eve") == (["mo-am", "tu-eve"], "exact")
    assert value(wishes.read_slots, "abends") == (None, "unknown")
