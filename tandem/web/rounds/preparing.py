"""What the page that prepares a round is given to show."""

from collections.abc import Sequence
from itertools import groupby

from flask import render_template

from tandem.extensions import db
from tandem.models import Round, Side, Snapshot
from tandem.services import policies, proposals, rounds
from tandem.services.rounds import Candidate, Candidates
from tandem.web import terms as words
from tandem.web.rounds import wording
from tandem.web.rounds.forms import StepForm
from tandem.web.scope import current_programme

_SIDES = (Side.MENTEE, Side.MENTOR)
_MOST = 200
"""So many names of a kind stand on the page; the others are found among the people."""


def page(round_: Round, snapshot: Snapshot | None) -> str:
    """Return who takes part, who not and why, what is missing, and by what policy it goes."""
    programme = current_programme()
    candidates = rounds.find_candidates(db.session, programme, round_)
    current = policies.current(db.session, programme)
    used = snapshot.policy_version if snapshot is not None else None
    policy = rounds.policy_after(used, current=current)
    return render_template(
        "rounds/prepare.html",
        round=round_,
        again=snapshot is not None,
        candidates=candidates,
        inside=[(Side.MENTEE, candidates.mentees), (Side.MENTOR, candidates.mentors)],
        outside=[(side, wording.left_out(candidates.left_out, side)) for side in _SIDES],
        waited=_waited(candidates),
        gaps=_gaps(candidates),
        joined=[each for each in candidates.everyone if each.joins],
        left=[each for each in candidates.everyone if each.leaves],
        policy=policy,
        terms=policies.terms(policy),
        open=proposals.count_open(db.session, round_) if snapshot is not None else 0,
        most=_MOST,
        form=StepForm(),
        words=words,
        wording=wording,
    )


def _waited(candidates: Candidates) -> list[tuple[int, list[Candidate]]]:
    """Return the mentees who were left out before, by how often, the longest wait first."""
    waited = sorted((each for each in candidates.mentees if each.waiting), key=_longest_first)
    return [(-wait, list(people)) for wait, people in groupby(waited, key=_longest_first)]


def _longest_first(person: Candidate) -> int:
    return -person.waiting


def _gaps(candidates: Candidates) -> Sequence[Candidate]:
    """Return who lacks an entry, those first whom the round would set aside for it."""
    lacking = [each for each in (*candidates.mentees, *candidates.mentors) if each.gaps]
    return sorted(lacking, key=lambda each: "languages" not in each.gaps)
