"""Programmes: finding them, and making one."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.errors import NotFound
from tandem.models import Programme


def list_programmes(session: Session) -> Sequence[Programme]:
    """Return all programmes, by name."""
    return session.scalars(sa.select(Programme).order_by(Programme.name, Programme.id)).all()


def get_programme(session: Session, slug: str) -> Programme:
    """Return the programme under ``slug``.

    Raises
    ------
    NotFound
        If there is none.
    """
    programme = session.scalars(sa.select(Programme).where(Programme.slug == slug)).one_or_none()
    if programme is None:
        raise NotFound
    return programme
