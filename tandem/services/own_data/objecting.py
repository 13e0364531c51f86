"""Objecting to being matched, which acts at once, and taking it back (GDPR, Art. 21)."""

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import NotFound
from tandem.models import Account, Mentee, Mentor, Programme
from tandem.services import audit
from tandem.services.erasing import ROLES, find_roles
from tandem.services.leaving import leave_rounds
from tandem.services.own_data.asked_for import whose
from tandem.services.programmes import take_turns


def object_to_matching(
    session: Session, *, actor: Account, programme: Programme, about: str = ""
) -> None:
    """Take part in no round from now on: open proposals go stale, trials are laid aside.

    Tandems go on, and invitations wait for an answer as before. Twice is once. ``about`` is the
    key of whom a coordinator writes it down for.

    Raises
    ------
    NotFound
        If ``actor`` is neither mentor nor mentee of the programme, or there is no such person.
    NotAllowed
        If ``actor`` may not do it for them.
    """
    with transaction(session):
        for person in _held(session, actor, programme, about=about):
            if person.objected_at is None:
                person.objected_at = now()
                stale = leave_rounds(session, person)
                details: dict[str, int | str] = {"proposals": stale}
                audit.record(session, "object_to_matching", person, actor=actor, details=details)


def take_objection_back(
    session: Session, *, actor: Account, programme: Programme, about: str = ""
) -> None:
    """Take part in rounds again; what went stale stays so. ``about`` is as for objecting.

    Raises
    ------
    NotFound, NotAllowed
        As :func:`object_to_matching` does.
    """
    with transaction(session):
        for person in _held(session, actor, programme, about=about):
            if person.objected_at is not None:
                person.objected_at = None
                audit.record(session, "take_objection_back", person, actor=actor)


def _held(
    session: Session, actor: Account, programme: Programme, *, about: str
) -> list[Mentor | Mentee]:
    take_turns(session, programme.id)
    owner = whose(session, actor, programme, about=about)
    roles = find_roles(session, owner, programme)
    if not roles:
        raise NotFound
    held: list[Mentor | Mentee] = []
    for model in ROLES:
        ids = [each.id for each in roles if isinstance(each, model)]
        held.extend(each for each in lock(session, model, ids) if each.erased_at is None)
    return held
