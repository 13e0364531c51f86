"""Every cost and every margin is compared with solving again."""

import numpy as np
import pytest
from hypothesis import given

import matching
import matching.explain.exchange
from matching.cohort import Cohort
from matching.explain.alternatives import find_alternatives, find_margin
from matching.explain.outcome import Outcome
from matching.scores import build_scoring
from tests.matching import oracle
from tests.matching.people import mentee, mentor, pairs
from tests.matching.strategies import SUMS, aims, problems


def solve(problem, aim) -> Outcome:
    """An outcome of bare scores, by people of whom nothing is known but an id."""
    n_mentors, n_mentees = problem["scores"].shape
    people = (
        [mentor(f"M{i}") for i in range(n_mentors)],
        [mentee(f"E{i}") for i in range(n_mentees)],
    )
    cohort = Cohort(*people, matching.Policy(aim=aim))
    return Outcome(
        cohort=cohort,
        scoring=build_scoring(cohort),
        scores=problem["scores"],
        shut_out={},
        allowed=problem["allowed"],
        places=problem["capacity"],
        pinned=np.array(problem["pinned"], dtype=np.intp).reshape(-1, 2),
        assignment=matching.assign(**problem, aim=aim),
    )


def made(outcome: Outcome) -> dict[str, str]:
    people = outcome.cohort
    return {
        people.mentees[column].id: people.mentors[row].id
        for row, column in outcome.assignment.pairs.tolist()
    }


def all_alternatives(outcome: Outcome):
    columns = range(len(outcome.cohort.mentees))
    for column, others in zip(columns, find_alternatives(outcome, columns, 9), strict=True):
        for other in others:
            yield int(other.mentor[1:]), column, other


@given(problems(), aims)
def test_a_cost_is_the_difference_to_a_forced_new_solution(problem, aim):
    outcome = solve(problem, aim)
    best = oracle.best(**problem, aim=aim)
    for row, column, other in all_alternatives(outcome):
        forced = problem | {"pinned": (*problem["pinned"], (row, column))}
        assert other.cost == oracle.lost(best, oracle.best(**forced, aim=aim), aim)
        assert other.score == problem["scores"][row, column]


@given(problems(), aims)
def test_every_other_pair_that_can_be_made_is_an_alternative(problem, aim):
    outcome = solve(problem, aim)
    present = set(map(tuple, outcome.assignment.pairs.tolist()))
    rules = problem["allowed"], problem["capacity"]
    possible = {
        (row, column)
        for row, column in np.argwhere(problem["allowed"]).tolist()
        if (row, column) not in present
        and any(oracle.choices(*rules, (*problem["pinned"], (row, column))))
    }
    assert {(row, column) for row, column, _ in all_alternatives(outcome)} == possible


@given(problems(), aims)
def test_the_moves_lead_to_a_result_of_that_cost(problem, aim):
    check_moves(problem, aim)


@pytest.mark.parametrize("aim", SUMS)
@pytest.mark.parametrize("seed", range(3))
def test_the_moves_lead_to_a_result_of_that_cost_in_a_larger_round(seed, aim):
    check_moves(larger_problem(seed), aim)


def test_the_moves_are_right_where_they_are_searched_for_one_mentee(monkeypatch):
    monkeypatch.setattr(matching.explain.exchange, "MANY", 0)
    check_moves(larger_problem(0), "most")


def test_a_free_mentor_may_take_whoever_is_displaced():
    problem = {
        "scores": np.array([[9000, 1], [1, 0]], dtype=np.int16),
        "allowed": np.array([[True, True], [True, False]]),
        "capacity": np.array([1, 1]),
        "pinned": (),
    }
    check_moves(problem, "best")
    [[other]] = find_alternatives(solve(problem, "best"), [1], 1)
    assert other.cost == matching.Cost(tandems=-1, score=8998)
    assert other.moves == (
        matching.Move(mentee="E1", from_mentor=None, to_mentor="M0"),
        matching.Move(mentee="E0", from_mentor="M0", to_mentor="M1"),
    )


def test_an_exchange_that_costs_far_more_than_others_is_exact_too():
    problem = {
        "scores": np.array([[9000, 0], [0, 9000]], dtype=np.int16),
        "allowed": np.ones((2, 2), dtype=bool),
        "capacity": np.array([1, 1]),
        "pinned": (),
    }
    check_moves(problem, "most")
    [[other]] = find_alternatives(solve(problem, "most"), [0], 1)
    assert other.cost == matching.Cost(tandems=0, score=18_000)


def check_moves(problem, aim) -> None:
    outcome = solve(problem, aim)
    scores, allowed = problem["scores"], problem["allowed"]
    before = oracle.value(scores, list(map(tuple, outcome.assignment.pairs.tolist())), aim)
    for row, column, other in all_alternatives(outcome):
        after = made(outcome)
        assert (other.moves[0].mentee, other.moves[0].to_mentor) == (f"E{column}", f"M{row}")
        assert len({move.mentee for move in other.moves}) == len(other.moves)
        for move in other.moves:
            assert after.pop(move.mentee, None) == move.from_mentor
        after |= {move.mentee: move.to_mentor for move in other.moves if move.to_mentor}
        chosen = [(int(m[1:]), int(e[1:])) for e, m in after.items()]
        assert all(allowed[pair] for pair in chosen)
        assert all(
            np.bincount([m for m, _ in chosen], minlength=len(scores)) <= problem["capacity"]
        )
        assert set(problem["pinned"]) <= set(chosen)
        assert other.cost == oracle.lost(before, oracle.value(scores, chosen, aim), aim)


