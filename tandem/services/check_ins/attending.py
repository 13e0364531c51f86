"""Attending: when the next check-in of a tandem comes, and what comes with it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    AuditEvent,
    CheckIn,
    CheckInState,
    Programme,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import audit
from tandem.services.programmes import local_day, morning_of, today
from tandem.services.tandems.letters import write_to
from tandem.services.tandems.pausing import RESUMED

_REMIND_AFTER: Final = timedelta(days=5)
_PEACE: Final = timedelta(days=7)
"""How long nobody is asked after a break."""


def next_day(tandem: Tandem, last: date | None, programme: Programme) -> date:
    """Return on which day both are asked next, if nothing comes between.

    Parameters
    ----------
    tandem : Tandem
        One that began.
    last : date or None
        When both were asked last; none: not yet.
    programme : Programme
        Theirs.
    """
    if last is not None:
        return last + timedelta(days=programme.check_in_days)
    assert tandem.started_at is not None  # noqa: S101 - it began
    first = timedelta(days=programme.check_in_first_days)
    return local_day(tandem.started_at, programme) + first


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Ask both when it is time, remind who is silent, and let go of what was never answered.

    A duty (see :mod:`tandem.services.duties`). During a break nobody is asked or reminded.
    """
    if tandem.started_at is None or tandem.state is TandemState.PAUSED:
        return None
    asked = _asked(session, tandem)
    if tandem.state is not TandemState.ACTIVE:
        _let_go(asked)
        return None
    last = asked[0].due_on if asked else None
    following = morning_of(next_day(tandem, last, programme), programme)
    if now() >= following:
        following = _after_break(session, tandem, programme) or following
    if now() < following:
        return min([*_remind(session, tandem, asked, programme=programme), following])
    _let_go(asked)
    _ask(session, tandem, programme, number=asked[0].number + 1 if asked else 1)
    return morning_of(today(programme) + _REMIND_AFTER, programme)


def _asked(session: Session, tandem: Tandem) -> Sequence[CheckIn]:
    query = (
        sa.select(CheckIn)
        .where(CheckIn.programme_id == tandem.programme_id, CheckIn.tandem_id == tandem.id)
        .order_by(CheckIn.number.desc(), CheckIn.id)
    )
    return session.scalars(query).all()


def _let_go(asked: Sequence[CheckIn]) -> None:
    for check_in in asked:
        if check_in.state is CheckInState.OPEN:
            check_in.state = CheckInState.LAPSED


def _after_break(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Return until when a tandem that went on after a break is left in peace, if it ever did."""
    query = sa.select(sa.func.max(AuditEvent.created_at)).where(
        AuditEvent.programme_id == tandem.programme_id,
        AuditEvent.subject_kind == Tandem.__tablename__,
        AuditEvent.subject_id == tandem.id,
        AuditEvent.action == RESUMED,
    )
    resumed = session.scalar(query)
    return morning_of(local_day(resumed, programme) + _PEACE, programme) if resumed else None


def _ask(session: Session, tandem: Tandem, programme: Programme, *, number: int) -> None:
    for side in Side:
        check_in = CheckIn(
            programme_id=programme.id,
            tandem_id=tandem.id,
            side=side,
            number=number,
            due_on=today(programme),
        )
        session.add(check_in)
        session.flush()
        _write(session, tandem, check_in, kind="check_in", programme=programme)
    audit.record(session, "check_in", tandem, actor=None, details={"number": number})


def _remind(
    session: Session, tandem: Tandem, asked: Sequence[CheckIn], *, programme: Programme
) -> list[datetime]:
    """Remind who has not answered in time; return when there will be somebody to remind."""
    coming = []
    for check_in in asked:
        if check_in.state is not CheckInState.OPEN:
            continue
        remind_at = morning_of(check_in.due_on + _REMIND_AFTER, programme)
        if now() < remind_at:
            coming.append(remind_at)
        else:
            _write(session, tandem, check_in, kind="check_in_reminder", programme=programme)
    return coming


def _write(
    session: Session, tandem: Tandem, check_in: CheckIn, *, kind: str, programme: Programme
) -> None:
    """Write to one side about a check-in."""
    write_to(
        session,
        tandem,
        check_in.side,
        kind=kind,
        programme=programme,
        about=str(check_in.number),
        check_in_key=check_in.key,
    )
