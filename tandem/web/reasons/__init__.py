"""Why two people fit: the engine's facts as sentences, in three voices.

The coordinator reads about both by name. A mentee or mentor who is being asked reads about
the other and themselves, and only what speaks for the two and what they may know by then
(TRUST A4).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from babel.numbers import format_decimal
from flask_babel import LazyString
from flask_babel import gettext as _
from markupsafe import Markup, escape

from tandem.models import Side
from tandem.web import codes
from tandem.web.languages import locale_code
from tandem.web.reasons.words import WORDS, Words

Fact: TypeAlias = Mapping[str, Any]
_NEAR_LEVELS = 1
_RANKS = {1: "first", 2: "second", 3: "third"}


class Reason(NamedTuple):
    """One sentence, and whether it speaks for the two."""

    text: Markup
    good: bool


_CLOSENESS = {
    "unit_group": "same",
    "minor_group": "same",
    "sub_major_group": "close",
    "major_group": "far",
}


def sentences(
    facts: Iterable[Fact], *, mentee: str, mentor: str, reader: Side | None = None
) -> list[Reason]:
    """Say what speaks for two people, then what should be known.

    Parameters
    ----------
    facts : iterable of mappings
        ``criterion``, ``code``, ``points``, ``weight`` and ``values``, as a proposal keeps them.
    mentee, mentor : str
        What to call them.
    reader : Side, optional
        Which of the two reads it; none: the coordinator.

    Raises
    ------
    LookupError
        If nobody has yet written a sentence for a code.
    """
    names = {"mentee": _bdi(mentee), "mentor": _bdi(mentor)}
    said = [
        Reason(escape(str(text)) % (names | values), good)
        for fact in facts
        for key, values in _PARTS[fact["criterion"]](fact["code"], fact["values"])
        for good, text in [_voice(WORDS[key], reader)]
        if text is not None
    ]
    return sorted(said, key=lambda reason: not reason.good)


def _bdi(name: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(name)


def _voice(words: Words, reader: Side | None) -> tuple[bool, LazyString | None]:
    if reader is None:
        return words.good, words.told
    return words.good, words.to_mentee if reader is Side.MENTEE else words.to_mentor


_Said: TypeAlias = list[tuple[str, dict[str, str]]]


def _sector(code: str, values: Mapping[str, Any]) -> _Said:
    if code == "missing":
        return [("sector.missing", {})]
    sectors = {f"{side}_sector": codes.sector(values[side]) for side in ("mentor", "mentee")}
    return [(f"sector.{code}", sectors)]


def _occupation(code: str, values: Mapping[str, Any]) -> _Said:
    if code == "missing":
        return [("occupation.missing", {})]
    named = {
        f"{side}_occupation": codes.occupation(values[side])
        for side in ("mentor", "mentee")
        if values[side]
    }
    if code == "none":
        return [("occupation.none", {"mentee_occupation": _("unknown")} | named)]
    return [(f"{values['via']}.{_CLOSENESS[code]}", named)]


def _needs(code: str, values: Mapping[str, Any]) -> _Said:
    if code == "missing":
        return [("needs.missing", {})]
    said = {"needs.met": values["met"], "needs.unmet": values["unmet"]}
    return [(key, {"topics": codes.topics(topics)}) for key, topics in said.items() if topics]


def _qualification(code: str, values: Mapping[str, Any]) -> _Said:
    if code == "missing":
        return [("qualification.missing", {})]
    said: _Said = []
    if values["field"] in {"narrow", "detailed"}:
        shared = _shared_fields(values["mentor_fields"], values["mentee_fields"])
        said.append(("qualification.field", {"fields": shared}))
    said += _levels(values["mentor_level"], values["mentee_level"])
    if values["recognition"] in {"known", "unknown"}:
        said.append((f"qualification.{values['recognition']}", {}))
    return said


def _levels(ours: int | None, theirs: int | None) -> _Said:
    if ours is None or theirs is None:
        return []
    if abs(ours - theirs) <= _NEAR_LEVELS:
        return [("qualification.near", {})]
    return [("qualification.far", {"ours": str(ours), "theirs": str(theirs)})]


def _shared_fields(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Name the fields of the mentor that share three digits or more with one of the mentee."""
    narrow = {code[:3] for code in theirs}
    return codes.fields(code for code in ours if code[:3] in narrow)


def _language(code: str, values: Mapping[str, Any]) -> _Said:
    if code == "none":
        return [("language.none", {})]
    named = codes.listed(codes.language(language) for language in values["languages"])
    return [("language.shared", {"languages": named})]


def _reach(code: str, values: Mapping[str, Any]) -> _Said:
    km, limit = values["km"] or 0, values["limit_km"]
    figures = {
        "km": format_decimal(round(km), locale=locale_code()),
        "limit": format_decimal(round(limit), locale=locale_code()),
    }
    near = code == "distance" and round(km) < 1
    return [(f"reach.{'near' if near else code}", figures)]


def _wishes(code: str, values: Mapping[str, Any]) -> _Said:
    if code in {"none", "missing"}:
        return [(f"wishes.{code}", {})]
    said: _Said = [(f"wishes.{_RANKS[values['rank']]}", {})] if values["rank"] else []
    if values["met"]:
        said.append(("wishes.met", {"wishes": codes.wishes(values["met"])}))
    return said


def _availability(code: str, values: Mapping[str, Any]) -> _Said:
    return [(f"availability.{code}", {"slots": codes.slots(values["shared"])})]


def _waiting(code: str, values: Mapping[str, Any]) -> _Said:
    if code == "new":
        return []
    rounds = format_decimal(values["rounds"], locale=locale_code())
    return [("waiting.once" if values["rounds"] == 1 else "waiting.often", {"rounds": rounds})]


_PARTS = {
    "sector": _sector,
    "occupation": _occupation,
    "needs": _needs,
    "qualification": _qualification,
    "language": _language,
    "reach": _reach,
    "wishes": _wishes,
    "availability": _availability,
    "waiting": _waiting,
}
