"""Names of people as lists write them."""

import re

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import Outcome, exact, says_nothing, unknown
from tandem.services.imports.understood import Sure, Understood

LONGEST = 80
_GENDERS = {
    **dict.fromkeys(
        ("fr", "frau", "f", "w", "weiblich", "weibl", "female", "mrs", "ms", "madam"), "f"
    ),
    **dict.fromkeys(("hr", "herr", "herrn", "m", "maennlich", "maennl", "male", "mr", "sir"), "m"),
    **dict.fromkeys(("d", "x", "divers", "diverse", "nichtbinaer", "non binary", "mx"), "x"),
}
_SALUTATION = re.compile(r"(frau|fr\.|herrn?|hr\.|mrs\.?|ms\.?|mr\.?)\s+(?=\S)", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:prof|dr|dipl|ing|med|rer|nat|phil|jur|oec|mag|b|m)\.(?:-?\s*|$)|"
    r"(?:h\.\s?c\.|Professorin|Professor|Doktor|B\.?Sc|M\.?Sc|B\.?A|M\.?A)\.?\s+)+",
    re.IGNORECASE,
)
_PARTICLES = {
    "abu", "al", "ben", "bin", "da", "dal", "de", "dela", "della", "den", "der", "des", "di", "do",
    "dos", "du", "el", "ibn", "la", "las", "le", "los", "ten", "ter", "van", "vom", "von", "zu",
    "zum", "zur",
}  # fmt: skip
_SEVERAL = re.compile(r"\s(?:und|and|u\.|&|\+)\s|[/;&]")
_FORMULA = re.compile(r"=\s*[\w.]+\(")
_LETTER = re.compile(r"[^\W\d_]")


def looks_like_a_name(text: str) -> bool:
    """Tell whether a cell of a column of names can name somebody."""
    return bool(_LETTER.search(text)) and not _FORMULA.match(text) and not says_nothing(text)


def gender_of(text: str) -> str | None:
    """Return the gender that a salutation or its own name says."""
    return _GENDERS.get(normalise(text))


def read_salutation(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read how somebody is addressed, or their gender."""
    gender = gender_of(text)
    if gender is None:
        return unknown("gender", text)
    return exact("gender", gender, text)


def read_first_name(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read a cell of its own for the first name."""
    return _one_name("first_name", text)


def read_last_name(text: str, asking: Asking) -> Outcome:
    """Read a cell for the last name, in which a salutation or the whole name may stand."""
    if "," in text or _SALUTATION.match(text):
        return read_name(text, asking)
    return _one_name("last_name", text)


def _one_name(field: str, text: str) -> Outcome:
    if not looks_like_a_name(text) or len(text) > LONGEST:
        return unknown(field, text)
    return exact(field, " ".join(text.split()), text)


def read_name(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read a whole name: ``Last, First``, ``First Last``, with salutation and titles or without."""
    if not looks_like_a_name(text):
        return unknown("last_name", text)
    line = " ".join(text.split())
    salutation = _SALUTATION.match(line)
    bare = line[salutation.end() :] if salutation else line
    name = _TITLE.sub("", bare).strip(" ,")
    if not name:
        return unknown("last_name", text)
    if _SEVERAL.search(name):
        both = {key: _known(None, text, Sure.UNKNOWN) for key in ("first_name", "last_name")}
        return Outcome(both, keeps_all=False, remarks=("several_people",))
    first, last, sure = _parted(name)
    values: dict[str, Understood] = {}
    for key, part in (("first_name", first), ("last_name", last)):
        if part and len(part) <= LONGEST:
            values[key] = _known(part, text, sure)
    if salutation:
        gender = _GENDERS[normalise(salutation[1])]
        values["gender"] = _known(gender, text, Sure.READ)
    whole = {first, last} == {known.value or "" for key, known in values.items() if key != "gender"}
    return Outcome(
        values or {"last_name": _known(None, text, Sure.UNKNOWN)},
        keeps_all=(whole or not first) and bool(values) and name == bare.strip(" ,"),
    )


def _known(value: str | None, shown: str, sure: Sure) -> Understood:
    return Understood(value=value, shown=shown, sure=sure)


def _parted(name: str) -> tuple[str, str, Sure]:
    """Return first and last name, and how sure it is which is which."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma and first and last:
        return first, last, Sure.EXACT
    words = name.replace(",", " ").split()
    if len(words) == 1 or words[-1].isdigit():
        return "", " ".join(words), Sure.READ
    at = next(
        (at for at, word in enumerate(words[:-1]) if word.casefold() in _PARTICLES),
        len(words) - 1,
    )
    return " ".join(words[:at]), " ".join(words[at:]), Sure.READ
