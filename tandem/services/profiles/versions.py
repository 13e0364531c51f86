"""Which versions of a profile a person has, and which of them is which."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from tandem.errors import NotFound
from tandem.models import Account, Membership, Mentee, Mentor, Profile, ProfileState, Programme
from tandem.models.profiles import IN_FORCE, OPEN
from tandem.services.permissions import can_coordinate, can_write_for, require
from tandem.services.profiles.answers import blank, copy_of

EDITABLE = (ProfileState.DRAFT, ProfileState.RETURNED)


@dataclass(frozen=True)
class Versions:
    """The versions of one person's profile that matter now."""

    person: Mentor | Mentee
    open: Profile | None
    """What is being written or looked at."""
    in_force: Profile | None
    """What counts."""
    declined: Profile | None
    """The last version, where the answer to it was no."""
    last_number: int

    @property
    def current(self) -> Profile:
        """What the person sees as their profile; nothing of it may be saved yet."""
        return self.open or self.in_force or self.declined or blank(self.person)

    @property
    def can_edit(self) -> bool:
        """Whether the person may change their answers now."""
        if self.open is not None:
            return self.open.state in EDITABLE
        return self.in_force is not None or self.declined is None

    def to_edit(self) -> Profile:
        """Return the version that changes go into; not saved where it is only just begun."""
        if self.open is not None:
            return self.open
        if self.in_force is not None:
            return copy_of(self.in_force, number=self.last_number + 1)
        begun = blank(self.person)
        begun.number = self.last_number + 1
        return begun


def get_person(session: Session, actor: Account, programme: Programme) -> Mentor | Mentee:
    """Return whom ``actor`` is in ``programme``; whoever is both, as a mentor.

    Raises
    ------
    NotFound
        If they are neither.
    """
    return (
        session.scalars(
            sa.select(Mentor)
            .join(Mentor.membership)
            .where(Mentor.programme_id == programme.id, Membership.account_id == actor.id)
            .where(Mentor.erased_at.is_(None))
            .options(joinedload(Mentor.company), joinedload(Mentor.membership))
        ).one_or_none()
        or session.scalars(
            sa.select(Mentee)
            .join(Mentee.membership)
            .where(Mentee.programme_id == programme.id, Membership.account_id == actor.id)
            .where(Mentee.erased_at.is_(None))
            .options(joinedload(Mentee.membership))
        ).one_or_none()
        or _nobody()
    )


def _nobody() -> Mentor:
    raise NotFound


def get_entered(
    session: Session, actor: Account, programme: Programme, *, key: str
) -> Mentor | Mentee:
    """Return somebody whose profile ``actor`` may write for them.

    Raises
    ------
    NotFound
        If the programme has no such person.
    NotAllowed
        If the person writes it themselves.
    """
    require(can_coordinate(actor, programme.id))
    found = session.execute(
        sa.select(Mentor, Mentee)
        .select_from(Membership)
        .outerjoin(Mentor, Mentor.membership_id == Membership.id)
        .outerjoin(Mentee, Mentee.membership_id == Membership.id)
        .where(Membership.programme_id == programme.id)
        .where((Mentor.key == key) | (Mentee.key == key))
        .options(
            joinedload(Mentor.company),
            *(
                joinedload(person.membership).joinedload(Membership.account)
                for person in (Mentor, Mentee)
            ),
        )
    ).one_or_none()
    person = next((each for each in found or () if each is not None), None) or _nobody()
    require(can_write_for(actor, person))
    return person


def get_versions(
    session: Session, actor: Account, programme: Programme, *, about: str = ""
) -> Versions:
    """Return the versions of ``actor``'s own profile, or of somebody whom staff entered.

    ``about`` is the key of such a person; without it, it is about ``actor``.

    Raises
    ------
    NotFound
        If they are neither mentor nor mentee there.
    NotAllowed
        If ``actor`` may not write for the person.
    """
    person = (
        get_entered(session, actor, programme, key=about)
        if about
        else get_person(session, actor, programme)
    )
    whose = Profile.mentor_id if isinstance(person, Mentor) else Profile.mentee_id
    found = session.scalars(
        sa.select(Profile)
        .where(Profile.programme_id == programme.id, whose == person.id)
        .where(Profile.state.not_in([ProfileState.REPLACED]))
        .order_by(Profile.number, Profile.id)
        .options(selectinload(Profile.language_skills))
    ).all()
    last = found[-1] if found else None
    return Versions(
        person=person,
        open=next((each for each in found if each.state in OPEN), None),
        in_force=next((each for each in found if each.state in IN_FORCE), None),
        declined=last if last is not None and last.state is ProfileState.DECLINED else None,
        last_number=last.number if last is not None else 0,
    )
