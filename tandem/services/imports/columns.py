"""Which column of a list holds what: by its header, and by what stands below."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from rapidfuzz.distance import OSA

from tandem.models import ImportKind
from tandem.services.imports.asking import normalise
from tandem.services.imports.reading.languages import language_in
from tandem.services.imports.reading.outcome import says_nothing
from tandem.services.imports.roles import LANGUAGE_ROLE, NOTE, ROLES, SENSITIVE, Role
from tandem.services.imports.understood import Column
from tandem.taxonomy.words import without_both_genders

LEAST_CERTAINTY = 0.5
_LOOKED_AT = 200
_MOST_EXAMPLES = 3
_AS_IT_IS = 1.0
_ABBREVIATED = 0.8
_AMONG_OTHERS = 0.7
_MISSPELT = 0.7
_MOST_ERRORS = 2
_SHORTEST_LIKE = 5
_SHORTEST_ABBREVIATION = 3
_FROM_VALUES = 0.75
_HEADER_ALONE = 0.9
_LEAST_SHARE = 0.7
_LEAST_SUPPORT = 0.3
_AROUND_LANGUAGE = {
    "kenntnisse", "niveau", "sprachniveau", "stand", "level", "sprache", "sprachkenntnisse",
    "skills", "in", "der", "ger", "cefr", "zertifikat", "zert",
}  # fmt: skip
_WHOSE = {
    ImportKind.MENTEES: {"mentee", "teilnehmer", "teilnehmerin", "bewerber", "bewerberin"},
    ImportKind.COMPANIES: {
        "ansprechpartner", "ansprechpartnerin", "ansprechperson", "kontaktperson", "kontakt",
        "mentor", "mentorin", "contact",
    },
}  # fmt: skip
"""Words of headers that only say whom the column is about."""
_LEVELS_AFTER_LANGUAGE = re.compile(r"(?:kenntnisse|niveau|level|stand|zertifikat)$")


def header_score(header: str, role: Role) -> float:
    """Return how well a header, normalised, names a role, in [0, 1]."""
    return max((_likeness(header, known) for known in role.headers), default=0.0)


def _likeness(header: str, known: str) -> float:
    if header == known:
        return _AS_IT_IS
    words, known_words = header.split(), known.split()
    if _abbreviates(words, known_words):
        return _ABBREVIATED
    if f" {known} " in f" {header} ":
        return _AMONG_OTHERS + (1 - _AMONG_OTHERS) * len(known) / len(header) / 2
    length = min(len(header), len(known))
    errors = OSA.distance(header, known, score_cutoff=_MOST_ERRORS)
    allowed = min(_MOST_ERRORS, length // _SHORTEST_LIKE)
    return _MISSPELT if 0 < errors <= allowed else 0.0


def _abbreviates(words: Sequence[str], known: Sequence[str]) -> bool:
    return (
        len(words) == len(known)
        and any(len(word) >= _SHORTEST_ABBREVIATION for word in words)
        and all(whole.startswith(word) for word, whole in zip(words, known, strict=True))
    )


def language_of_header(header: str) -> str | None:
    """Return the language that a header, normalised, is all about."""
    words = [_LEVELS_AFTER_LANGUAGE.sub("", word) for word in header.split()]
    return language_in(" ".join(word for word in words if word and word not in _AROUND_LANGUAGE))


def header_words(label: str, kind: ImportKind) -> str:
    """Return a header normalised, without words that only say whom it is about."""
    words = normalise(without_both_genders(label)).split()
    return " ".join([word for word in words if word not in _WHOSE[kind]] or words)


def best_header_score(header: str, kind: ImportKind) -> float:
    """Return how well a cell reads as the header of any column."""
    text = header_words(header, kind)
    if not text:
        return 0.0
    if language_of_header(text):
        return _AS_IT_IS
    known = max(header_score(text, role) for role in ROLES[kind].values())
    return max(known, LEAST_CERTAINTY if is_sensitive(text) else 0.0)


def guess_columns(
    labels: Sequence[str],
    values: Sequence[Sequence[str]],
    kind: ImportKind,
    *,
    corrections: Mapping[int, str],
) -> tuple[Column, ...]:
    """Return what each column holds; what is corrected is certain.

    ``values`` are the texts of each column that are not empty.
    """
    corrections = {index: role for index, role in corrections.items() if index < len(labels)}
    candidates = [
        (certainty, -index, role)
        for index, label in enumerate(labels)
        if index not in corrections
        for role, certainty in _candidates(label, values[index], kind).items()
        if certainty >= LEAST_CERTAINTY
    ]
    roles = {index: (role, 1.0) for index, role in corrections.items()}
    taken = set(corrections.values())
    for certainty, negative, role in sorted(candidates, reverse=True):
        known = ROLES[kind].get(role)
        free = role not in taken or known is None or known.may_repeat
        if -negative not in roles and free:
            roles[-negative] = role, round(certainty, 2)
            taken.add(role)
    _part_names(roles)
    return tuple(
        Column(
            index=index,
            label=label,
            role=role,
            certainty=certainty,
            is_sensitive=role == NOTE and is_sensitive(normalise(label)),
            examples=tuple(islice(dict.fromkeys(values[index]), _MOST_EXAMPLES)),
        )
        for index, label in enumerate(labels)
        for role, certainty in [roles.get(index, (NOTE, 0.0))]
    )


def _part_names(roles: dict[int, tuple[str, float]]) -> None:
    """Take a column of names for that of last names where first names have their own."""
    index_of = {role: index for index, (role, _) in roles.items()}
    if "first_name" in index_of and "name" in index_of and "last_name" not in index_of:
        roles[index_of["name"]] = "last_name", roles[index_of["name"]][1]


def is_sensitive(header: str) -> bool:
    """Tell whether a header, normalised, is about what counts in no match."""
    return any(
        word == known or (len(word) > _SHORTEST_LIKE and word.startswith(known))
        for word in header.split()
        for known in SENSITIVE
    )


def _candidates(label: str, values: Sequence[str], kind: ImportKind) -> dict[str, float]:
    header = header_words(label, kind)
    looked_at = [text for text in islice(values, _LOOKED_AT) if not says_nothing(text)]
    found = {
        name: _certainty(header_score(header, role) if header else 0.0, role, looked_at)
        for name, role in ROLES[kind].items()
    }
    language = language_of_header(header) if header else None
    if language:
        found[f"{LANGUAGE_ROLE}{language}"] = _AS_IT_IS
    return found


def _certainty(by_header: float, role: Role, values: Sequence[str]) -> float:
    """Return how likely a column has a role, from its header and its values."""
    if role.fits is None or not values or role.weight == "none":
        return by_header
    share = sum(map(role.fits, values)) / len(values)
    if by_header and role.weight == "needed" and share < _LEAST_SUPPORT:
        return by_header * share
    if by_header:
        return by_header * (_HEADER_ALONE + (1 - _HEADER_ALONE) * share)
    if role.weight == "telling" and share >= _LEAST_SHARE:
        return _FROM_VALUES * share
    return 0.0
