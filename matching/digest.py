"""A fingerprint of what went in and what came out."""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields
from typing import Any, Final

from matching.intake import Request
from matching.people import Person
from matching.policy import Policy
from matching.result import Proposal

_PLAIN_ALREADY: Final = frozenset({str, int, bool, type(None)})
_WRITE: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def digest_of(request: Request, proposals: Sequence[Proposal], *, engine: str) -> str:
    """Return the fingerprint of a request, of the pairs made of it, and of their points."""
    asked = {
        "engine": engine,
        "policy": describe_policy(request.policy),
        "seed": request.seed,
        "mentors": sorted(fingerprint(describe_person(person)) for person in request.mentors),
        "mentees": sorted(fingerprint(describe_person(person)) for person in request.mentees),
        "pinned": sorted(set(request.pinned)),
        "forbidden": sorted(set(request.forbidden)),
        "running": sorted(set(request.running)),
    }
    made = [[pair.mentor, pair.mentee, pair.parts] for pair in proposals]
    return fingerprint({"input": asked, "result": made})


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal.

    Examples
    --------
    >>> fingerprint({"b": 1, "a": 2.0}) == fingerprint({"a": 2, "b": 1})
    True
    """
    return hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def canonical(value: object) -> str:
    """Write a value as JSON in exactly one way: sorted, no blanks, ASCII."""
    return _WRITE(_plain(value))


def describe_person(person: Person) -> dict[str, object]:
    """List all fields of a person."""
    return {field.name: getattr(person, field.name) for field in fields(person)}


def describe_policy(policy: Policy) -> dict[str, object]:
    """List all fields of a policy."""
    return {field.name: getattr(policy, field.name) for field in fields(policy)}


def _plain(value: object) -> Any:
    if type(value) in _PLAIN_ALREADY:
        return value
    match value:
        case tuple() | list():
            return [_plain(item) for item in value]
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case Set():
            return sorted((_plain(item) for item in value), key=_WRITE)
        case float():
            return int(value) if value.is_integer() else value
        case None | str() | bool() | int():
            return value
    return f"<{type(value).__name__}>"
