"""Cells read one by one: what they are taken for, how surely, and what is asked."""

import pytest

from tandem.services.imports.asking import Asking
from tandem.services.imports.reading import (
    contacts,
    dates,
    languages,
    learning,
    names,
    wishes,
    work,
)
from tandem.services.imports.reading.places import Places
from tandem.services.imports.understood import Sure
from tandem.taxonomy import NEEDS, is_language, is_occupation


def outcome(reader, text, **answers):
    return reader(text, Asking(answers.get("answers", {})))


def values(reader, text, answers=None):
    found = reader(text, Asking(answers or {})).values
    return {name: known.value for name, known in found.items()}


def value(reader, text, answers=None):
    [known] = reader(text, Asking(answers or {})).values.values()
    assert known.shown == text
    return known.value, known.sure.value


def asks(reader, text):
    asking = Asking({})
    found = reader(text, asking)
    keys = [key for known in found.values.values() for key in known.asks]
    assert sorted(keys) == sorted(question.key for question in asking.questions())
    assert all(known.sure is Sure.UNKNOWN for known in found.values.values() if known.asks)
    return keys


@pytest.mark.parametrize(
    ("text", "first", "last", "gender"),
    [
        ("Beispielenko, Lucía", "Lucía", "Beispielenko", None),
        ("van der Probe, Reza", "Reza", "van der Probe", None),
        ("Reza van der Probe", "Reza", "van der Probe", None),
        ("Ana María Ejemplo", "Ana María", "Ejemplo", None),
        ("Frau Dr. Lu Probe", "Lu", "Probe", "f"),
        ("Herr Exempel 5", None, "Exempel 5", "m"),
        ("Fr. Probe", None, "Probe", "f"),
        ("Probe", None, "Probe", None),
        ("O'Exempel, X", "X", "O'Exempel", None),
        ("Dr. med. Probe, Jo", "Jo", "Probe", None),
    ],
)
def test_names_are_parted_into_first_and_last(text, first, last, gender):
    expected = {"first_name": first, "last_name": last, "gender": gender}
    assert values(names.read_name, text) == {k: v for k, v in expected.items() if v}


def test_a_name_with_a_comma_is_certain_and_one_without_is_read():
    assert names.read_name("Probe, Jo", Asking({})).values["last_name"].sure is Sure.EXACT
    assert names.read_name("Jo Probe", Asking({})).values["last_name"].sure is Sure.READ


def test_a_title_stays_in_the_note():
    assert not outcome(names.read_name, "Dr. Probe, Jo").keeps_all
    assert outcome(names.read_name, "Probe, Jo").keeps_all


@pytest.mark.parametrize("text", ["Ali und Bo Probe", "Probe, Ali / Probe, Bo", "A & B Probe"])
def test_two_people_in_a_cell_are_not_taken_for_one(text):
    found = outcome(names.read_name, text)
    assert found.remarks == ("several_people",)
    assert {known.value for known in found.values.values()} == {None}
    assert not found.keeps_all


@pytest.mark.parametrize("text", ["46", "=COUNTA(B5:B60)", "-", "?", "x" * 81])
def test_what_names_nobody_is_no_name(text):
    for reader in (names.read_name, names.read_first_name, names.read_last_name):
        assert {known.value for known in outcome(reader, text).values.values()} <= {None}


def test_cells_of_their_own_for_first_and_last_name_are_taken_as_they_are():
    assert value(names.read_first_name, "Anne-Marie") == ("Anne-Marie", "exact")
    assert value(names.read_last_name, "al Probe") == ("al Probe", "exact")
    assert values(names.read_last_name, "Probe, Jo") == {"first_name": "Jo", "last_name": "Probe"}


@pytest.mark.parametrize(
    ("text", "gender"),
    [("Fr.", "f"), ("Herr", "m"), ("W", "f"), ("d", "x"), ("divers", "x"), ("männlich", "m")],
)
def test_salutations_tell_the_gender(text, gender):
    assert value(names.read_salutation, text) == (gender, "exact")


def test_an_unknown_salutation_is_not_guessed():
    assert value(names.read_salutation, "Familie") == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "mail", "sure"),
    [
        ("Jo.Probe@Example.org", "jo.probe@example.org", "exact"),
        ("mailto:a@example.org", "a@example.org", "exact"),
        ("a@example.org (Schwester)", "a@example.org", "read"),
        ("a@example.org; b@example.org", "a@example.org", "read"),
        ("über Schwester", None, "unknown"),
        ("keine", None, "unknown"),
        ("a@b", None, "unknown"),
    ],
)
def test_mail_addresses(text, mail, sure):
    assert value(contacts.read_email, text) == (mail, sure)


@pytest.mark.parametrize(
    ("text", "phone", "sure"),
    [
        ("+49 151 0000003", "+491510000003", "exact"),
        ("0481 / 555006", "+49481555006", "exact"),
        ("0049 (0)481 555006", "+49481555006", "exact"),
        ("+49 (0) 481-555006", "+49481555006", "exact"),
        ("0151-0000005 (WhatsApp)", "+491510000005", "read"),
        ("ruft an", None, "unknown"),
        ("E000000", None, "unknown"),
        ("0123", None, "unknown"),
    ],
)
def test_telephone_numbers(text, phone, sure):
    assert value(contacts.read_phone, text) == (phone, sure)


