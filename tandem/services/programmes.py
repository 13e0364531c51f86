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
    if not slug.isprintable():
        raise NotFound
    programme = session.scalars(sa.select(Programme).where(Programme.slug == slug)).one_or_none()
    if programme is None:
        raise NotFound
    return programme


def take_turns(session: Session, programme_id: int) -> None:
    """Let nobody else decide in this programme until the transaction ends.

    Decisions touch rows of many tables, each use case in its own order; with this first,
    they cannot wait for one another in a circle. Everything else goes on meanwhile. SQLite
    has one writer at a time anyway.
    """
    session.execute(
        sa.select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True)
    )
