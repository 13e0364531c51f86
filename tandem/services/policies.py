"""Policies: the weights, rules and aim of a programme, version by version."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.db import transaction
from tandem.errors import NotFound, Stale
from tandem.models import Account, PolicyVersion, Programme
from tandem.services import audit, permissions
from tandem.services.matchmaking.policy_terms import (
    AIMS,
    CEFR,
    CRITERIA,
    FULL,
    NothingCounts,
    PolicyRefused,
    Terms,
    read_terms,
    scale,
    write_terms,
)
from tandem.services.matchmaking.solving import default_policy
from tandem.services.programmes import take_turns

__all__ = [
    "AIMS",
    "CEFR",
    "CRITERIA",
    "FULL",
    "NothingCounts",
    "PolicyChanged",
    "PolicyRefused",
    "Terms",
    "add_default",
    "add_trial",
    "adopt",
    "current",
    "current_of",
    "get_version",
    "list_versions",
    "scale",
    "terms",
    "weights",
    "write_terms",
]


class PolicyChanged(Stale):
    """Somebody else gave the programme another policy meanwhile."""


def add_default(session: Session, programme: Programme, *, actor: Account | None) -> PolicyVersion:
    """Give a new programme its first policy: the engine's default."""
    with transaction(session):
        version = PolicyVersion(
            programme_id=programme.id,
            number=1,
            content=default_policy(),
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


def list_versions(
    session: Session, programme: Programme, *, actor: Account, most: int
) -> Sequence[PolicyVersion]:
    """Return the versions of a programme's policy, newest first, with those who wrote them.

    The one in force is among them, also where more than so many were tried since.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    mine = PolicyVersion.programme_id == programme.id
    newest = sa.func.max(PolicyVersion.number)
    in_force = sa.select(newest).where(mine, PolicyVersion.is_trial.is_(False)).scalar_subquery()
    oldest = sa.select(newest - most).where(mine).scalar_subquery()
    query = (
        sa.select(PolicyVersion)
        .where(mine, (PolicyVersion.number > oldest) | (PolicyVersion.number == in_force))
        .options(joinedload(PolicyVersion.account))
        .order_by(PolicyVersion.number.desc())
    )
    return session.scalars(query).all()


def current_of(versions: Sequence[PolicyVersion]) -> PolicyVersion:
    """Return the one in force among listed versions."""
    return next(version for version in versions if not version.is_trial)


def get_version(
    session: Session, number: int, *, programme: Programme, actor: Account
) -> PolicyVersion:
    """Return one version of a programme's policy.

    Raises
    ------
    NotFound
        If the programme has no such version.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    query = sa.select(PolicyVersion).where(
        PolicyVersion.programme_id == programme.id, PolicyVersion.number == number
    )
    version = session.scalars(query).one_or_none()
    if version is None:
        raise NotFound
    return version


def adopt(
    session: Session, draft: Terms, *, programme: Programme, actor: Account, seen_number: int
) -> PolicyVersion:
    """Make a policy the programme's own, from the next solving on.

    Rounds that were solved keep the version with which they were. Terms that are in force
    already stay under the number that they have.

    Raises
    ------
    PolicyChanged
        If another version is in force than the one that the actor saw (TRUST E17).
    PolicyRefused
        If the terms are no valid policy.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    with transaction(session):
        take_turns(session, programme.id)
        in_force = current(session, programme)
        if in_force.number != seen_number:
            raise PolicyChanged
        if terms(in_force) == draft:
            return in_force
        number = _next_number(session, programme)
        content = write_terms(draft, number=number)
        return _add(session, content, number=number, programme=programme, actor=actor)


def add_trial(
    session: Session, content: str, *, programme: Programme, actor: Account | None
) -> PolicyVersion:
    """Keep a policy that a round only tries; what is in force stays so.

    A round that tries what is in force, or what was tried last, needs no further version.
    Without an actor it is the worker, who does what somebody asked for before.

    Raises
    ------
    PolicyRefused
        If the text holds no valid policy.
    """
    permissions.require(actor is None or permissions.can_coordinate(actor, programme.id))
    draft = read_terms(content)
    with transaction(session):
        take_turns(session, programme.id)
        for known in (current(session, programme), _latest(session, programme)):
            if terms(known) == draft:
                return known
        number = _next_number(session, programme)
        content = write_terms(draft, number=number)
        return _add(
            session, content, number=number, programme=programme, actor=actor, is_trial=True
        )


def terms(version: PolicyVersion) -> Terms:
    """Return what a version says."""
    return read_terms(version.content)


def weights(version: PolicyVersion) -> dict[str, int]:
    """Return what counts under a policy: criterion to the most points it can give."""
    return dict(terms(version).weights)


def _add(
    session: Session,
    content: str,
    *,
    number: int,
    programme: Programme,
    actor: Account | None,
    is_trial: bool = False,
) -> PolicyVersion:
    version = PolicyVersion(
        programme_id=programme.id,
        number=number,
        content=content,
        is_trial=is_trial,
        account_id=actor.id if actor else None,
    )
    session.add(version)
    action = "try_policy" if is_trial else "adopt_policy"
    audit.record(session, action, version, actor=actor, details={"number": number})
    return version


def _latest(session: Session, programme: Programme) -> PolicyVersion:
    query = (
        sa.select(PolicyVersion)
        .where(PolicyVersion.programme_id == programme.id)
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    )
    return session.scalars(query).one()


def _next_number(session: Session, programme: Programme) -> int:
    return _latest(session, programme).number + 1
