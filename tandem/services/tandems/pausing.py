"""Breaks of a tandem: until a day or until somebody says so, and going on again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict, DomainError, Stale
from tandem.locales import day_in_words
from tandem.models import RUNNING, Account, Programme, Side, Tandem, TandemState
from tandem.services import audit, notices
from tandem.services.programmes import morning_of, take_turns, today
from tandem.services.tandems.answering import wake
from tandem.services.tandems.finding import hold_tandem, side_of
from tandem.services.tandems.letters import other, person_on, write_to
from tandem.services.tandems.speaking import details_of, speaks_as

RESUMED: Final = "resume_tandem"
"""What the audit trail says when a tandem goes on."""
LONGEST_BREAK: Final = timedelta(days=365)


class NotRunning(Conflict):
    """The tandem has not begun or is over; ``state`` says which."""

    def __init__(self, state: TandemState) -> None:
        super().__init__()
        self.state = state


class BadDay(DomainError):
    """A break was to end on a day that is over, or more than a year away."""


def break_seen(tandem: Tandem) -> str:
    """Return what a page says of the break, to be sent back with what is decided there.

    Unlike the version of the tandem it does not change with its meetings and reminders.
    """
    return f"{tandem.state.value}:{tandem.paused_until or ''}"


def pause(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    until: date | None,
    seen: str,
    said_by: Side | None = None,
) -> Tandem:
    """Take a break, or change how long it lasts; whoever did not ask for it is told.

    Places stay taken. The same break twice is one.

    Parameters
    ----------
    until : date or None
        The day on which it goes on; none: when somebody says so.
    seen : str
        What :func:`break_seen` said when ``actor`` looked.
    said_by : Side or None
        Who wants it and is called, where a coordinator writes it down.

    Raises
    ------
    NotRunning
        If it has not begun or is over.
    BadDay
        If ``until`` is not one of the days to come, or more than a year away.
    Stale
        If somebody else has decided about a break since ``actor`` looked.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        side = speaks_as(actor, tandem, said_by)
        require_running(tandem)
        if until is not None and not today(programme) < until <= today(programme) + LONGEST_BREAK:
            raise BadDay
        if tandem.state is TandemState.PAUSED and tandem.paused_until == until:
            return tandem
        if break_seen(tandem) != seen:
            raise Stale
        tandem.state = TandemState.PAUSED
        tandem.paused_until = until
        wake(tandem)
        details = {
            **details_of(actor, tandem, side),
            "until": until.isoformat() if until else "",
        }
        audit.record(session, "pause_tandem", tandem, actor=actor, details=details)
        _tell(session, tandem, kind="tandem_paused", to=_others(side), programme=programme)
        if side_of(actor, tandem) is not None:
            notices.tell_staff(session, tandem, kind="tandem_paused", programme=programme)
    return tandem


def resume(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    said_by: Side | None = None,
) -> Tandem:
    """Go on after a break; whoever did not say so is told. What goes on already goes on.

    ``said_by`` is as in :func:`pause`.

    Raises
    ------
    NotRunning
        If it has not begun or is over.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        side = speaks_as(actor, tandem, said_by)
        require_running(tandem)
        if tandem.state is TandemState.PAUSED:
            details = details_of(actor, tandem, side)
            _go_on(session, tandem, to=_others(side), programme=programme)
            audit.record(session, RESUMED, tandem, actor=actor, details=details)
            wake(tandem)
    return tandem


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Let a tandem go on when its break is over, and tell both.

    A duty (see :mod:`tandem.services.duties`); it comes before those that rest in a break.
    """
    if tandem.state is not TandemState.PAUSED or tandem.paused_until is None:
        return None
    over = morning_of(tandem.paused_until, programme)
    if now() < over:
        return over
    _go_on(session, tandem, to=Side, programme=programme)
    audit.record(session, RESUMED, tandem, actor=None)
    return None


def require_running(tandem: Tandem) -> None:
    """Refuse what can only be done while a tandem runs."""
    if tandem.state not in RUNNING:
        raise NotRunning(tandem.state)


def _go_on(session: Session, tandem: Tandem, *, to: Iterable[Side], programme: Programme) -> None:
    tandem.state = TandemState.ACTIVE
    tandem.paused_until = today(programme)  # from then on, silence counts anew
    _tell(session, tandem, kind="tandem_resumed", to=to, programme=programme)


def _others(side: Side | None) -> Iterable[Side]:
    """Return who is to be told of what one side, or a coordinator, decided."""
    return Side if side is None else (other(side),)


def _tell(
    session: Session, tandem: Tandem, *, kind: str, to: Iterable[Side], programme: Programme
) -> None:
    """Write about this break; there may be others of the same tandem."""
    for side in to:
        write_to(
            session,
            tandem,
            side,
            kind=kind,
            programme=programme,
            about=now().isoformat(),
            until=_words(tandem, side),
        )


def _words(tandem: Tandem, side: Side) -> str:
    """Return the day on which it goes on as the reader's language writes it, if there is one."""
    locale = person_on(tandem, side).membership.account.locale
    return day_in_words(tandem.paused_until, locale) if tandem.paused_until else ""
