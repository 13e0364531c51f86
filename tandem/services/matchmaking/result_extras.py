"""What a matching was asked for beside its pairs, in words for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

MOST_RECRUITS = 10
_UNITS = {
    "language_floor": "CEFR level(s)",
    "level_floor": "EQF level(s)",
    "reach": "km",
    "availability_floor": "weekly time(s)",
    "floor": "point(s)",
    "capacity": "place(s)",
}


def alternatives(proposal: Mapping[str, Any]) -> Iterator[str]:
    """Say which other mentors a mentee could have, and at what cost."""
    for other in proposal["alternatives"]:
        yield f"or {other['mentor']}: score {other['score']}, {cost(other['cost'])}"


def cost(lost: Mapping[str, int]) -> str:
    """Say what a change loses all in all."""
    if not lost["tandems"] and not lost["score"]:
        return "costs nothing"
    return f"costs {_count(lost['tandems'], 'tandem')} and {_count(lost['score'], 'point')}"


def change(one: Mapping[str, Any], reasons: Mapping[str, str]) -> str:
    """Say which single change would place somebody."""
    unit = f" by {one['step']} {_UNITS[one['rule']]}" if one["rule"] in _UNITS else ""
    what = f"lift '{reasons.get(one['rule'], one['rule'])}'{unit}"
    return f"{what} for {one['mentor']}:{one['mentee']}, {cost(one['cost'])} to others"


def sections(result: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield heading and lines of everything that was asked for beside the pairs."""
    if "what_if" in result:
        yield _heading(result["what_if"]), [_move(one) for one in result["what_if"]["moves"]]
    if "recruit" in result:
        shown = result["recruit"][:MOST_RECRUITS]
        heading = f"Mentors to recruit: the best {len(shown)} of {len(result['recruit'])} kinds"
        yield heading, [_recruit(one) for one in shown]
    if "stability" in result:
        heading = f"How often each pair stands, of {result['stability']['draws']} weightings"
        yield heading, [_stable(one) for one in result["stability"]["pairs"]]


def _heading(difference: Mapping[str, Any]) -> str:
    return (
        f"Since the earlier result: {difference['tandems']:+d} tandems,"
        f" {difference['score']:+d} points, {_count(difference['same'], 'pair')} the same"
    )


def _move(one: Mapping[str, Any]) -> str:
    before, after = one["from_mentor"] or "nobody", one["to_mentor"] or "nobody"
    return f"{one['mentee']}: {before} -> {after}"


def _recruit(one: Mapping[str, Any]) -> str:
    kind = ", ".join(f"{name} {_cell(value)}" for name, value in one["mentor"].items())
    whom = f" for {', '.join(one['for'])}" if one["for"] else ""
    return f"{one['tandems']:+d} tandems, {one['score']:+d} points{whom}: {kind}"


def _stable(one: Mapping[str, Any]) -> str:
    return f"{one['mentor']} {one['mentee']}: {100 * one['share']:.0f} %"


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return "|".join(f"{key}:{level}" for key, level in value.items())
    return "|".join(value) if isinstance(value, list) else str(value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
