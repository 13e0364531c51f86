import numpy as np
import pytest
from hypothesis import given

import matching
from matching.assign.aims import worth_under
from matching.assign.ties import EXACT, mix, tie_keys, tie_range
from tests.matching import oracle
from tests.matching.strategies import SUMS, aims, problems


@given(problems(), aims)
def test_no_choice_serves_the_aim_better(problem, aim):
    chosen = matching.assign(**problem, aim=aim)
    pairs = list(map(tuple, chosen.pairs.tolist()))
    assert oracle.value(problem["scores"], pairs, aim) == oracle.best(**problem, aim=aim)
    assert (chosen.tandems, chosen.score) == oracle.value(problem["scores"], pairs, "most")


@given(problems(), aims)
def test_pairs_are_allowed_and_within_places_and_pins_kept(problem, aim):
    pairs = list(map(tuple, matching.assign(**problem, aim=aim).pairs.tolist()))
    assert pairs == sorted(pairs)
    assert pairs in [
        sorted(made)
        for made in oracle.choices(problem["allowed"], problem["capacity"], problem["pinned"])
    ]


@given(problems(), aims)
def test_among_equal_results_the_smallest_sum_of_mixed_keys_wins(problem, aim):
    n_mentors, n_mentees = problem["scores"].shape
    keys = tie_keys(map(str, range(n_mentors)), 7), tie_keys(map(str, range(n_mentees)), 8)
    chosen = matching.assign(**problem, aim=aim, tie_keys=keys)
    free_places = problem["capacity"] - np.bincount(
        [row for row, _ in problem["pinned"]], minlength=n_mentors
    )
    n_free = n_mentees - len(problem["pinned"])
    size = min(int(np.minimum(free_places, n_free).sum()), n_free)
    hashes = mix(*keys, tie_range(worth_under(aim, size).highest, size))
    open_to_choice = {"allowed": problem["allowed"], "capacity": problem["capacity"]}
    best = oracle.best(**problem, aim=aim)
    smallest = min(
        sum(int(hashes[pair]) for pair in made if pair not in problem["pinned"])
        for made in oracle.choices(**open_to_choice, pinned=problem["pinned"])
        if oracle.value(problem["scores"], made, aim) == best
    )
    pairs = [pair for pair in map(tuple, chosen.pairs.tolist()) if pair not in problem["pinned"]]
    assert sum(int(hashes[pair]) for pair in pairs) == smallest


def test_one_more_pair_beats_any_score():
    scores = np.array([[10_000, 0], [0, 0]])
    allowed = np.array([[True, True], [True, False]])
    assert matching.assign(scores, allowed=allowed).pairs.tolist() == [[0, 1], [1, 0]]
    best = matching.assign(scores, allowed=allowed, aim="best")
    assert (best.pairs.tolist(), best.score) == ([[0, 0]], 10_000)


def test_best_makes_pairs_that_add_nothing():
    assert matching.assign(np.zeros((2, 2), int), aim="best").tandems == 2


def test_more_places_than_mentees_cost_nothing():
    chosen = matching.assign(np.full((2, 3), 5000), capacity=np.array([10**9, 10**9]))
    assert chosen.tandems == 3


@pytest.mark.parametrize("people", [100, 5_000])
@pytest.mark.parametrize("aim", SUMS)
def test_tie_hashes_leave_the_weights_exact(people, aim):
    highest = worth_under(aim, people).highest
    values = tie_range(highest, people)
    assert values > 1000 or people > 100
    assert highest * (people * values + 1) <= EXACT


def test_pinning_one_of_many_equal_pairs_leaves_most_others():
    everyone = tie_keys(map(str, range(60)), 3)
    scores = np.full((60, 60), 5000)
    first = matching.assign(scores, tie_keys=(everyone, everyone)).pairs.tolist()
    moved = (0, next(column for column in range(60) if [0, column] not in first))
    pinned = matching.assign(scores, tie_keys=(everyone, everyone), pinned=[moved])
    kept = sum(pair in first for pair in pinned.pairs.tolist())
    assert list(moved) in pinned.pairs.tolist()
    assert kept > 30


def test_beyond_what_doubles_carry_hashes_do_not_count():
    assert tie_range(worth_under("most", 20_000).highest, 20_000) == 0
    assert not mix(tie_keys("ab", 0), tie_keys("cd", 0), 0).any()


def finalised(mentor: int, mentee: int) -> int:
    """SplitMix64's last steps, in whole numbers cut to 64 bits."""
    mixed = (mentor + (mentee >> 32 | mentee << 32) % 2**64) % 2**64
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
    return mixed ^ mixed >> 31


@pytest.mark.parametrize("bits", [1, 10, 40])
def test_a_pair_is_hashed_to_the_leading_bits_of_its_mixed_keys(bits):
    mentors, mentees = tie_keys(["M1", "\ud800"], 3), tie_keys(["E1", "E2", "E3"], 3)
    expected = [
        [finalised(m, e) >> (64 - bits) for e in mentees.tolist()] for m in mentors.tolist()
    ]
    assert mix(mentors, mentees, 2**bits).tolist() == expected


