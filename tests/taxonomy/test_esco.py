"""Names of occupations from ESCO: read whole or refused, and found once they are there."""

import csv
import os

import pytest

from tandem import taxonomy
from tandem.taxonomy import esco, search_occupations
from tandem.taxonomy.esco_files import EscoRefused, read_esco

COLUMNS = [
    "conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels",
    "status", "modifiedDate", "regulatedProfessionNote", "scopeNote", "definition", "inScheme",
    "description", "code",
]  # fmt: skip
FRENCH = [
    {
        "iscoGroup": "7212",
        "preferredLabel": "soudeur/soudeuse",
        "altLabels": "chalumiste\nsoudeur à l'arc",
        "description": "Assemble des pièces,\nde métal.",
    },
    {"iscoGroup": "0310", "preferredLabel": "fantassin", "altLabels": ""},
]
ARABIC = [{"iscoGroup": "2221", "preferredLabel": "ممرض", "altLabels": "مُمَرِّضة"}]


@pytest.fixture(autouse=True)
def nothing_imported_afterwards():
    yield
    taxonomy.use(None)


def write(folder, language, rows, *, columns=COLUMNS, encoding="utf-8"):
    path = folder / f"occupations_{language}.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({"conceptType": "Occupation", "status": "released"} | row for row in rows)
    return path


def refused(folder):
    with pytest.raises(EscoRefused) as caught:
        read_esco(folder)
    return [(each.path.name, each.line, each.column) for each in caught.value.problems]


def imported(folder):
    (folder / esco.FILE).write_text(esco.to_text(read_esco(folder)), encoding="utf-8")
    taxonomy.use(folder)


def test_preferred_and_alternative_labels_are_read_by_group_and_language(tmp_path):
    write(tmp_path, "fr", FRENCH)
    write(tmp_path, "ar", ARABIC)
    assert read_esco(tmp_path) == {
        ("7212", "fr"): ["soudeur", "soudeuse", "chalumiste", "soudeur à l'arc"],
        ("0310", "fr"): ["fantassin"],
        ("2221", "ar"): ["ممرض", "مُمَرِّضة"],
    }


def test_a_byte_order_mark_and_other_files_do_no_harm(tmp_path):
    write(tmp_path, "fr", FRENCH, encoding="utf-8-sig")
    (tmp_path / "skills_fr.csv").write_bytes(b"\xff\xff")
    assert ("7212", "fr") in read_esco(tmp_path)


def test_a_slash_between_other_words_stays(tmp_path):
    write(tmp_path, "en", [{"iscoGroup": "2512", "preferredLabel": "C/C++ developer"}])
    assert read_esco(tmp_path)[("2512", "en")] == ["C/C++ developer"]


def test_every_wrong_group_type_and_label_is_listed_with_its_line(tmp_path):
    rows = [
        FRENCH[0],
        {"iscoGroup": "721", "preferredLabel": "a"},
        {"iscoGroup": "9999", "preferredLabel": "", "altLabels": "b"},
        {"iscoGroup": "7212", "preferredLabel": "c", "conceptType": "Skill"},
        {"iscoGroup": "7212", "preferredLabel": "d\x07", "altLabels": "e" * 301},
    ]
    write(tmp_path, "fr", rows)
    name = "occupations_fr.csv"
    # The first occupation takes three lines: two breaks stand in its cells.
    assert refused(tmp_path) == [
        (name, 5, "iscoGroup"),
        (name, 6, "iscoGroup"),
        (name, 6, "preferredLabel"),
        (name, 7, "conceptType"),
        (name, 8, "preferredLabel"),
        (name, 8, "altLabels"),
    ]


def test_problems_of_all_files_are_listed(tmp_path):
    write(tmp_path, "de", [], columns=("conceptType", "iscoGroup"))
    write(tmp_path, "tlh9", [])
    (tmp_path / "occupations_en.csv").write_bytes(b"conceptType\nOccupation\nB\xe4cker\n")
    (tmp_path / "occupations_es.csv").write_text('conceptType\n"open', encoding="utf-8")
    assert refused(tmp_path) == [
        ("occupations_de.csv", 1, "preferredLabel"),
        ("occupations_de.csv", 1, "altLabels"),
        ("occupations_en.csv", 3, "file"),
        ("occupations_es.csv", 1, "iscoGroup"),
        ("occupations_es.csv", 1, "preferredLabel"),
        ("occupations_es.csv", 1, "altLabels"),
        ("occupations_tlh9.csv", 0, "file"),
    ]


def test_a_line_cut_short_is_refused(tmp_path):
    path = write(tmp_path, "fr", FRENCH)
    path.write_text(path.read_text(encoding="utf-8") + "Occupation,uri,7212\n", encoding="utf-8")
    assert refused(tmp_path) == [
        ("occupations_fr.csv", 6, "preferredLabel"),
        ("occupations_fr.csv", 6, "altLabels"),
    ]


def test_broken_quotes_are_refused(tmp_path):
    path = write(tmp_path, "fr", FRENCH)
    path.write_text(path.read_text(encoding="utf-8") + 'Occupation,"a"b\n', encoding="utf-8")
    assert refused(tmp_path) == [("occupations_fr.csv", 0, "file")]


def test_an_empty_file_an_empty_folder_and_no_folder_are_refused(tmp_path):
    assert refused(tmp_path) == [(tmp_path.name, 0, "file")]
    assert refused(tmp_path / "none") == [("none", 0, "file")]
    (tmp_path / "occupations_fr.csv").touch()
    assert len(refused(tmp_path)) == 4


def test_what_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "occupations_fr.csv").mkdir()
    assert refused(tmp_path) == [("occupations_fr.csv", 0, "file")]


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "occupations_fr.csv"
    path.touch()
    os.truncate(path, 101 * 1024 * 1024)
    assert refused(tmp_path) == [("occupations_fr.csv", 0, "file")]


def test_imported_names_are_found_in_their_language_whatever_the_readers(tmp_path):
    assert search_occupations("chalumiste", "fr") == []
    write(tmp_path, "fr", FRENCH)
    write(tmp_path, "ar", ARABIC)
    imported(tmp_path)
    welder = search_occupations("chalumist", "de")[0]
    assert (welder.code, welder.name) == ("7212", "Schweißen")
    assert (welder.matched[0].text, welder.matched[0].language) == ("chalumiste", "fr")
    assert search_occupations("soudeur a l'arc", "fr")[0].code == "7212"
    assert search_occupations("ممرضة", "ar")[0].matched[0].parts == (("مُمَرِّضة", True),)


def test_a_new_import_is_found_by_a_running_service_and_a_folder_without_one_is_none(tmp_path):
    taxonomy.use(tmp_path)
    assert search_occupations("chalumiste", "fr") == []
    write(tmp_path, "fr", FRENCH)
    imported(tmp_path)
    assert search_occupations("chalumiste", "fr") != []
    (tmp_path / esco.FILE).unlink()
    assert search_occupations("chalumiste", "fr") == []


def test_a_file_of_another_version_is_not_read(tmp_path):
    (tmp_path / esco.FILE).write_text("tandem-esco 2\n", encoding="utf-8")
    taxonomy.use(tmp_path)
    with pytest.raises(ValueError, match="import ESCO again"):
        search_occupations("chalumiste", "fr")