@given(problems(), aims)
def test_the_cheapest_come_first_and_then_the_best(problem, aim):
    outcome = solve(problem, aim)
    for others in find_alternatives(outcome, range(len(outcome.cohort.mentees)), 9):
        order = [
            (*((c.tandems, c.score) if aim == "most" else (c.score, c.tandems)), -other.score)
            for other in others
            for c in [other.cost]
        ]
        assert order == sorted(order)


@given(problems(), aims)
def test_a_margin_is_how_far_a_score_may_fall(problem, aim):
    outcome = solve(problem, aim)
    for row, column in outcome.assignment.pairs.tolist():
        margin = find_margin(outcome, row, column)
        if (row, column) in problem["pinned"]:
            assert margin is None
            continue
        score = int(problem["scores"][row, column])
        assert stands(problem, (row, column), score if margin is None else margin, aim)
        assert margin is None or not stands(problem, (row, column), margin + 1, aim)


def stands(problem, pair, fall: int, aim: str) -> bool:
    """Whether some optimal result has the pair after its score fell."""
    scores = problem["scores"].copy()
    scores[pair] -= fall
    changed = problem | {"scores": scores}
    with_pair = changed | {"pinned": (*problem["pinned"], pair)}
    return oracle.best(**changed, aim=aim) == oracle.best(**with_pair, aim=aim)


def larger_problem(seed: int):
    rng = np.random.default_rng(seed)
    return {
        "scores": rng.integers(0, 12, (20, 30)).astype(np.int16) * 500,
        "allowed": rng.random((20, 30)) < 0.6,
        "capacity": rng.integers(0, 4, 20),
        "pinned": (),
    }


@pytest.mark.parametrize("aim", SUMS)
@pytest.mark.parametrize("seed", range(3))
def test_costs_and_margins_equal_new_solutions_in_a_larger_round(seed, aim):
    problem = larger_problem(seed)
    outcome = solve(problem, aim)
    worth = outcome.exchange.worth

    def value(**changed) -> int:
        chosen = matching.assign(**problem | changed, aim=aim)
        return worth.scale * chosen.score + worth.bonus * chosen.tandems

    costs = outcome.exchange.forced(range(30), 20).T
    for row, column in np.argwhere(costs < outcome.exchange.shut).tolist()[::7]:
        assert costs[row, column] == 2 * (value() - value(pinned=[(row, column)]))
    for row, column in outcome.assignment.pairs.tolist():
        without = problem["allowed"].copy()
        without[row, column] = False
        lost = (value() - value(allowed=without)) // worth.scale
        score = problem["scores"][row, column]
        assert find_margin(outcome, row, column) == (lost if lost < score else None)


def test_alternatives_of_anyone_who_takes_part():
    one, two = mentor("M1", sectors=("86",)), mentor("M2", sectors=("87",))
    asked = [mentee("E1", sectors=("86",)), mentee("E2", sectors=("86",), waiting=1), mentee("E3")]
    result = matching.match([one, two], asked, matching.Policy())
    [left] = [person.id for person in result.unmatched_mentees]
    assert [other.mentor for other in matching.alternatives(result, left)] == ["M2", "M1"]
    assert len(matching.alternatives(result, left, k=1)) == 1
    assert matching.alternatives(result, left, k=0) == ()


def test_a_proposal_carries_its_alternatives_with_parts():
    one, two = mentor("M1", sectors=("86",)), mentor("M2", sectors=("87",))
    result = matching.match([one, two], [mentee(sectors=("86",))], matching.Policy())
    [proposal] = result.proposals
    [other] = proposal.alternatives
    assert proposal.alternatives == matching.alternatives(result, "E1")
    assert (other.mentor, other.cost) == ("M2", matching.Cost(tandems=0, score=1000))
    assert (other.parts["sector"], sum(other.parts.values())) == (1000, other.score)
    assert other.moves == (matching.Move(mentee="E1", from_mentor="M1", to_mentor="M2"),)
    assert proposal.margin == 1000


def test_a_pinned_mentee_has_no_alternative_and_no_margin():
    result = matching.match(
        [mentor("M1"), mentor("M2", sectors=("86",))],
        [mentee(sectors=("86",))],
        matching.Policy(),
        pinned=[("M1", "E1")],
    )
    [proposal] = result.proposals
    assert pairs(result) == [("M1", "E1")]
    assert (proposal.pinned, proposal.alternatives, proposal.margin) == (True, (), None)


def test_a_mentor_who_is_pinned_full_is_nobodys_alternative():
    result = matching.match(
        [mentor("M1"), mentor("M2")],
        [mentee("E1"), mentee("E2")],
        matching.Policy(),
        pinned=[("M1", "E1")],
    )
    assert matching.alternatives(result, "E2") == ()


def test_under_a_floor_a_score_may_fall_to_the_floor():
    policy = matching.Policy(aim="best", floor=500)
    result = matching.match([mentor()], [mentee()], policy)
    [proposal] = result.proposals
    assert proposal.margin == proposal.score - 500


@pytest.mark.parametrize(
    ("mentee_id", "k", "message"), [("E9", 3, "'E9'"), ("E1", -1, "k: -1"), ("E1", 0.5, "k: 0.5")]
)
def test_asking_for_what_is_not_there_is_refused(mentee_id, k, message):
    result = matching.match([mentor()], [mentee()], matching.Policy())
    with pytest.raises(matching.InvalidInput, match=message):
        matching.alternatives(result, mentee_id, k)
