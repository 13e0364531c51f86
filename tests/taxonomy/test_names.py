"""Names of sectors, occupations and fields: complete, short and in both languages."""

from collections import Counter

import pytest
from wz_code import WZ  # type: ignore[import-untyped] # ships no types

from tandem.taxonomy import (
    field_name,
    fields,
    is_field,
    is_occupation,
    is_sector,
    occupation_name,
    occupations,
    section_of,
    sector_name,
    sectors,
)
from tandem.taxonomy.names import read_table

PHONE_WIDTH = 70
TABLES = ("sectors", "occupations", "fields")


def official_sectors() -> dict[str, str]:
    wz = WZ(version="2025")
    return {
        code.code: section.code
        for section in wz.get_top_level_codes()
        for code in (section, *section.children)
    }


def test_every_section_and_division_of_the_official_list_has_its_section():
    official = official_sectors()
    assert {code: section_of(code) for code in read_table("sectors")} == official


def test_occupations_have_as_many_groups_of_each_level_as_isco_08():
    assert Counter(map(len, read_table("occupations"))) == {1: 10, 2: 43, 3: 130, 4: 436}


def test_fields_have_as_many_fields_of_each_level_as_isced_f():
    assert Counter(map(len, read_table("fields"))) == {2: 11, 3: 29, 4: 80}


@pytest.mark.parametrize("table", ["occupations", "fields"])
def test_every_code_stands_below_a_code_of_its_table(table):
    codes = list(read_table(table))
    top = min(map(len, codes))
    assert [code for code in codes if len(code) > top and code[:-1] not in codes] == []
    assert codes == sorted(codes)


@pytest.mark.parametrize("table", TABLES)
def test_every_name_is_there_in_both_languages_and_fits_on_a_phone(table):
    for names in read_table(table).values():
        assert set(names) == {"en", "de"}
        for name in names.values():
            assert name == name.strip()
            assert 2 <= len(name) <= PHONE_WIDTH


@pytest.mark.parametrize("table", ["sectors", "fields"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_two_codes_of_a_level_share_a_name(table, locale):
    names = Counter((len(code), names[locale]) for code, names in read_table(table).items())
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_two_unit_groups_share_a_name(locale):
    table = read_table("occupations")
    names = Counter(names[locale] for code, names in table.items() if len(code) == 4)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("de", "Maschinenbau"),
        ("de_AT", "Maschinenbau"),
        ("de-DE", "Maschinenbau"),
        ("en", "Machinery and equipment"),
        ("ar", "Machinery and equipment"),
        ("", "Machinery and equipment"),
    ],
)
def test_other_languages_than_german_read_english(locale, name):
    assert sector_name("28", locale) == name


def test_some_names_a_reader_knows():
    assert sector_name("R", "de") == "Gesundheits- und Sozialwesen"
    assert occupation_name("2212", "en") == "Specialist medical practitioners"
    assert occupation_name("322", "de") == "Pflegefachkräfte und Geburtshilfe (Ausbildung)"
    assert field_name("0613", "de") == "Softwareentwicklung und Anwendungsanalyse"


@pytest.mark.parametrize("code", ["", "34", "45", "W", "r", "1", "862", "\uff18\uff16"])
def test_what_is_no_sector(code):
    assert not is_sector(code)


@pytest.mark.parametrize("code", ["", "04", "227", "2213", "22120", "22 ", "x", "\u0662\u0662"])
def test_what_is_no_occupation(code):
    assert not is_occupation(code)


@pytest.mark.parametrize("code", ["", "0", "11", "0124", "06130", "0714a", "1", "9", "00000"])
def test_what_is_no_field(code):
    assert not is_field(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0610", "Information and communication technologies (ICT)"),
        ("0688", "Information and communication technologies (ICT)"),
        ("068", "Information and communication technologies (ICT)"),
        ("0719", "Engineering and engineering trades"),
        ("0099", "Generic programmes and qualifications"),
    ],
)
def test_an_unspecific_field_is_named_after_the_field_above_it(code, name):
    assert is_field(code)
    assert field_name(code, "en") == name


@pytest.mark.parametrize("name_of", [sector_name, occupation_name, field_name, section_of])
def test_an_unknown_code_has_no_name(name_of):
    arguments = ("zz",) if name_of is section_of else ("zz", "de")
    with pytest.raises(KeyError):
        name_of(*arguments)


def test_sectors_are_chosen_by_division_within_sections():
    groups = sectors("de")
    assert [group.code for group in groups] == list("ABCDEFGHIJKLMNOPQRSTUV")
    assert sum(len(group.entries) for group in groups) == 87
    health = next(group for group in groups if group.code == "R")
    assert health.name == "Gesundheits- und Sozialwesen"
    assert [entry.code for entry in health.entries] == ["86", "87", "88"]


def test_occupations_are_chosen_by_minor_group_within_major_groups():
    groups = occupations("en")
    assert [group.code for group in groups] == list("0123456789")
    assert sum(len(group.entries) for group in groups) == 130
    assert groups[1].name == "Managers"


def test_unit_groups_are_chosen_within_sub_major_groups():
    groups = occupations("de", digits=4)
    assert len(groups) == 43
    assert sum(len(group.entries) for group in groups) == 436
    assert {len(entry.code) for group in groups for entry in group.entries} == {4}


def test_fields_are_chosen_by_detailed_field_within_broad_fields():
    groups = fields("de")
    assert [group.code for group in groups] == [f"{broad:02}" for broad in range(11)]
    assert sum(len(group.entries) for group in groups) == 80
