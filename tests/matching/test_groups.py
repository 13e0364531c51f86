"""What groups are told is counted again, and the price compared with trying everything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from tests.matching import oracle
from tests.matching.people import POLICY, mentee, mentor, pairs
from tests.matching.strategies import policies, rounds

labels = st.dictionaries(
    st.sampled_from(["E0", "E1", "E2", "E3", "E4", "E9"]), st.sampled_from(["north", "south", ""])
)


@given(rounds, policies, labels)
def test_the_price_is_what_the_best_even_result_loses(people, policy, labels):
    free = matching.match(people[0], people[1], policy)
    result = matching.match(people[0], people[1], policy, pinned=pairs(free)[:1])
    seen = matching.groups(result, labels)
    outcome = result.outcome
    names = [one.id for one in outcome.cohort.mentees]
    least = {}
    total = sum(group.people for group in seen.groups)
    for group in seen.groups:
        least[group.label] = group.people * sum(g.tandems for g in seen.groups) // total
    pinned = list(map(tuple, outcome.pinned.tolist()))
    even = [
        oracle.value(outcome.scores, made, policy.aim)
        for made in oracle.choices(outcome.allowed, outcome.places, pinned)
        if all(
            sum(labels.get(names[column]) == label for _, column in made) >= count
            for label, count in least.items()
        )
    ]
    now = oracle.value(
        outcome.scores, list(map(tuple, outcome.assignment.pairs.tolist())), policy.aim
    )
    assert seen.price == (oracle.lost(now, max(even), policy.aim) if even else None)


@given(rounds, labels)
def test_groups_are_counted_from_the_proposals(people, labels):
    result = matching.match(people[0], people[1], POLICY)
    seen = matching.groups(result, labels)
    taking_part = {m.id for m in result.outcome.cohort.mentees} & labels.keys()
    assert [g.label for g in seen.groups] == sorted({labels[name] for name in taking_part})
    for group in seen.groups:
        made = [p for p in result.proposals if labels.get(p.mentee) == group.label]
        assert group.people == sum(labels[name] == group.label for name in taking_part)
        assert (group.tandems, group.score) == (len(made), sum(p.score for p in made))
        assert group.coverage == len(made) / group.people
        assert group.mean_score == (np.mean([p.score for p in made]) if made else None)
    shares = {g.label: g.coverage for g in seen.groups}
    means = [g.mean_score for g in seen.groups if g.mean_score is not None]
    assert seen.gap == (max(shares.values()) - min(shares.values()) if shares else 0)
    assert seen.score_gap == (max(means) - min(means) if means else 0)
    if shares:
        assert shares[seen.best] - shares[seen.worst] == seen.gap


def test_a_gap_may_be_closed_at_a_price():
    team = [mentor("M1", sectors=("86",)), mentor("M2", sectors=("86",))]
    asked = [mentee(f"N{i}", sectors=("86",)) for i in range(2)]
    asked += [mentee(f"S{i}") for i in range(2)]
    result = matching.match(team, asked, POLICY)
    seen = matching.groups(result, {m.id: m.id[0] for m in asked})
    assert (seen.best, seen.worst, seen.gap) == ("N", "S", 1.0)
    assert seen.price == matching.Cost(tandems=0, score=2000)


def test_a_gap_that_rules_make_cannot_be_closed():
    team = [mentor("M1"), mentor("M2")]
    asked = [mentee("N1"), mentee("N2"), mentee("S1", languages={"ar": "C2"})]
    asked += [mentee("S2", languages={"ar": "C2"})]
    seen = matching.groups(matching.match(team, asked, POLICY), {m.id: m.id[0] for m in asked})
    assert seen.price is None


def test_without_labels_there_is_nothing_to_close():
    seen = matching.groups(matching.match([mentor()], [mentee()], POLICY), {})
    assert (seen.groups, seen.best, seen.worst, seen.gap) == ((), None, None, 0)
    assert seen.price == matching.Cost(tandems=0, score=0)


@pytest.mark.parametrize("labels", [{"E1": 1}, {1: "north"}])
def test_labels_that_are_no_text_are_refused(labels):
    with pytest.raises(matching.InvalidInput, match="labels: "):
        matching.groups(matching.match([mentor()], [mentee()], POLICY), labels)
