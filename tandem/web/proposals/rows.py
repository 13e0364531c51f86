"""What opens below a row of a round: one pair, side by side, to adjust before it is decided."""

from typing import Any

from flask import render_template, request

from tandem.extensions import db
from tandem.models import Adjustment, AdjustmentKind, Proposal, ProposalState
from tandem.services import looks, policies, proposals, rounds
from tandem.web import reasons
from tandem.web.forms import BaseForm
from tandem.web.identity import signed_in_account
from tandem.web.proposals import wording
from tandem.web.reasons.adjustments import told
from tandem.web.scope import current_programme


def row(key: str) -> str:
    """Return the fragment of one pair."""
    proposal = proposals.get_proposal(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
    keys = wording.keys_of(proposal.alternatives)
    fragment = render_template(
        "proposals/row.html",
        proposal=proposal,
        weights=policies.weights(proposal.snapshot.policy_version),
        faces=rounds.list_faces(db.session, proposal.snapshot, keys),
        sentences=reasons.sentences(
            proposal.facts, mentee=proposal.mentee.name, mentor=proposal.mentor.name
        ),
        **about_adjusting(proposal),
        page=request.args.get("page", 1, type=int),
        search=request.args.get("name", ""),
        wording=wording,
    )
    looks.note_look(
        db.session,
        proposal.mentor,
        proposal.mentee,
        account=signed_in_account(),
        proposal=proposal,
    )
    return fragment


def about_adjusting(proposal: Proposal) -> dict[str, Any]:
    """Return what a page needs to let somebody adjust the round at one pair."""
    asked = _list_asked(proposal)
    return {
        "adjustable": proposal.state is ProposalState.OPEN and proposal.round.can_be_solved,
        "asked": asked,
        "pinned": any(each.kind is AdjustmentKind.PIN for each in asked),
        "words": told,
        "adjust_form": BaseForm(formdata=None),
    }


def _list_asked(proposal: Proposal) -> list[Adjustment]:
    """Return what is asked of the next solving about either of the two."""
    return [
        each
        for each in rounds.list_adjustments(db.session, proposal.round)
        if _is_about(each, proposal)
    ]


def _is_about(each: Adjustment, proposal: Proposal) -> bool:
    same_mentee = each.mentee_id == proposal.mentee_id
    same_mentor = each.mentor_id == proposal.mentor_id
    if each.kind is AdjustmentKind.FORBID:
        return same_mentee and same_mentor
    return same_mentee or (each.kind is AdjustmentKind.SET_ASIDE and same_mentor)
