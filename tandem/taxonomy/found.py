"""What a search shows: a code, its name, what stands above it, and why it was found."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import OSA

from tandem.taxonomy.index import Index
from tandem.taxonomy.ranking import ABOVE, Hit, Name
from tandem.taxonomy.words import fold, other_gender, without_accents, without_both_genders

_SHORTEST_INSIDE = 3
_MOST_ERRORS = 3

Where = Literal["name", "also", "above"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matched:
    """A name that fits what was typed: the code's name, another one, or that of its group.

    ``marks`` are the parts of ``text`` that fit, as (start, end), in order, apart.
    """

    text: str
    language: str
    where: Where
    marks: tuple[Span, ...]

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is marked."""
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.marks:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        pieces.append((self.text[at:], False))
        return tuple(piece for piece in pieces if piece[0])


@dataclass(frozen=True, slots=True)
class Found:
    """A code that fits what was typed: its name, why it was found, and what is above it."""

    code: str
    name: str
    matched: tuple[Matched, ...]
    above: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How codes and what is above them are named in one language."""

    name: Callable[[str], str]
    above: Callable[[str], str]


def search(index: Index, typed: str, locale: str, *, most: int, wording: Wording) -> list[Found]:
    """Return at most ``most`` codes of ``index`` that fit, named by ``wording``."""
    hits = index.search(typed, language_of(locale), most=most)
    words = _typed_words(typed)
    return [_found(hit, words, wording) for hit in hits]


def language_of(locale: str) -> str:
    """Return the language of a locale: ``de`` of ``de_AT``."""
    return locale.replace("-", "_").partition("_")[0]


def _typed_words(typed: str) -> list[str]:
    text = fold(without_both_genders(typed))
    return list(dict.fromkeys([*text.split(), *other_gender(text).split()]))


def _found(hit: Hit, words: Sequence[str], wording: Wording) -> Found:
    name = wording.name(hit.code)
    matched = tuple(_matched(each, name, words) for each in hit.names)
    return Found(hit.code, name, matched, wording.above(hit.code))


def _matched(found: Name, name: str, words: Sequence[str]) -> Matched:
    where: Where = "above" if found.weight == ABOVE else "also"
    return Matched(
        text=found.text,
        language=found.language,
        where="name" if found.text == name else where,
        marks=marks(found.text, words),
    )


def marks(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Return the parts of ``text`` that hold the folded ``words``, else the words like them."""
    places = list(_words(text))
    exact = _joined(span for start, word in places for span in _spans(start, word, words))
    return exact or tuple(
        (start, start + len(word)) for start, word in places if _is_like(word, words)
    )


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each word begins, and the word with its accents."""
    start = 0
    for is_word, letters in groupby(text, _is_in_word):
        word = "".join(letters)
        if is_word:
            yield start, word
        start += len(word)


def _is_in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.combining(letter) > 0


def _spans(start: int, word: str, typed: Iterable[str]) -> Iterator[Span]:
    for unfold in (fold, without_accents):
        letters = [unfold(letter) for letter in word]
        owners = [at for at, folded in enumerate(letters) for _ in folded]
        whole = "".join(letters)
        for part in typed:
            if len(whole) >= _SHORTEST_INSIDE and whole in part:
                yield start, start + len(word)
                continue
            at = whole.find(part, 0, None if len(part) >= _SHORTEST_INSIDE else len(part))
            if at >= 0:
                after = at + len(part)
                end = owners[after] if after < len(owners) else len(word)
                yield start + owners[at], start + max(end, owners[after - 1] + 1)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _is_like(word: str, typed: Iterable[str]) -> bool:
    folded = fold(word)
    return any(
        OSA.distance(part, folded[: len(part)], score_cutoff=_MOST_ERRORS)
        <= min(_MOST_ERRORS, len(part) // 3)
        for part in typed
    )
