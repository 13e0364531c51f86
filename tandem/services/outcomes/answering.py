"""Answers to what became of a mentee: by a link without signing in, or on the page."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, Stale
from tandem.models import (
    Account,
    Membership,
    Mentee,
    Outcome,
    OutcomeKind,
    Programme,
    Source,
    Tandem,
    Token,
    TokenPurpose,
)
from tandem.services import audit, tokens
from tandem.services.outcomes.finding import get_outcome
from tandem.services.permissions import is_person
from tandem.services.programmes import take_turns

WORK = (OutcomeKind.WORK, OutcomeKind.SELF_EMPLOYED)
"""What is asked further about: whether it is in the field learned, and at its level."""


class NothingAsked(Conflict):
    """The link is good, but its question has been answered meanwhile."""


@dataclass(frozen=True, kw_only=True)
class OutcomeDraft:
    """What a mentee does now; of work also whether it fits what they learned, none: not sure."""

    kind: OutcomeKind
    in_field: bool | None = None
    at_level: bool | None = None


def find_question(session: Session, link: str, *, programme: Programme, secret_key: str) -> Outcome:
    """Return the question that a link would answer; uses nothing up.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours, was used, or has expired.
    NothingAsked
        If nothing is left to answer.
    """
    token = tokens.find(session, link, TokenPurpose.OUTCOME, secret_key=secret_key, now=now())
    return _asked(session, token, programme)


def answer_by_link(
    session: Session, link: str, draft: OutcomeDraft, *, programme: Programme, secret_key: str
) -> Outcome:
    """Answer the newest question that waits, and use the link up.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours, was used, or has expired.
    NothingAsked
        If nothing is left to answer.
    """
    with transaction(session):
        take_turns(session, programme.id)
        token = tokens.consume(
            session, link, TokenPurpose.OUTCOME, secret_key=secret_key, now=now()
        )
        outcome = _asked(session, token, programme)
        _write(outcome, draft, source=Source.MENTEE, actor=token.account)
        audit.record(session, "answer_outcome", outcome, actor=token.account)
    return outcome


def answer_outcome(
    session: Session,
    key: str,
    draft: OutcomeDraft,
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> Outcome:
    """Answer as the mentee, or write down as a coordinator what they said; also to put it right.

    The same answer twice is one answer.

    Raises
    ------
    NotFound
        If there is no such question that ``actor`` may know of.
    Stale
        If somebody else has answered since ``actor`` looked.
    """
    with transaction(session):
        take_turns(session, programme.id)
        outcome = get_outcome(session, key, programme=programme, actor=actor)
        [outcome] = lock(session, Outcome, [outcome.id])
        own = is_person(actor, session.get_one(Tandem, outcome.tandem_id).mentee)
        if _said(outcome) == draft:
            return outcome
        if outcome.version != seen_version:
            raise Stale
        _write(outcome, draft, source=Source.MENTEE if own else Source.COORDINATOR, actor=actor)
        audit.record(session, "answer_outcome", outcome, actor=actor)
    return outcome


def _asked(session: Session, token: Token, programme: Programme) -> Outcome:
    """Return the newest question put to whom a link belongs, as long as it is open."""
    if token.programme_id != programme.id or token.account.disabled_at is not None:
        raise tokens.LinkRefused
    query = (
        sa.select(Outcome)
        .join(Tandem, Tandem.id == Outcome.tandem_id)
        .join(Mentee, Mentee.id == Tandem.mentee_id)
        .join(Membership, Membership.id == Mentee.membership_id)
        .where(
            Outcome.programme_id == programme.id,
            Membership.account_id == token.account_id,
            Outcome.asked_at.is_not(None),
        )
        .order_by(Outcome.due_on.desc(), Outcome.id.desc())
        .limit(1)
    )
    newest = session.scalars(query).one_or_none()
    if newest is None or newest.answered_at is not None:
        raise NothingAsked
    return newest


def _said(outcome: Outcome) -> OutcomeDraft | None:
    if outcome.kind is None:
        return None
    return OutcomeDraft(kind=outcome.kind, in_field=outcome.in_field, at_level=outcome.at_level)


def _write(outcome: Outcome, draft: OutcomeDraft, *, source: Source, actor: Account) -> None:
    works = draft.kind in WORK
    outcome.kind = draft.kind
    outcome.in_field = draft.in_field if works else None
    outcome.at_level = draft.at_level if works else None
    outcome.answered_at = now()
    outcome.source = source
    outcome.entered_by_id = actor.id if source is Source.COORDINATOR else None
