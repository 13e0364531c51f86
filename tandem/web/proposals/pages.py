"""What the pages of a proposal are given to show."""

from collections.abc import Mapping

from flask import render_template

from tandem.clock import now
from tandem.extensions import db
from tandem.models import Proposal, ProposalState
from tandem.services import looks, policies, proposals, rounds
from tandem.services.proposals import Ruling
from tandem.services.rounds import Face
from tandem.services.tandems.inviting import end_of_invitation
from tandem.web import codes, reasons
from tandem.web.identity import signed_in_account
from tandem.web.proposals import rows, wording
from tandem.web.proposals.forms import RulingForm
from tandem.web.scope import current_programme


def show(key: str, form: RulingForm) -> str:
    """Return the page of one proposal, with the form that decides where that is possible."""
    proposal = _get(key)
    holds = proposals.holds(proposal)
    is_open = proposal.state is ProposalState.OPEN and holds
    if is_open and not form.is_submitted():
        form.version.data = str(proposal.version)
    alternatives = proposal.alternatives
    mentee, mentor = proposal.mentee.name, proposal.mentor.name
    weights = policies.weights(proposal.snapshot.policy_version)
    place = proposals.find_place(db.session, proposal)
    faces = rounds.list_faces(
        db.session,
        proposal.snapshot,
        wording.keys_of(alternatives),
        profile_ids={proposal.mentee_profile_id},
    )
    figures = None if place.tally.open else proposals.get_figures(db.session, proposal.round)
    page = render_template(
        "proposals/show.html",
        proposal=proposal,
        form=form,
        holds=holds,
        weights=weights,
        place=place,
        figures=figures,
        faces=faces,
        per_cent=_stability(proposal, faces),
        sentences=reasons.sentences(proposal.facts, mentee=mentee, mentor=mentor),
        room=proposals.find_room(db.session, proposal),
        own=is_open and proposals.is_own_case(db.session, proposal, actor=signed_in_account()),
        last_day=end_of_invitation(now(), current_programme()),
        **rows.about_adjusting(proposal),
        codes=codes,
        wording=wording,
    )
    looks.note_look(
        db.session,
        proposal.mentor,
        proposal.mentee,
        account=signed_in_account(),
        proposal=proposal,
    )
    return page


def too_late(key: str, ruling: Ruling) -> str:
    """Return the page that says who was faster, when and why; what was written is kept."""
    db.session.rollback()
    proposal = _get(key)
    return render_template(
        "proposals/too_late.html",
        proposal=proposal,
        place=proposals.find_place(db.session, proposal),
        room=proposals.find_room(db.session, proposal),
        ruling=ruling,
        wording=wording,
    )


def _stability(proposal: Proposal, faces: Mapping[str, Face]) -> int | None:
    """Say under how many of a hundred plausible weightings a pair stands; none: not known."""
    insights = rounds.read_insights(proposal.snapshot)
    if insights is None:
        return None
    shares = (
        insights.stability[key]
        for key, face in faces.items()
        if face.profile_id == proposal.mentee_profile_id and key in insights.stability
    )
    return next((round(100 * share) for share in shares), None)


def _get(key: str) -> Proposal:
    return proposals.get_proposal(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
