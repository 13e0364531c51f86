"""The review of a round: what it proposes, who is left, whom to look for, how groups fare."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask import render_template

from tandem.extensions import db
from tandem.models import Adjustment, AdjustmentKind, Proposal, ProposalState, Round, Side, Snapshot
from tandem.services import policies, proposals, rounds
from tandem.services.rounds import Face, Insights
from tandem.web import codes
from tandem.web.forms import BaseForm
from tandem.web.reasons.adjustments import told
from tandem.web.reasons.costs import price
from tandem.web.rounds import changes, flags, kinds, wording
from tandem.web.rounds.forms import FindForm, StepForm
from tandem.web.scope import current_programme

_ON_A_PAGE = 50
_AT_A_GLANCE = 5
_DECISIONS = 5
_NAMED = 4


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table of proposals."""

    proposal: Proposal
    notes: Sequence[tuple[str, str | None]]
    """What is worth a glance, each with the kind of its badge where it has one."""
    per_cent: int | None
    """In how many of a hundred plausible weightings the pair stands; none: not known."""


def review(
    round_: Round,
    snapshot: Snapshot,
    *,
    find: FindForm,
    page: int,
    opened: str = "",
    refused: BaseForm | None = None,
) -> str:
    """Return the page of what a round proposes."""
    name = find.name.data or ""
    tally = proposals.count_proposals(db.session, snapshot)
    page = min(page, proposals.count_pages(tally.all))
    listing = proposals.list_proposals(db.session, snapshot, name=name, page=page)
    insights = rounds.read_insights(snapshot)
    adjustments = rounds.list_adjustments(db.session, round_)
    is_first = listing.page == 1 and not name
    is_over = bool(tally.all) and not tally.open
    result = snapshot.result or {}
    left, aside = result["unmatched"], _set_aside(result["set_aside"])
    keys = set(_keys(left, insights, aside)) if is_first else set()
    ids = {each.mentee_profile_id for each in listing.proposals} if insights else set()
    faces = rounds.list_faces(db.session, snapshot, keys, profile_ids=ids)
    waits = rounds.list_waits(db.session, current_programme(), snapshot) if is_first else {}
    return render_template(
        "rounds/review.html",
        round=round_,
        snapshot=snapshot,
        result=result,
        tally=tally,
        listing=listing,
        rows=list(_rows(listing.proposals, faces, insights=insights, adjustments=adjustments)),
        find=find,
        refused=refused,
        opened=opened,
        is_first=is_first,
        next_key=_next(snapshot, listing) if tally.open else None,
        weights=policies.weights(snapshot.policy_version),
        faces=faces,
        waits=waits,
        longest_wait=max((waits.get(each["id"], 0) for each in left["mentees"]), default=0),
        left=left,
        glance=_AT_A_GLANCE,
        aside=aside,
        insights=insights,
        placed=sum(1 for _pair in result["proposals"]),
        adjustments=adjustments,
        trial=rounds.pending(db.session, round_) if not round_.is_solving else None,
        decisions=proposals.list_decisions(db.session, round_, most=_DECISIONS) if is_first else (),
        figures=proposals.get_figures(db.session, round_) if is_first and is_over else None,
        describe=describe,
        room=flags.room,
        told=told,
        price=price,
        form=StepForm(),
        codes=codes,
        changes=changes,
        kinds=kinds,
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
        faces=rounds.list_faces(db.session, snapshot, set(_of_left(shown))),
        waits=rounds.list_waits(db.session, current_programme(), snapshot),
        describe=describe,
        form=BaseForm(formdata=None),
        changes=changes,
        price=price,
        wording=wording,
    )


def describe(face: Face) -> str:
    """Return what tells a person apart from others of the same name."""
    what = face.job_title
    if face.side is Side.MENTEE and face.occupation:
        what = codes.occupation(face.occupation)
    place = current_programme().place(face.postal_code)
    return ", ".join(part for part in (what, face.company, place) if part)


def _rows(
    listed: Sequence[Proposal],
    faces: Mapping[str, Face],
    *,
    insights: Insights | None,
    adjustments: Sequence[Adjustment],
) -> Iterator[Row]:
    shares = insights.stability if insights else {}
    key_of = {face.profile_id: key for key, face in faces.items()}
    for proposal in listed:
        share = shares.get(key_of.get(proposal.mentee_profile_id, ""))
        asked = [code for each in adjustments for code in _asked(each, proposal)]
        yield Row(
            proposal=proposal,
            notes=flags.words(proposal, flags.notes(proposal, asked)),
            per_cent=None if share is None else round(100 * share),
        )


def _asked(adjustment: Adjustment, proposal: Proposal) -> Iterator[str]:
    same_mentor = adjustment.mentor_id == proposal.mentor_id
    same_mentee = adjustment.mentee_id == proposal.mentee_id
    if adjustment.kind is AdjustmentKind.SET_ASIDE and (same_mentor or same_mentee):
        yield "set_aside"
    elif adjustment.kind is AdjustmentKind.PIN and same_mentee:
        yield "pinned" if same_mentor else "pinned_elsewhere"
    elif same_mentor and same_mentee:
        yield "forbidden"


def _next(snapshot: Snapshot, listing: proposals.Listing) -> str | None:
    """Return the strongest proposal that waits, without asking where it is on the page."""
    if listing.page == 1 and listing.found:
        for proposal in listing.proposals:
            if proposal.state is ProposalState.OPEN and proposals.holds(proposal):
                return proposal.key
    return proposals.next_open(db.session, snapshot)


def _keys(
    left: Mapping[str, Any], insights: Insights | None, aside: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the keys of everyone whom the panels below the table mention."""
    for people in left.values():
        yield from _of_left(people[:_AT_A_GLANCE])
    yield from aside
    for wanted in insights.recruit if insights else ():
        yield from wanted.mentees[:_NAMED]


def _of_left(people: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for person in people:
        yield person["id"]
        for change in person["changes"][:1]:
            yield from (change["mentor"], change["mentee"])


def _set_aside(entries: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return for each person who was set aside which entries could not be used."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry["id"], []).append(entry["field"])
    return found
