"""Ending a tandem early: nobody's fault, by either side or a coordinator."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Account, EndReason, Programme, Side, Tandem, TandemState
from tandem.services import audit, exclusions, notices
from tandem.services.programmes import take_turns
from tandem.services.tandems.answering import wake
from tandem.services.tandems.finding import hold_tandem, side_of
from tandem.services.tandems.letters import has_mail, write_to
from tandem.services.tandems.pausing import require_running
from tandem.services.tandems.speaking import details_of, speaks_as

LONGEST_NOTE = 500


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Why a tandem ends; the note is for the coordinators alone."""

    reason: EndReason
    note: str = ""


def end_early(
    session: Session,
    key: str,
    ending: Ending,
    *,
    programme: Programme,
    actor: Account,
    said_by: Side | None = None,
) -> Tandem:
    """End a tandem before its time; both are told without the reason.

    Its places are free at once, both can be matched again, but not with each other until a
    coordinator lifts that. The same person ending it twice ends it once. ``said_by`` is who
    wants it and is called, where a coordinator writes it down.

    Raises
    ------
    NotRunning
        If it has not begun, or has ended otherwise.
    NotFound
        If there is no such tandem that ``actor`` may know of.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        side = speaks_as(actor, tandem, said_by)
        if _is_the_same(tandem, ending, side):
            return tandem
        require_running(tandem)
        tandem.state = TandemState.ENDED_EARLY
        tandem.ended_at = now()
        tandem.paused_until = None
        tandem.end_reason, tandem.end_note, tandem.ended_by = ending.reason, ending.note, side
        wake(tandem)
        details = {**details_of(actor, tandem, side), "reason": ending.reason.value}
        audit.record(session, "end_early", tandem, actor=actor, details=details)
        exclusions.keep_apart_after(session, tandem, actor=actor)
        _tell(session, tandem, side, programme=programme)
        if side_of(actor, tandem) is not None:
            notices.tell_staff(session, tandem, kind="tandem_ended", programme=programme)
    return tandem


def _is_the_same(tandem: Tandem, ending: Ending, side: Side | None) -> bool:
    """Whether this is the second click of who ended it a moment ago."""
    return tandem.state is TandemState.ENDED_EARLY and (
        (tandem.end_reason, tandem.end_note, tandem.ended_by) == (ending.reason, ending.note, side)
    )


def _tell(session: Session, tandem: Tandem, by: Side | None, *, programme: Programme) -> None:
    for side in Side:
        is_own = side is by
        if not is_own or has_mail(tandem, side):  # who is called knows what they said
            write_to(session, tandem, side, kind="tandem_ended", programme=programme, is_own=is_own)
