"""From people to proposals with reasons."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from matching.arrays import Index, Mask, Points
from matching.assign import Certificate, assign, verify
from matching.assign.paths import takes_large_path
from matching.cohort import Cohort
from matching.digest import digest_of
from matching.explain.alternatives import find_choices
from matching.explain.facts import describe_pair
from matching.explain.fair_choices import Choice
from matching.explain.outcome import Outcome
from matching.explain.unmatched import list_unmatched
from matching.intake import Intake, Request, place_pins, take_in
from matching.large import LargeOutcome, list_unmatched_by_blocks, solve_large
from matching.people import Mentee, Mentor
from matching.policy import Policy
from matching.result import Proposal, Result, Unmatched
from matching.rules import Pair, Rule, build_rules
from matching.scores import build_scoring

ENGINE: Final = "tandem-matching 3"
"""Changes whenever the same input may give another result."""
ALTERNATIVES: Final = 3
"""How many alternatives every proposal carries."""
STEPS: Final = ("check", "score", "solve", "prove", "explain")
"""What `progress` is told, in this order."""

Progress = Callable[[str, int, int], object]


def match(  # noqa: PLR0913 - each is a word of the contract
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    policy: Policy,
    *,
    pinned: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    running: Iterable[Pair] = (),
    seed: int = 0,
    progress: Progress | None = None,
    path: str = "auto",
    explain: bool = True,
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
    path : ``auto``, ``dense`` or ``large``, as for :func:`matching.assign`. The large path
        takes memory that grows with the people; its proposals carry parts and facts, but
        neither margin nor alternatives, and its unmatched people no changes:
        :func:`matching.alternatives`, :func:`matching.margin` and :func:`matching.changes`
        work them out for up to some 30 million pairs
    explain : without it, no round carries what a large one leaves out; the pairs, their parts
        and facts, the reasons and the digest are the same, and those functions tell the rest

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
    >>> match([ours], [theirs], Policy(), explain=False).proposals == (proposal,)
    True
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
    outcome = _solve(request, intake, report, path=path)
    report("prove", 3, len(STEPS))
    certificate = _prove(outcome)
    report("explain", 4, len(STEPS))
    explain = explain and outcome.is_explained
    result = _tell(request, intake, outcome, certificate=certificate, explain=explain)
    report("explain", 5, len(STEPS))
    return result


def _say_nothing(step: str, done: int, total: int) -> None:
    """Report to nobody."""


def _solve(request: Request, intake: Intake, report: Progress, *, path: str) -> Outcome:
    cohort = intake.cohort
    rules = build_rules(cohort, forbidden=request.forbidden, places=intake.places.tolist())
    pins = place_pins(request, intake, rules)
    if takes_large_path(cohort.shape, aim=request.policy.aim, path=path):

        def tick() -> None:
            report("solve", 2, len(STEPS))

        return solve_large(request, intake, rules=rules, pinned=pins, tick=tick)
    return _solve_dense(request, intake, report, rules=rules, pins=pins)


def _solve_dense(
    request: Request, intake: Intake, report: Progress, *, rules: dict[str, Rule], pins: Index
) -> Outcome:
    cohort = intake.cohort
    rows, columns = map(np.arange, cohort.shape)
    shut_out = {name: rule.tile(rows, columns) for name, rule in rules.items()}
    scoring = build_scoring(cohort)
    scores = scoring.block(rows)
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
        path="dense",
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
        outcome.source,
        capacity=outcome.places,
        pinned=_tuples(outcome.pinned),
        aim=outcome.cohort.policy.aim,
    )


def _tell(
    request: Request,
    intake: Intake,
    outcome: Outcome,
    *,
    certificate: Certificate,
    explain: bool,
) -> Result:
    proposals = _propose(outcome, explain=explain)
    return Result(
        proposals=proposals,
        unmatched_mentees=_list_left(outcome, outcome.cohort.mentees, side=1, explain=explain),
        unmatched_mentors=_list_left(outcome, outcome.cohort.mentors, side=0, explain=explain),
        set_aside=intake.set_aside,
        tandems=certificate.tandems,
        score=certificate.score,
        certificate=certificate,
        seed=request.seed,
        engine=ENGINE,
        digest=digest_of(request, proposals, engine=ENGINE),
        request=request,
        outcome=outcome,
    )


def _list_left(
    outcome: Outcome, people: Sequence[Mentor] | Sequence[Mentee], *, side: int, explain: bool
) -> tuple[Unmatched, ...]:
    if isinstance(outcome, LargeOutcome):
        return list_unmatched_by_blocks(outcome, people, side=side)
    return list_unmatched(outcome, people, side=side, explain=explain)


def _propose(outcome: Outcome, *, explain: bool) -> tuple[Proposal, ...]:
    rows, columns = outcome.assignment.pairs.T
    parts = outcome.scoring.parts(rows, columns)
    choices = find_choices(outcome, columns.tolist(), ALTERNATIVES) if explain else []
    nothing = Choice((), None)
    proposals: list[Proposal] = []
    for place, (row, column) in enumerate(_tuples(outcome.assignment.pairs)):
        choice = choices[place] if choices else nothing
        mentor, mentee = outcome.cohort.mentors[row], outcome.cohort.mentees[column]
        proposal = Proposal(
            mentor=mentor.id,
            mentee=mentee.id,
            score=sum(parts[place].values()),
            parts=parts[place],
            facts=describe_pair(mentor, mentee, outcome.cohort.policy, parts=parts[place]),
            pinned=bool(outcome.is_pinned[place]),
            alternatives=choice.alternatives,
            margin=choice.margin,
        )
        proposals.append(proposal)
    return tuple(sorted(proposals, key=lambda proposal: (proposal.mentor, proposal.mentee)))
