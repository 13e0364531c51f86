"""Everyday names of codes: what people call a code, in English and German."""

from collections.abc import Iterator

from tandem.taxonomy.names import LOCALES, read_table
from tandem.taxonomy.ranking import ABOVE, EVERYDAY, OWN, Name

_BETWEEN = "; "


def everyday_names(name: str, code: str, locale: str) -> tuple[str, ...]:
    """Return the everyday names of a code in one of the tables' languages, the likeliest first."""
    names = read_table(f"everyday_{name}").get(code)
    return tuple(names[locale].split(_BETWEEN)) if names else ()


def all_names(name: str, code: str) -> Iterator[Name]:
    """Yield the own and the everyday names of a code in both languages."""
    for locale in LOCALES:
        yield Name(code, read_table(name)[code][locale], locale, OWN)
        for text in everyday_names(name, code, locale):
            yield Name(code, text, locale, EVERYDAY)


def names_above(name: str, code: str, above: str) -> Iterator[Name]:
    """Yield the names of what stands above a code, as a weaker way to find it."""
    from_above = read_table(name)[above]
    for locale in LOCALES:
        if from_above[locale] != read_table(name)[code][locale]:
            yield Name(code, from_above[locale], locale, ABOVE)
