"""How far the pairs of a result depend on the exact weights."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from matching.arrays import Index, Points
from matching.assign import assign
from matching.assign.aims import worth_under
from matching.assign.dense import choose, tie_weights, worth_of
from matching.assign.problem import Problem, pose
from matching.assign.ties import Keys, tie_keys
from matching.criteria import BUILD
from matching.errors import InvalidInput
from matching.explain.outcome import Outcome
from matching.policy import FULL, Policy
from matching.result import Result
from matching.rules import Pair

MOST_DRAWS: Final = 100_000


def stability(
    result: Result, draws: int = 200, *, spread: float = 0.2, seed: int = 0
) -> dict[Pair, float]:
    """Tell how often each pair would still be made if the weights were slightly different.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    draws : how many weightings to try, 1 to 100,000
    spread : by which part of itself a weight may be higher or lower, 0 to 1
    seed : which weightings; the same seed gives the same ones

    Returns
    -------
    dict of (mentor id, mentee id) to float
        For each proposal the share of weightings, 0 to 1, under which
        :func:`matching.match` returns that pair, too.

    Raises
    ------
    InvalidInput
        If a number is out of its range, or the round has more than some 30 million pairs.

    Notes
    -----
    Every weight is multiplied by a factor drawn uniformly from 1 - spread to 1 + spread, all
    are then scaled and rounded to sum to 10,000 again. Fits are worked out once; each
    weighting takes one sum and one assignment.

    Examples
    --------
    >>> from matching import Mentee, Mentor, match
    >>> team = [Mentor(id="M1", languages={"de": "C2"}, modes={"online"})]
    >>> asked = [Mentee(id="E1", languages={"de": "B2"}, modes={"online"})]
    >>> stability(match(team, asked, Policy()), draws=20)
    {('M1', 'E1'): 1.0}
    """
    _check(draws, spread, seed)
    outcome = result.outcome
    everyone = np.arange(outcome.cohort.shape[0])
    policy = outcome.cohort.policy
    fits = {name: BUILD[name](outcome.cohort).block(everyone) for name in policy.weights}
    mentors, mentees = outcome.cohort.mentors, outcome.cohort.mentees
    keys = (
        tie_keys((mentor.id for mentor in mentors), result.seed),
        tie_keys((mentee.id for mentee in mentees), result.seed),
    )
    solve = Solver(outcome, keys)
    times: Counter[Pair] = Counter()
    for weights in plausible_weights(policy, draws, spread=spread, seed=seed):
        pairs = solve(_score(fits, weights))
        times.update((mentors[row].id, mentees[column].id) for row, column in pairs.tolist())
    made = ((proposal.mentor, proposal.mentee) for proposal in result.proposals)
    return {pair: times[pair] / draws for pair in made}


def plausible_weights(
    policy: Policy, draws: int, *, spread: float, seed: int
) -> Iterator[dict[str, int]]:
    """Draw weightings around a policy's; each sums to 10,000."""
    names, weights = list(policy.weights), np.array(list(policy.weights.values()))
    random = np.random.default_rng(seed)
    for _ in range(draws):
        drawn = weights * (1 + spread * (2 * random.random(len(weights)) - 1))
        total = drawn.sum()
        exact = drawn * FULL / total if total else weights.astype(np.float64)
        whole = np.floor(exact).astype(np.int64)
        most_cut = np.argsort(whole - exact, kind="stable")[: FULL - int(whole.sum())]
        whole[most_cut] += 1
        yield dict(zip(names, whole.tolist(), strict=True))


class Solver:
    """Finds the pairs of a round for other scores; what stays the same is prepared once."""

    def __init__(self, outcome: Outcome, keys: tuple[Keys, Keys]) -> None:
        policy = outcome.cohort.policy
        self._aim, self._floor, self._keys = policy.aim, policy.floor, keys
        self._pinned = [(row, column) for row, column in outcome.pinned.tolist()]
        self._places = outcome.places
        is_below = outcome.shut_out.get("floor", np.False_)
        self._allowed = outcome.allowed | is_below
        self._problem = self._pose(outcome.scores)
        self._worth = worth_under(policy.aim, self._problem.size)
        self._ties = tie_weights(self._problem, self._worth, keys)

    def __call__(self, scores: Points) -> Index:
        """Return the pairs, shape (k, 2)."""
        if self._aim != "most":
            problem = self._pose(scores)
            return assign(
                scores,
                allowed=problem.allowed,
                capacity=self._places,
                pinned=self._pinned,
                aim=self._aim,
                tie_keys=self._keys,
                path="dense",
            ).pairs
        problem = replace(self._problem, scores=scores)
        pairs = choose(worth_of(problem, self._worth), problem, self._ties)
        return np.concatenate([pairs, problem.pinned])

    def _pose(self, scores: Points) -> Problem:
        allowed = self._allowed
        if self._aim == "best":
            allowed = allowed & (scores >= self._floor)
            allowed[tuple(np.transpose(self._pinned))] = True
        return pose(
            scores,
            allowed=allowed,
            capacity=self._places,
            pinned=self._pinned,
            aim=self._aim,
        )


def _score(fits: Mapping[str, Points], weights: Mapping[str, int]) -> Points:
    scores: Points = np.zeros(next(iter(fits.values())).shape, dtype=np.int16)
    steps = np.arange(FULL + 1)
    for name, fit in fits.items():
        scores += np.take((steps * weights[name] // FULL).astype(np.int16), fit)
    return scores


def _check(draws: int, spread: float, seed: int) -> None:
    whole: dict[str, object] = {"draws": draws, "seed": seed}
    for name, value in whole.items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise InvalidInput(f"{name}: {value!r} is not an integer")
    if not 1 <= draws <= MOST_DRAWS:
        raise InvalidInput(f"draws: {draws} is not between 1 and {MOST_DRAWS}")
    if seed < 0:
        raise InvalidInput(f"seed: {seed} is negative")
    number: object = spread
    if not isinstance(number, int | float) or isinstance(number, bool) or not 0 <= number <= 1:
        raise InvalidInput(f"spread: {spread!r} is not a number between 0 and 1")