def test_a_seed_changes_which_of_equal_results_is_taken():
    scores = np.zeros((6, 6), int)
    found = set()
    for seed in range(5):
        keys = tie_keys("abcdef", seed), tie_keys("uvwxyz", seed)
        found.add(str(matching.assign(scores, tie_keys=keys).pairs.tolist()))
    assert len(found) > 1


SCORES = np.zeros((2, 2), dtype=int)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"scores": np.zeros((2, 2))}, "scores: float64"),
        ({"scores": np.full((2, 2), np.nan)}, "scores: float64"),
        ({"scores": np.full((2, 2), np.inf)}, "scores: float64"),
        ({"scores": [[0, 10**400], [0, 0]]}, "scores: object"),
        ({"scores": [[0, 1], [2]]}, "^scores: .* inhomogeneous"),
        ({"scores": np.zeros(2, int)}, r"scores: int64 of shape \(2,\)"),
        ({"scores": np.array([[1, 10_001], [0, 0]])}, "scores: 0 to 10001"),
        ({"scores": np.array([[1, -1], [0, 0]])}, "scores: -1 to 1"),
        ({"allowed": np.ones((2, 3), bool)}, r"allowed: bool of shape \(2, 3\)"),
        ({"allowed": np.ones((2, 2))}, "allowed: float64"),
        ({"allowed": [[True], [True, True]]}, "^allowed: .* inhomogeneous"),
        ({"capacity": [1]}, r"^capacity: int64 of shape \(1,\), not \(2,\)$"),
        ({"capacity": [[1], [1, 1]]}, "^capacity: .* inhomogeneous"),
        ({"capacity": [1.5, 1]}, "capacity: float64"),
        ({"capacity": [np.nan, 1]}, "capacity: float64"),
        ({"capacity": [10**400, 1]}, "capacity: object"),
        ({"capacity": [1, -1]}, "capacity: -1 is negative"),
        ({"pinned": [(0, 2)]}, r"pinned: \(0, 2\) is outside"),
        ({"pinned": [(2, 0)]}, r"pinned: \(2, 0\) is outside"),
        ({"pinned": [(-1, 0)]}, r"pinned: \(-1, 0\) is outside"),
        ({"pinned": [(0,)]}, r"pinned: \(0,\) is not a pair of positions"),
        ({"pinned": [(0.5, 1)]}, r"pinned: \(0.5, 1\) is not a pair of positions"),
        ({"pinned": [(0, np.nan)]}, r"pinned: \(0, nan\) is not a pair of positions"),
        ({"pinned": [(0, 0)], "allowed": ~np.eye(2, dtype=bool)}, r"pinned: \(0, 0\) is not all"),
        ({"pinned": [(0, 0), (1, 0)]}, r"mentee 0 to mentors \[0, 1\]"),
        ({"pinned": [(0, 0), (0, 1)]}, r"mentees \[0, 1\] to mentor 0 with 1 places"),
        ({"aim": "fairest"}, "aim: 'fairest'"),
        ({"tie_keys": (tie_keys("a", 0), tie_keys("ab", 0))}, "tie_keys: 1 and 2 keys"),
        ({"tie_keys": (np.zeros(2), tie_keys("ab", 0))}, "tie_keys: float64, not uint64"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changed, message):
    for aim in matching.AIMS:
        with pytest.raises(matching.InvalidInput, match=message):
            matching.assign(**{"scores": SCORES, "aim": aim} | changed)


@pytest.mark.parametrize("aim", matching.AIMS)
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_where_there_is_nobody_there_is_no_pair(shape, aim):
    chosen = matching.assign(np.zeros(shape, int), aim=aim)
    assert (chosen.pairs.shape, chosen.tandems, chosen.score) == ((0, 2), 0, 0)
    assert matching.verify(chosen, np.zeros(shape, int), aim=aim).tandems == 0


@pytest.mark.parametrize(
    ("highest", "size", "values"),
    [
        (2**29, 2047, 1024),  # the fewest that decide anything
        (2**30, 1024, 0),  # a hair too few
        (2**30, 0, 2**19),
        (2**30, 1, 2**19),
        (2**30, 100, 2**13),
    ],
)
def test_hashes_take_as_many_values_as_fit_beside_the_worth(highest, size, values):
    assert tie_range(highest, size) == values


def test_a_pair_worth_nothing_is_made_rather_than_one_that_is_shut_out():
    made = matching.assign(np.array([[0, 0]]), allowed=np.array([[False, True]]), aim="best")
    assert made.pairs.tolist() == [[0, 1]]


def test_what_is_refused_is_named():
    with pytest.raises(matching.InvalidInput, match=r"^scores: "):
        matching.assign([[1, 2], [3]])
    with pytest.raises(matching.InvalidInput, match=r"is not one of most, best, fair$"):
        matching.assign([[1]], aim="none")
