"""The package mentor-match: people, rules that add points, and munkres.

It knows yes or no for each rule and no distances between codes, hence these rules are the nearest
to our policy that it can say. Its result is counted in our scores like everybody's.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.rules.rule import Disqualify, Generic
from protocol import take_part

from matching import process
from matching.match import Match

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
FLOOR = 2
Said = dict[str, Any]


def process_people(folder: Path) -> Callable[[], Any]:
    """Score by rules and assign."""
    people = json.loads((folder / "people.json").read_text())
    mentors = [_make(Mentor, person, row) for row, person in enumerate(people["mentors"])]
    mentees = [_make(Mentee, person, row) for row, person in enumerate(people["mentees"])]

    def work() -> list[list[int]]:
        made, _ = process.process_data(mentors, mentees, [_rules()])
        return [[one.row, other.row] for one in made for other in one.mentees]

    return work


def _make(kind: Any, said: Said, row: int) -> Any:
    person = kind(grade=said["level"], profession=said["occupation"], email=said["id"])
    person.said, person.row = said, row
    return person


def _rules() -> list[Any]:
    def rule(points: int, holds: Callable[[Said, Said], bool]) -> Generic:
        return Generic({True: points, False: 0}, lambda match: holds(*_said(match)))

    return [
        Disqualify(lambda match: not _can_talk(*_said(match))),
        Disqualify(lambda match: not _can_meet(*_said(match))),
        Disqualify(lambda match: _against_wish(*_said(match))),
        rule(2500, lambda a, b: a["occupation"][:3] == b["occupation"][:3]),
        rule(2000, lambda a, b: bool(set(a["sectors"]) & set(b["sectors"]))),
        rule(2000, lambda a, b: bool(set(a["offers"]) & set(b["needs"]))),
        rule(1500, lambda a, b: abs(a["level"] - b["level"]) <= 1),
    ]


def _said(match: Match) -> tuple[Said, Said]:
    return match.mentor.said, match.mentee.said  # type: ignore[attr-defined]


def _can_talk(mentor: Said, mentee: Said) -> bool:
    ours, theirs = mentor["languages"], mentee["languages"]
    return any(
        min(LEVELS.index(ours[code]), LEVELS.index(theirs[code])) >= FLOOR
        for code in ours.keys() & theirs.keys()
    )


def _can_meet(mentor: Said, mentee: Said) -> bool:
    modes = set(mentor["modes"]) & set(mentee["modes"])
    km = math.dist(mentor["place"], mentee["place"]) / 1000
    return "online" in modes or (
        "in_person" in modes and km <= max(mentor["reach_km"], mentee["reach_km"])
    )


def _against_wish(mentor: Said, mentee: Said) -> bool:
    other = mentee["same_gender"] and mentor["gender"] != mentee["gender"]
    return other or mentor["id"] in mentee["previous"]


if __name__ == "__main__":
    take_part({"process": process_people})
