"""Exclusions: who is not to be brought together, because either side asked so."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound
from tandem.models import (
    Account,
    Company,
    Exclusion,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Proposal,
    ProposalState,
    Side,
    Tandem,
)
from tandem.services import audit
from tandem.services.permissions import can_coordinate, is_involved, require
from tandem.services.programmes import take_turns


class ExcludedAlready(Conflict):
    """The two are kept apart already."""


@dataclass(frozen=True, kw_only=True)
class ExclusionDraft:
    """Who is to be kept apart, by the keys of their addresses: one mentor, or a company."""

    mentee_key: str
    mentor_key: str = ""
    company_key: str = ""
    asked_by: Side


def exclude(
    session: Session, draft: ExclusionDraft, *, programme: Programme, actor: Account
) -> Exclusion:
    """Keep a mentee apart from a mentor, or from everybody of a company, from now on.

    Proposals of such a pair that nobody has decided yet are out of date by that.

    Raises
    ------
    NotFound
        If the programme has no such people.
    ExcludedAlready
        If they are kept apart already.
    NotAllowed
        If ``actor`` does not coordinate the programme, or is one of them.
    """
    with transaction(session):
        take_turns(session, programme.id)
        require(can_coordinate(actor, programme.id))
        made = Exclusion(
            programme_id=programme.id,
            mentee_id=_id_of(session, Mentee, draft.mentee_key, programme=programme),
            asked_by=draft.asked_by,
            account_id=actor.id,
        )
        if draft.mentor_key:
            made.mentor_id = _id_of(session, Mentor, draft.mentor_key, programme=programme)
        else:
            made.company_id = _id_of(session, Company, draft.company_key, programme=programme)
        _require_apart(session, made, actor)
        if session.scalar(_same(made)) is not None:
            raise ExcludedAlready
        session.add(made)
        audit.record(
            session, "exclude", made, actor=actor, details={"asked_by": draft.asked_by.value}
        )
        _outdate_proposals(session, made)
    return made


def keep_apart_after(session: Session, tandem: Tandem, *, actor: Account | None) -> None:
    """Keep the two of a tandem that has ended apart, unless they are; a coordinator can lift it.

    Call it inside the transaction that ends the tandem, with the programme's turn. Whoever ended
    it early is who asked; where a coordinator did, or it ended in its time, nobody asked.
    """
    made = Exclusion(
        programme_id=tandem.programme_id,
        mentee_id=tandem.mentee_id,
        mentor_id=tandem.mentor_id,
        asked_by=tandem.ended_by,
        account_id=(actor or tandem.decision.account).id,
    )
    if session.scalar(_same(made)) is not None:
        return
    session.add(made)
    audit.record(session, "exclude", made, actor=actor, details={"tandem": tandem.id})
    _outdate_proposals(session, made)


def lift(session: Session, key: str, *, programme: Programme, actor: Account) -> None:
    """Let the two be brought together again.

    Raises
    ------
    NotFound
        If there is no such exclusion, or it was lifted already.
    NotAllowed
        If ``actor`` does not coordinate the programme, or is one of them.
    """
    with transaction(session):
        take_turns(session, programme.id)
        require(can_coordinate(actor, programme.id))
        found = session.scalars(
            sa.select(Exclusion).where(Exclusion.programme_id == programme.id, Exclusion.key == key)
        ).one_or_none()
        if found is None:
            raise NotFound
        _require_apart(session, found, actor)
        audit.record(
            session, "lift_exclusion", found, actor=actor, details={"mentee": found.mentee_id}
        )
        session.delete(found)


def list_exclusions(
    session: Session, programme: Programme, who: Mentor | Mentee, *, actor: Account
) -> Sequence[Exclusion]:
    """Return from whom a person is kept apart, a mentor with those of the company, oldest first."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Exclusion)
        .where(Exclusion.programme_id == programme.id, _is_about(who))
        .order_by(Exclusion.id)
        .options(
            joinedload(Exclusion.company),
            *(
                joinedload(other).joinedload(person.membership).joinedload(Membership.account)
                for other, person in ((Exclusion.mentee, Mentee), (Exclusion.mentor, Mentor))
            ),
        )
    )
    return session.scalars(query).all()


def _is_about(who: Mentor | Mentee) -> sa.ColumnElement[bool]:
    if isinstance(who, Mentee):
        return Exclusion.mentee_id == who.id
    return (Exclusion.mentor_id == who.id) | (Exclusion.company_id == who.company_id)


def _id_of(
    session: Session, model: type[Mentor | Mentee | Company], key: str, *, programme: Programme
) -> int:
    query = sa.select(model.id).where(model.programme_id == programme.id, model.key == key)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _require_apart(session: Session, made: Exclusion, actor: Account) -> None:
    """Refuse whoever would decide about themselves."""
    mentees = session.scalars(sa.select(Mentee).where(Mentee.id == made.mentee_id))
    mentors = session.scalars(sa.select(Mentor).where(_mentors_of(made)))
    require(not is_involved(actor, *mentees, *mentors))


def _mentors_of(made: Exclusion) -> sa.ColumnElement[bool]:
    return (Mentor.id == made.mentor_id) | (Mentor.company_id == made.company_id)


def _same(made: Exclusion) -> sa.Select[int]:
    return sa.select(Exclusion.id).where(
        Exclusion.programme_id == made.programme_id,
        Exclusion.mentee_id == made.mentee_id,
        Exclusion.mentor_id.is_not_distinct_from(made.mentor_id),
        Exclusion.company_id.is_not_distinct_from(made.company_id),
    )


def _outdate_proposals(session: Session, made: Exclusion) -> None:
    open_ones = (
        sa.select(Proposal.id)
        .join(Mentor, Mentor.id == Proposal.mentor_id)
        .where(
            Proposal.programme_id == made.programme_id,
            Proposal.mentee_id == made.mentee_id,
            Proposal.state == ProposalState.OPEN,
            _mentors_of(made),
        )
    )
    for proposal in lock(session, Proposal, session.scalars(open_ones).all()):
        proposal.state = ProposalState.STALE
