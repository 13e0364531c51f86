"""What the pages of a round are given to show."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from flask import render_template

from tandem.extensions import db
from tandem.models import Proposal, ProposalState, Round, Side, Snapshot
from tandem.services import policies, proposals, rounds
from tandem.services.rounds import Face
from tandem.web import codes
from tandem.web.identity import signed_in_account
from tandem.web.rounds import wording
from tandem.web.rounds.forms import RoundForm, StepForm
from tandem.web.scope import current_programme

_ON_A_PAGE = 50
_AT_A_GLANCE = 8
_DECISIONS = 20
_CLOSE_CALL = 100
"""A margin, in points, below which a pair is called a close call."""


def index(form: RoundForm) -> str:
    """Return the page of all rounds."""
    programme = current_programme()
    found = rounds.list_rounds(db.session, programme, actor=signed_in_account())
    return render_template("rounds/index.html", rounds=found, form=form, wording=wording)


def prepare(round_: Round) -> str:
    """Return the page that tells who takes part, and who does not and why."""
    candidates = rounds.find_candidates(db.session, current_programme())
    return render_template(
        "rounds/prepare.html",
        round=round_,
        candidates=candidates,
        sides=[(side, wording.left_out(candidates.left_out, side)) for side in _SIDES],
        gaps=[each for each in (*candidates.mentees, *candidates.mentors) if each.gaps],
        open=proposals.count_open(db.session, round_),
        form=StepForm(),
        wording=wording,
    )


def review(round_: Round, snapshot: Snapshot, *, page: int) -> str:
    """Return the page of what a round proposes."""
    tally = proposals.count_proposals(db.session, snapshot)
    listed = proposals.list_proposals(db.session, snapshot, page=page)
    result = snapshot.result or {}
    left = result["unmatched"]
    aside = _set_aside(result["set_aside"])
    keys = {each["id"] for side in left.values() for each in side[:_AT_A_GLANCE]} | aside.keys()
    return render_template(
        "rounds/review.html",
        round=round_,
        snapshot=snapshot,
        result=result,
        tally=tally,
        proposals=[(proposal, notes(proposal)) for proposal in listed.proposals],
        page=listed.page,
        pages=listed.pages,
        next_key=proposals.next_open(db.session, snapshot),
        weights=policies.weights(snapshot.policy_version),
        faces=rounds.list_faces(db.session, snapshot, keys),
        left=left,
        glance=_AT_A_GLANCE,
        aside=aside,
        decisions=proposals.list_decisions(db.session, round_, most=_DECISIONS),
        describe=describe,
        form=StepForm(),
        codes=codes,
        wording=wording,
    )


def left_over(round_: Round, snapshot: Snapshot, side: str, *, page: int) -> str:
    """Return the page of everyone on one side who has no proposal."""
    people = (snapshot.result or {})["unmatched"][side]
    pages = max(1, ceil(len(people) / _ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = people[(page - 1) * _ON_A_PAGE :][:_ON_A_PAGE]
    return render_template(
        "rounds/left_over.html",
        round=round_,
        side=side,
        people=shown,
        number=len(people),
        page=page,
        pages=pages,
        faces=rounds.list_faces(db.session, snapshot, {each["id"] for each in shown}),
        describe=describe,
        wording=wording,
    )


def describe(face: Face) -> str:
    """Return what tells a person apart from others of the same name."""
    what = face.job_title
    if face.side is Side.MENTEE and face.occupation:
        what = codes.occupation(face.occupation)
    place = current_programme().place(face.postal_code)
    return ", ".join(part for part in (what, face.company, place) if part)


def notes(proposal: Proposal) -> list[str]:
    """Return what is worth a glance about a proposal, as codes."""
    if proposal.state is not ProposalState.OPEN:
        return [proposal.state.value]
    found = ["online"] if any(_is_far(fact) for fact in proposal.facts) else []
    if any(fact["code"] == "missing" for fact in proposal.facts):
        found.append("missing")
    if proposal.margin is not None and proposal.margin < _CLOSE_CALL:
        found.append("close")
    return found


def _is_far(fact: Mapping[str, Any]) -> bool:
    """Whether two people can meet online, and only so."""
    km, limit = fact["values"].get("km"), fact["values"].get("limit_km")
    return fact["code"] == "online" and (km is None or km > limit)


def _set_aside(entries: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return for each person who was set aside which entries could not be used."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry["id"], []).append(entry["field"])
    return found


_SIDES = (Side.MENTEE, Side.MENTOR)
