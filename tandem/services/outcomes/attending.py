"""Asking what became of a mentee: at the end of a tandem and 3, 6 and 12 months later."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import MONTHS, Outcome, Programme, Side, Tandem, Token, TokenPurpose
from tandem.services import audit
from tandem.services.mails import wants_quiet
from tandem.services.outcomes.finding import outcomes_of
from tandem.services.programmes import local_day, months_after, morning_of, today
from tandem.services.tandems.letters import write_to

LINK_LIVES: Final = timedelta(days=60)
_FIRST_WAITS: Final = timedelta(days=3)
"""The first question follows the survey, whose page asks the same."""
_REMIND_AFTER: Final = timedelta(days=10)
_REMINDED: Final = "remind_of_outcome"


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Open each question when its day has come, ask it by mail, and remind once.

    A duty (see :mod:`tandem.services.duties`). Of several questions that came due while
    nobody attended, only the newest is asked; the others wait for the coordination. Once the
    mentee is in another tandem, questions follow the end of that one.
    """
    if tandem.started_at is None or tandem.ended_at is None or tandem.mentee.erased_at:
        return None
    if _has_moved_on(session, tandem):
        return None
    days = {
        months: months_after(local_day(tandem.ended_at, programme), months) for months in MONTHS
    }
    due = [months for months in MONTHS if days[months] <= today(programme)]
    known = {outcome.months: outcome for outcome in outcomes_of(session, tandem)}
    for months in due:
        if months not in known:
            known[months] = Outcome(
                programme_id=tandem.programme_id,
                tandem_id=tandem.id,
                months=months,
                due_on=days[months],
            )
            session.add(known[months])
    session.flush()
    coming = [morning_of(days[months], programme) for months in MONTHS if months not in due][:1]
    if due:
        asking = _ask(session, known[due[-1]], tandem, programme=programme)
        coming += [asking] if asking else []
    return min(coming, default=None)


def _ask(
    session: Session, outcome: Outcome, tandem: Tandem, *, programme: Programme
) -> datetime | None:
    """Ask a question, or remind of it, when it is time; return when it will be."""
    account = tandem.mentee.membership.account
    if outcome.answered_at is not None or not account.has_email:
        return None
    if outcome.asked_at is None:
        wait = timedelta() if outcome.months else _FIRST_WAITS
        ask_at = morning_of(outcome.due_on + wait, programme)
        if now() < ask_at:
            return ask_at
        outcome.asked_at = now()
        write_to(
            session, tandem, Side.MENTEE, kind="outcome", programme=programme,
            about=str(outcome.months), months=outcome.months,
            token=_token(session, tandem, programme),
        )  # fmt: skip
        audit.record(session, "ask_for_outcome", outcome, actor=None)
    remind_at = morning_of(local_day(outcome.asked_at, programme) + _REMIND_AFTER, programme)
    if now() < remind_at:
        return remind_at
    if not audit.is_recorded(session, _REMINDED, outcome):
        _remind(session, outcome, tandem, programme=programme)
    return None


def _remind(session: Session, outcome: Outcome, tandem: Tandem, *, programme: Programme) -> None:
    if wants_quiet(tandem.mentee.membership.account, programme):
        return
    write_to(
        session, tandem, Side.MENTEE, kind="outcome_reminder", programme=programme,
        about=str(outcome.months), months=outcome.months,
        token=_token(session, tandem, programme),
    )  # fmt: skip
    audit.record(session, _REMINDED, outcome, actor=None)


def _token(session: Session, tandem: Tandem, programme: Programme) -> Token:
    token = Token(
        account=tandem.mentee.membership.account,
        programme=programme,
        purpose=TokenPurpose.OUTCOME,
        expires_at=now() + LINK_LIVES,
    )
    session.add(token)
    session.flush()
    return token


def _has_moved_on(session: Session, tandem: Tandem) -> bool:
    later = sa.select(Tandem.id).where(
        Tandem.programme_id == tandem.programme_id,
        Tandem.mentee_id == tandem.mentee_id,
        Tandem.started_at > tandem.started_at,
    )
    return session.scalar(sa.select(later.exists())) is True
