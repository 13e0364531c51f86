"""Countries, named as the Unicode CLDR names them."""

from functools import cache

from babel import Locale

from tandem.taxonomy.languages import sort_key
from tandem.taxonomy.names import ENGLISH, Named

_LENGTH = 2
_NO_COUNTRIES = frozenset(
    ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA")
)


def is_country(code: str) -> bool:
    """Tell whether ``code`` is a country's, of two letters as in ISO 3166."""
    return code in _names(ENGLISH)


def country_name(code: str, locale: str) -> str:
    """Return the name of a country in the language of ``locale``, else in English.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    return _names(locale).get(code) or _names(ENGLISH)[code]


def countries(locale: str) -> list[Named]:
    """Return all countries by name."""
    named = [Named(code, country_name(code, locale)) for code in _names(ENGLISH)]
    return sorted(named, key=lambda entry: (sort_key(entry.name), entry.code))


@cache
def _names(locale: str) -> dict[str, str]:
    known = Locale.parse(locale.replace("-", "_")).territories
    return {
        code: name
        for code, name in known.items()
        if len(code) == _LENGTH and code.isalpha() and code not in _NO_COUNTRIES
    }
