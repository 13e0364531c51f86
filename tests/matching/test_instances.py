"""Published instances and made-up people, read only where they lie beside the checkout."""

import csv
from pathlib import Path

import numpy as np
import pytest

import matching
from tests.matching.people import POLICY

DATA = Path(__file__).parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data to run on are not here")


def published():
    """Name every instance that is here, with its known optimum."""
    optima = DATA / "orlib" / "assignopt.txt"
    lines = optima.read_text().splitlines()[1:] if optima.is_file() else []
    return [(name, int(optimum)) for name, optimum in map(str.split, filter(str.strip, lines))]


@needs_data
@pytest.mark.parametrize("path", ["dense", "large"])
@pytest.mark.parametrize(("name", "optimum"), published())
def test_a_published_assignment_is_solved_to_its_known_optimum(name, optimum, path):
    size, *costs = map(int, (DATA / "orlib" / f"{name}.txt").read_text().split())
    scores = 10_000 - np.array(costs).reshape(size, size)
    chosen = matching.assign(scores, path=path)
    assert 10_000 * size - chosen.score == optimum
    assert matching.verify(chosen, scores).tandems == size


@needs_data
def test_a_district_is_matched_with_reasons_for_everybody():
    mentors, mentees = read_people()
    result = matching.match(mentors, mentees, POLICY)
    assert (len(mentors), len(mentees), result.set_aside) == (60, 100, ())
    assert (result.tandems, result.score) == (
        result.certificate.tandems,
        sum(proposal.score for proposal in result.proposals),
    )
    assert result.tandems + len(result.unmatched_mentees) == 100
    for proposal in result.proposals:
        costs = [other.cost for other in proposal.alternatives]
        assert all(cost.tandems > 0 or cost.score >= 0 for cost in costs)
    assert matching.match(mentors[::-1], mentees[::-1], POLICY) == result


def read_people():
    with (DATA / "people" / "mentors.csv").open(encoding="utf-8") as file:
        mentors = [
            matching.Mentor(
                **common(row),
                company=row["company"],
                capacity=int(row["capacity"]),
                offers=frozenset(cell(row["offers"])),
            )
            for row in csv.DictReader(file)
        ]
    with (DATA / "people" / "mentees.csv").open(encoding="utf-8") as file:
        mentees = [
            matching.Mentee(
                **common(row),
                past_occupation=row["past_occupation"] or None,
                recognition=row["recognition"] or None,
                same_gender=row["same_gender"] == "yes",
                needs=frozenset(cell(row["needs"])),
            )
            for row in csv.DictReader(file)
        ]
    return mentors, mentees


def common(row):
    return {
        "id": row["id"],
        "languages": dict(entry.split(":") for entry in cell(row["languages"])),
        "sectors": cell(row["sectors"]),
        "occupation": row["occupation"] or None,
        "level": int(row["level"]),
        "fields": cell(row["fields"]),
        "place": (600.0 * (int(row["place"]) % 97), 800.0 * (int(row["place"]) % 89)),
        "reach_km": float(row["reach_km"]),
        "modes": frozenset(cell(row["modes"])),
        "gender": row["gender"],
    }


def cell(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))
