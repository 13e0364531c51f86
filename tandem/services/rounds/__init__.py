"""Rounds: opening one, seeing who takes part, solving it again and again, closing it."""

from tandem.services.matchmaking.proposing import solved_snapshot
from tandem.services.rounds.adjustments import (
    AlreadyUndone,
    forbid,
    list_adjustments,
    pin,
    set_aside,
    undo,
)
from tandem.services.rounds.candidates import Candidate, Candidates, find_candidates
from tandem.services.rounds.contradictions import Contradiction
from tandem.services.rounds.differences import Difference, Pairing, Step, Supposed, difference
from tandem.services.rounds.faces import Face, list_faces
from tandem.services.rounds.gathering import Gathering, gather, open_round_of
from tandem.services.rounds.histories import list_waits
from tandem.services.rounds.insights import Group, Grouping, Insights, Wanted, read_insights
from tandem.services.rounds.life import (
    RoundDraft,
    RoundOpen,
    close_round,
    get_round,
    list_rounds,
    open_round,
)
from tandem.services.rounds.marks import read_mark
from tandem.services.rounds.settling import (
    TrialOutdated,
    TrialOver,
    cancel_solving,
    drop,
    is_outdated,
    pending,
    take,
)
from tandem.services.rounds.snapshots import (
    NobodyToMatch,
    Supposition,
    policy_after,
    policy_of,
    used_policy,
)
from tandem.services.rounds.trials import (
    AlreadySolving,
    request_solving,
    request_trial,
    solve_again,
    try_pair,
)

__all__ = [
    "AlreadySolving",
    "AlreadyUndone",
    "Candidate",
    "Candidates",
    "Contradiction",
    "Difference",
    "Face",
    "Gathering",
    "Group",
    "Grouping",
    "Insights",
    "NobodyToMatch",
    "Pairing",
    "RoundDraft",
    "RoundOpen",
    "Step",
    "Supposed",
    "Supposition",
    "TrialOutdated",
    "TrialOver",
    "Wanted",
    "cancel_solving",
    "close_round",
    "difference",
    "drop",
    "find_candidates",
    "forbid",
    "gather",
    "get_round",
    "is_outdated",
    "list_adjustments",
    "list_faces",
    "list_rounds",
    "list_waits",
    "open_round",
    "open_round_of",
    "pending",
    "pin",
    "policy_after",
    "policy_of",
    "read_insights",
    "read_mark",
    "request_solving",
    "request_trial",
    "set_aside",
    "solve_again",
    "solved_snapshot",
    "take",
    "try_pair",
    "undo",
    "used_policy",
]
