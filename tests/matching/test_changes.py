"""What would place somebody is compared with making it so and solving again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

import matching
from tests.matching.people import POLICY, mentee, mentor
from tests.matching.strategies import policies, rounds

IN_PERSON = frozenset({"in_person"})


def left_out(result: matching.Result):
    return [(1, p) for p in result.unmatched_mentees] + [(0, p) for p in result.unmatched_mentors]


def others_lose(result: matching.Result, row: int, column: int, *, places: int) -> matching.Cost:
    """Make one more pair whatever is in the way, and see what is left for everybody else."""
    outcome = result.outcome
    allowed = outcome.allowed.copy()
    allowed[row, column] = True
    capacity = outcome.places.copy()
    capacity[row] += places
    pins = [*map(tuple, outcome.pinned.tolist()), (row, column)]
    forced = matching.assign(
        outcome.scores,
        allowed=allowed,
        capacity=capacity,
        pinned=pins,
        aim=outcome.cohort.policy.aim,
    )
    return matching.Cost(
        tandems=result.tandems - (forced.tandems - 1),
        score=result.score - (forced.score - int(outcome.scores[row, column])),
    )


def single_changes(result: matching.Result, side: int, position: int):
    """Every pair of one person that one rule or one place stands in the way of."""
    outcome = result.outcome
    used = np.bincount(outcome.assignment.pairs[:, 0], minlength=len(outcome.places))
    pinned = np.bincount(outcome.pinned[:, 0], minlength=len(outcome.places))
    for row, column in np.ndindex(outcome.scores.shape):
        if position != (row, column)[side] or column in outcome.pinned[:, 1]:
            continue
        rules = [rule for rule, mask in outcome.shut_out.items() if mask[row, column]]
        if rules == ["capacity"] or (not rules and 0 < outcome.places[row] == used[row]):
            yield "capacity", others_lose(result, row, column, places=1)
        elif len(rules) == 1 and pinned[row] < outcome.places[row]:
            yield rules[0], others_lose(result, row, column, places=0)


@given(rounds, policies)
def test_each_change_costs_others_the_least_that_it_can(people, policy):
    result = matching.match(people[0], people[1], policy)
    cohort = result.outcome.cohort
    for side, person in left_out(result):
        position = (cohort.mentor_row, cohort.mentee_column)[side][person.id]
        least: dict[str, tuple[int, int]] = {}
        for rule, cost in single_changes(result, side, position):
            found = cost.tandems, cost.score
            least[rule] = min(least.get(rule, found), found)
        steps_needed = {"language_floor", "reach", "level_floor", "availability_floor"}
        told = {c.rule: (c.cost.tandems, c.cost.score) for c in person.changes}
        assert len(told) == len(person.changes)
        assert told.items() - {r: told[r] for r in told.keys() & steps_needed}.items() == (
            least.items() - {r: least[r] for r in least.keys() & steps_needed}.items()
        )
        assert all(told[rule] >= least[rule] for rule in told)


@given(rounds, policies)
def test_a_change_costs_what_making_it_costs(people, policy):
    free = matching.match(people[0], people[1], policy)
    pins = [(p.mentor, p.mentee) for p in free.proposals[:1]]
    result = matching.match(people[0], people[1], policy, pinned=pins)
    cohort = result.outcome.cohort
    for _, person in left_out(result):
        order = [(c.cost.tandems, c.cost.score, c.step) for c in person.changes]
        assert order == sorted(order)
        for change in person.changes:
            assert person.id in {change.mentor, change.mentee}
            row, column = cohort.mentor_row[change.mentor], cohort.mentee_column[change.mentee]
            places = int(change.rule == "capacity")
            assert change.cost == others_lose(result, row, column, places=places)
            assert change.score == result.outcome.scores[row, column]
            assert change.step > 0


FLOORS = {"level_floor": 1, "availability_floor": 3}


@pytest.mark.parametrize(
    ("ours", "theirs", "rule", "step"),
    [
        ({"languages": {"de": "A1"}}, {}, "language_floor", 2),
        ({"languages": {"en": "C2"}}, {}, None, 0),
        ({"place": (0, 0)}, {"place": (0, 27_300)}, "reach", 3),
        ({"place": (0, 0)}, {}, None, 0),
        ({"place": (0, 0)}, {"place": (0, 27_300), "modes": {"online"}}, None, 0),
        ({"level": 4}, {"level": 7}, "level_floor", 2),
        ({"level": None}, {}, None, 0),
        ({"slots": matching.SLOTS[:2]}, {}, "availability_floor", 1),
        ({"slots": ()}, {}, None, 0),
        ({"gender": "m"}, {"gender": "f", "same_gender": True}, "same_gender", 1),
        ({"avoid": ("mentee:E1",)}, {}, "conflict", 1),
        ({}, {"previous": ("M1",)}, "previous", 1),
        ({"capacity": 0}, {}, "capacity", 1),
        ({"capacity": 0, "level": 1}, {}, None, 0),
    ],
)
def test_the_step_is_the_least_that_is_enough(ours, theirs, rule, step):
    known = {"level": 5, "slots": matching.SLOTS[:5], "modes": IN_PERSON, "place": (0, 0)}
    theirs = theirs if "place" not in ours else {"place": None} | theirs
    both = mentor(**known | ours), mentee(**known | theirs)
    policy = matching.Policy(rules={**matching.DEFAULT_RULES, **FLOORS})
    result = matching.match([both[0]], [both[1]], policy)
    assert result.tandems == 0
    for _, person in left_out(result):
        assert [(c.rule, c.step) for c in person.changes] == ([(rule, step)] if rule else [])


def test_a_step_taken_places_the_person():
    near, far = mentor(modes=IN_PERSON, place=(0, 0)), (0, 30_200)
    asked = mentee(modes=IN_PERSON, place=far)
    [left] = matching.match([near], [asked], POLICY).unmatched_mentees
    [change] = left.changes
    reach = POLICY.reach_km + change.step
    assert matching.match([near], [replace(asked, reach_km=reach)], POLICY).tandems == 1
    assert matching.match([near], [replace(asked, reach_km=reach - 1)], POLICY).tandems == 0


def test_one_place_more_takes_nothing_from_others():
    result = matching.match([mentor()], [mentee("E1"), mentee("E2")], POLICY)
    [left] = result.unmatched_mentees
    [change] = left.changes
    assert (change.rule, change.step, change.mentor) == ("capacity", 1, "M1")
    assert change.cost == matching.Cost(tandems=0, score=0)


def test_points_that_a_floor_asks_for_can_be_let_off():
    policy = matching.Policy(aim="best", floor=9000)
    result = matching.match([mentor()], [mentee()], policy)
    [left] = result.unmatched_mentees
    [change] = left.changes
    assert (change.rule, change.step) == ("floor", 9000 - change.score)


def test_where_several_mentors_would_do_the_least_step_is_told():
    team = [mentor("M1", languages={"de": "A1"}), mentor("M2", languages={"de": "A2"})]
    [left] = matching.match(team, [mentee()], POLICY).unmatched_mentees
    assert [(c.mentor, c.step) for c in left.changes] == [("M2", 1)]


def test_who_is_pinned_is_left_where_they_are():
    result = matching.match(
        [mentor("M1"), mentor("M2", languages={"de": "A1"})],
        [mentee("E1")],
        POLICY,
        pinned=[("M1", "E1")],
    )
    [left] = result.unmatched_mentors
    assert (left.id, left.changes) == ("M2", ())


def test_whoever_has_a_tandem_needs_no_change():
    result = matching.match([mentor()], [mentee()], POLICY)
    assert matching.changes(result, mentee="E1") == matching.changes(result, mentor="M1") == ()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "one mentee or one mentor"),
        ({"mentee": "E1", "mentor": "M1"}, "one mentee or one mentor"),
        ({"mentee": "M1"}, "mentee: 'M1' takes no part"),
        ({"mentor": "E1"}, "mentor: 'E1' takes no part"),
    ],
)
def test_changes_are_told_of_one_person_who_takes_part(asked, message):
    result = matching.match([mentor()], [mentee()], POLICY)
    with pytest.raises(matching.InvalidInput, match=message):
        matching.changes(result, **asked)
