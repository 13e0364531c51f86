"""Merging: two entries turn out to be one person, and a coordinator says which one stays."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict
from tandem.models import (
    LIVE,
    Account,
    Distinction,
    Exclusion,
    Mentee,
    Mentor,
    Merge,
    Note,
    Profile,
    ProfileState,
    Programme,
    SignIn,
    Tandem,
)
from tandem.models.profiles import IN_FORCE, OPEN
from tandem.services import audit
from tandem.services.leaving import leave_rounds
from tandem.services.people import Person, get_person
from tandem.services.permissions import is_involved, require
from tandem.services.programmes import take_turns


class Unmergeable(Conflict):
    """The two cannot become one; ``code`` says why.

    ``not_two``: they are not two entries of one side. ``merged``: one was merged already.
    ``live``: the entry that would go is in a live tandem. ``contact``: it speaks for another
    company.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def merge(
    session: Session, kept_key: str, gone_key: str, *, programme: Programme, actor: Account
) -> Person:
    """Make two entries one person, and return the one that stays.

    The profile of the other is withdrawn, its notes and exclusions move, and its account is
    closed unless something else hangs on it. Past tandems stay where they were.

    Raises
    ------
    NotFound
        If the programme has no such people.
    NotAllowed
        If ``actor`` is one of them.
    Unmergeable
        If the two cannot become one as things are.
    """
    with transaction(session):
        take_turns(session, programme.id)
        kept = get_person(session, kept_key, programme=programme, actor=actor)
        gone = get_person(session, gone_key, programme=programme, actor=actor)
        require(not is_involved(actor, kept.who, gone.who))
        if kept.side is not gone.side or kept.who.id == gone.who.id:
            raise Unmergeable("not_two")
        lock(session, type(kept.who), [kept.who.id, gone.who.id])
        _check(session, kept.who, gone.who)
        leave_rounds(session, gone.who)
        _withdraw(session, gone, actor=actor)
        _move(session, kept.who, gone.who)
        _close_account(session, gone.who)
        _record(session, kept.who, gone.who, actor=actor)
    return kept


def _check(session: Session, kept: Mentor | Mentee, gone: Mentor | Mentee) -> None:
    is_mentor = isinstance(gone, Mentor)
    column = Merge.gone_mentor_id if is_mentor else Merge.gone_mentee_id
    merged = sa.select(Merge.id).where(column.in_([kept.id, gone.id]))
    if session.scalar(sa.select(merged.exists())) is True:
        raise Unmergeable("merged")
    theirs = Tandem.mentor_id if is_mentor else Tandem.mentee_id
    live = sa.select(Tandem.id).where(theirs == gone.id, Tandem.state.in_(LIVE))
    if session.scalar(sa.select(live.exists())) is True:
        raise Unmergeable("live")
    if isinstance(gone, Mentor) and isinstance(kept, Mentor) and gone.is_contact:
        if gone.company_id != kept.company_id:
            raise Unmergeable("contact")
        gone.is_contact = False
        session.flush()
        kept.is_contact = True


def _withdraw(session: Session, gone: Person, *, actor: Account) -> None:
    lock(session, Profile, [version.id for version in gone.versions])
    for version in gone.versions:
        if version.state in (*OPEN, *IN_FORCE):
            version.state = ProfileState.WITHDRAWN
            audit.record(session, "withdraw_profile", version, actor=actor)


def _move(session: Session, kept: Mentor | Mentee, gone: Mentor | Mentee) -> None:
    """Move notes and exclusions, each once; who was told apart from the other is not any more."""
    name = "mentor_id" if isinstance(gone, Mentor) else "mentee_id"
    session.execute(sa.update(Note).where(getattr(Note, name) == gone.id).values({name: kept.id}))
    ours = sa.select(Exclusion).where(getattr(Exclusion, name).in_([kept.id, gone.id]))
    found = session.scalars(ours.order_by(Exclusion.id)).all()
    known = {_other(each, name) for each in found if getattr(each, name) == kept.id}
    for each in found:
        if getattr(each, name) == kept.id:
            continue
        if _other(each, name) in known:
            session.delete(each)
        else:
            setattr(each, name, kept.id)
    theirs = Distinction.one_id, Distinction.other_id
    session.execute(
        sa.delete(Distinction).where(sa.or_(*(each == gone.membership_id for each in theirs)))
    )
    session.flush()


def _other(exclusion: Exclusion, name: str) -> tuple[int | None, int | None]:
    if name == "mentor_id":
        return exclusion.mentee_id, None
    return exclusion.mentor_id, exclusion.company_id


def _close_account(session: Session, gone: Mentor | Mentee) -> None:
    account = gone.membership.account
    if len(account.memberships) > 1:
        return
    account.disabled_at = account.disabled_at or now()
    session.execute(sa.delete(SignIn).where(SignIn.account_id == account.id))


def _record(
    session: Session, kept: Mentor | Mentee, gone: Mentor | Mentee, *, actor: Account
) -> None:
    side = "mentor" if isinstance(gone, Mentor) else "mentee"
    row = Merge(
        programme_id=gone.programme_id,
        account_id=actor.id,
        **{f"kept_{side}_id": kept.id, f"gone_{side}_id": gone.id},
    )
    session.add(row)
    audit.record(session, "merge", row, actor=actor, details={"kept": kept.id, "gone": gone.id})
