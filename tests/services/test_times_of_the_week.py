"""When people have time counts in a round that weighs it."""

import pytest

from tandem.services import policies, rounds
from tests.support.solving import solve


@pytest.fixture
def coordinator(session, make, programme):
    """Somebody whose programme weighs nothing but the time and the occupation."""
    actor = make.coordinator(programme)
    policies.add_default(session, programme, actor=actor)
    terms = policies.Terms(
        weights={"availability": 6000, "occupation": 4000},
        rules={"capacity": True, "language_floor": "B1"},
        aim="most",
        floor=0,
        reach_km=25,
    )
    policies.adopt(session, terms, programme=programme, actor=actor, seen_number=1)
    return actor


@pytest.mark.parametrize(
    ("times", "shared", "points"),
    [(["mo-eve", "sa-am"], ["mo-eve"], 3000), (["fr-am"], [], 0), ([], [], 0)],
)
def test_the_times_that_two_people_share_are_a_reason(
    session, make, programme, coordinator, times, shared, points
):  # when a mentee has time, what of it the mentor has too, and what that is worth
    make.mentor(programme, slots=["mo-eve", "tu-am"])
    make.mentee(programme, slots=times)
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=coordinator)
    [fact] = [each for each in proposal.facts if each["criterion"] == "availability"]
    assert list(fact["values"]["shared"]) == shared
    assert proposal.parts["availability"] == points
    content = rounds.solved_snapshot(session, round_).content
    assert content["mentees"][0]["slots"] == times
    assert content["mentors"][0]["slots"] == ["mo-eve", "tu-am"]
