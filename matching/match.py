"""From people to proposals with reasons."""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from matching.arrays import Index, Mask, Points
from matching.assign import Certificate, assign, verify
from matching.cohort import Cohort
from matching.digest import describe_person, describe_policy, fingerprint
from matching.explain.alternatives import find_alternatives, find_margin
from matching.explain.facts import describe_pair
from matching.explain.outcome import Outcome
from matching.explain.unmatched import list_unmatched
from matching.intake import Intake, Request, place_pins, take_in
from matching.people import Mentee, Mentor
from matching.policy import Policy
from matching.result import Proposal, Result
from matching.rules import Pair, build_rules
from matching.scores import build_scoring

ENGINE: Final = "tandem-matching 2"
"""Changes whenever the same input may give another result."""
ALTERNATIVES: Final = 3
"""How many alternatives every proposal carries."""
STEPS: Final = ("check", "score", "solve", "prove", "explain")
"""What `progress` is told, in this order."""

Progress = Callable[[str, int, int], object]


def match(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    policy: Policy,
    *,
    pinned: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    running: Iterable[Pair] = (),
    seed: int = 0,
    progress: Progress | None = None,
) -> Result:
    """Propose the tandems that serve the policy's aim best, and say why.

    Parameters
    ----------
    mentors, mentees : who takes part; unusable entries set a person aside
    policy : weights, rules and aim
    pinned : pairs (mentor id, mentee id) that must be made, whatever they score
    forbidden : pairs that must not be made; ids that take no part do no harm
    running : tandems already live: each takes a place of its mentor, its mentee takes no part
    seed : decides between equal results, together with the ids
    progress : called with (step, done, total) as the work goes on; raise from it to cancel

    Returns
    -------
    Result
        Proved optimal; the same for any order of the input.

    Raises
    ------
    InvalidInput
        If an id occurs twice on a side, a pin cannot be kept, or an argument is malformed.

    Examples
    --------
    >>> ours = Mentor(id="M1", languages={"de": "C2"}, sectors=("86",), modes={"online"})
    >>> theirs = Mentee(id="E1", languages={"de": "B2"}, sectors=("86",), modes={"online"})
    >>> [proposal] = match([ours], [theirs], Policy()).proposals
    >>> proposal.mentor, proposal.mentee, proposal.score, proposal.parts["sector"]
    ('M1', 'E1', 3333, 2000)
    """
    request = Request(
        mentors=tuple(mentors),
        mentees=tuple(mentees),
        policy=policy,
        pinned=tuple(pinned),
        forbidden=tuple(forbidden),
        running=tuple(running),
        seed=seed,
    )
    report = progress or _say_nothing
    report("check", 0, len(STEPS))
    intake = take_in(request)
    report("score", 1, len(STEPS))
    outcome = _solve(request, intake, report)
    report("prove", 3, len(STEPS))
    certificate = _prove(outcome)
    report("explain", 4, len(STEPS))
    result = _tell(request, intake, outcome, certificate=certificate)
    report("explain", 5, len(STEPS))
    return result


def _say_nothing(step: str, done: int, total: int) -> None:
    """Report to nobody."""


def _solve(request: Request, intake: Intake, report: Progress) -> Outcome:
    cohort = intake.cohort
    everyone = np.arange(len(cohort.mentors))
    rules = build_rules(cohort, forbidden=request.forbidden, places=intake.places.tolist())
    columns = np.arange(len(cohort.mentees))
    shut_out = {rule: block(everyone, columns) for rule, block in rules.items()}
    pins = place_pins(request, intake, shut_out)
    scoring = build_scoring(cohort)
    scores = scoring.block(everyone)
    if request.policy.aim == "best":
        shut_out["floor"] = _below_floor(cohort, scores, shut_out)
    allowed = ~_any(shut_out, cohort)
    allowed[pins[:, 0], pins[:, 1]] = True
    report("solve", 2, len(STEPS))
    assignment = assign(
        scores,
        allowed=allowed,
        capacity=intake.places,
        pinned=_tuples(pins),
        aim=request.policy.aim,
        tie_keys=intake.tie_keys,
    )
    return Outcome(
        cohort=cohort,
        scoring=scoring,
        scores=scores,
        shut_out=shut_out,
        allowed=allowed,
        places=intake.places,
        pinned=pins,
        assignment=assignment,
    )


def _any(shut_out: dict[str, Mask], cohort: Cohort) -> Mask:
    some = np.zeros(cohort.shape, dtype=np.bool_)
    for mask in shut_out.values():
        some |= mask
    return some


def _below_floor(cohort: Cohort, scores: Points, shut_out: dict[str, Mask]) -> Mask:
    below: Mask = (scores < cohort.policy.floor) & ~_any(shut_out, cohort)
    return below


def _tuples(pairs: Index) -> list[tuple[int, int]]:
    return [(row, column) for row, column in pairs.tolist()]


def _prove(outcome: Outcome) -> Certificate:
    return verify(
        outcome.assignment,
        outcome.scores,
        allowed=outcome.allowed,
        capacity=outcome.places,
        pinned=_tuples(outcome.pinned),
        aim=outcome.cohort.policy.aim,
    )


def _tell(
    request: Request, intake: Intake, outcome: Outcome, *, certificate: Certificate
) -> Result:
    proposals = _propose(outcome)
    return Result(
        proposals=proposals,
        unmatched_mentees=list_unmatched(outcome, outcome.cohort.mentees, side=1),
        unmatched_mentors=list_unmatched(outcome, outcome.cohort.mentors, side=0),
        set_aside=intake.set_aside,
        tandems=certificate.tandems,
        score=certificate.score,
        certificate=certificate,
        seed=request.seed,
        engine=ENGINE,
        digest=_digest(request, proposals),
        outcome=outcome,
    )


def _propose(outcome: Outcome) -> tuple[Proposal, ...]:
    rows, columns = outcome.assignment.pairs.T
    parts = outcome.scoring.parts(rows, columns)
    others = find_alternatives(outcome, columns.tolist(), ALTERNATIVES)
    proposals: list[Proposal] = []
    for place, (row, column) in enumerate(_tuples(outcome.assignment.pairs)):
        mentor, mentee = outcome.cohort.mentors[row], outcome.cohort.mentees[column]
        proposal = Proposal(
            mentor=mentor.id,
            mentee=mentee.id,
            score=int(outcome.scores[row, column]),
            parts=parts[place],
            facts=describe_pair(mentor, mentee, outcome.cohort.policy, parts=parts[place]),
            pinned=bool(outcome.is_pinned[place]),
            alternatives=others[place],
            margin=find_margin(outcome, row, column),
        )
        proposals.append(proposal)
    return tuple(sorted(proposals, key=lambda proposal: (proposal.mentor, proposal.mentee)))


def _digest(request: Request, proposals: tuple[Proposal, ...]) -> str:
    asked = {
        "engine": ENGINE,
        "policy": describe_policy(request.policy),
        "seed": request.seed,
        "mentors": sorted(fingerprint(describe_person(person)) for person in request.mentors),
        "mentees": sorted(fingerprint(describe_person(person)) for person in request.mentees),
        "pinned": sorted(set(request.pinned)),
        "forbidden": sorted(set(request.forbidden)),
        "running": sorted(set(request.running)),
    }
    made = [[pair.mentor, pair.mentee, pair.parts] for pair in proposals]
    return fingerprint({"input": asked, "result": made})
