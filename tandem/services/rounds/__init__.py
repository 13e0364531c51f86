"""Rounds: opening one, seeing who takes part, asking for it to be solved, closing it."""

from tandem.services.rounds.candidates import Candidate, Candidates, find_candidates
from tandem.services.rounds.faces import Face, list_faces
from tandem.services.rounds.life import (
    RoundDraft,
    RoundOpen,
    cancel_solving,
    close_round,
    get_round,
    list_rounds,
    open_round,
)
from tandem.services.rounds.snapshots import (
    AlreadySolving,
    NobodyToMatch,
    request_solving,
    solved_snapshot,
)

__all__ = [
    "AlreadySolving",
    "Candidate",
    "Candidates",
    "Face",
    "NobodyToMatch",
    "RoundDraft",
    "RoundOpen",
    "cancel_solving",
    "close_round",
    "find_candidates",
    "get_round",
    "list_faces",
    "list_rounds",
    "open_round",
    "request_solving",
    "solved_snapshot",
]
