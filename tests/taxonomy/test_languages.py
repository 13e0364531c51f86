"""Names of languages come from CLDR, with the two that it lacks."""

import pytest

from tandem.taxonomy import OFFERED, is_language, language_name, languages

INTERFACE = ("de", "en", "fr", "es", "tr", "ru", "uk", "ar", "fa", "ku", "ti")


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [
        ("ti", "de", "Tigrinya"),
        ("uk", "en", "Ukrainian"),
        ("de", "tr", "Almanca"),
        ("fr", "de-AT", "Französisch"),
        ("prs", "de", "Dari"),
        ("prs", "fa_AF", "دری"),
        ("kmr", "de", "Kurdisch (Kurmandschi)"),
        ("kmr", "ar", "Kurdish (Kurmanji)"),
        ("de", "no such locale", "German"),
        ("de", "xx", "German"),
    ],
)
def test_a_language_is_named_in_the_readers_language_or_in_english(code, locale, name):
    assert language_name(code, locale) == name


@pytest.mark.parametrize("code", ["", "d", "DE", "de_AT", "zzz", "english", "фр"])
def test_what_is_no_language(code):
    assert not is_language(code)
    with pytest.raises(KeyError):
        language_name(code, "de")


@pytest.mark.parametrize("locale", INTERFACE)
def test_every_offered_language_has_a_name_of_its_own(locale):
    names = [entry.name for entry in languages(locale)]
    assert len(set(names)) == len(OFFERED)


def test_every_language_of_the_interface_is_offered():
    assert set(INTERFACE) <= set(OFFERED)
    assert len(set(OFFERED)) == len(OFFERED)


def test_german_and_english_come_first_and_the_others_by_name_whatever_their_accents():
    codes = [entry.code for entry in languages("de")]
    assert codes[:2] == ["de", "en"]
    assert codes.index("da") < codes.index("et")
    assert codes.index("tr") < codes.index("tk") < codes.index("ug")
