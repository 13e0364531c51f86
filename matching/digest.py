"""A fingerprint of what went in and what came out."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields
from typing import Any, Final

from matching.people import Person
from matching.policy import Policy

_PLAIN_ALREADY: Final = frozenset({str, int, bool, type(None)})


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
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"))


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
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case Set():
            return sorted((_plain(item) for item in value), key=canonical)
        case tuple() | list():
            return [_plain(item) for item in value]
        case float():
            return int(value) if value.is_integer() else value
        case None | str() | bool() | int():
            return value
    return f"<{type(value).__name__}>"
