"""Standings: where things stand for one mentor or mentee, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.models import (
    RUNNING,
    Account,
    CompanyState,
    Membership,
    Mentee,
    Mentor,
    ProfileState,
    Programme,
    Shortlist,
    Tandem,
    TandemState,
)
from tandem.services import shortlists
from tandem.services.profiles import Versions, get_versions

_NEVER_BEGAN = (TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN)
_MOST_SHOWN = 20


class Stage(Enum):
    """How far somebody has come."""

    COMPANY_DECLINED = "company declined"
    DECLINED = "declined"
    TELLING = "telling"
    RETURNED = "returned"
    READING = "reading"
    VETTING = "vetting"
    PAUSED = "paused"
    LOOKING = "looking"
    CHOOSING = "choosing"
    ASKED = "asked"
    SAID_YES = "said yes"
    TOGETHER = "together"


@dataclass(frozen=True)
class Standing:
    """What there is to say about where one person stands."""

    versions: Versions
    tandems: Sequence[Tandem]
    """Those that run or wait for an answer, then those that ended; newest first."""
    shortlist: Shortlist | None = None
    """A mentee's short list, while it can be put in order."""

    @property
    def is_mentor(self) -> bool:
        """Whether it is about a mentor."""
        return isinstance(self.versions.person, Mentor)

    @property
    def stage(self) -> Stage:
        """How far the person has come."""
        return self._of_tandems() or self._of_company() or self._of_profile()

    def has_said_yes(self, tandem: Tandem) -> bool:
        """Whether the person has agreed to ``tandem``."""
        yes_at = tandem.mentor_yes_at if self.is_mentor else tandem.mentee_yes_at
        return yes_at is not None

    def _of_tandems(self) -> Stage | None:
        asked = [each for each in self.tandems if each.state is TandemState.INVITED]
        if any(not self.has_said_yes(tandem) for tandem in asked):
            return Stage.ASKED
        if any(each.state in RUNNING for each in self.tandems):
            return Stage.TOGETHER
        return Stage.SAID_YES if asked else None

    def _of_company(self) -> Stage | None:
        person = self.versions.person
        if isinstance(person, Mentor) and person.company.state in {
            CompanyState.DECLINED,
            CompanyState.LEFT,
        }:
            return Stage.COMPANY_DECLINED
        return None

    def _of_profile(self) -> Stage:
        state = self.versions.current.state
        if self.versions.in_force is not None:
            state = self.versions.in_force.state
        if state is ProfileState.APPROVED and self.shortlist is not None:
            return Stage.CHOOSING
        person = self.versions.person
        waits = isinstance(person, Mentor) and not person.company.is_vetted
        stages = {
            ProfileState.DECLINED: Stage.DECLINED,
            ProfileState.RETURNED: Stage.RETURNED,
            ProfileState.SUBMITTED: Stage.VETTING if waits else Stage.READING,
            ProfileState.PAUSED: Stage.PAUSED,
            ProfileState.APPROVED: Stage.VETTING if waits else Stage.LOOKING,
        }
        return stages.get(state, Stage.TELLING)


def find_running(session: Session, *, actor: Account, programme: Programme) -> Sequence[str]:
    """Return the keys of running tandems in which ``actor`` is one of the two, newest first."""
    ours = [each.id for each in actor.memberships if each.programme_id == programme.id]
    query = (
        sa.select(Tandem.key)
        .join(Mentor, Mentor.id == Tandem.mentor_id)
        .join(Mentee, Mentee.id == Tandem.mentee_id)
        .where(
            Tandem.programme_id == programme.id,
            Tandem.state.in_(RUNNING),
            Mentor.membership_id.in_(ours) | Mentee.membership_id.in_(ours),
        )
        .order_by(Tandem.id.desc())
    )
    return session.scalars(query).all()


def get_standing(session: Session, *, actor: Account, programme: Programme) -> Standing:
    """Return where things stand for ``actor`` in ``programme``.

    Raises
    ------
    NotFound
        If they are neither mentor nor mentee there.
    """
    versions = get_versions(session, actor, programme)
    person = versions.person
    whose = Tandem.mentor_id if isinstance(person, Mentor) else Tandem.mentee_id
    ended = sa.case((Tandem.ended_at.is_(None), 0), else_=1)
    tandems = session.scalars(
        sa.select(Tandem)
        .where(Tandem.programme_id == programme.id, whose == person.id)
        .where(Tandem.state.not_in(_NEVER_BEGAN))
        .order_by(ended, Tandem.id.desc())
        .limit(_MOST_SHOWN)
        .options(
            joinedload(Tandem.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
            joinedload(Tandem.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
        )
    ).all()
    shortlist = shortlists.find_open(session, person) if isinstance(person, Mentee) else None
    return Standing(versions, tandems, shortlist)
