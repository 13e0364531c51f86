"""What is kept about a mentor or mentee apart from the account: what goes, what is emptied."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import lock
from tandem.models import (
    Adjustment,
    Company,
    CompanyState,
    Distinction,
    Exclusion,
    LanguageSkill,
    Look,
    Mentee,
    Mentor,
    Note,
    Profile,
    ProfileState,
    Shortlist,
    SnapshotPerson,
    Tandem,
    Todo,
)
from tandem.models.profiles import PROFILE_MOVES
from tandem.services import audit
from tandem.services.erasing.accounts import NO_NAME

KEPT = {
    "id", "key", "programme_id", "created_at", "side", "mentor_id", "mentee_id", "number",
    "state", "submitted_at", "version",
}  # fmt: skip
"""What stays of a version of a profile; everything else is emptied, whatever is added later."""


def drop_traces(session: Session, person: Mentor | Mentee) -> None:
    """Delete notes, to-dos, looks, wishes, exclusions; empty profiles; cut links of rounds."""
    name = "mentor_id" if isinstance(person, Mentor) else "mentee_id"
    for model in (Note, Look, Exclusion):
        session.execute(sa.delete(model).where(getattr(model, name) == person.id))
    theirs = sa.select(Tandem.id).where(getattr(Tandem, name) == person.id)
    for about in (Note, Todo):
        session.execute(sa.delete(about).where(about.tandem_id.in_(theirs)))
    for column in (Distinction.one_id, Distinction.other_id):
        session.execute(sa.delete(Distinction).where(column == person.membership_id))
    if isinstance(person, Mentor):
        person.is_contact = False
    else:
        session.execute(sa.delete(Shortlist).where(Shortlist.mentee_id == person.id))
    _empty_reasons(session, getattr(Adjustment, name) == person.id)
    profiles = sa.select(Profile.id).where(getattr(Profile, name) == person.id)
    session.execute(
        sa.update(SnapshotPerson)
        .where(SnapshotPerson.profile_id.in_(profiles))
        .values(profile_id=None)
    )
    session.execute(sa.delete(LanguageSkill).where(LanguageSkill.profile_id.in_(profiles)))
    _empty_profiles(session, getattr(Profile, name) == person.id)


def blank_company(session: Session, mentor: Mentor) -> None:
    """Empty a company once nobody of it is left; what was vetted leaves with its last mentor.

    A company of one person often bears that person's name. Where others are left it stays.
    """
    left = sa.select(Mentor.id).where(
        Mentor.company_id == mentor.company_id, Mentor.erased_at.is_(None)
    )
    if session.scalar(sa.select(left.exists())) is True:
        return
    session.execute(sa.delete(Note).where(Note.company_id == mentor.company_id))
    [company] = lock(session, Company, [mentor.company_id])
    if company.state is CompanyState.VETTED:
        company.state = CompanyState.LEFT
        audit.record(session, "leave_as_company", company, actor=None)
    company.name = NO_NAME
    for name in ("phone", "website", "vacancies", "decision_reason"):
        setattr(company, name, "")
    session.flush()


def _empty_reasons(session: Session, theirs: sa.ColumnElement[bool]) -> None:
    """Write adjustments anew without what was written beside them: the rows themselves are fixed.

    Reasons of decisions cannot be written anew, since tandems rest on them.
    """
    query = sa.select(Adjustment).where(theirs, Adjustment.reason != "").order_by(Adjustment.id)
    kept = [column.key for column in sa.inspect(Adjustment).column_attrs]
    for row in session.scalars(query).all():
        values = {name: getattr(row, name) for name in kept if name != "reason"}
        session.delete(row)
        session.flush()
        session.add(Adjustment(**values))
        session.flush()


def _empty_profiles(session: Session, theirs: sa.ColumnElement[bool]) -> None:
    columns = [each for each in Profile.__table__.columns if each.name not in KEPT]
    leaving = [state for state, after in PROFILE_MOVES.items() if ProfileState.WITHDRAWN in after]
    session.execute(
        sa.update(Profile)
        .where(theirs, Profile.state.in_(leaving))
        .values(state=ProfileState.WITHDRAWN)
    )
    emptied = {each.name: _empty(each) for each in columns}
    session.execute(sa.update(Profile).where(theirs).values(**emptied, version=Profile.version + 1))


def _empty(column: sa.ColumnElement[Any]) -> object:
    """Return what a column holds of somebody who has said nothing."""
    if column.nullable:
        return None
    if isinstance(column.type, sa.JSON):
        return []
    assert column.default is not None  # noqa: S101 - what is asked of people has a default
    return column.default.arg
