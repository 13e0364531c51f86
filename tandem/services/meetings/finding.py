"""Finding the meetings of a tandem, sorted by what is to be done about them."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from tandem.clock import now
from tandem.models import (
    Account,
    Company,
    Meeting,
    MeetingState,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Side,
    Tandem,
)
from tandem.services.permissions import can_read_tandem, require, require_known
from tandem.services.tandems import get_tandem, voices

PLANNED = (MeetingState.PROPOSED, MeetingState.ACCEPTED)
WRITTEN_DOWN = (MeetingState.HELD, MeetingState.MISSED)
WITH_PEOPLE: tuple[ORMOption, ...] = (
    joinedload(Meeting.tandem)
    .joinedload(Tandem.mentor)
    .joinedload(Mentor.membership)
    .joinedload(Membership.account),
    joinedload(Meeting.tandem)
    .joinedload(Tandem.mentor)
    .joinedload(Mentor.company)
    .load_only(Company.name),
    joinedload(Meeting.tandem)
    .joinedload(Tandem.mentee)
    .joinedload(Mentee.membership)
    .joinedload(Membership.account),
)


@dataclass(frozen=True, kw_only=True)
class Diary:
    """The meetings of one tandem; what was called off is not among them."""

    upcoming: Sequence[Meeting]
    """Proposed or accepted, and yet to come: the next one first."""
    asked: Sequence[Meeting]
    """Proposed or accepted, and begun: whether they took place is still to be said."""
    past: Sequence[Meeting]
    """Held or missed, the latest first."""

    @property
    def held(self) -> int:
        """How often the two met."""
        return sum(meeting.state is MeetingState.HELD for meeting in self.past)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever planned or written down."""
        return not (self.upcoming or self.asked or self.past)


def diary(session: Session, tandem: Tandem) -> Diary:
    """Return the meetings of a tandem."""
    query = (
        sa.select(Meeting)
        .where(Meeting.tandem_id == tandem.id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    found = session.scalars(query).all()
    planned = [each for each in found if each.state in PLANNED]
    return Diary(
        upcoming=[each for each in reversed(planned) if not has_begun(each)],
        asked=[each for each in planned if has_begun(each)],
        past=[each for each in found if each.state in WRITTEN_DOWN],
    )


def has_begun(meeting: Meeting) -> bool:
    """Whether the time of a meeting has come."""
    return meeting.starts_at <= now()


def get_meeting(session: Session, key: str, *, programme: Programme, actor: Account) -> Meeting:
    """Return a meeting, with the two, to one of them or to who coordinates them.

    Raises
    ------
    NotFound
        If there is none that ``actor`` may know of.
    """
    query = (
        sa.select(Meeting)
        .where(Meeting.programme_id == programme.id, Meeting.key == key)
        .options(*WITH_PEOPLE)
    )
    meeting = session.scalars(query).one_or_none()
    require_known(meeting is not None and can_read_tandem(actor, meeting.tandem))
    assert meeting is not None  # noqa: S101 - just required
    return meeting


def get_pair(session: Session, key: str, *, programme: Programme, actor: Account) -> Tandem:
    """Return a tandem that has begun, to one of the two or to who coordinates them.

    Raises
    ------
    NotFound
        If there is none that ``actor`` may know of.
    """
    tandem = get_tandem(session, key, programme=programme, actor=actor)
    require_known(tandem.shows_contact_data)
    return tandem


def required_voices(actor: Account, tandem: Tandem) -> tuple[Side, ...]:
    """Return the sides for which ``actor`` may speak: their own, or those who are called.

    Raises
    ------
    NotAllowed
        If for none.
    """
    sides = voices(actor, tandem)
    require(bool(sides))
    return sides
