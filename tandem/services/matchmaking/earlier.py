"""What has changed since an earlier result, pair by pair."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tandem.services.matchmaking.problems import Problem

MAX_RESULT_BYTES = 256 * 2**20
_EXPECTED = "a result as --format json writes it"


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Pairs and totals of an earlier result."""

    mentor_of: dict[str, str]
    tandems: int
    score: int


def read_earlier(path: Path, problems: list[Problem]) -> Earlier | None:
    """Return the result that a file holds; None if it holds none, which is noted."""
    try:
        return _taken_from(json.loads(_read(path)))
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    except json.JSONDecodeError as error:
        problem = f"is not JSON ({error})"
    except RecursionError:
        problem = "is nested too deeply"
    except ValueError as error:
        problem = str(error)
    problems.append(
        Problem(source=str(path), line=1, column="--what-if", problem=problem, expected=_EXPECTED)
    )
    return None


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_RESULT_BYTES + 1)
    if len(data) > MAX_RESULT_BYTES:
        raise ValueError("is too large")
    return data


def _taken_from(content: Any) -> Earlier:
    match content:
        case {"proposals": [*proposals], "tandems": int(tandems), "score": int(score)}:
            pairs = [_pair(proposal) for proposal in proposals]
            return Earlier(mentor_of=dict(pairs), tandems=tandems, score=score)
    raise ValueError("has no proposals, tandems and score")


def _pair(proposal: Any) -> tuple[str, str]:
    match proposal:
        case {"mentor": str(mentor), "mentee": str(mentee)}:
            return mentee, mentor
    raise ValueError("has a proposal without mentor and mentee")


def compare(earlier: Earlier, result: dict[str, Any]) -> dict[str, Any]:
    """Return what a result gains over an earlier one, and whose mentor is another now.

    ``tandems`` and ``score`` are gains, below 0 where something is lost; ``moves`` lists each
    mentee whose mentor differs, None standing for nobody, in the order of ids.
    """
    now = {one["mentee"]: one["mentor"] for one in result["proposals"]}
    moved = sorted(
        mentee
        for mentee in earlier.mentor_of.keys() | now.keys()
        if earlier.mentor_of.get(mentee) != now.get(mentee)
    )
    return {
        "tandems": result["tandems"] - earlier.tandems,
        "score": result["score"] - earlier.score,
        "same": len(now) - sum(mentee in now for mentee in moved),
        "moves": _moves(moved, earlier.mentor_of, now),
    }


def _moves(
    moved: Sequence[str], before: dict[str, str], now: dict[str, str]
) -> list[dict[str, str | None]]:
    return [
        {"mentee": one, "from_mentor": before.get(one), "to_mentor": now.get(one)} for one in moved
    ]
