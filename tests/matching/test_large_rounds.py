"""Rounds solved by blocks: the same proposals and reasons, neighbours found by place."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching
import matching.explain.exchange
import matching.large
from matching.cohort import Cohort
from matching.criteria import reach
from matching.grid import tiles_within_reach
from matching.rules import build_rules
from matching.scores import build_scoring
from matching.source import CohortSource
from tests.matching.people import POLICY, mentee, mentor
from tests.matching.strategies import mentees, mentors, numbered, policies

crowds = st.tuples(
    numbered(st.lists(mentors, max_size=20), "M"), numbered(st.lists(mentees, max_size=20), "E")
)
solvable = policies.filter(lambda policy: policy.aim != "fair")


@settings(max_examples=60)
@given(crowds, solvable, st.integers(0, 3_000))
def test_both_paths_tell_the_same(people, policy, seed):
    given = {"forbidden": [("M0", "E0")], "running": [("M1", "E1")], "seed": seed}
    dense = matching.match(people[0], people[1], policy, **given, path="dense")
    large = matching.match(people[0], people[1], policy, **given, path="large")
    assert large.digest == dense.digest
    assert (large.tandems, large.score) == (dense.tandems, dense.score)
    assert bare(large.proposals) == bare(dense.proposals)
    assert unexplained(large) == unexplained(dense)


@given(crowds, policies, st.permutations(matching.CRITERIA))
def test_no_pair_that_may_be_made_scores_above_its_ceiling(people, policy, order):
    weights = dict(zip(order, [4_000, 3_001, 1_999, 600, 400], strict=False))
    cohort = Cohort(people[0], people[1], replace(policy, weights=weights))
    rules = build_rules(cohort, forbidden=(), places=[1] * len(people[0]))
    source = CohortSource(cohort, build_scoring(cohort), rules, np.zeros((0, 2), dtype=np.intp))
    rows, columns = map(np.arange, cohort.shape)
    scores, ceilings = source.block(rows, columns), source.ceilings(rows, columns)
    assert (ceilings >= scores)[scores >= 0].all()


def bare(proposals):
    return [replace(proposal, alternatives=(), margin=None) for proposal in proposals]


def unexplained(result):
    left = (*result.unmatched_mentees, *result.unmatched_mentors)
    return [(person.id, person.reasons) for person in left]


def solve_both(people, policy, seed):
    """The same round on both paths; the large one as a child process hands it over."""
    dense = matching.match(people[0], people[1], policy, seed=seed, path="dense")
    large = matching.match(people[0], people[1], policy, seed=seed, path="large")
    return dense, pickle.loads(pickle.dumps(large))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("most", [0, 2**11])
@settings(max_examples=25)
@given(people=crowds, policy=solvable, seed=st.integers(0, 3_000))
def test_explanations_on_demand_are_the_same(people, policy, seed, most):
    dense, large = solve_both(people, policy, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching.explain.exchange, "MANY", most)
        for proposal in dense.proposals:
            found = matching.alternatives(large, proposal.mentee)
            assert told(found) == told(proposal.alternatives)
            assert matching.margin(large, proposal.mentee) == proposal.margin
    for person in dense.unmatched_mentees:
        assert matching.changes(large, mentee=person.id) == person.changes
    for person in dense.unmatched_mentors:
        assert matching.changes(large, mentor=person.id) == person.changes


def told(alternatives):
    return [(other.mentor, other.cost) for other in alternatives]


newcomers = st.lists(mentors, max_size=3)


@settings(max_examples=25)
@given(crowds, solvable, newcomers, st.integers(0, 3_000))
def test_recruits_are_worth_the_same(people, policy, found, seed):
    dense, large = solve_both(people, policy, seed)
    asked = [replace(person, id=f"N{at}") for at, person in enumerate(found)]
    for candidates in (asked, None):
        ours, theirs = (matching.recruit(result, candidates) for result in (large, dense))
        assert [(one.mentor, one.tandems, one.score) for one in ours] == [
            (one.mentor, one.tandems, one.score) for one in theirs
        ]


@settings(max_examples=15)
@given(crowds, solvable, st.integers(0, 3_000))
def test_groups_stability_and_what_if_are_the_same(people, policy, seed):
    dense, large = solve_both(people, policy, seed)
    labels = {f"E{at}": "abc"[at % 3] for at in range(20)}
    assert matching.groups(large, labels) == matching.groups(dense, labels)
    assert matching.stability(large, 5) == matching.stability(dense, 5)
    bans = [(pair.mentor, pair.mentee) for pair in dense.proposals[:1]]
    ours, theirs = (matching.what_if(result, forbidden=bans) for result in (large, dense))
    assert (ours.moves, ours.cost) == (theirs.moves, theirs.cost)


def test_pins_stand_below_the_floor_on_both_paths():
    policy = matching.Policy(aim="best", floor=9_000)
    people = [mentor("M1"), mentor("M2")], [mentee("E1"), mentee("E2")]
    for path in ("dense", "large"):
        result = matching.match(people[0], people[1], policy, pinned=[("M1", "E2")], path=path)
        assert [(p.mentor, p.mentee, p.pinned) for p in result.proposals] == [("M1", "E2", True)]
        assert result.unmatched_mentees[0].reasons["floor"] == 2


def test_what_is_too_large_to_explain_is_refused(monkeypatch):
    result = matching.match([mentor()], [mentee()], POLICY, path="large")
    crowded = matching.match([mentor()], [mentee("E1"), mentee("E2")], POLICY, path="large")
    [left] = crowded.unmatched_mentees
    monkeypatch.setattr(matching.large, "EXPLAINED_CELLS", 0)
    for ask in (
        lambda: matching.alternatives(result, "E1"),
        lambda: matching.margin(result, "E1"),
        lambda: matching.changes(crowded, mentee=left.id),
        lambda: matching.recruit(crowded),
        lambda: matching.groups(result, {"E1": "a"}),
        lambda: matching.stability(result),
    ):
        with pytest.raises(matching.InvalidInput, match="people are too many"):
            ask()
    assert matching.what_if(result, forbidden=[("M1", "E1")]).cost.tandems == 1


@pytest.mark.parametrize("aim", ["most", "best"])
def test_masks_are_made_when_an_explanation_asks(aim):
    policy = matching.Policy(aim=aim, floor=5_000)
    people = [mentor("M1", sectors=("86",)), mentor("M2")], [mentee("E1", sectors=("86",))]
    dense, large = (
        matching.match(people[0], people[1], policy, path=path) for path in ("dense", "large")
    )
    assert dense.outcome.shut_out.keys() == large.outcome.shut_out.keys()
    for rule, mask in dense.outcome.shut_out.items():
        assert np.array_equal(mask, large.outcome.shut_out[rule])


def test_progress_is_told_and_can_stop_a_large_round():
    steps = []

    def note(step: str, done: int, total: int) -> None:
        steps.append((step, done, total))
        if step == "solve":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        matching.match([mentor()], [mentee()], POLICY, progress=note, path="large")
    assert [step for step, _, _ in steps] == ["check", "score", "solve"]


@st.composite
def scattered(draw: st.DrawFn):
    """Many people at few or many places, some far travelled, some online, some nowhere."""
    chance = np.random.default_rng(draw(st.integers(0, 3_000)))
    extent = draw(st.sampled_from([0, 1_000, 60_000, 600_000]))

    def lie(person):
        x, y = (chance.random(2) * extent).round().tolist()
        return replace(
            person,
            place=None if chance.random() < 0.1 else (x, y),
            reach_km=float(chance.choice([0, 5, 25, 25, 300])),
            modes=frozenset(chance.choice(matching.MODES, chance.integers(1, 3)).tolist()),
        )

    sizes = chance.integers(0, 150, 2)
    return (
        [lie(mentor(f"M{row}")) for row in range(sizes[0])],
        [lie(mentee(f"E{column}")) for column in range(sizes[1])],
    )


@given(scattered())
def test_tiles_hold_everybody_who_can_meet_and_nobody_twice(people):
    lay = reach.build(Cohort(people[0], people[1], POLICY))
    held = np.zeros((len(people[0]), len(people[1])), dtype=int)
    tiles = list(tiles_within_reach(lay))
    for tile in tiles:
        held[np.ix_(tile.rows, tile.columns)] += 1
    rows, columns = map(np.arange, held.shape)
    assert held.max(initial=0) <= 1
    assert (held[~lay.out_of_reach(rows, columns)] == 1).all()
    at_work = [row for tile in tiles for row in tile.rows.tolist()]
    assert len(at_work) == len(set(at_work))


def test_far_pairs_are_never_looked_at():
    team = [mentor(f"M{at}", place=(at * 10_000.0, 0), modes=None) for at in range(300)]
    asked = [mentee(f"E{at}", place=(at * 10_000.0, 0), modes=None) for at in range(300)]
    tiles = list(tiles_within_reach(reach.build(Cohort(team, asked, POLICY))))
    assert sum(len(tile.rows) * len(tile.columns) for tile in tiles) < 300 * 50


@settings(max_examples=5)
@given(st.integers(0, 3_000))
def test_made_up_rounds_are_the_same_on_both_paths(seed):
    people = matching.simulate(150, 150, seed=seed, region="state")
    dense = matching.match(people[0], people[1], POLICY, seed=seed, path="dense")
    large = matching.match(people[0], people[1], POLICY, seed=seed, path="large")
    assert (large.digest, large.tandems) == (dense.digest, dense.tandems)
