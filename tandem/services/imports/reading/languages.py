"""Languages with levels, as lists write them: names, abbreviations, words for a level."""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import Outcome, Reader, says_nothing
from tandem.services.imports.understood import Key, Sure, Understood
from tandem.taxonomy import CEFR, OFFERED, is_language, language_name

LEVEL = "language_level"
UNSTATED = "unstated_level"
LANGUAGE = "language"

_ABBREVIATED = {
    "d": "de", "dt": "de", "dtsch": "de", "deu": "de", "ger": "de", "e": "en", "eng": "en",
    "engl": "en", "frz": "fr", "franz": "fr", "span": "es", "russ": "ru", "ukr": "uk",
    "arab": "ar", "tuerk": "tr", "tuer": "tr", "kurd": "ku", "ital": "it", "poln": "pl",
    "pol": "pl", "rum": "ro", "bulg": "bg", "port": "pt", "pers": "fa", "persisch": "fa",
    "farsi": "fa", "dari": "prs", "paschtu": "ps", "pashto": "ps", "paschto": "ps",
    "kurmanci": "kmr", "kurmanji": "kmr", "kurmandschi": "kmr", "sorani": "ckb",
    "plattdt": "nds", "platt": "nds", "plattdeutsch": "nds", "niederdeutsch": "nds",
    "mandarin": "zh", "tigrinisch": "ti", "romanes": "rom", "filipino": "fil", "tagalog": "fil",
    "serbokroatisch": "sh", "bosn": "bs", "kroat": "hr", "serb": "sr", "alban": "sq",
    "griech": "el", "niederl": "nl", "hollaendisch": "nl", "daen": "da", "schwed": "sv",
    "vietn": "vi", "somali": "so",
}  # fmt: skip
_ADDED = ("nds", "sh", "sv", "no", "fi", "et", "ca", "is", "ga", "eu", "ak", "ee", "rn", "mg")
_NATIVE = re.compile(
    r"mutter ?sp\w*|mother tongue|native|erstsprache|l1|muttersprachl\w*|first language"
)
_CEFR = re.compile(r"(?<![a-z0-9])([abc])\s?([12])(?![0-9])")
_NOT_YET = re.compile(
    r"kurs|geplant|pruef|angestrebt|nicht|laufend|lernt|macht|course|planned|exam|learning|"
    r"ziel|vorbereitung|wartet|angemeldet|\b(?:ab|bis)\b"
)
_PARTS = re.compile(r"[,;|\n+&/]|\s(?:und|and|u\.|sowie)\s")
_FILLER = {
    "in", "als", "die", "der", "sprache", "sprachen", "auch", "language", "languages", "kann",
    "spricht",
}  # fmt: skip
_CODED = re.compile(r"([a-z]{2,3}):(.*)|([A-Z]{2})\b(.*)")
_LEAST_LIKE = 85
_SHORTEST_LIKE = 6
_LONGEST_NAME_WORDS = 3


@dataclass
class _Spoken:
    """A language and all that stood beside it."""

    code: str
    beside: list[str]


@cache
def _names() -> dict[str, str]:
    """Return the codes of languages by their names in German and English, normalised."""
    names: dict[str, str] = {}
    for code in (*OFFERED, *_ADDED):
        for locale in ("de", "en"):
            names.setdefault(normalise(language_name(code, locale)), code)
    return names | _ABBREVIATED


def language_in(text: str) -> str | None:
    """Return the code of a language whose name ``text`` is, if it is one."""
    return _names().get(normalise(text))


def names_languages(text: str) -> bool:
    """Tell whether ``text`` looks like languages or levels of them."""
    parts = [_named(part)[0] for part in _split(text)]
    return any(parts) or _CEFR.search(normalise(text)) is not None


def _split(text: str) -> list[str]:
    """Return the parts of ``text``; what stands in brackets stays in one piece."""
    sheltered = re.sub(r"\([^()]*\)", lambda found: _PARTS.sub(" ", found[0]), text)
    return [part.strip() for part in _PARTS.split(sheltered) if part.strip()]


