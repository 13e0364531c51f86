"""Accounts that nobody uses: two reminders, then what they hold is erased (TRUST H1).

Not unused is an account whose owner waits for us or is with somebody: a profile that is read
or in force without an objection, a tandem that is live, or ended not long ago, so that the
follow-up still asks. Whoever has no account of their own is the coordinators' to keep or erase,
and so are the coordinators themselves.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.locales import day_in_words
from tandem.models import (
    LIVE,
    Account,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Role,
    Tandem,
)
from tandem.services.erasing.people import WhoAsked, erase, find_roles
from tandem.services.mails import queue_mail
from tandem.services.programmes import local_day

UNUSED_AFTER = timedelta(days=365)
FIRST_REMINDER = timedelta(days=335)
"""After how long without a sign-in the first reminder leaves."""
BETWEEN_REMINDERS = timedelta(days=21)
AFTER_THE_LAST = UNUSED_AFTER - FIRST_REMINDER - BETWEEN_REMINDERS
"""How long somebody has after the second reminder."""
FOLLOWED_UP = timedelta(days=395)
"""How long after its end a tandem still asks something of its people."""
_WAITS_FOR_US = (ProfileState.SUBMITTED, ProfileState.APPROVED)
_REMINDERS = 2


def remind_unused(session: Session, programme: Programme, instant: datetime) -> int:
    """Remind the owners of accounts that are nearly unused; return how many."""
    due = sa.or_(
        (Account.warnings == 0) & (_used_last() <= instant - FIRST_REMINDER),
        (Account.warnings == 1) & (Account.warned_at <= instant - BETWEEN_REMINDERS),
    )
    found = session.scalars(_unused(programme, instant).where(due)).all()
    for account in found:
        _remind(session, account, programme, instant=instant)
    return len(found)


def erase_unused(session: Session, programme: Programme, instant: datetime) -> int:
    """Erase what the owners of unused accounts are in a programme; return how many people."""
    due = (Account.warnings >= _REMINDERS) & (Account.warned_at <= instant - AFTER_THE_LAST)
    found: Sequence[Account] = session.scalars(
        _unused(programme, instant).where(due, _used_last() <= instant - UNUSED_AFTER)
    ).all()
    return sum(
        erase(session, person, programme=programme, actor=None, asked=WhoAsked.RETENTION)
        for account in found
        for person in find_roles(session, account, programme)
    )


def _remind(session: Session, account: Account, programme: Programme, *, instant: datetime) -> None:
    account.warnings += 1
    account.warned_at = instant
    is_last = account.warnings >= _REMINDERS
    left = AFTER_THE_LAST if is_last else BETWEEN_REMINDERS + AFTER_THE_LAST
    day = local_day(instant + left, programme)
    used = account.seen_at or account.confirmed_at or account.created_at
    queue_mail(
        session,
        "unused_account",
        account,
        programme=programme,
        about=f"{used:%Y%m%d}-{account.warnings}",
        is_last=is_last,
        last_day=day_in_words(day, account.locale),
    )


def _used_last() -> sa.ColumnElement[datetime]:
    return sa.func.coalesce(Account.seen_at, Account.confirmed_at, Account.created_at)


def _unused(programme: Programme, instant: datetime) -> sa.Select[Account]:
    """Return the accounts of a programme's people that nothing anywhere keeps in use."""
    everywhere = sa.select(Membership.id).where(Membership.account_id == Account.id)
    return (
        sa.select(Account)
        .where(
            Account.confirmed_at.is_not(None),
            Account.disabled_at.is_(None),
            everywhere.where(Membership.programme_id == programme.id).exists(),
            ~everywhere.where(Membership.role == Role.COORDINATOR).exists(),
            *(~_is_engaged(model, instant) for model in (Mentor, Mentee)),
        )
        .order_by(Account.id)
    )


def _is_engaged(model: type[Mentor] | type[Mentee], instant: datetime) -> sa.ColumnElement[bool]:
    whose_tandem, whose_profile = (
        (Tandem.mentor_id, Profile.mentor_id)
        if model is Mentor
        else (Tandem.mentee_id, Profile.mentee_id)
    )
    with_somebody = sa.exists().where(
        whose_tandem == model.id,
        Tandem.state.in_(LIVE) | (Tandem.ended_at > instant - FOLLOWED_UP),
    )
    waits = model.objected_at.is_(None) & sa.exists().where(
        whose_profile == model.id, Profile.state.in_(_WAITS_FOR_US)
    )
    return (
        sa.select(model.id)
        .join(Membership, Membership.id == model.membership_id)
        .where(Membership.account_id == Account.id, with_somebody | waits)
        .exists()
    )
