"""Finding what tandems have agreed on, and which have agreed on nothing in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.models import Agreement, AgreementState, Programme, Tandem, TandemState
from tandem.services.programmes import start_of, today
from tandem.services.tandems.finding import WITH_PEOPLE

SIGN_WITHIN: Final = timedelta(days=14)
"""How long after its beginning a tandem may be without an agreement before somebody asks."""
_OPEN: Final = (AgreementState.PROPOSED, AgreementState.IN_FORCE)


@dataclass(frozen=True, kw_only=True)
class Wordings:
    """What a tandem has agreed on, and what one side has proposed since."""

    in_force: Agreement | None = None
    proposed: Agreement | None = None

    @property
    def latest(self) -> Agreement | None:
        """The wording that a next one would start from."""
        return self.proposed or self.in_force

    @property
    def number(self) -> int:
        """The number of the latest wording; 0 where there is none."""
        return self.latest.number if self.latest else 0


def wordings(session: Session, tandem: Tandem) -> Wordings:
    """Return what a tandem has agreed on and what is proposed, with the goals."""
    query = (
        sa.select(Agreement)
        .where(
            Agreement.programme_id == tandem.programme_id,
            Agreement.tandem_id == tandem.id,
            Agreement.state.in_(_OPEN),
        )
        .options(joinedload(Agreement.goals))
    )
    found = {each.state: each for each in session.scalars(query).unique()}
    return Wordings(
        in_force=found.get(AgreementState.IN_FORCE), proposed=found.get(AgreementState.PROPOSED)
    )


def in_force(session: Session, tandem_ids: Iterable[int]) -> Mapping[int, Agreement]:
    """Return the agreement in force of each tandem that has one, without its goals."""
    query = sa.select(Agreement).where(
        Agreement.tandem_id.in_(tuple(tandem_ids)), Agreement.state == AgreementState.IN_FORCE
    )
    return {agreement.tandem_id: agreement for agreement in session.scalars(query)}


def list_unsigned(session: Session, programme: Programme) -> Sequence[Tandem]:
    """Return active tandems that should have agreed by now and have not, the oldest first.

    Whoever calls it has checked who may read it.
    """
    signed = sa.exists().where(
        Agreement.tandem_id == Tandem.id, Agreement.state == AgreementState.IN_FORCE
    )
    still_in_time = start_of(today(programme) - SIGN_WITHIN + timedelta(days=1), programme)
    query = (
        sa.select(Tandem)
        .where(
            Tandem.programme_id == programme.id,
            Tandem.state == TandemState.ACTIVE,
            Tandem.started_at < still_in_time,
            ~signed,
        )
        .order_by(Tandem.started_at, Tandem.id)
        .options(*WITH_PEOPLE)
    )
    return session.scalars(query).all()