def _named(part: str) -> tuple[str | None, str, bool]:
    """Return the language that a part names, what else it says, and whether that is certain."""
    coded = _CODED.fullmatch(part)
    code = (coded[1] or coded[3]).lower() if coded else ""
    if coded and is_language(code):
        return code, normalise(coded[2] or coded[4] or ""), True
    words = normalise(part).split()
    for length in range(min(_LONGEST_NAME_WORDS, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            found = _names().get(" ".join(words[at : at + length]))
            if found:
                rest = [word for word in words[:at] + words[at + length :] if word not in _FILLER]
                return found, " ".join(rest), True
    return _like(words)


def _like(words: list[str]) -> tuple[str | None, str, bool]:
    """Return the language whose name a word almost is."""
    for word in words:
        if len(word) >= _SHORTEST_LIKE:
            near = process.extractOne(
                word, _long_names(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE
            )
            if near:
                rest = [other for other in words if other != word and other not in _FILLER]
                return _names()[near[0]], " ".join(rest), False
    return None, " ".join(words), True


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in _names() if len(name) >= _SHORTEST_LIKE)


def reader_of(*, only: str | None = None, unstated: str, is_native: bool = False) -> Reader:
    """Return a reader of languages.

    ``only`` is the language that a column is all about; ``unstated`` names whose levels are
    asked for where none stands, unless the column is about native languages.
    """

    def reader(text: str, asking: Asking) -> Outcome:
        if says_nothing(text):
            return Outcome({"languages": Understood(value=None, shown=text, sure=Sure.UNKNOWN)})
        reading = _Reading(text, asking, "" if is_native else unstated)
        return reading.outcome(only)

    return reader


class _Reading:
    """Reads one cell."""

    def __init__(self, text: str, asking: Asking, unstated: str) -> None:
        self._text = text
        self._asking = asking
        self._unstated = unstated
        self._levels: dict[str, str] = {}
        self._asks: list[Key] = []
        self._is_exact = True
        self._remarks: list[str] = []

    def outcome(self, only: str | None) -> Outcome:
        found = self._spoken(only)
        for spoken in found[1:] if only and not found[0].beside and found[1:] else found:
            self._add(spoken)
        sure = Sure.EXACT if self._is_exact else Sure.READ
        understood = Understood(
            value=self._levels or None,
            shown=self._text,
            sure=Sure.UNKNOWN if self._asks else sure,
            asks=tuple(dict.fromkeys(self._asks)),
        )
        return Outcome(
            {"languages": understood},
            keeps_all=self._is_exact and not self._asks,
            remarks=tuple(self._remarks),
        )

    def _spoken(self, only: str | None) -> list[_Spoken]:
        found: list[_Spoken] = [_Spoken(only, [])] if only else []
        for part in _split(self._text):
            code, rest, is_certain = _named(part)
            self._is_exact &= is_certain
            if code == only and only:
                found[0].beside += [rest] if rest else []
            elif code:
                found.append(_Spoken(code, [rest] if rest else []))
            elif found:
                found[-1].beside.append(rest or part)
            else:
                self._ask_language(part, found)
        return found

    def _ask_language(self, part: str, found: list[_Spoken]) -> None:
        self._is_exact = False
        answer = self._asking.answer(LANGUAGE, part)
        if answer is None:
            self._asks.append(self._asking.ask(LANGUAGE, part, lambda: OFFERED))
        elif isinstance(answer[0], str):
            found.append(_Spoken(answer[0], []))

    def _add(self, spoken: _Spoken) -> None:
        beside = " / ".join(spoken.beside)
        level = self._level(beside, spoken.code)
        if level is None:
            return
        other = self._levels.get(spoken.code)
        if other and other != level:
            self._remarks.append("contradicts")
        self._levels[spoken.code] = min(level, other or level)

    def _level(self, beside: str, code: str) -> str | None:
        """Return the level that words beside a language mean; ask where they are not known."""
        if not beside and not self._unstated:
            self._is_exact = False
            return CEFR[-1]
        field, text = (LEVEL, beside) if beside else (UNSTATED, self._unstated)
        answer = self._asking.answer(field, text)
        if answer is not None:
            self._is_exact = False
            return answer[0] if isinstance(answer[0], str) else None
        level = _level_in(beside)
        if level is None:
            example = self._text if beside else language_name(code, "de")
            key = self._asking.ask(field, text, lambda: CEFR, example=example)
            self._asks.append(key)
            return None
        if beside.upper() != level:
            self._is_exact = False
        return level


def _level_in(beside: str) -> str | None:
    """Return the level that is plainly said; the lowest of several."""
    words = normalise(beside)
    if _NOT_YET.search(words):
        return None
    levels = [f"{letter}{digit}".upper() for letter, digit in _CEFR.findall(words)]
    if levels:
        return min(levels)
    return CEFR[-1] if _NATIVE.search(words) else None
