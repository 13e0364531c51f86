"""The result of a matching as a table for a terminal, in words."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from tandem.services.matchmaking.match_lists import MatchOutcome
from tandem.services.matchmaking.result_extras import alternatives, change, sections

REASONS = {
    "language_floor": "no shared language at the level asked for",
    "level_floor": "qualification below the level asked for",
    "reach": "too far away and not both online",
    "same_gender": "not of the gender wished for",
    "availability_floor": "too few shared times",
    "conflict": "excluded on request",
    "capacity": "no free place",
    "forbidden": "ruled out by hand",
    "previous": "tried before",
    "floor": "would fit, but score too little",
    "taken": "would fit, but went to others",
    "nobody": "nobody on the other side",
}
PROBLEMS = {
    "missing": "is missing",
    "wrong_type": "is of another kind than expected",
    "unknown_code": "has an unknown code",
    "not_finite": "is not a finite number",
    "out_of_range": "is out of range",
}
_GAP = "  "
_LEAST_WIDTH = 40


def to_table(outcome: MatchOutcome, *, width: int) -> str:
    """Return proposals, totals, who is left and why, and who was set aside.

    Each criterion has a column where ``width`` allows, else they stand below their pair.
    """
    result = outcome.result
    lines = [
        *_proposals(outcome, max(width, _LEAST_WIDTH)),
        "",
        f"{_count(result['tandems'], 'tandem')}, {result['score']} points in all"
        f" (of at most 10000 each), seed {result['seed']}",
        *_unmatched("Mentees", result["unmatched"]["mentees"], width),
        *_unmatched("Mentors", result["unmatched"]["mentors"], width),
        *_set_aside(result["set_aside"], width),
        *_extras(result, width),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _proposals(outcome: MatchOutcome, width: int) -> list[str]:
    proposals = outcome.result["proposals"]
    if not proposals:
        return ["No tandem is possible."]
    short = ("mentor", "mentee", "score", "margin")
    wide = (*short, *outcome.criteria)
    rows = [_cells(proposal, outcome.criteria) for proposal in proposals]
    lines = _align([wide, *rows])
    if max(map(len, lines)) <= width:
        return [*lines[:1], *_with_alternatives(outcome, [[line] for line in lines[1:]], width)]
    head, *pairs = _align([short, *(row[: len(short)] for row in rows)])
    blocks = []
    for pair, proposal in zip(pairs, proposals, strict=True):
        parts = ", ".join(f"{name} {points}" for name, points in proposal["parts"].items())
        blocks.append([pair, *_wrap(parts, width, first="    ")])
    return [head, *_with_alternatives(outcome, blocks, width)]


def _with_alternatives(
    outcome: MatchOutcome, blocks: Sequence[list[str]], width: int
) -> Iterator[str]:
    for block, proposal in zip(blocks, outcome.result["proposals"], strict=True):
        yield from block
        if outcome.shows_alternatives:
            for line in alternatives(proposal):
                yield from _wrap(line, width, first="    ")


def _cells(proposal: dict[str, Any], criteria: Sequence[str]) -> tuple[str, ...]:
    margin = proposal["margin"]
    return (
        proposal["mentor"],
        proposal["mentee"],
        str(proposal["score"]),
        "-" if margin is None else str(margin),
        *(str(proposal["parts"].get(criterion, 0)) for criterion in criteria),
    )


def _align(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell.ljust(width) if number < 2 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _unmatched(side: str, people: Sequence[dict[str, Any]], width: int) -> Iterator[str]:
    if people:
        yield from ("", f"{side} without a tandem: {len(people)}")
    for person in people:
        reasons = "; ".join(
            f"{REASONS.get(rule, rule)}: {count}" for rule, count in person["reasons"].items()
        )
        yield from _wrap(f"{person['id']}: {reasons}", width, first="  ")
        for one in person["changes"][:1]:
            yield from _wrap(f"to place: {change(one, REASONS)}", width, first="    ")


def _set_aside(entries: Sequence[dict[str, Any]], width: int) -> Iterator[str]:
    if entries:
        yield from ("", f"Set aside: {len(entries)}")
    for entry in entries:
        problem = PROBLEMS.get(entry["problem"], entry["problem"])
        text = f"{entry['side']} {entry['id']}: {entry['field']} {problem}"
        yield from _wrap(text, width, first="  ")


def _extras(result: dict[str, Any], width: int) -> Iterator[str]:
    for heading, lines in sections(result):
        yield from ("", heading)
        for line in lines:
            yield from _wrap(line, width, first="  ")


def _wrap(text: str, width: int, *, first: str) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, _LEAST_WIDTH),
        initial_indent=first,
        subsequent_indent=first + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
