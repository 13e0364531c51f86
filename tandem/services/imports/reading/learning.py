"""Qualifications: how high, in what, and whether they are recognised."""

import re
from collections.abc import Mapping
from functools import cache

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import (
    Outcome,
    answered,
    asked,
    exact,
    from_words,
    read,
    says_nothing,
    unknown,
)
from tandem.services.imports.understood import Sure, Understood
from tandem.taxonomy import LEVELS, RECOGNITION, is_field
from tandem.taxonomy.names import LOCALES, read_table

LONGEST_NAME = 160
# The DQR's own assignment of German qualifications to its eight levels.
_LEVEL_OF = (
    (8, r"dr|doktor\w*|promotion|promoviert|phd|ph d|doctorate"),
    (7, r"master\w*|magister|m sc|msc|m a|m eng|mba|staatsexamen|diplom uni\w*"),
    (6, r"bachelor\w*|b sc|bsc|b a|b eng|meister\w*|techniker\w*|fachwirt\w*|diplom fh"),
    (4, r"ausbildung|berufsausbildung|lehre|gesell\w*|geselle|abitur|fachabitur|hochschulreife"),
    (4, r"fachhochschulreife|facharbeiter\w*|apprenticeship|vocational training"),
    (3, r"mittlere reife|realschul\w*|mittlerer schulabschluss|msa"),
    (2, r"hauptschul\w*|esa|berufsvorbereitung"),
)
_NOT_DONE = re.compile(
    r"nicht|abgebrochen|laufend|ohne|kein|angefangen|begonnen|offen|\bnot\b|unfinished|started|"
    r"\d+ sem"
)
_NO = re.compile(r"keine?r?s?|nein|ohne|none|no", re.IGNORECASE)
_YEARS = re.compile(r"\b(\d(?: \d)?) ?(?:j|jahr|jahre|jaehrig\w*|years?)\b")
_SHORT_TRAINING_YEARS = 2
_SHORT_TRAINING_LEVEL = 3
_TRAINING = re.compile(r"^(?:berufs)?ausbildung\b|^lehre\b")
_RECOGNITION_WORDS = {
    **dict.fromkeys(("ja", "x", "voll", "anerkannt", "vollstaendig", "yes", "full"), "full"),
    **dict.fromkeys(("gleichwertig", "volle anerkennung", "erfolgt", "komplett"), "full"),
    **dict.fromkeys(("nein", "no", "nicht", "nicht anerkannt", "keine", "noch nicht"), "none"),
    **dict.fromkeys(("nicht beantragt", "kein antrag", "not yet", "none"), "none"),
    **dict.fromkeys(("teilweise", "teils", "teilw", "partial", "partiell"), "partial"),
    **dict.fromkeys(("teilanerkennung", "teilweise anerkannt", "auflagen"), "partial"),
    **dict.fromkeys(("laeuft", "beantragt", "in arbeit", "im verfahren", "antrag"), "applied"),
    **dict.fromkeys(("antrag gestellt", "applied", "in bearbeitung", "pending"), "applied"),
    **dict.fromkeys(("nicht noetig", "unnoetig", "entfaellt", "nicht erforderlich"), "not_needed"),
    **dict.fromkeys(("nicht notwendig", "not needed", "nicht reglementiert"), "not_needed"),
}
_MONTH = re.compile(r"\b(?:am |im |seit |seit dem )?\d{1,2}[./]\d{2,4}(?:[./]\d{2,4})?")
_recognition = from_words("recognition", _RECOGNITION_WORDS, codes=RECOGNITION, offered=RECOGNITION)


def read_level(text: str, asking: Asking) -> Outcome:
    """Read the level of a qualification, and keep what it is called."""
    outcome = _level(text, asking)
    if text.isdigit() or len(text) > LONGEST_NAME or says_nothing(text) or _NO.fullmatch(text):
        return outcome
    name = Understood(value=" ".join(text.split()), shown=text, sure=Sure.EXACT)
    return Outcome({**outcome.values, "qualification_name": name}, keeps_all=True)


def _level(text: str, asking: Asking) -> Outcome:
    known = answered("level", text, asking)
    if known is not None:
        return known
    if text.isdigit() and int(text) in LEVELS:
        return exact("level", int(text), text)
    if says_nothing(text):
        return unknown("level", text)
    level = _level_said(normalise(text))
    if level is not None:
        return read("level", level, text)
    return asked("level", text, asking, offer=lambda: LEVELS)


def _level_said(words: str) -> int | None:
    if _NOT_DONE.search(words):
        return None
    for level, pattern in _LEVEL_OF:
        if re.search(rf"\b(?:{pattern})\b", words):
            return _SHORT_TRAINING_LEVEL if _is_short_training(words) else level
    return None


def _is_short_training(words: str) -> bool:
    years = _YEARS.search(words)
    short = years is not None and int(years[1].split()[-1]) <= _SHORT_TRAINING_YEARS
    return short and _TRAINING.search(words) is not None


def read_recognition(text: str, asking: Asking) -> Outcome:
    """Read how far a qualification is recognised; a date beside goes into the note."""
    words = _MONTH.sub("", text).strip(" ,;")
    if words and words != text and normalise(words) in _RECOGNITION_WORDS:
        return read("recognition", _RECOGNITION_WORDS[normalise(words)], text)
    return _recognition(text, asking)


@cache
def _fields_by_name() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code, named in read_table("fields").items():
        for locale in LOCALES:
            names[normalise(named[locale])] = code
    return names


def read_fields(text: str, asking: Asking) -> Outcome:
    """Read fields of education: codes, or their names."""
    codes = text.split("|")
    if all(map(is_field, codes)):
        return exact("fields", list(codes), text)
    if says_nothing(text):
        return unknown("fields", text)
    whole = _fields_by_name().get(normalise(text))
    parts = [normalise(part) for part in re.split(r"[,;/|]", text) if part.strip()]
    known = [whole] if whole else [code for part in parts if (code := _fields_by_name().get(part))]
    if whole or len(known) == len(parts):
        return read("fields", list(dict.fromkeys(known)), text)
    outcome = asked("field", text, asking, offer=tuple)
    answer = outcome.values["field"]
    value = [answer.value] if isinstance(answer.value, str) else None
    listed = Understood(value=value, shown=text, sure=answer.sure, asks=answer.asks)
    return Outcome({"fields": listed}, keeps_all=False)
