"""Pins: whether the rules let two people meet at all."""

from collections.abc import Mapping, Sequence
from typing import Any

import matching

_NO_BAN = ("floor", "taken", "nobody")
"""What keeps a pair from being proposed, but not from being pinned."""
UNUSABLE = "unusable"
"""Stands among the rules for an entry that the engine cannot use."""


def keeps_apart(content: Mapping[str, Any], policy: str, pair: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of the rules that shut a pair of a snapshot's content out.

    A place of the mentor is not asked for; ``unusable`` stands for an entry that sets one of
    the two aside.
    """
    mentor, mentee = find_pair(content, pair)
    ours = matching.Mentor(**mentor | {"capacity": max(mentor["capacity"], 1)})
    banned = [_ids(each) for each in content["forbidden"]]
    result = matching.match(
        [ours],
        [matching.Mentee(**mentee)],
        matching.Policy.from_toml(policy),
        forbidden=[each for each in banned if each == _ids(pair)],
    )
    if result.set_aside:
        return (UNUSABLE,)
    left = result.unmatched_mentees
    return tuple(rule for one in left for rule in one.reasons if rule not in _NO_BAN)


def find_unkeepable(content: Mapping[str, Any], policy: str) -> dict[int, tuple[str, ...]]:
    """Return which of a content's pins no solving could keep, by position, with the rules.

    Where all can be kept, which is the rule, that is one look at the pinned people alone.
    """
    pins = content["pinned"]
    if not pins or _all_hold(content, policy):
        return {}
    found = {at: keeps_apart(content, policy, pair) for at, pair in enumerate(pins)}
    return {at: rules for at, rules in found.items() if rules}


def find_pair(
    content: Mapping[str, Any], pair: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a content says of the mentor and of the mentee of a pair."""
    mentor = next(each for each in content["mentors"] if each["id"] == pair[0])
    mentee = next(each for each in content["mentees"] if each["id"] == pair[1])
    return mentor, mentee


def _ids(pair: Sequence[str]) -> tuple[str, str]:
    return pair[0], pair[1]


def _all_hold(content: Mapping[str, Any], policy: str) -> bool:
    pins = [_ids(pair) for pair in content["pinned"]]
    mentors, mentees = {mentor for mentor, _ in pins}, {mentee for _, mentee in pins}
    try:
        matching.match(
            [matching.Mentor(**each) for each in content["mentors"] if each["id"] in mentors],
            [matching.Mentee(**each) for each in content["mentees"] if each["id"] in mentees],
            matching.Policy.from_toml(policy),
            pinned=pins,
            forbidden=[_ids(pair) for pair in content["forbidden"]],
            running=[_ids(pair) for pair in content["running"]],
            explain=False,
        )
    except matching.InvalidInput:
        return False
    return True
