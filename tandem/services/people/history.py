"""The history of a profile: version by version, what changed, who did it and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, AuditEvent, Profile, Programme
from tandem.services.people.comparing import Change, compare
from tandem.services.people.finding import Person


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What somebody did to a version; the same done several times in a row counts once."""

    action: str
    name: str
    """Name of who did it; empty: the service itself."""
    is_own: bool
    """Whether it was the person whom the profile describes."""
    at: datetime
    """When, the last time."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One version: what it changed in the one before, and what was done to it, oldest first."""

    version: Profile
    changes: Sequence[Change]
    deeds: Sequence[Deed]


def tell_history(session: Session, programme: Programme, person: Person) -> Sequence[Chapter]:
    """Return every version of a person's profile, the newest first."""
    deeds = _deeds(session, programme, person)
    changes: dict[int, Sequence[Change]] = {
        after.id: compare(before, after) for after, before in pairwise(person.versions)
    }
    return [
        Chapter(
            version=version,
            changes=changes.get(version.id, ()),
            deeds=deeds.get(version.id, ()),
        )
        for version in person.versions
    ]


def _deeds(session: Session, programme: Programme, person: Person) -> Mapping[int, Sequence[Deed]]:
    query = (
        sa.select(AuditEvent, Account.first_name, Account.last_name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
        .where(
            AuditEvent.programme_id == programme.id,
            AuditEvent.subject_kind == Profile.__tablename__,
            AuditEvent.subject_id.in_([version.id for version in person.versions]),
        )
        .order_by(AuditEvent.id)
    )
    own = person.who.membership.account_id
    found: dict[int, list[Deed]] = {}
    for event, first, last in session.execute(query):
        known = found.setdefault(event.subject_id, [])
        deed = Deed(
            action=event.action,
            name=" ".join(part for part in (first, last) if part),
            is_own=event.account_id == own,
            at=event.created_at,
        )
        if known and (known[-1].action, known[-1].name) == (deed.action, deed.name):
            known.pop()
        known.append(deed)
    return found
