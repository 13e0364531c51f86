"""How groups of mentees fare in a result: shown to coordinators, never an aim.

The engine is not told of any group; labels come from the profiles.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tandem.models import Profile, Programme

FEWEST = 5
"""A group of fewer people is not told apart."""
OTHERS = "others"
"""Label of those who are too few for a group of their own."""


@dataclass(kw_only=True)
class Tally:
    """How the mentees of one label fare; `mean_score` over their tandems alone."""

    label: str
    people: int = 0
    tandems: int = 0
    score: int = 0

    def add(self, other: "Tally") -> None:
        """Count the people of another label here."""
        self.people += other.people
        self.tandems += other.tandems
        self.score += other.score

    def tell(self) -> dict[str, Any]:
        """Return it in plain values."""
        told = asdict(self)
        score = told.pop("score")
        return told | {"mean_score": round(score / self.tandems) if self.tandems else None}


def count_groups(
    result: Mapping[str, Any], profiles: Mapping[str, Profile], *, programme: Programme
) -> list[dict[str, Any]]:
    """Return coverage and points by gender, language, place and recognition.

    Parameters
    ----------
    result : the engine's answer
    profiles : mentees who took part, by their keys
    """
    aside = {each["id"] for each in result["set_aside"]}
    scores = {each["mentee"]: each["score"] for each in result["proposals"]}
    kinds: Mapping[str, Callable[[Profile], str | None]] = {
        "gender": lambda profile: profile.gender,
        "language": lambda profile: main_language(profile.languages),
        "place": lambda profile: programme.place(profile.postal_code),
        "recognition": lambda profile: profile.recognition,
    }
    found = []
    for kind, read in kinds.items():
        tallies: dict[str, Tally] = {}
        for key, profile in profiles.items():
            if key not in aside:
                label = read(profile) or OTHERS
                one = Tally(label=label, people=1, tandems=key in scores, score=scores.get(key, 0))
                tallies.setdefault(label, Tally(label=label)).add(one)
        found.append({"kind": kind, "groups": [each.tell() for each in together(tallies)]})
    return found


def together(tallies: Mapping[str, Tally]) -> Sequence[Tally]:
    """Put those who are too few together, so that no figure is about fewer than five people.

    Where the rest would still be too few, the smallest group joins it: otherwise it could be
    worked out from the others. By size, the largest first, the rest last.
    """
    named = [tally for label, tally in tallies.items() if label != OTHERS]
    ranked = sorted(named, key=lambda tally: (-tally.people, tally.label))
    rest = Tally(label=OTHERS)
    if OTHERS in tallies:
        rest.add(tallies[OTHERS])
    while ranked and (ranked[-1].people < FEWEST or 0 < rest.people < FEWEST):
        rest.add(ranked.pop())
    if not ranked:
        return []
    return [*ranked, rest] if rest.people else ranked


def main_language(levels: Mapping[str, str]) -> str:
    """Return the language that somebody speaks best besides German; German where it is alone."""
    spoken = {code: level for code, level in levels.items() if code != "de"}
    return max(sorted(spoken), key=lambda code: spoken[code], default="de")
