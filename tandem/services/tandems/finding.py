"""Finding tandems: one for those whom it concerns, all for the coordinator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from tandem.db import lock
from tandem.models import (
    RUNNING,
    Account,
    AuditEvent,
    Decision,
    Membership,
    Mentee,
    Mentor,
    Profile,
    Programme,
    Proposal,
    Side,
    Tandem,
    TandemState,
)
from tandem.services.permissions import (
    can_coordinate,
    can_read_tandem,
    is_person,
    require,
    require_known,
)

PAGE_SIZE = 50
ANSWERED = ("accept_invitation", "decline_invitation")
ENDED = ("end_early",)
"""What the audit trail says of answers, and of an end, that people or coordinators wrote down."""
BY_STAFF = "staff"
"""What the audit trail says of an answer that a coordinator wrote down for somebody."""
WITH_PEOPLE: tuple[ORMOption, ...] = (
    joinedload(Tandem.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
    joinedload(Tandem.mentor).joinedload(Mentor.company),
    joinedload(Tandem.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
    joinedload(Tandem.decision).joinedload(Decision.account),
)
_WITH_REASONS: tuple[ORMOption, ...] = tuple(
    joinedload(Tandem.decision)
    .joinedload(Decision.proposal)
    .joinedload(profile)
    .joinedload(Profile.language_skills)
    for profile in (Proposal.mentor_profile, Proposal.mentee_profile)
)


class View(Enum):
    """Which tandems a coordinator wants to see together."""

    WAITING = "waiting"
    RUNNING = "running"
    OVER = "over"

    @property
    def states(self) -> tuple[TandemState, ...]:
        """The states of the tandems in it."""
        return _STATES[self]


_STATES = {
    View.WAITING: (TandemState.INVITED,),
    View.RUNNING: RUNNING,
    View.OVER: (
        TandemState.COMPLETED,
        TandemState.ENDED_EARLY,
        TandemState.DECLINED,
        TandemState.EXPIRED,
        TandemState.WITHDRAWN,
    ),
}
_ORDER: dict[View, sa.UnaryExpression[Any]] = {
    View.WAITING: Tandem.expires_at.asc(),
    View.RUNNING: Tandem.started_at.desc(),
    View.OVER: Tandem.ended_at.desc(),
}


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One page of a programme's tandems, and how many there are of each kind."""

    tandems: Sequence[Tandem]
    counts: Mapping[View, int]
    view: View
    page: int

    @property
    def pages(self) -> int:
        """How many pages this view has, at least one."""
        return max(1, -(-self.counts[self.view] // PAGE_SIZE))


def list_tandems(
    session: Session, programme: Programme, *, actor: Account, view: View | None, page: int = 1
) -> Listing:
    """Return one page of tandems, those whose time runs out first before all others.

    Without a view it is that of invitations that wait for answers, or, if none does, of tandems
    that run.
    """
    require(can_coordinate(actor, programme.id))
    counts = _count_views(session, programme)
    if view is None:
        view = View.WAITING if counts[View.WAITING] else View.RUNNING
    page = min(max(page, 1), max(1, -(-counts[view] // PAGE_SIZE)))
    query = (
        sa.select(Tandem)
        .where(Tandem.programme_id == programme.id, Tandem.state.in_(view.states))
        .order_by(_ORDER[view], Tandem.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
        .options(*WITH_PEOPLE)
    )
    return Listing(
        tandems=session.scalars(query).all(),
        counts=counts,
        view=view,
        page=page,
    )


def _count_views(session: Session, programme: Programme) -> dict[View, int]:
    query = (
        sa.select(Tandem.state, sa.func.count().label("places"))
        .where(Tandem.programme_id == programme.id)
        .group_by(Tandem.state)
    )
    found = {row.state: row.places for row in session.execute(query)}
    return {view: sum(found.get(state, 0) for state in view.states) for view in View}


def get_tandem(session: Session, key: str, *, programme: Programme, actor: Account) -> Tandem:
    """Return a tandem to one of the two, or to who coordinates them, with all that they see.

    Raises
    ------
    NotFound
        If there is none that ``actor`` may know of.
    """
    query = (
        sa.select(Tandem)
        .where(Tandem.programme_id == programme.id, Tandem.key == key)
        .options(*WITH_PEOPLE, *_WITH_REASONS)
    )
    tandem = session.scalars(query).unique().one_or_none()
    require_known(tandem is not None and can_read_tandem(actor, tandem))
    assert tandem is not None  # noqa: S101 - just required
    return tandem


def hold_tandem(session: Session, key: str, *, programme: Programme, actor: Account) -> Tandem:
    """Return a tandem as :func:`get_tandem` does, held until the transaction ends.

    The row is locked first, then what belongs to it is read.
    """
    query = sa.select(Tandem.id).where(Tandem.programme_id == programme.id, Tandem.key == key)
    lock(session, Tandem, session.scalars(query).all())
    return get_tandem(session, key, programme=programme, actor=actor)


def side_of(actor: Account, tandem: Tandem) -> Side | None:
    """Return on which side of a tandem ``actor`` is; none: on neither."""
    if is_person(actor, tandem.mentor):
        return Side.MENTOR
    return Side.MENTEE if is_person(actor, tandem.mentee) else None


def who_wrote_down(
    session: Session, tandem: Tandem, actions: Sequence[str] = ANSWERED
) -> Mapping[Side, str]:
    """Return who of the staff wrote down what a side said, where they did not say it themselves."""
    query = (
        sa.select(AuditEvent.details, Account.first_name, Account.last_name)
        .join(Account, Account.id == AuditEvent.account_id)
        .where(
            AuditEvent.programme_id == tandem.programme_id,
            AuditEvent.subject_kind == Tandem.__tablename__,
            AuditEvent.subject_id == tandem.id,
            AuditEvent.action.in_(actions),
        )
        .order_by(AuditEvent.id)
    )
    return {
        Side(row.details["side"]): f"{row.first_name} {row.last_name}"
        for row in session.execute(query)
        if row.details.get("by") == BY_STAFF
    }


def who_declined(session: Session, tandem: Tandem) -> Side | None:
    """Return which side said no; only the coordinator may be told."""
    query = sa.select(AuditEvent.details).where(
        AuditEvent.programme_id == tandem.programme_id,
        AuditEvent.subject_kind == Tandem.__tablename__,
        AuditEvent.subject_id == tandem.id,
        AuditEvent.action == "decline_invitation",
    )
    details = session.scalars(query).one_or_none()
    return Side(details["side"]) if details else None
