"""Languages people work in, named as the Unicode CLDR names them."""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

from tandem.taxonomy.names import ENGLISH, Named

# What newcomers and employers of a German district are likely to speak; any other language
# that is_language knows is accepted as well.
_OFFERED = """
de en am ar az be bg bm bn bs ckb cs da el es et fa ff fi fil fr gu ha he hi hr hu hy id ig it
ja ka kk kmr ko ku ky ln lt lv mk ml mn mr ne nl no om pa pl prs ps pt ro rom ru rw si sk sl so
sq sr sv sw syr ta te tg th ti tk tl tr ug uk ur uz vi wo yo zh
"""
OFFERED = tuple(_OFFERED.split())

_CODE_LENGTHS = (2, 3)
_CLDR_CODES = {"prs": "fa_AF"}
_MISSING_IN_CLDR = {"kmr": {"en": "Kurdish (Kurmanji)", "de": "Kurdisch (Kurmandschi)"}}


@cache
def _names(locale: str) -> dict[str, str]:
    try:
        parsed = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    names = dict(parsed.languages)
    cldr = {code: names[other] for code, other in _CLDR_CODES.items() if other in names}
    own = {
        code: translations[parsed.language]
        for code, translations in _MISSING_IN_CLDR.items()
        if parsed.language in translations
    }
    return names | cldr | own


def is_language(code: str) -> bool:
    """Tell whether ``code`` is an ISO 639 code, of two or three letters, that has a name."""
    return len(code) in _CODE_LENGTHS and code in _names(ENGLISH)


def language_name(code: str, locale: str) -> str:
    """Return the name of a language in the language of ``locale``, else in English.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    if not is_language(code):
        raise KeyError(code)
    return _names(locale).get(code) or _names(ENGLISH)[code]


def languages(locale: str) -> list[Named]:
    """Return the languages offered in forms: German and English first, then by name."""
    named = [Named(code, language_name(code, locale)) for code in OFFERED]
    return named[:2] + sorted(named[2:], key=lambda entry: (sort_key(entry.name), entry.code))


def sort_key(name: str) -> str:
    """Return what puts names in order whatever their accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
