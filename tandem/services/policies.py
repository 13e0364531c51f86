"""Policies: the weights and rules of a programme, version by version."""

import tomllib

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.models import Account, PolicyVersion, Programme
from tandem.services import audit
from tandem.services.matchmaking import rounds as matchmaking


def add_default(session: Session, programme: Programme, *, actor: Account | None) -> PolicyVersion:
    """Give a new programme its first policy: the engine's default."""
    with transaction(session):
        version = PolicyVersion(
            programme_id=programme.id,
            number=1,
            content=matchmaking.default_policy(),
            account_id=actor.id if actor else None,
        )
        session.add(version)
        audit.record(session, "add_policy", version, actor=actor, details={"number": 1})
    return version


def current(session: Session, programme: Programme) -> PolicyVersion:
    """Return the policy in force: the last that was not only tried."""
    query = (
        sa.select(PolicyVersion)
        .where(PolicyVersion.programme_id == programme.id, PolicyVersion.is_trial.is_(False))
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    )
    return session.scalars(query).one()


def weights(version: PolicyVersion) -> dict[str, int]:
    """Return what counts under a policy: criterion to the most points it can give."""
    found: dict[str, int] = tomllib.loads(version.content)["weights"]
    return found
