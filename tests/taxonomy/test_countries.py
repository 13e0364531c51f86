"""Countries, and which occupations are regulated."""

import pytest

from tandem import taxonomy
from tandem.taxonomy import Regulation
from tandem.taxonomy.names import read_rows


def test_countries_have_names_in_order():
    names = [each.name for each in taxonomy.countries("de")]
    assert "Syrien" in names
    assert "Äthiopien" in names
    assert names.index("Ägypten") < names.index("Bulgarien")
    assert len(names) > 190


@pytest.mark.parametrize("code", ["SY", "UA", "ET", "IR", "TR", "AF", "ER", "XK"])
def test_countries_are_known_by_two_letters(code):
    assert taxonomy.is_country(code)
    assert taxonomy.country_name(code, "en")


@pytest.mark.parametrize("code", ["", "EU", "UN", "ZZ", "419", "sy", "SYR"])
def test_what_is_no_country_is_refused(code):
    assert not taxonomy.is_country(code)


def test_a_language_without_a_name_for_it_says_it_in_english():
    assert taxonomy.country_name("SY", "ti") in {"Syria", "ሶርያ"}


@pytest.mark.parametrize(
    ("occupation", "kind"),
    [
        ("2221", Regulation.WORK),
        ("2211", Regulation.WORK),
        ("221", Regulation.WORK),
        ("2161", Regulation.TITLE),
        ("7411", Regulation.BUSINESS),
        ("2342", Regulation.PART),
        ("2511", None),
        ("5120", None),
        ("2", None),
    ],
)
def test_what_an_occupation_asks_for(occupation, kind):
    assert taxonomy.regulation_of(occupation) is kind


def test_each_regulated_code_is_a_unit_group_and_stands_once():
    codes = [row["code"] for row in read_rows("regulated")]
    assert len(codes) == len(set(codes))
    assert all(taxonomy.is_occupation(code) and len(code) == 4 for code in codes)
