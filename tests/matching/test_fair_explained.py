"""Under ``fair`` every cost, margin and change is compared with every other choice."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
import matching.explain.fair_exchange
import matching.explain.outcome
from matching.cohort import Cohort
from matching.explain.alternatives import find_choices
from matching.explain.changes import find_changes
from matching.explain.outcome import Outcome
from matching.scores import build_scoring
from tests.matching import oracle
from tests.matching.people import mentee, mentor, pairs
from tests.matching.strategies import problems, rounds
from tests.matching.test_alternatives import made
from tests.matching.test_fair import FAIR, fairness, larger_problem


def solve(problem) -> Outcome:
    """An outcome of bare scores, by people of whom nothing is known but an id."""
    n_mentors, n_mentees = problem["scores"].shape
    cohort = Cohort(
        [mentor(f"M{i}") for i in range(n_mentors)],
        [mentee(f"E{i}") for i in range(n_mentees)],
        FAIR,
    )
    return Outcome(
        cohort=cohort,
        scoring=build_scoring(cohort),
        scores=problem["scores"],
        shut_out={},
        allowed=problem["allowed"],
        places=problem["capacity"],
        pinned=np.array(problem.get("pinned", ()), dtype=np.intp).reshape(-1, 2),
        assignment=matching.assign(**problem, aim="fair"),
    )


def fairest(problem, **changed) -> tuple[int, list[int]] | None:
    """What the fairest choice of all is worth; None where there is none."""
    problem = {"pinned": ()} | problem | changed
    every = oracle.choices(problem["allowed"], problem["capacity"], problem["pinned"])
    return max((fairness(problem["scores"], one) for one in every), default=None)


def difference(before, after) -> tuple[matching.Cost, int]:
    """The cost, and by how much the worst off falls."""
    cost = matching.Cost(tandems=before[0] - after[0], score=sum(before[1]) - sum(after[1]))
    return cost, before[1][0] - after[1][0]


@given(problems())
def test_an_alternative_costs_what_the_fairest_result_with_it_costs(problem):
    outcome = solve(problem)
    best = fairest(problem)
    present = set(map(tuple, outcome.assignment.pairs.tolist()))
    columns = range(problem["scores"].shape[1])
    for column, choice in zip(columns, find_choices(outcome, columns, 9), strict=True):
        forced = {
            row: fairest(problem, pinned=(*problem["pinned"], (row, column)))
            for row in np.flatnonzero(problem["allowed"][:, column]).tolist()
            if (row, column) not in present
        }
        told = {int(other.mentor[1:]): (other.cost, other.worst) for other in choice.alternatives}
        assert told == {row: difference(best, one) for row, one in forced.items() if one}
        order = [
            (forced[int(other.mentor[1:])], other.score, -int(other.mentor[1:]))
            for other in choice.alternatives
        ]
        assert order == sorted(order, reverse=True)


@given(problems())
def test_the_moves_lead_to_the_fairest_result_with_an_alternative(problem):
    outcome = solve(problem)
    columns = range(problem["scores"].shape[1])
    for column, choice in zip(columns, find_choices(outcome, columns, 9), strict=True):
        for other in choice.alternatives:
            forced = fairest(problem, pinned=(*problem["pinned"], (int(other.mentor[1:]), column)))
            chosen = moved(problem, outcome, other, f"E{column}")
            assert fairness(problem["scores"], chosen) == forced


def moved(problem, outcome, other, asked) -> list[oracle.Pair]:
    """The pairs once everybody has moved, which they can."""
    after = made(outcome)
    assert (other.moves[0].mentee, other.moves[0].to_mentor) == (asked, other.mentor)
    for move in other.moves:
        assert after.pop(move.mentee, None) == move.from_mentor
    after |= {move.mentee: move.to_mentor for move in other.moves if move.to_mentor}
    chosen = [(int(m[1:]), int(e[1:])) for e, m in after.items()]
    assert all(problem["allowed"][pair] for pair in chosen)
    taken = np.bincount([m for m, _ in chosen], minlength=len(problem["capacity"]))
    assert all(taken <= problem["capacity"])
    return chosen


@given(problems())
def test_a_margin_is_how_far_a_score_may_fall(problem):
    outcome = solve(problem)
    for row, column in outcome.assignment.pairs.tolist():
        margin = find_choices(outcome, [column], 1)[0].margin
        if (row, column) in problem["pinned"]:
            assert margin is None
            continue
        score = int(problem["scores"][row, column])
        assert stands(problem, (row, column), score if margin is None else margin)
        assert margin is None or not stands(problem, (row, column), margin + 1)


def stands(problem, pair, fall: int) -> bool:
    """Whether some fairest result has the pair after its score fell."""
    scores = problem["scores"].copy()
    scores[pair] -= fall
    pinned = (*problem["pinned"], pair)
    return fairest(problem, scores=scores) == fairest(problem, scores=scores, pinned=pinned)


@st.composite
def shut_problems(draw: st.DrawFn):
    """A problem and why its pairs are shut out: by one rule or both."""
    problem = draw(problems())
    cells = st.lists(st.booleans(), min_size=problem["allowed"].size, max_size=99)
    also = np.array(draw(cells)[: problem["allowed"].size], dtype=bool)
    allowed = problem["allowed"]
    full = np.repeat((problem["capacity"] == 0)[:, None], allowed.shape[1], axis=1)
    shut_out = {
        "conflict": ~allowed,
        "previous": ~allowed & also.reshape(allowed.shape),
        "capacity": full,
    }
    return problem | {"allowed": allowed & ~full}, shut_out


@given(shut_problems())
def test_a_change_costs_others_what_making_it_costs(drawn):
    problem, shut_out = drawn
    outcome = replace(solve(problem), shut_out=shut_out)
    best = fairest(problem)
    for side, count in enumerate(problem["scores"].shape):
        left = np.setdiff1d(np.arange(count), outcome.assignment.pairs[:, side])
        found = find_changes(outcome, left, side=side)
        for position in left.tolist():
            told = {each.rule: each.cost for each in found[position]}
            assert told == least_changes(problem, outcome, best, side=side, position=position)


def least_changes(problem, outcome, best, *, side: int, position: int):
    """The least that others lose by any change of each rule that would place somebody."""
    least: dict[str, tuple[int, int]] = {}
    used = np.bincount(outcome.assignment.pairs[:, 0], minlength=len(problem["capacity"]))
    for pair in np.ndindex(problem["scores"].shape):
        rules = [rule for rule, mask in outcome.shut_out.items() if mask[pair]]
        is_full = not rules and 0 < problem["capacity"][pair[0]] == used[pair[0]]
        if pair[side] != position or len(rules) > 1 or not (rules or is_full):
            continue
        [rule] = rules or ["capacity"]
        allowed, capacity = problem["allowed"].copy(), problem["capacity"].copy()
        allowed[pair] = True
        capacity[pair[0]] += rule == "capacity"
        pinned = (*problem["pinned"], pair)
        after = fairest(problem, allowed=allowed, capacity=capacity, pinned=pinned)
        if after:
            score = int(problem["scores"][pair])
            lost = best[0] - after[0] + 1, sum(best[1]) - sum(after[1]) + score
            least[rule] = min(least.get(rule, lost), lost)
    return {rule: matching.Cost(tandems=cost[0], score=cost[1]) for rule, cost in least.items()}


@pytest.mark.parametrize("levels", [5, 10_000])
@pytest.mark.parametrize("seed", range(2))
def test_costs_equal_new_solutions_in_a_larger_round(seed, levels):
    problem = larger_problem(seed, levels)
    outcome = solve(problem)
    scores = problem["scores"]
    present = set(map(tuple, outcome.assignment.pairs.tolist()))

    def value(**changed):
        chosen = matching.assign(**problem | changed, aim="fair")
        return fairness(scores, list(map(tuple, chosen.pairs.tolist())))

    for column in range(0, 40, 7):
        choice = find_choices(outcome, [column], 3)[0]
        rows = np.flatnonzero(problem["allowed"][:, column] & (problem["capacity"] > 0)).tolist()
        forced = {
            row: value(pinned=[(row, column)]) for row in rows if (row, column) not in present
        }
        ranked = sorted(forced, key=lambda row: (forced[row], scores[row, column], -row))
        assert [int(other.mentor[1:]) for other in choice.alternatives] == ranked[::-1][:3]
        for other in choice.alternatives:
            told = other.cost, other.worst
            assert told == difference(value(), forced[int(other.mentor[1:])])


@given(rounds)
def test_a_round_tells_what_forcing_an_alternative_costs(people):
    free = matching.match(people[0], people[1], FAIR)
    pins = pairs(free)[1:2]
    result = matching.match(people[0], people[1], FAIR, pinned=pins)
    for proposal in result.proposals:
        assert proposal.alternatives == matching.alternatives(result, proposal.mentee)
        assert proposal.margin == matching.margin(result, proposal.mentee)
        if proposal.pinned:
            assert (proposal.alternatives, proposal.margin) == ((), None)
        for other in proposal.alternatives:
            forced = matching.what_if(result, pinned=[(other.mentor, proposal.mentee)])
            assert other.cost == forced.cost
            assert sum(other.parts.values()) == other.score
    for person in result.unmatched_mentees:
        assert person.changes == matching.changes(result, mentee=person.id)
    for person in result.unmatched_mentors:
        assert person.changes == matching.changes(result, mentor=person.id)


def test_a_larger_fair_round_is_explained_when_asked(monkeypatch):
    team = [mentor("M1", sectors=("86",)), mentor("M2", sectors=("87",))]
    asked = [mentee("E1", sectors=("86",)), mentee("E2", sectors=("86",)), mentee("E3")]
    small = matching.match(team, asked, FAIR)
    monkeypatch.setattr(matching.explain.outcome, "FEW", 1)
    monkeypatch.setattr(matching.explain.fair_exchange, "FEW", 1)
    large = matching.match(team, asked, FAIR)
    assert all((p.alternatives, p.margin) == ((), None) for p in large.proposals)
    assert all(person.changes == () for person in large.unmatched_mentees)
    for proposal in small.proposals:
        assert proposal.alternatives == matching.alternatives(large, proposal.mentee)
        assert proposal.margin == matching.margin(large, proposal.mentee)
    [left] = small.unmatched_mentees
    assert left.changes
    assert left.changes == matching.changes(large, mentee=left.id)


def test_a_mentor_who_is_pinned_full_is_no_fair_alternative():
    team, asked = [mentor("M1"), mentor("M2")], [mentee("E1"), mentee("E2")]
    result = matching.match(team, asked, FAIR, pinned=[("M1", "E1")])
    assert matching.alternatives(result, "E2") == ()


def test_it_is_told_how_far_the_worst_off_would_fall():
    team = [mentor("M1", sectors=("86",)), mentor("M2", sectors=("87",))]
    asked = [mentee("E1", sectors=("86",)), mentee("E2", sectors=("87",))]
    result = matching.match(team, asked, matching.Policy(aim="fair", weights={"sector": 10_000}))
    [other] = matching.alternatives(result, "E1")
    assert (other.cost, other.worst) == (matching.Cost(tandems=0, score=10_000), 5_000)
    assert result.to_dict()["proposals"][0]["alternatives"][0]["worst"] == 5_000
    assert [proposal.margin for proposal in result.proposals] == [5_000, 5_000]
