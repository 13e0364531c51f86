"""The invented people of the demo programme, as read from the files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


@cache
def read(noun: str) -> dict[str, Any]:
    """Return the content of one file, such as ``companies`` or ``mentors``."""
    return tomllib.loads((Path(__file__).parent / f"{noun}.toml").read_text(encoding="utf-8"))


def companies() -> list[Entry]:
    """Return the invented companies."""
    return list(read("companies")["company"])


def mentors() -> list[Entry]:
    """Return the invented mentors, each with the key of a company."""
    return list(read("mentors")["mentor"])


def mentees() -> list[Entry]:
    """Return the invented mentees."""
    return list(read("mentees")["mentee"])


def tandems() -> list[Entry]:
    """Return the invented tandems that have begun, each with its mentor and its mentee."""
    known = {person["email"]: person for person in (*mentors(), *mentees())}
    return [
        entry
        | {
            side: known[entry[side]["like"]] | entry[side] | {"capacity": 1}
            for side in ("mentor", "mentee")
        }
        for entry in read("tandems")["tandem"]
    ]


def coordinators() -> list[Entry]:
    """Return the invented coordinators."""
    return list(read("programme")["coordinator"])


def places() -> dict[str, str]:
    """Return the postal codes of the district, with the names of their places."""
    return dict(read("programme")["places"])


def known_places() -> dict[str, str]:
    """Return the places of the district and of its neighbours."""
    return places() | dict(read("programme")["neighbouring_places"])
