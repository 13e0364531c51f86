"""Erasing one person in one programme, in one transaction, as often as one likes."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.models import Account, Membership, Mentee, Mentor, Merge, Programme
from tandem.services import audit, permissions
from tandem.services.erasing.accounts import forget_account, hold_account
from tandem.services.erasing.agreements import empty_agreements_of
from tandem.services.erasing.closings import drop_closings
from tandem.services.erasing.mails import drop_mails
from tandem.services.erasing.tandems import end_tandems, tandem_keys
from tandem.services.erasing.traces import blank_company, drop_traces
from tandem.services.intake.lists import drop_naming
from tandem.services.leaving import leave_rounds
from tandem.services.programmes import take_turns

Person = Mentor | Mentee
ROLES: tuple[type[Mentor] | type[Mentee], ...] = (Mentor, Mentee)
"""What somebody can be in a programme, apart from staff."""


class WhoAsked(Enum):
    """On whose wish somebody is erased."""

    SELF = "self"
    STAFF = "staff"
    RETENTION = "retention"


def erase(
    session: Session,
    person: Person,
    *,
    programme: Programme,
    actor: Account | None,
    asked: WhoAsked,
) -> bool:
    """Remove everything that says who a person of ``programme`` is; say whether there was any.

    Whoever is mentor and mentee is erased as both, together with entries that were merged into
    them. Live tandems end, and those across are told. Rounds keep what they saw under random
    keys; the link to the person is cut.

    Parameters
    ----------
    session : Session
        May be in a transaction.
    person : Mentor or Mentee
        Whom; erasing them twice does nothing.
    programme : Programme
        Theirs. What they are in others stays.
    actor : Account or None
        The person, or a coordinator; none: the service itself.
    asked : WhoAsked
        On whose wish.

    Raises
    ------
    NotAllowed
        If ``actor`` is neither.
    """
    model, person_id = type(person), person.id
    with transaction(session):
        take_turns(session, programme.id)
        found: Sequence[Person] = lock(session, model, [person_id])
        if not found or found[0].erased_at is not None:
            return False
        _require(actor, found[0], asked)
        for account_id, roles in _accounts(session, list_entries(session, found[0])).items():
            _erase(session, account_id, roles, programme=programme, actor=actor, asked=asked)
    return True


def find_roles(session: Session, account: Account, programme: Programme) -> list[Person]:
    """Return what an account is in a programme: mentor, mentee, or both; nobody erased."""
    found: list[Person] = []
    for model in ROLES:
        query: sa.Select[Any] = (
            sa.select(model)
            .join(Membership, Membership.id == model.membership_id)
            .where(
                model.programme_id == programme.id,
                model.erased_at.is_(None),
                Membership.account_id == account.id,
            )
            .options(joinedload(model.membership))
        )
        found.extend(session.scalars(query))
    return found


def _require(actor: Account | None, person: Person, asked: WhoAsked) -> None:
    if actor is None:
        permissions.require(asked is WhoAsked.RETENTION)
        return
    may = permissions.is_person(actor, person)
    if asked is WhoAsked.STAFF:
        may = permissions.can_coordinate(actor, person.programme_id)
    permissions.require(may)


def list_entries(session: Session, person: Person) -> list[Person]:
    """Return all entries that are this human being: other roles, and what was merged into them."""
    programme = session.get_one(Programme, person.programme_id)
    found = {
        (type(each), each.id): each
        for each in [person, *find_roles(session, person.membership.account, programme)]
    }
    waiting = list(found.values())
    while waiting:
        for each in _merged_into(session, waiting.pop()):
            if (type(each), each.id) not in found:
                found[type(each), each.id] = each
                waiting.append(each)
    return [each for each in found.values() if each.erased_at is None]


def _merged_into(session: Session, person: Person) -> Iterable[Person]:
    if isinstance(person, Mentor):
        gone = sa.select(Merge.gone_mentor_id).where(Merge.kept_mentor_id == person.id)
        return session.scalars(sa.select(Mentor).where(Mentor.id.in_(gone)).order_by(Mentor.id))
    gone = sa.select(Merge.gone_mentee_id).where(Merge.kept_mentee_id == person.id)
    return session.scalars(sa.select(Mentee).where(Mentee.id.in_(gone)).order_by(Mentee.id))


def _accounts(session: Session, people: Iterable[Person]) -> dict[int, list[Person]]:
    """Return people by their accounts, each held until the transaction ends."""
    found: dict[int, list[Person]] = {}
    for person in people:
        found.setdefault(person.membership.account_id, []).append(person)
    for roles in found.values():
        for model in ROLES:
            lock(session, model, [each.id for each in roles if isinstance(each, model)])
    return found


def _erase(
    session: Session,
    account_id: int,
    roles: Sequence[Person],
    *,
    programme: Programme,
    actor: Account | None,
    asked: WhoAsked,
) -> None:
    account = hold_account(session, account_id)
    keys = [key for person in roles for key in tandem_keys(session, person)]
    drop_naming(session, account, programme=programme)
    mails = drop_mails(session, account, programme=programme, tandem_keys=keys)
    for person in roles:
        stale = leave_rounds(session, person)
        ended = end_tandems(session, person, programme=programme, actor=actor)
        empty_agreements_of(session, person)
        drop_closings(session, person)
        drop_traces(session, person)
        person.erased_at = now()
        person.objected_at = None
        details: dict[str, int | str] = {
            "asked": asked.value, "proposals": stale, "tandems": ended, "mails": mails,
        }  # fmt: skip
        audit.record(session, "erase_person", person, actor=actor, details=details)
    forget_account(session, account, roles, programme=programme)
    for person in roles:
        if isinstance(person, Mentor):
            blank_company(session, person)
    session.expire_all()
