"""Suppositions: what a content would be if one rule gave way for one pair."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, hypot
from typing import Any

import matching
from tandem.services.matchmaking.pins import find_pair, keeps_apart

_METRES_A_KM = 1000


class NotSupposable(Exception):
    """The rule cannot give way for the two, or others still keep them apart."""

    def __init__(self, *rules: str) -> None:
        super().__init__(", ".join(rules))
        self.rules = rules


@dataclass(frozen=True)
class _Case:
    """Two people of a content, and the content itself, which may be changed."""

    content: dict[str, Any]
    policy: matching.Policy
    mentor: dict[str, Any]
    mentee: dict[str, Any]


def suppose(content: dict[str, Any], policy: str, *, kind: str, pair: Sequence[str]) -> None:
    """Change a content so that a rule gives way for one pair, and pin the pair.

    Parameters
    ----------
    content : dict
        The engine's input; it is changed.
    policy : str
        Under which it will be solved, as TOML.
    kind : str
        ``pair`` where nothing has to give way, or the rule of a change as the engine names
        it: ``capacity`` is one place more at the mentor.
    pair : keys of a mentor and a mentee

    Raises
    ------
    NotSupposable
        If the rule cannot give way, or others still keep the two apart.
    """
    if kind not in _EASE:
        raise NotSupposable(kind)
    mentor, mentee = find_pair(content, pair)
    _EASE[kind](_Case(content, matching.Policy.from_toml(policy), mentor, mentee))
    others = keeps_apart(content, policy, pair)
    if others:
        raise NotSupposable(*others)
    others_pins = [each for each in content["pinned"] if each[1] != mentee["id"]]
    content["pinned"] = [*others_pins, list(pair)]


def _nothing(case: _Case) -> None:
    """Leave everything as it is: the rules allow the pair."""


def _one_place_more(case: _Case) -> None:
    case.mentor["capacity"] += 1


def _no_ban(case: _Case) -> None:
    pair = [case.mentor["id"], case.mentee["id"]]
    case.content["forbidden"] = [each for each in case.content["forbidden"] if each != pair]


def _once_more(case: _Case) -> None:
    tried = case.mentee["previous"]
    case.mentee["previous"] = [each for each in tried if each != case.mentor["id"]]


def _together(case: _Case) -> None:
    ours = {f"mentor:{case.mentor['id']}", f"company:{case.mentor['company']}"}
    case.mentee["avoid"] = [each for each in case.mentee["avoid"] if each not in ours]


def _any_gender(case: _Case) -> None:
    case.mentee["same_gender"] = False


def _further(case: _Case) -> None:
    here, there = case.mentor["place"], case.mentee["place"]
    if not here or not there:
        raise NotSupposable("reach")
    metres = hypot(here[0] - there[0], here[1] - there[1])
    case.mentee["reach_km"] = ceil(metres / _METRES_A_KM)


def _better_language(case: _Case) -> None:
    ours, theirs = case.mentor["languages"], case.mentee["languages"]
    shared = sorted(ours.keys() & theirs.keys())
    if not shared:
        raise NotSupposable("language_floor")
    best = max(shared, key=lambda code: min(ours[code], theirs[code]))
    for levels in (ours, theirs):
        levels[best] = max(levels[best], case.policy.language_floor)


def _lower_level(case: _Case) -> None:
    if case.mentor["level"] is None or case.mentee["level"] is None:
        raise NotSupposable("level_floor")
    highest = case.mentor["level"] + case.policy.number("level_floor")
    case.mentee["level"] = min(case.mentee["level"], highest)


_EASE: dict[str, Callable[[_Case], None]] = {
    "pair": _nothing,
    "floor": _nothing,
    "capacity": _one_place_more,
    "forbidden": _no_ban,
    "previous": _once_more,
    "conflict": _together,
    "same_gender": _any_gender,
    "reach": _further,
    "language_floor": _better_language,
    "level_floor": _lower_level,
}