def test_websites():
    assert value(contacts.read_website, "www.example.org") == ("https://www.example.org", "exact")
    assert value(contacts.read_website, "http://example.org/a") == ("http://example.org/a", "exact")
    assert value(contacts.read_website, "javascript:alert(1)") == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "code", "sure"),
    [
        ("25746", "25746", "exact"),
        ("25746 Heide", "25746", "exact"),
        ("Heide (25746)", "25746", "exact"),
        ("D-25746 Heide", "25746", "exact"),
        ("Süderstr. 5, 25746 Heide", "25746", "read"),
        ("1067", "01067", "read"),
        ("Heide", "25746", "read"),
        ("St. Michaelisdonn", "25693", "read"),
        ("?", None, "unknown"),
    ],
)
def test_places(text, code, sure):
    assert value(Places([]).read, text) == (code, sure)


def test_a_place_that_is_not_known_is_asked_about():
    assert asks(Places([]).read, "Kleinkleckersdorf") == [("postal_code", "kleinkleckersdorf")]
    assert asks(Places([]).read, "99999") == [("postal_code", "99999")]


def test_an_answer_about_a_place_is_taken():
    answers = {("postal_code", "kleve"): "25779"}
    assert value(Places([]).read, "Kleve", answers) == ("25779", "read")


def test_a_place_of_several_codes_is_asked_about_and_they_are_offered():
    asking = Asking({})
    Places([]).read("Kleve", asking)
    [question] = asking.questions()
    assert set(question.offered) == {"25776", "25779"}


def test_one_row_tells_the_postal_code_of_another():
    places = Places(["10115 Testberg", "Testberg", "10117 Testtal", "10119 Testtal"])
    assert value(places.read, "Testberg") == ("10115", "read")
    assert asks(places.read, "Testtal") == [("postal_code", "testtal")]


LANGUAGES = languages.reader_of(unstated="mentees")
GERMAN = languages.reader_of(only="de", unstated="mentees")


@pytest.mark.parametrize(
    ("text", "levels", "sure"),
    [
        ("de:C2|ar:B1", {"de": "C2", "ar": "B1"}, "exact"),
        ("Deutsch B1, Arabisch Muttersprache", {"de": "B1", "ar": "C2"}, "read"),
        ("Spanisch C2, Englisch C1", {"es": "C2", "en": "C1"}, "exact"),
        ("engl. B2; frz. A1", {"en": "B2", "fr": "A1"}, "exact"),
        ("Deutsch (A2/B1) und Englisch b2", {"de": "A2", "en": "B2"}, "read"),
        ("Deutsch A2/B1", {"de": "A2"}, "read"),
        ("Arabsich C1", {"ar": "C1"}, "read"),
        ("English B2 / Turkish C2", {"en": "B2", "tr": "C2"}, "exact"),
        ("EN B2", {"en": "B2"}, "exact"),
        ("-", None, "unknown"),
    ],
)
def test_languages_with_levels(text, levels, sure):
    assert value(LANGUAGES, text) == (levels, sure)


@pytest.mark.parametrize(
    ("text", "levels", "sure"),
    [
        ("B1", {"de": "B1"}, "exact"),
        ("b2", {"de": "B2"}, "exact"),
        ("B1 Zertifikat", {"de": "B1"}, "read"),
        ("C1 (telc)", {"de": "C1"}, "read"),
        ("A2/B1", {"de": "A2"}, "read"),
        ("Muttersprache", {"de": "C2"}, "read"),
        ("Englisch B2", {"en": "B2"}, "exact"),
    ],
)
def test_levels_in_a_column_about_one_language(text, levels, sure):
    assert value(GERMAN, text) == (levels, sure)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("gut", [("language_level", "gut")]),
        ("Fließend!", [("language_level", "fliessend")]),
        ("B2-Kurs läuft", [("language_level", "b2 kurs laeuft")]),
        ("B1 nicht bestanden", [("language_level", "b1 nicht bestanden")]),
        ("ab März B1", [("language_level", "ab maerz b1")]),
    ],
)
def test_a_level_that_is_not_plainly_said_is_asked_about(text, keys):
    assert asks(GERMAN, text) == keys


def test_each_language_without_a_level_asks_the_same():
    asking = Asking({})
    found = LANGUAGES("Türkisch/Kurdisch, Englisch B1", asking).values["languages"]
    assert found.value == {"en": "B1"}
    [question] = asking.questions()
    assert question.key == ("unstated_level", "mentees")
    assert (question.count, question.examples) == (2, ("Türkisch", "Kurdisch"))


def test_answers_about_levels_are_taken():
    answers = {("language_level", "gut"): "B2", ("unstated_level", "mentees"): "C2"}
    assert value(LANGUAGES, "Arabisch, Englisch gut", answers) == ({"ar": "C2", "en": "B2"}, "read")
    answers = {("language_level", "gut"): None, ("unstated_level", "mentees"): None}
    assert value(LANGUAGES, "Arabisch, Englisch gut", answers) == (None, "read")


def test_a_word_that_may_be_a_language_is_asked_about():
    assert asks(LANGUAGES, "Klingonisch") == [("language", "klingonisch")]
    answers = {("language", "klingonisch"): "eo", ("unstated_level", "mentees"): "A1"}
    assert value(LANGUAGES, "Klingonisch", answers) == ({"eo": "A1"}, "read")


def test_a_language_named_twice_keeps_the_lower_level_and_says_so():
    found = LANGUAGES("Deutsch B2, Deutsch B1", Asking({}))
    assert found.values["languages"].value == {"de": "B1"}
    assert found.remarks == ("contradicts",)


def test_every_abbreviation_names_a_language():
    assert all(is_language(code) for code in languages._names().values())


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
        ("2020", None, "unknown"), ("13. Foo 2026", None, "unknown"),
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
    assert value(wishes.read_slots, "mo-am|tu-eve") == (["mo-am", "tu-eve"], "exact")
    assert value(wishes.read_slots, "abends") == (None, "unknown")
