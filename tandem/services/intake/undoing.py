"""Undoing a whole import on the day it was taken, while nobody has done anything with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import (
    Account,
    Adjustment,
    AuditEvent,
    Company,
    Distinction,
    Exclusion,
    Import,
    ImportState,
    Look,
    Mail,
    Membership,
    Mentee,
    Mentor,
    Merge,
    Note,
    Profile,
    Programme,
    Proposal,
    Shortlist,
    SnapshotPerson,
    Tandem,
    Token,
)
from tandem.services import audit
from tandem.services.intake.lists import hold

_Column: TypeAlias = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
_AT_ONCE = 500
"""How many ids go into one statement."""


class TooLate(Conflict):
    """The import was taken on another day, or somebody of it has begun to take part."""


def can_undo(session: Session, import_: Import, *, programme: Programme) -> bool:
    """Whether an import was taken today, so that it may still be undone."""
    if import_.state is not ImportState.TAKEN:
        return False
    taken_at = _taken_at(session, import_)
    zone = ZoneInfo(programme.zone)
    return taken_at is not None and (
        taken_at.astimezone(zone).date() == now().astimezone(zone).date()
    )


@dataclass(frozen=True, kw_only=True)
class _Brought:
    """Ids of what an import brought."""

    mentees: Sequence[int]
    mentors: Sequence[int]
    companies: Sequence[int]
    notes: Sequence[int]
    accounts: Sequence[int]


def undo(session: Session, key: str, *, programme: Programme, actor: Account) -> None:
    """Remove everything that an import brought, and the import itself.

    Raises
    ------
    TooLate
        If it was not taken today, or somebody of it took over their account, was in a round
        or is needed by what was written since.
    """
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor)
        if not can_undo(session, import_, programme=programme):
            raise TooLate
        brought = _brought(session, import_)
        if _is_used(session, brought):
            raise TooLate
        _remove_people(session, brought)
        _remove_accounts(session, brought.accounts)
        _remove(session, brought.companies, by=Company.id)
        details: dict[str, int | str] = {"people": len(brought.accounts)}
        audit.record(session, "undo_import", import_, actor=actor, details=details)
        session.delete(import_)


def _taken_at(session: Session, import_: Import) -> datetime | None:
    query = sa.select(AuditEvent.created_at).where(
        AuditEvent.subject_kind == Import.__tablename__,
        AuditEvent.subject_id == import_.id,
        AuditEvent.action == "take_import",
    )
    return session.scalar(query)


def _brought(session: Session, import_: Import) -> _Brought:
    """Return what an import brought: the trail of its taking says so."""
    query = (
        sa.select(AuditEvent.subject_kind, AuditEvent.subject_id)
        .where(
            AuditEvent.programme_id == import_.programme_id,
            AuditEvent.action.in_(["import_mentee", "import_mentor", "import_company", "add_note"]),
            AuditEvent.details["import"].as_integer() == import_.id,
        )
        .order_by(AuditEvent.id)
    )
    by_table: dict[str, list[int]] = {}
    for kind, id_ in session.execute(query):
        by_table.setdefault(kind, []).append(id_)
    mentees, mentors = by_table.get("mentees", []), by_table.get("mentors", [])
    of_mentees = _ids(session, Mentee.membership_id, {Mentee.id: mentees})
    of_mentors = _ids(session, Mentor.membership_id, {Mentor.id: mentors})
    memberships = {Membership.id: [*of_mentees, *of_mentors]}
    return _Brought(
        mentees=mentees,
        mentors=mentors,
        companies=by_table.get("companies", []),
        notes=by_table.get("notes", []),
        accounts=_ids(session, Membership.account_id, memberships),
    )


def _is_used(session: Session, brought: _Brought) -> bool:
    """Whether somebody has begun to take part, or something else rests on what was brought."""
    by_mentee = (Proposal.mentee_id, Tandem.mentee_id, Shortlist.mentee_id, Adjustment.mentee_id,
                 Exclusion.mentee_id, Merge.kept_mentee_id, Merge.gone_mentee_id)  # fmt: skip
    by_mentor = (Proposal.mentor_id, Tandem.mentor_id, Adjustment.mentor_id,
                 Exclusion.mentor_id, Merge.kept_mentor_id, Merge.gone_mentor_id)  # fmt: skip
    profiles = {Profile.mentee_id: brought.mentees, Profile.mentor_id: brought.mentors}
    rests_on: list[tuple[_Column, Sequence[int]]] = [
        *((column, brought.mentees) for column in by_mentee),
        *((column, brought.mentors) for column in by_mentor),
        (Exclusion.company_id, brought.companies),
        (SnapshotPerson.profile_id, _ids(session, Profile.id, profiles)),
    ]
    return (
        any(_is_any(session, column.in_(part)) for column, ids in rests_on for part in _parts(ids))
        or _is_taken_over(session, brought)
        or _has_others(session, brought)
    )


def _is_any(session: Session, *conditions: sa.ColumnElement[bool]) -> bool:
    return session.scalar(sa.select(sa.exists().where(*conditions))) is True


def _is_taken_over(session: Session, brought: _Brought) -> bool:
    confirmed = Account.confirmed_at.is_not(None)
    return any(
        _is_any(session, Account.id.in_(part), confirmed) for part in _parts(brought.accounts)
    )


def _has_others(session: Session, brought: _Brought) -> bool:
    """Whether a company that was brought has got mentors from elsewhere."""
    theirs = _ids(session, Mentor.id, {Mentor.company_id: brought.companies})
    return not set(theirs) <= set(brought.mentors)


def _remove_people(session: Session, brought: _Brought) -> None:
    for model in (Note, Look, Profile):
        _remove(session, brought.mentees, by=model.mentee_id)
        _remove(session, brought.mentors, by=model.mentor_id)
    _remove(session, brought.companies, by=Note.company_id)
    _remove(session, brought.notes, by=Note.id)
    _remove(session, brought.mentees, by=Mentee.id)
    _remove(session, brought.mentors, by=Mentor.id)


def _remove_accounts(session: Session, accounts: Sequence[int]) -> None:
    """Remove accounts that were made for the people, and mails to them, those that left too."""
    memberships = _ids(session, Membership.id, {Membership.account_id: accounts})
    for column in (Distinction.one_id, Distinction.other_id):
        _remove(session, memberships, by=column)
    for part in _parts(_ids(session, Token.id, {Token.account_id: accounts})):
        session.execute(sa.delete(Mail).where(Mail.token_id.in_(part)))
    _remove(session, accounts, by=Membership.account_id)
    _remove(session, accounts, by=Account.id)


def _remove(session: Session, ids: Sequence[int], *, by: _Column) -> None:
    for part in _parts(ids):
        session.execute(
            sa.delete(by.class_).where(by.in_(part)).execution_options(synchronize_session=False)
        )


def _ids(
    session: Session,
    wanted: InstrumentedAttribute[int],
    where: Mapping[Any, Sequence[int]],
) -> list[int]:
    return [
        found
        for column, ids in where.items()
        for part in _parts(ids)
        for found in session.scalars(sa.select(wanted).where(column.in_(part)))
    ]


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
