"""Finding check-ins: one's own, those of a tandem, and those that somebody should see to."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.models import (
    Account,
    CheckIn,
    CheckInState,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Side,
    Tandem,
)
from tandem.services.permissions import (
    can_coordinate,
    is_involved,
    is_person,
    require,
    require_known,
)
from tandem.services.tandems.letters import person_on

LOW: Final = 2
"""An answer up to here says that something is not well."""
_WITH_PEOPLE = joinedload(CheckIn.tandem).options(
    joinedload(Tandem.mentor).options(
        joinedload(Mentor.membership).joinedload(Membership.account), joinedload(Mentor.company)
    ),
    joinedload(Tandem.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
)


def get_check_in(session: Session, key: str, *, programme: Programme, actor: Account) -> CheckIn:
    """Return a check-in to whom it asks, or to a coordinator who is neither of the two.

    Raises
    ------
    NotFound
        If there is none that ``actor`` may know of.
    """
    query = (
        sa.select(CheckIn)
        .where(CheckIn.programme_id == programme.id, CheckIn.key == key)
        .options(_WITH_PEOPLE)
    )
    check_in = session.scalars(query).one_or_none()
    require_known(check_in is not None and _can_read(actor, check_in))
    assert check_in is not None  # noqa: S101 - just required
    return check_in


def is_low(check_in: CheckIn) -> bool:
    """Whether a coordinator should see to what was said."""
    return (
        (check_in.going is not None and check_in.going <= LOW)
        or (check_in.helping is not None and check_in.helping <= LOW)
        or check_in.wants_call is True
    )


def list_of(session: Session, tandem: Tandem, *, actor: Account) -> Sequence[CheckIn]:
    """Return all check-ins of a tandem for its coordinators, the last first, mentee before mentor.

    Raises
    ------
    NotAllowed
        If ``actor`` does not coordinate the tandem, or is one of the two.
    """
    require(can_coordinate(actor, tandem.programme_id))
    require(not is_involved(actor, tandem.mentor, tandem.mentee))
    query = (
        sa.select(CheckIn)
        .where(CheckIn.programme_id == tandem.programme_id, CheckIn.tandem_id == tandem.id)
        .order_by(CheckIn.number.desc(), CheckIn.side, CheckIn.id)
    )
    return session.scalars(query).all()


def find_open(session: Session, tandem: Tandem, side: Side) -> CheckIn | None:
    """Return the check-in that one side of a tandem has not answered yet, if there is one."""
    query = (
        sa.select(CheckIn)
        .where(
            CheckIn.programme_id == tandem.programme_id,
            CheckIn.tandem_id == tandem.id,
            CheckIn.side == side,
            CheckIn.state == CheckInState.OPEN,
        )
        .order_by(CheckIn.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def list_waiting(session: Session, programme: Programme, *, actor: Account) -> Sequence[CheckIn]:
    """Return what a coordinator should see to, the oldest first.

    These are low answers that nobody has seen to, and open questions to people who are asked by
    telephone; each with its tandem and the two people. Those of a tandem in which ``actor`` is
    one of the two are not among them.
    """
    is_waiting = CheckIn.attended_at.is_(None) & (
        (CheckIn.going <= LOW) | (CheckIn.helping <= LOW) | CheckIn.wants_call.is_(True)
    )
    query = (
        _with_people(programme, actor)
        .where(
            ((CheckIn.state == CheckInState.ANSWERED) & is_waiting)
            | ((CheckIn.state == CheckInState.OPEN) & _is_called())
        )
        .order_by(sa.func.coalesce(CheckIn.answered_at, CheckIn.created_at), CheckIn.id)
    )
    return session.scalars(query).all()


def _can_read(actor: Account, check_in: CheckIn) -> bool:
    tandem = check_in.tandem
    if is_person(actor, person_on(tandem, check_in.side)):
        return True
    involved = is_involved(actor, tandem.mentor, tandem.mentee)
    return can_coordinate(actor, tandem.programme_id) and not involved


def _is_called() -> sa.ColumnElement[bool]:
    """Whether the person who is asked has no account of their own; they were given the notice."""
    sides = ((Side.MENTOR, Mentor), (Side.MENTEE, Mentee))
    return sa.or_(
        *(
            (CheckIn.side == side)
            & model.informed_at.is_not(None)
            & sa.exists().where(
                Membership.id == model.membership_id,
                Membership.account_id == Account.id,
                Account.confirmed_at.is_(None),
            )
            for side, model in sides
        )
    )


def _with_people(programme: Programme, actor: Account) -> sa.Select[CheckIn]:
    """Return the check-ins that a coordinator may see of people who are still there."""
    require(can_coordinate(actor, programme.id))
    own = [membership.id for membership in actor.memberships]
    return (
        sa.select(CheckIn)
        .join(CheckIn.tandem)
        .join(Tandem.mentor)
        .join(Tandem.mentee)
        .where(
            CheckIn.programme_id == programme.id,
            Mentor.membership_id.not_in(own),
            Mentee.membership_id.not_in(own),
            ((CheckIn.side == Side.MENTOR) & Mentor.erased_at.is_(None))
            | ((CheckIn.side == Side.MENTEE) & Mentee.erased_at.is_(None)),
        )
        .options(_WITH_PEOPLE)
    )
