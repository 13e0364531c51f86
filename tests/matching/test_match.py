import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from tests.matching import oracle
from tests.matching.people import POLICY, mentee, mentor, pairs, reasons
from tests.matching.strategies import policies, rounds
from tests.matching.test_rules import is_shut_out

TEAM = [mentor("M1"), mentor("M2")]
ASKED = [mentee("E1"), mentee("E2"), mentee("E3")]


@given(rounds, policies)
def test_no_other_proposals_serve_the_aim_better(people, policy):
    mentors, mentees = people
    result = matching.match(mentors, mentees, policy, forbidden=[("M0", "E0")])
    cells = {(i, j): (a, b) for i, a in enumerate(mentors) for j, b in enumerate(mentees)}
    scores = {cell: oracle.score(*pair, policy) for cell, pair in cells.items()}
    floor = policy.floor if policy.aim == "best" else 0
    allowed = Grid(
        {
            cell: scores[cell] >= floor
            and not any(is_shut_out(rule, *pair, policy) for rule in policy.rules)
            for cell, pair in cells.items()
        },
        shape=(len(mentors), len(mentees)),
    )
    limited = "capacity" in policy.rules
    places = [one.capacity if limited else len(mentees) for one in mentors]
    best = oracle.best(scores, allowed, places, aim=policy.aim)
    value = (result.tandems, result.score)
    assert (value if policy.aim == "most" else value[::-1]) == best
    assert {p.score for p in result.proposals} <= set(scores.values())


class Grid(dict[oracle.Pair, bool]):
    """Cells of a matrix by position."""

    def __init__(self, cells, shape):
        super().__init__(cells)
        self.shape = shape


@given(rounds, policies)
def test_everybody_has_a_proposal_or_a_reason(people, policy):
    mentors, mentees = people
    result = matching.match(mentors, mentees, policy)
    assert sorted({p.mentor for p in result.proposals} | ids(result.unmatched_mentors)) == sorted(
        one.id for one in mentors
    )
    assert sorted([p.mentee for p in result.proposals] + list(ids(result.unmatched_mentees))) == (
        sorted(one.id for one in mentees)
    )
    for person in (*result.unmatched_mentors, *result.unmatched_mentees):
        assert person.reasons
        assert person.reasons == {"nobody": 0} or min(person.reasons.values()) > 0


def ids(people) -> set[str]:
    return {person.id for person in people}


