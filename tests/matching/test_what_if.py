"""A difference is what lies between two results, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from tests.matching.people import POLICY, mentee, mentor, pairs
from tests.matching.strategies import policies, rounds


@given(rounds, policies, st.data())
def test_a_difference_leads_from_one_result_to_the_other(people, policy, data):
    before = matching.match(people[0], people[1], POLICY, forbidden=[("M0", "E0")], seed=3)
    gone = data.draw(st.sets(st.sampled_from(pairs(before)))) if before.tandems else set()
    found = matching.what_if(before, forbidden=gone, policy=policy)
    after = matching.match(people[0], people[1], policy, forbidden=[("M0", "E0"), *gone], seed=3)
    assert found.after == after
    assert found.cost == matching.Cost(
        tandems=before.tandems - after.tandems, score=before.score - after.score
    )
    mates = {mentee: mentor for mentor, mentee in pairs(before)}
    for move in found.moves:
        assert mates.pop(move.mentee, None) == move.from_mentor
        assert move.from_mentor != move.to_mentor
    mates |= {move.mentee: move.to_mentor for move in found.moves if move.to_mentor}
    assert sorted((mentor, mentee) for mentee, mentor in mates.items()) == pairs(after)
    scores = [
        {(p.mentor, p.mentee): p.score for p in result.proposals} for result in (before, after)
    ]
    assert [(r.mentor, r.mentee, r.before, r.after) for r in found.rescored] == [
        (*pair, scores[0][pair], scores[1][pair])
        for pair in sorted(scores[0].keys() & scores[1].keys())
        if scores[0][pair] != scores[1][pair]
    ]


@given(rounds)
def test_without_a_change_nothing_differs(people):
    result = matching.match(people[0], people[1], POLICY)
    found = matching.what_if(result)
    assert (found.moves, found.rescored, found.cost) == ((), (), matching.Cost(tandems=0, score=0))
    assert found.after == result


def test_what_ran_and_was_pinned_stays_unless_it_is_named():
    team = [mentor("M1"), mentor("M2"), mentor("M3")]
    asked = [mentee(f"E{i}") for i in range(4)]
    result = matching.match(
        team, asked, POLICY, pinned=[("M1", "E1")], forbidden=[("M2", "E2")], running=[("M3", "E0")]
    )
    kept = matching.what_if(result, forbidden=[("M2", "E3")]).after
    assert ("M1", "E1") in pairs(kept)
    assert not {("M2", "E2"), ("M2", "E3")} & set(pairs(kept))
    assert "M3" not in {mentor for mentor, _ in pairs(kept)}
    freed = matching.what_if(result, pinned=[("M2", "E2")], forbidden=[("M1", "E1")]).after
    assert ("M2", "E2") in pairs(freed)
    assert ("M1", "E1") not in pairs(freed)


def test_a_pin_against_a_pin_is_refused():
    result = matching.match(
        [mentor("M1"), mentor("M2")], [mentee("E1")], POLICY, pinned=[("M1", "E1")]
    )
    with pytest.raises(matching.InvalidInput, match="M1:E1, M2:E1: E1 has 1 place"):
        matching.what_if(result, pinned=[("M2", "E1")])
    with pytest.raises(matching.InvalidInput, match="M2:E1 is against forbidden"):
        matching.what_if(result, pinned=[("M2", "E1")], forbidden=[("M2", "E1")])


def test_a_pair_that_stays_may_score_otherwise():
    one, other = mentor(sectors=("86",)), mentee(sectors=("86",))
    result = matching.match([one], [other], POLICY)
    found = matching.what_if(result, policy=matching.Policy(weights={"sector": 10_000}))
    [pair] = found.rescored
    assert (pair.mentor, pair.mentee, pair.before, pair.after) == ("M1", "E1", result.score, 10_000)
    assert (found.moves, found.cost.score) == ((), result.score - 10_000)
