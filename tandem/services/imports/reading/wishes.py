"""What people need, offer and wish: topics, yes and no, places, ways to meet, times."""

import re

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import (
    Outcome,
    Reader,
    asked,
    exact,
    from_words,
    read,
    says_nothing,
    unknown,
)
from tandem.services.imports.understood import Key, Sure, Understood, Value
from tandem.taxonomy import MODES, NEEDS, SLOTS, is_occupation

TOPIC = "topic"
MOST_CAPACITY = 20
LONGEST_TEXT = 600
_TOPIC_STEMS = (
    ("alle", "all"), ("everything", "all"), ("bewerb", "applications"),
    ("lebenslauf", "applications"), ("application", "applications"),
    ("vorstellungsgespr", "interview"), ("interview", "interview"), ("netzwerk", "network"),
    ("kontakte", "network"), ("network", "network"), ("anerkenn", "recognition"),
    ("recognition", "recognition"), ("fachdeutsch", "technical_german"),
    ("fachsprach", "technical_german"), ("technical german", "technical_german"),
    ("arbeitskultur", "work_culture"), ("arbeitswelt", "work_culture"),
    ("betriebskultur", "work_culture"), ("work culture", "work_culture"),
    ("weiterbild", "further_training"), ("fortbild", "further_training"),
    ("further training", "further_training"), ("fuehrung", "leadership"),
    ("leadership", "leadership"), ("selbstaendig", "self_employment"),
    ("selbststaendig", "self_employment"), ("gruendung", "self_employment"),
    ("existenzgr", "self_employment"), ("self employ", "self_employment"),
    ("praktik", "internship"), ("hospitation", "internship"), ("internship", "internship"),
)  # fmt: skip
_YES = {
    "ja", "j", "yes", "y", "x", "xx", "wahr", "true", "1", "ok", "gern", "gerne", "gewuenscht",
    "vorhanden", "ja bitte", "bitte", "ja gerne", "ja sehr gerne", "\u2713", "\u2714",
}  # fmt: skip
_NO = {
    "nein", "n", "no", "nee", "falsch", "false", "0", "nicht", "nein danke", "nicht noetig", "egal",
    "kein", "keine", "keins", "-", "\u2013",
}  # fmt: skip
_MODES: dict[str, Value] = {
    "online": ["online"], "video": ["online"], "per video": ["online"], "zoom": ["online"],
    "nur online": ["online"], "digital": ["online"], "vor ort": ["in_person"],
    "persoenlich": ["in_person"], "praesenz": ["in_person"], "in person": ["in_person"],
    "nur vor ort": ["in_person"], "beides": list(MODES), "egal": list(MODES),
    "both": list(MODES), "online und vor ort": list(MODES), "vor ort und online": list(MODES),
    "hybrid": list(MODES), "vor ort oder online": list(MODES),
}  # fmt: skip
_TRAVEL_STEMS = (
    ("kein auto", None), ("ohne auto", None), ("kein pkw", None), ("kein fuehrerschein", None),
    ("bus", "bus"), ("bahn", "bus"), ("oepnv", "bus"), ("zug", "bus"), ("fahrrad", "bicycle"),
    ("rad", "bicycle"), ("auto", "car"), ("pkw", "car"), ("car", "car"),
)  # fmt: skip
TRAVEL = ("car", "bus", "bicycle")
_NUMBER = re.compile(
    r"(\d{1,4})(?:[.,]0)?\s*(?:km|kilometer|personen?|mentees?|pers\.?|ma|jahre?|j\.?)?"
)


def read_topics(text: str, asking: Asking) -> Outcome:
    """Read what somebody needs or offers."""
    if says_nothing(text):
        return unknown("topics", text)
    if all(code in NEEDS for code in text.split("|")):
        return exact("topics", [*text.split("|")], text)
    topics: list[str] = []
    asks: list[Key] = []
    keeps_all = True
    for part in (part.strip() for part in re.split(r"[,;/|+&\n]|\sund\s|\sand\s", text)):
        found = _topics_of(part, asking)
        topics += found or []
        if found is None and part:
            asks.append(asking.ask(TOPIC, part, lambda: NEEDS))
        keeps_all = False
    in_order: Value = [code for code in NEEDS if code in topics] or None
    sure = Sure.UNKNOWN if asks else Sure.READ
    value = Understood(value=in_order, shown=text, sure=sure, asks=tuple(asks))
    return Outcome({"topics": value}, keeps_all=keeps_all)


