"""What people type, made comparable: case, accents, umlauts, punctuation, gendered endings."""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
_BREAK = re.compile(r"[\W_]+")
_BOTH_GENDERS = re.compile(
    r"(?<=\w)(?:/-?|[:*_]|\()in(?:nen)?\)?(?!\w)|\([mwfdx/|, ]+\)", re.IGNORECASE
)
_SIGNS = frozenset("/:*_(")
_FEMININE = re.compile(r"in(?:n|ne|nen)?$")
_SHORTEST_FEMININE = 6
_ROOTS = (("aerzt", "arzt"), ("koech", "koch"), ("baeuer", "bauer"), ("waelt", "walt"))


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents, ä as ae, one space between words."""
    return _plain(text, _UMLAUTS)


def without_accents(text: str) -> str:
    """Return ``text`` as :func:`fold` does, but ä as a."""
    return _plain(text, {})


def spellings(text: str) -> tuple[str, ...]:
    """Return the folded text and, if it differs, the one whose umlauts only lost their dots."""
    folded = fold(text)
    bare = folded if text.isascii() else without_accents(text)
    return (folded,) if bare == folded else (folded, bare)


def _plain(text: str, umlauts: dict[int, str]) -> str:
    plain = text.lower() if text.isascii() else _letters(text, umlauts)
    return _BREAK.sub(" ", plain).strip()


def _letters(text: str, umlauts: dict[int, str]) -> str:
    small = unicodedata.normalize("NFC", text).casefold().translate(umlauts)
    letters = unicodedata.normalize("NFKD", small.translate(_UNDECOMPOSED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def without_both_genders(text: str) -> str:
    """Return ``text`` without what names the other genders: /in, :in, *in, (m/w/d)."""
    return text if _SIGNS.isdisjoint(text) else _BOTH_GENDERS.sub(" ", text)


def other_gender(words: str) -> str:
    """Return folded ``words`` with German feminine forms made masculine, Frau and Mann swapped."""
    return " ".join(map(_swapped, words.split()))


def _swapped(word: str) -> str:
    for ending, other in (("frau", "mann"), ("mann", "frau")):
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    masculine = _FEMININE.sub("", word)
    if masculine == word or len(word) < _SHORTEST_FEMININE:
        return word
    for feminine, root in _ROOTS:
        masculine = masculine.replace(feminine, root)
    return masculine
