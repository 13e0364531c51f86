"""The mentors of a company: who they are, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.errors import NotFound
from tandem.models import Account, Company, Membership, Mentor, Profile, ProfileState, Programme

_WITH_ACCOUNT = joinedload(Mentor.membership).joinedload(Membership.account)


class Progress(Enum):
    """How far a mentor has come, as colleagues may know it."""

    INVITED = "invited"
    TELLING = "telling"
    READING = "reading"
    TAKING_PART = "taking part"
    NOT_NOW = "not now"
    """On a break, or not taking part: which, is nobody else's concern."""


@dataclass(frozen=True)
class Colleague:
    """A mentor of a company as the others see them."""

    mentor: Mentor
    progress: Progress

    @property
    def is_invited(self) -> bool:
        """Whether nobody has accepted this invitation yet."""
        return self.progress is Progress.INVITED


@dataclass(frozen=True)
class OwnCompany:
    """A company as one of its mentors sees it."""

    company: Company
    me: Mentor
    colleagues: Sequence[Colleague]
    """All of its mentors, the one who asks among them."""

    @property
    def contact(self) -> Mentor | None:
        """Who speaks for the company."""
        return find_contact([each.mentor for each in self.colleagues])

    @property
    def others(self) -> Sequence[Mentor]:
        """The other mentors, without those who have not accepted."""
        return [
            each.mentor
            for each in self.colleagues
            if each.mentor.id != self.me.id and not each.is_invited
        ]

    @property
    def successors(self) -> Sequence[Mentor]:
        """Who else could speak for the company."""
        return [each for each in self.others if can_speak(each)]


def list_mentors(session: Session, company: Company) -> Sequence[Mentor]:
    """Return the mentors of a company with their accounts, the first one first."""
    return session.scalars(
        sa.select(Mentor)
        .where(
            Mentor.programme_id == company.programme_id,
            Mentor.company_id == company.id,
            Mentor.erased_at.is_(None),
        )
        .order_by(Mentor.id)
        .options(_WITH_ACCOUNT)
    ).all()


def find_contact(mentors: Sequence[Mentor]) -> Mentor | None:
    """Return who of them speaks for the company; none after that person was erased."""
    return next((mentor for mentor in mentors if mentor.is_contact), None)


def find_mentor(session: Session, actor: Account, programme: Programme) -> Mentor:
    """Return the mentor that ``actor`` is in ``programme``.

    Raises
    ------
    NotFound
        If they are none there.
    """
    query = (
        sa.select(Mentor)
        .join(Membership, Membership.id == Mentor.membership_id)
        .where(
            Mentor.programme_id == programme.id,
            Mentor.erased_at.is_(None),
            Membership.account_id == actor.id,
        )
        .options(_WITH_ACCOUNT, joinedload(Mentor.company))
    )
    mentor = session.scalars(query).one_or_none()
    if mentor is None:
        raise NotFound
    return mentor


def get_own(session: Session, *, actor: Account, programme: Programme) -> OwnCompany:
    """Return the company whose mentor ``actor`` is, with all of its mentors.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    """
    me = find_mentor(session, actor, programme)
    mentors = list_mentors(session, me.company)
    states = _states(session, me.company)
    colleagues = [Colleague(each, _progress(each, states.get(each.id, set()))) for each in mentors]
    return OwnCompany(me.company, me, colleagues)


def is_invited(mentor: Mentor) -> bool:
    """Whether a colleague invited somebody who has not accepted yet."""
    came = mentor.is_contact or mentor.membership.account.confirmed_at is not None
    return not came and mentor.entered_by_id is None


def can_speak(mentor: Mentor) -> bool:
    """Whether a mentor could speak for the company: whoever can sign in."""
    return mentor.membership.account.can_sign_in


def _states(session: Session, company: Company) -> dict[int | None, set[ProfileState]]:
    query = (
        sa.select(Profile.mentor_id, Profile.state)
        .join(Mentor, Mentor.id == Profile.mentor_id)
        .where(Mentor.programme_id == company.programme_id, Mentor.company_id == company.id)
    )
    found: dict[int | None, set[ProfileState]] = {}
    for mentor_id, state in session.execute(query):
        found.setdefault(mentor_id, set()).add(state)
    return found


def _progress(mentor: Mentor, states: set[ProfileState]) -> Progress:
    if is_invited(mentor):
        return Progress.INVITED
    if mentor.objected_at is not None or ProfileState.PAUSED in states:
        return Progress.NOT_NOW
    if ProfileState.APPROVED in states:
        return Progress.TAKING_PART
    if ProfileState.SUBMITTED in states:
        return Progress.READING
    if states & {ProfileState.DRAFT, ProfileState.RETURNED} or not states:
        return Progress.TELLING
    return Progress.NOT_NOW