def _topics_of(part: str, asking: Asking) -> list[str] | None:
    """Return the topics of some words, None where they are not known."""
    answer = asking.answer(TOPIC, part)
    if answer is not None:
        return [answer[0]] if isinstance(answer[0], str) else []
    words = normalise(part)
    code = next((code for stem, code in _TOPIC_STEMS if words.startswith(stem)), None)
    if code == "all":
        return list(NEEDS)
    return [code] if code else None


def read_preferences(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read the codes of whom a mentor would like best: fields of work and needs, never persons."""
    wished = text.split("|")
    if all(map(_is_preference, wished)):
        return exact("prefer", list(dict.fromkeys(wished)), text)
    return unknown("prefer", text)


def _is_preference(wish: str) -> bool:
    kind, _, code = wish.partition(":")
    return (kind == "occupation" and is_occupation(code)) or (kind == "need" and code in NEEDS)


def yes_or_no(text: str) -> bool | None:
    """Return what a cell says to a question, None if it says something else."""
    words = normalise(text)
    if words in _YES:
        return True
    return False if words in _NO else None


def reader_of_yes_no(field: str) -> Reader:
    """Return a reader of a yes or a no."""

    def reader(text: str, asking: Asking) -> Outcome:
        answer = yes_or_no(text)
        if answer is not None:
            return exact(field, answer, text)
        if says_nothing(text):
            return unknown(field, text)
        return asked(field, text, asking, offer=lambda: (True, False))

    return reader


def read_travel(text: str, asking: Asking) -> Outcome:
    """Read how somebody gets about; a mere yes or no is about a car."""
    car = yes_or_no(text)
    if car is not None:
        return exact("travel", ["car"] if car else [], text)
    if all(code in TRAVEL for code in text.split("|")):
        return exact("travel", [*text.split("|")], text)
    words = normalise(text)
    if any(stem in words for stem, way in _TRAVEL_STEMS if way is None):
        return read("travel", [], text)
    found = {way for stem, way in _TRAVEL_STEMS if way and stem in words}
    if found:
        return read("travel", [way for way in TRAVEL if way in found], text)
    if says_nothing(text):
        return unknown("travel", text)
    return asked("travel", text, asking, offer=lambda: [[way] for way in TRAVEL])


def reader_of_number(field: str, *, high: int, ask: bool = False) -> Reader:
    """Return a reader of a whole number from 0 to ``high``."""

    def reader(text: str, asking: Asking) -> Outcome:
        found = _NUMBER.fullmatch(text.lower())
        if found and int(found[1]) <= high:
            number = int(found[1])
            return exact(field, number, text) if text == found[1] else read(field, number, text)
        if says_nothing(text) or not ask:
            return unknown(field, text)
        return asked(field, text, asking, offer=lambda: tuple(range(high + 1)))

    return reader


def reader_of_codes(field: str, codes: tuple[str, ...], *, other: Reader | None = None) -> Reader:
    """Return a reader of codes separated by bars; ``other`` reads what is not."""

    def reader(text: str, asking: Asking) -> Outcome:
        found = [part.strip() for part in text.split("|")]
        if all(code in codes for code in found):
            return exact(field, found, text)
        return other(text, asking) if other else unknown(field, text)

    return reader


def reader_of_text(field: str, *, longest: int = LONGEST_TEXT) -> Reader:
    """Return a reader that takes a text as it is, if the field can hold it."""

    def reader(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
        fits = len(text) <= longest and not says_nothing(text)
        return exact(field, text, text) if fits else unknown(field, text)

    return reader


_WAYS: list[Value] = [[*MODES], *([mode] for mode in MODES)]
read_modes = reader_of_codes("modes", MODES, other=from_words("modes", _MODES, offered=_WAYS))
read_slots = reader_of_codes("slots", SLOTS)
read_capacity = reader_of_number("capacity", high=MOST_CAPACITY, ask=True)
