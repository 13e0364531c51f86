"""Finding outcomes: those that wait for an answer, those of one tandem."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from tandem.errors import NotFound
from tandem.models import Account, Mentee, Outcome, Programme, Tandem
from tandem.services.permissions import can_coordinate, is_person, require, require_known
from tandem.services.programmes import today
from tandem.services.tandems.finding import WITH_PEOPLE


def list_open_outcomes(
    session: Session, programme: Programme, *, actor: Account
) -> Sequence[Outcome]:
    """Return the outcomes that nobody has told yet, the oldest first, with their people."""
    require(can_coordinate(actor, programme.id))
    query = (
        _with_people()
        .where(
            Outcome.programme_id == programme.id,
            Outcome.answered_at.is_(None),
            Outcome.due_on <= today(programme),
            Mentee.erased_at.is_(None),
        )
        .order_by(Outcome.due_on, Outcome.id)
    )
    return session.scalars(query).all()


def outcomes_of(session: Session, tandem: Tandem) -> Sequence[Outcome]:
    """Return what was asked so far about one tandem, by months."""
    query = (
        sa.select(Outcome)
        .where(Outcome.programme_id == tandem.programme_id, Outcome.tandem_id == tandem.id)
        .order_by(Outcome.months)
    )
    return session.scalars(query).all()


def get_outcome(session: Session, key: str, *, programme: Programme, actor: Account) -> Outcome:
    """Return one outcome to the mentee whom it is about, or to a coordinator.

    Raises
    ------
    NotFound
        If there is none that ``actor`` may know of.
    """
    query = _with_people().where(Outcome.programme_id == programme.id, Outcome.key == key)
    outcome = session.scalars(query).one_or_none()
    if outcome is None:
        raise NotFound
    mentee = outcome.tandem.mentee
    require_known(is_person(actor, mentee) or can_coordinate(actor, programme.id))
    return outcome


def _with_people() -> sa.Select[Outcome]:
    return (
        sa.select(Outcome)
        .join(Tandem, Tandem.id == Outcome.tandem_id)
        .join(Mentee, Mentee.id == Tandem.mentee_id)
        .options(contains_eager(Outcome.tandem).options(*WITH_PEOPLE))  # type: ignore[arg-type]  # these nest
    )
