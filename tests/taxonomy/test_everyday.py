"""Everyday names of occupations and sectors: enough of them, each once, for codes there are."""

import pytest

from tandem.taxonomy.everyday import everyday_names
from tandem.taxonomy.names import LOCALES, read_table

LEAST_NAMES = 4
TABLES = ("occupations", "sectors")


def codes(table):
    return list(read_table(f"everyday_{table}"))


def test_at_least_150_unit_groups_have_four_names_in_each_language():
    rich = [
        code
        for code in codes("occupations")
        if all(len(everyday_names("occupations", code, each)) >= LEAST_NAMES for each in LOCALES)
    ]
    assert rich == codes("occupations")
    assert len(rich) >= 150


def test_at_least_40_divisions_have_everyday_words_in_each_language():
    rich = [
        code
        for code in codes("sectors")
        if all(len(everyday_names("sectors", code, each)) >= LEAST_NAMES for each in LOCALES)
    ]
    assert len(rich) >= 40


@pytest.mark.parametrize(("table", "length"), [("occupations", 4), ("sectors", 2)])
def test_everyday_names_stand_in_order_beside_codes_of_the_choosable_level(table, length):
    assert codes(table) == sorted(codes(table))
    assert set(codes(table)) <= set(read_table(table))
    assert {len(code) for code in codes(table)} == {length}


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_twice_beside_a_code(table):
    twice = []
    for code in codes(table):
        own = read_table(table)[code].values()
        names = [*own, *(name for each in LOCALES for name in everyday_names(table, code, each))]
        small = [name.casefold() for name in dict.fromkeys(own)]
        small += [name.casefold() for name in names[len(list(own)) :]]
        twice += [(code, name) for name in small if small.count(name) > 1]
    assert twice == []


@pytest.mark.parametrize("table", TABLES)
def test_names_are_clean_and_fit_on_a_phone(table):
    for code in codes(table):
        for locale in LOCALES:
            for name in everyday_names(table, code, locale):
                assert name == " ".join(name.split())
                assert 2 <= len(name) <= 70


def test_a_code_without_everyday_names_has_none():
    assert everyday_names("occupations", "6330", "de") == ()
