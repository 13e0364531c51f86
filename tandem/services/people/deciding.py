"""Deciding on a profile: approve it, ask back, or say no with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import taxonomy
from tandem.db import lock, transaction
from tandem.errors import Conflict, Stale
from tandem.models import (
    LIVE,
    Account,
    CompanyState,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    ProposalState,
    Tandem,
)
from tandem.services import audit
from tandem.services.mails import queue_mail
from tandem.services.people.finding import Person, get_person
from tandem.services.permissions import is_involved, require
from tandem.services.programmes import take_turns


class Verdict(Enum):
    """What a coordinator decides on a profile."""

    APPROVE = "approve"
    RETURN = "return"
    DECLINE = "decline"


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A verdict, why, and which version of the profile it is about."""

    verdict: Verdict
    reason: str
    seen_version: int
    occupation: str | None = None
    """The code for work that the person named in words alone; counts with a yes."""


class NothingToDecide(Conflict):
    """No version of this profile waits, or someone has decided already."""


class CompanyRefused(Conflict):
    """The mentor's company was declined or has left, so nobody of it takes part."""


class TooManyTandems(Conflict):
    """The mentor is in more tandems than the profile would have places."""

    def __init__(self, *, live: int, capacity: int) -> None:
        super().__init__()
        self.live = live
        self.capacity = capacity


def decide(
    session: Session, key: str, ruling: Ruling, *, programme: Programme, actor: Account
) -> Person:
    """Decide on the version that waits, and tell its person.

    Raises
    ------
    NothingToDecide, Stale
        If it was decided or changed since ``actor`` looked.
    CompanyRefused, TooManyTandems
        If it cannot be approved as things are.
    """
    with transaction(session):
        take_turns(session, programme.id)
        person = get_person(session, key, programme=programme, actor=actor)
        require(not is_involved(actor, person.who))
        waiting = _hold(session, person)
        if waiting.version != ruling.seen_version:
            raise Stale
        in_force = person.in_force
        corrected = ruling.verdict is Verdict.APPROVE and _name_work(waiting, ruling.occupation)
        if corrected:
            details: dict[str, int | str] = {"occupation": ruling.occupation or ""}
            audit.record(session, "correct_profile", waiting, actor=actor, details=details)
        if ruling.verdict is Verdict.APPROVE:
            _approve(session, person, waiting)
        else:
            waiting.state = _REFUSED[ruling.verdict]
            waiting.decision_reason = ruling.reason
        audit.record(session, f"{ruling.verdict.value}_profile", waiting, actor=actor)
        queue_mail(
            session,
            _MAILS[ruling.verdict],
            person.who.membership.account,
            programme=programme,
            about=f"{waiting.key}:{waiting.version}",
            reason=ruling.reason,
            keeps=in_force is not None,
            occupation=_in_words(waiting, person.who) if corrected else None,
            words=waiting.occupation_words,
        )
    return person


def _in_words(profile: Profile, who: Mentor | Mentee) -> str:
    locale = who.membership.account.locale
    return taxonomy.occupation_name(profile.occupation or "", locale)


def _name_work(waiting: Profile, occupation: str | None) -> bool:
    """Set the code of work that stands there in words alone; say whether that was so."""
    if not occupation or waiting.occupation or not waiting.occupation_words:
        return False
    waiting.occupation = occupation
    return True


_REFUSED = {
    Verdict.RETURN: ProfileState.RETURNED,
    Verdict.DECLINE: ProfileState.DECLINED,
}
_MAILS = {
    Verdict.APPROVE: "profile_approved",
    Verdict.RETURN: "profile_returned",
    Verdict.DECLINE: "profile_declined",
}


def _hold(session: Session, person: Person) -> Profile:
    """Lock the proposals of a person, then the person, then their versions."""
    open_ones = sa.select(Proposal.id).where(_of(person.who), Proposal.state == ProposalState.OPEN)
    lock(session, Proposal, session.scalars(open_ones).all())
    lock(session, type(person.who), [person.who.id])
    lock(session, Profile, [version.id for version in person.versions])
    if person.waiting is None:
        raise NothingToDecide
    return person.waiting


def _of(who: Mentor | Mentee) -> sa.ColumnElement[bool]:
    return (Proposal.mentor_id if isinstance(who, Mentor) else Proposal.mentee_id) == who.id


def _approve(session: Session, person: Person, waiting: Profile) -> None:
    if isinstance(person.who, Mentor):
        _give_places(session, person.who, waiting)
    was = person.in_force
    paused = was is not None and was.state is ProfileState.PAUSED
    if was is not None:
        was.state = ProfileState.REPLACED
        session.flush()
    waiting.state = ProfileState.APPROVED
    waiting.decision_reason = ""
    session.flush()
    if paused:
        waiting.state = ProfileState.PAUSED
    _outdate_proposals(session, person, waiting)


def _outdate_proposals(session: Session, person: Person, waiting: Profile) -> None:
    """Mark open proposals that rest on an older version."""
    built_on = (
        Proposal.mentor_profile_id if isinstance(person.who, Mentor) else Proposal.mentee_profile_id
    )
    query = (
        sa.select(Proposal)
        .where(_of(person.who), Proposal.state == ProposalState.OPEN, built_on != waiting.id)
        .order_by(Proposal.id)
    )
    for proposal in session.scalars(query):
        proposal.state = ProposalState.STALE


def _give_places(session: Session, mentor: Mentor, waiting: Profile) -> None:
    """Take the capacity over; tandems beyond it move to lower numbers that are free."""
    if mentor.company.state in {CompanyState.DECLINED, CompanyState.LEFT}:
        raise CompanyRefused
    capacity = mentor.capacity if waiting.capacity is None else waiting.capacity
    live = _live_tandems(session, mentor)
    if len(live) > capacity:
        raise TooManyTandems(live=len(live), capacity=capacity)
    taken = {tandem.slot for tandem in live}
    free = iter(slot for slot in range(1, capacity + 1) if slot not in taken)
    for tandem in live:
        if tandem.slot > capacity:
            tandem.slot = next(free)
    session.flush()
    mentor.capacity = capacity
    session.flush()
    for tandem in live:
        session.refresh(tandem, ["capacity"])


def _live_tandems(session: Session, mentor: Mentor) -> Sequence[Tandem]:
    ids = sa.select(Tandem.id).where(Tandem.mentor_id == mentor.id, Tandem.state.in_(LIVE))
    return lock(session, Tandem, session.scalars(ids).all())