@given(rounds, policies, st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_people_changes_nothing(people, policy, random, seed):
    mentors, mentees = people
    result = matching.match(mentors, mentees, policy, seed=seed)
    random.shuffle(mentors)
    random.shuffle(mentees)
    assert matching.match(mentors, mentees, policy, seed=seed) == result


def test_people_are_put_in_an_order_that_only_ids_and_seed_decide():
    team = [mentor(f"M{i}") for i in range(9)]
    orders = [
        [one.id for one in matching.match(given, [], POLICY, seed=seed).outcome.cohort.mentors]
        for given, seed in ((team, 0), (team[::-1], 0), (team, 1))
    ]
    assert orders[0] == orders[1] != orders[2]


@given(rounds, policies)
def test_points_sum_to_scores_and_scores_to_the_total(people, policy):
    result = matching.match(people[0], people[1], policy)
    assert [sum(p.parts.values()) for p in result.proposals] == [p.score for p in result.proposals]
    assert sum(p.score for p in result.proposals) == result.score
    assert len(result.proposals) == result.tandems == result.certificate.tandems


@pytest.mark.parametrize("path", ["dense", "large"])
@pytest.mark.parametrize(
    ("team", "asked"),
    [([], ASKED), (TEAM, []), ([], []), ([mentor()], []), ([], [mentee()])],
)
def test_where_one_side_is_empty_everybody_hears_so(team, asked, path):
    result = matching.match(team, asked, POLICY, path=path)
    assert (result.tandems, result.score, result.proposals) == (0, 0, ())
    assert all(p.reasons == {"nobody": 0} for p in result.unmatched_mentees)
    assert all(p.reasons == {"nobody": 0} for p in result.unmatched_mentors)
    assert len(result.unmatched_mentees) == len(asked)
    assert len(result.unmatched_mentors) == len(team)


@pytest.mark.parametrize("aim", matching.AIMS)
def test_two_people_are_a_round(aim):
    result = matching.match([mentor()], [mentee()], matching.Policy(aim=aim))
    assert pairs(result) == [("M1", "E1")]
    assert matching.match([mentor()], [], matching.Policy(aim=aim)).proposals == ()


def test_whoever_fits_but_is_left_hears_how_many_fitted():
    result = matching.match(TEAM, ASKED, POLICY)
    [left] = result.unmatched_mentees
    assert left.reasons == {"taken": 2}


def test_a_score_below_the_floor_is_a_reason():
    result = matching.match(TEAM, ASKED, matching.Policy(aim="best", floor=9000))
    assert reasons(result, "E1") == {"floor": 2}
    assert reasons(result, "M1") == {"floor": 3}


def test_a_reason_counts_for_every_rule_that_fails():
    asked = [mentee("E1", languages={"en": "C2"}, previous=("M1",))]
    assert reasons(matching.match([mentor()], asked, POLICY), "E1") == {
        "language_floor": 1,
        "previous": 1,
    }


def test_a_mentor_takes_as_many_as_there_are_places():
    result = matching.match([mentor(capacity=2)], ASKED, POLICY)
    assert [p.mentor for p in result.proposals] == ["M1", "M1"]
    assert result.unmatched_mentors == ()


def test_a_pinned_pair_is_made_whatever_it_scores():
    team = [mentor("M1", sectors=("86",)), mentor("M2")]
    asked = [mentee("E1", sectors=("86",)), mentee("E2", sectors=("86",))]
    for aim in matching.AIMS:
        policy = matching.Policy(aim=aim, floor=1500)
        result = matching.match(team, asked, policy, pinned=[("M2", "E1")])
        assert ("M2", "E1") in pairs(result)
        assert [p.pinned for p in result.proposals if p.mentor == "M2"] == [True]


@given(rounds, st.data())
def test_pinned_pairs_stay_and_forbidden_ones_never_appear(people, data):
    mentors, mentees = people
    free = matching.match(mentors, mentees, POLICY)
    some = data.draw(st.sets(st.sampled_from(pairs(free)))) if free.tandems else set()
    kept = sorted(some)[::2]
    gone = sorted(some)[1::2]
    result = matching.match(mentors, mentees, POLICY, pinned=kept, forbidden=gone)
    assert set(kept) <= set(pairs(result))
    assert not set(gone) & set(pairs(result))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pinned": [("M9", "E1")]}, "M9:E1: mentor 'M9' takes no part"),
        ({"pinned": [("M1", "E9")]}, "M1:E9: mentee 'E9' takes no part"),
        ({"pinned": [("M1", "E1")], "running": [("M2", "E1")]}, "mentee 'E1' takes no part"),
        ({"pinned": [("M1", "E1")], "forbidden": [("M1", "E1")]}, "M1:E1 is against forbidden"),
        ({"pinned": [("M1", "E1"), ("M1", "E2")]}, r"M1:E1, M1:E2: M1 has 1 place"),
        ({"pinned": [("M1", "E1"), ("M2", "E1")]}, r"M1:E1, M2:E1: E1 has 1 place"),
        ({"pinned": [("M1", "E4")]}, "M1:E4 is against language_floor, previous"),
        ({"pinned": [("M1", "E1")], "running": [("M1", "E8")]}, "M1:E1 is against capacity"),
        ({"pinned": ["M1:E1"]}, "pinned: 'M1:E1' is not a pair"),
        ({"forbidden": [("M1",)]}, r"forbidden: \('M1',\) is not a pair"),
        ({"running": [("M1", 1)]}, r"running: \('M1', 1\) is not a pair"),
        ({"seed": 1.5}, "seed: 1.5"),
        ({"seed": float("nan")}, "seed: nan"),
        ({"seed": True}, "seed: True"),
        ({"policy": None}, "policy: None"),
        ({"mentors": [None]}, "mentors: None is not a Mentor"),
        ({"mentees": [mentor()]}, "mentees: Mentor.* is not a Mentee"),
        ({"mentors": [mentor(), mentor()]}, "mentors: id 'M1' occurs 2 times"),
        ({"mentees": [mentee(), mentee()]}, "mentees: id 'E1' occurs 2 times"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changed, message):
    hopeless = mentee("E4", languages={"en": "C2"}, previous=("M1",))
    given = {"mentors": TEAM, "mentees": [*ASKED, hopeless], "policy": POLICY} | changed
    with pytest.raises(matching.InvalidInput, match=message):
        matching.match(**given)


def test_a_pin_against_a_forbidden_pair_is_refused_even_where_the_rule_is_off():
    policy = matching.Policy(rules={})
    with pytest.raises(matching.InvalidInput, match="M1:E1 is also forbidden"):
        matching.match(TEAM, ASKED, policy, pinned=[("M1", "E1")], forbidden=[("M1", "E1")])


def test_a_running_tandem_takes_a_place_and_its_mentee():
    team = [mentor("M1", capacity=2)]
    result = matching.match(team, ASKED, POLICY, running=[("M1", "E1"), ("M7", "E7")])
    assert result.tandems == 1
    assert "E1" not in [p.mentee for p in result.proposals] + [
        p.id for p in result.unmatched_mentees
    ]


def test_a_mentor_whose_places_are_all_running_hears_so():
    result = matching.match(TEAM, ASKED, POLICY, running=[("M1", "E9"), ("M1", "E8")])
    assert reasons(result, "M1") == {"capacity": 3}


def test_forbidding_people_who_take_no_part_does_no_harm():
    assert matching.match(TEAM, ASKED, POLICY, forbidden=[("M8", "E1"), ("M1", "E8")]).tandems == 2


def test_progress_is_told_from_the_first_step_to_the_last():
    told = []
    matching.match(TEAM, ASKED, POLICY, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(len(matching.STEPS) + 1))
    assert list(dict.fromkeys(step for step, _, _ in told)) == list(matching.STEPS)
    assert {total for _, _, total in told} == {len(matching.STEPS)}


@pytest.mark.parametrize("path", ["dense", "large"])
@given(people=rounds, policy=policies)
def test_without_explanations_a_result_is_the_same_but_for_them(people, policy, path):
    if policy.aim == "fair":
        path = "dense"
    mentors, mentees = people
    told = matching.match(mentors, mentees, policy, path=path)
    bare = matching.match(mentors, mentees, policy, path=path, explain=False)
    assert bare == without_explanations(told)
    for pair in told.proposals if path == "dense" else ():
        assert matching.alternatives(bare, pair.mentee) == pair.alternatives
        assert matching.margin(bare, pair.mentee) == pair.margin
    for person in told.unmatched_mentees if path == "dense" else ():
        assert matching.changes(bare, mentee=person.id) == person.changes


def without_explanations(result: matching.Result) -> matching.Result:
    return replace(
        result,
        proposals=tuple(replace(p, alternatives=(), margin=None) for p in result.proposals),
        unmatched_mentees=tuple(replace(p, changes=()) for p in result.unmatched_mentees),
        unmatched_mentors=tuple(replace(p, changes=()) for p in result.unmatched_mentors),
    )


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("at", range(len(matching.STEPS) + 1))
def test_raising_from_progress_cancels(at):
    def stop(step, done, total):
        if done == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        matching.match(TEAM, ASKED, POLICY, progress=stop)


def test_the_dictionary_is_the_json_that_was_promised():
    asked = [*ASKED, mentee("E4", level=0)]
    result = matching.match([*TEAM, mentor("M3", capacity=0)], asked, POLICY, seed=5)
    printed = json.loads(json.dumps(result.to_dict()))
    [left] = [person.id for person in result.unmatched_mentees]
    assert list(printed) == [
        "proposals", "unmatched", "tandems", "score", "seed", "engine", "digest", "set_aside"
    ]  # fmt: skip
    assert printed["proposals"][0].keys() == {
        "mentor", "mentee", "score", "parts", "margin", "alternatives"
    }  # fmt: skip
    other = printed["proposals"][0]["alternatives"][0]
    assert other.keys() == {"mentor", "score", "cost"}
    assert other["cost"].keys() == {"tandems", "score"}
    assert printed["unmatched"]["mentors"] == [
        {
            "id": "M3",
            "reasons": {"capacity": 3},
            "changes": [
                {
                    "rule": "capacity",
                    "step": 1,
                    "mentor": "M3",
                    "mentee": left,
                    "score": 1333,
                    "cost": {"tandems": 0, "score": 0},
                }
            ],
        }
    ]
    assert printed["unmatched"]["mentees"][0]["reasons"] == {"capacity": 1, "taken": 2}
    assert printed["set_aside"] == [
        {"id": "E4", "side": "mentee", "field": "level", "problem": "out_of_range"}
    ]
    assert (printed["seed"], printed["engine"]) == (5, matching.ENGINE)


def test_a_result_can_be_sent_to_another_process():
    result = matching.match(TEAM, ASKED, POLICY)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own
    assert again == result
    assert matching.alternatives(again, "E1") == matching.alternatives(result, "E1")
