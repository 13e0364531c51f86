"""What one page says of everything that is held about somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.models import (
    Account,
    AuditEvent,
    Look,
    Mail,
    Mentee,
    Mentor,
    Note,
    Profile,
    Programme,
    Proposal,
    Tandem,
)
from tandem.services.looks import list_looks
from tandem.services.mails import is_to
from tandem.services.profiles import get_person

_MOST = 10


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One mail to the person."""

    subject: str
    queued_at: datetime


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything about one person in short; the export holds it in full."""

    person: Mentor | Mentee
    proposals: Sequence[Proposal]
    """The newest suggestions about the person, with their rounds."""
    mails: Sequence[Sent]
    looks: Sequence[Look]
    counts: "Counts"

    @property
    def is_mentor(self) -> bool:
        """Whether it is about a mentor."""
        return isinstance(self.person, Mentor)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much there is of what the page does not list in full."""

    versions: int
    proposals: int
    tandems: int
    mails: int
    notes: int
    events: int


def get_overview(session: Session, *, actor: Account, programme: Programme) -> Overview:
    """Return what a programme holds about ``actor``.

    Raises
    ------
    NotFound
        If they are neither mentor nor mentee there.
    """
    person = get_person(session, actor, programme)
    return Overview(
        person=person,
        proposals=_proposals(session, person),
        mails=_mails(session, person, actor),
        looks=list_looks(session, person, most=_MOST),
        counts=_count(session, person, actor),
    )


def of(person: Mentor | Mentee, model: type[Profile | Proposal | Tandem | Note]) -> sa.Select[int]:
    """Return the ids of a person's rows of one kind."""
    column = model.mentor_id if isinstance(person, Mentor) else model.mentee_id
    return sa.select(model.id).where(model.programme_id == person.programme_id, column == person.id)


def events_of(person: Mentor | Mentee, account: Account) -> sa.ColumnElement[bool]:
    """Whether an entry of the audit trail is about a person or by them, in their programme."""
    subjects: dict[str, Any] = {
        Account.__tablename__: [account.id],
        "memberships": [person.membership_id],
        person.__tablename__: [person.id],
        Profile.__tablename__: of(person, Profile),
    }
    about = [
        (AuditEvent.subject_kind == kind) & AuditEvent.subject_id.in_(ids)
        for kind, ids in subjects.items()
    ]
    here = AuditEvent.programme_id.is_(None) | (AuditEvent.programme_id == person.programme_id)
    return here & sa.or_(AuditEvent.account_id == account.id, *about)


def mails_of(person: Mentor | Mentee, account: Account) -> sa.ColumnElement[bool]:
    """Whether a mail was written to a person, in their programme."""
    return (Mail.programme_id == person.programme_id) & is_to(account)


def _count(session: Session, person: Mentor | Mentee, account: Account) -> Counts:
    asked = {
        "versions": of(person, Profile),
        "proposals": of(person, Proposal),
        "tandems": of(person, Tandem),
        "mails": sa.select(Mail.id).where(mails_of(person, account)),
        "notes": of(person, Note),
        "events": sa.select(AuditEvent.id).where(events_of(person, account)),
    }
    columns = [
        sa.select(sa.func.count()).select_from(query.subquery()).scalar_subquery().label(name)
        for name, query in asked.items()
    ]
    return Counts(**session.execute(sa.select(*columns)).one()._asdict())


def _proposals(session: Session, person: Mentor | Mentee) -> Sequence[Proposal]:
    query = (
        sa.select(Proposal)
        .where(Proposal.id.in_(of(person, Proposal)))
        .options(joinedload(Proposal.round))
        .order_by(Proposal.id.desc())
        .limit(_MOST)
    )
    return session.scalars(query).all()


def _mails(session: Session, person: Mentor | Mentee, account: Account) -> Sequence[Sent]:
    query = (
        sa.select(Mail.subject, Mail.created_at.label("queued_at"))
        .where(mails_of(person, account))
        .order_by(Mail.id.desc())
        .limit(_MOST)
    )
    return [Sent(**row._asdict()) for row in session.execute(query)]
