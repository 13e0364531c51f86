"""Closing a tandem: either side says that they have reached it, the coordinator closes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Programme, Tandem, TandemState
from tandem.services import audit, notices
from tandem.services.closings.finding import WISH, end_of
from tandem.services.closings.surveys import open_surveys
from tandem.services.exclusions import keep_apart_after
from tandem.services.notes import NoteDraft, note_support
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import local_day, take_turns, today
from tandem.services.tandems import NotRunning, hold_tandem, side_of, wake
from tandem.services.tandems.letters import write_to


class OddDay(Conflict):
    """The closing talk was dated to before the tandem began, or to a day that is to come."""


@dataclass(frozen=True, kw_only=True)
class ClosingDraft:
    """What was said in the closing talk, if there was one, and when."""

    text: str = ""
    talked_on: date | None = None


def wish_to_close(session: Session, key: str, *, programme: Programme, actor: Account) -> Tandem:
    """Tell the coordinators that the two have reached what they wanted.

    Said twice, or by both, it is one wish.

    Raises
    ------
    NotFound, NotAllowed
        If ``actor`` is not one of the two.
    NotRunning
        If the tandem is paused or has ended.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        side = side_of(actor, tandem)
        require(side is not None)
        assert side is not None  # noqa: S101 - just required
        _require_running(tandem)
        if end_of(session, tandem, programme).is_wished:
            return tandem
        audit.record(session, WISH, tandem, actor=actor, details={"side": side.value})
        notices.tell_staff(session, tandem, kind="closing_wished", programme=programme)
    return tandem


def close(
    session: Session, key: str, draft: ClosingDraft, *, programme: Programme, actor: Account
) -> Tandem:
    """Complete a tandem: both places are free, both are thanked and asked how it was.

    The two are not brought together again unless a coordinator lifts that. Closed twice, it is
    closed once.

    Raises
    ------
    NotRunning
        If the tandem is paused, or ended in another way.
    OddDay
        If the closing talk is dated to before the tandem began, or to a day that is to come.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        require(can_coordinate(actor, programme.id))
        if tandem.state is TandemState.COMPLETED:
            return tandem
        _require_running(tandem)
        _note(session, tandem, draft, programme=programme, actor=actor)
        tandem.state = TandemState.COMPLETED
        tandem.ended_at = now()
        wake(tandem)
        keep_apart_after(session, tandem, actor=actor)
        for side, survey in open_surveys(session, tandem).items():
            write_to(
                session, tandem, side, kind="thanks", programme=programme, survey_key=survey.key
            )
        audit.record(session, "complete_tandem", tandem, actor=actor)
    return tandem


def _require_running(tandem: Tandem) -> None:
    if tandem.state is not TandemState.ACTIVE:
        raise NotRunning(tandem.state)


def _note(
    session: Session, tandem: Tandem, draft: ClosingDraft, *, programme: Programme, actor: Account
) -> None:
    began = local_day(tandem.started_at, programme) if tandem.started_at else today(programme)
    if draft.talked_on is not None and not began <= draft.talked_on <= today(programme):
        raise OddDay
    if draft.text:
        written = NoteDraft(text=draft.text, talked_on=draft.talked_on)
        note_support(session, tandem, written, programme=programme, actor=actor)
