"""Writing an agreement: one side proposes a wording, the other agrees to it or writes the next."""

from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Agreement, AgreementState, Goal, Programme, Side, Tandem
from tandem.services import audit
from tandem.services.agreements.drafts import (
    MOST_MONTHS,
    AgreementDraft,
    begins_on,
    draft_of,
    goals_of,
)
from tandem.services.agreements.finding import wordings
from tandem.services.agreements.speakers import Speaker, let_speak
from tandem.services.programmes import months_after, take_turns, today
from tandem.services.tandems import details_of, wake
from tandem.services.tandems.letters import other, write_to

_LETTERS: Final = {"propose": "agreement_proposed", "drop": "agreement_dropped"}
_CAN_BE_DROPPED: Final = (AgreementState.PROPOSED, AgreementState.DROPPED)


class Overtaken(Stale):
    """There is another wording than the one that somebody was looking at."""


class EndOutOfRange(Conflict):
    """An agreement ends between tomorrow and ``last_day``."""

    def __init__(self, last_day: date) -> None:
        super().__init__()
        self.last_day = last_day


def propose(
    session: Session,
    key: str,
    draft: AgreementDraft,
    *,
    programme: Programme,
    actor: Account,
    seen_number: int,
) -> Agreement:
    """Write a wording that takes the place of what was proposed so far; ask the other side.

    Whoever wrote it has agreed to it. What is in force stays so until both have agreed. The
    same words again, a double click for one, are no new wording.

    Raises
    ------
    NotFound, NotAllowed, NotRunning
        As :func:`~tandem.services.agreements.speakers.let_speak` does.
    Overtaken
        If there is a later wording than ``seen_number``.
    EndOutOfRange
        If it would end in the past, or too late.
    """
    with transaction(session):
        take_turns(session, programme.id)
        speaker = let_speak(session, key, programme=programme, actor=actor)
        tandem = speaker.tandem
        known = wordings(session, tandem)
        if known.latest is not None and draft_of(known.latest) == draft:
            return known.latest
        if known.number > seen_number:
            raise Overtaken
        _check_end(draft.ends_on, programme)
        if known.proposed is not None:
            known.proposed.state = AgreementState.DROPPED
            session.flush()
        first_day = (
            known.in_force.begins_on if known.in_force else begins_on(session, tandem, programme)
        )
        agreement = _wording(draft, tandem, speaker.side, begins=first_day)
        agreement.number = _next_number(session, tandem)
        session.add(agreement)
        _tell(session, speaker, agreement, did="propose", programme=programme)
    return agreement


def agree(
    session: Session, key: str, wording: str, *, programme: Programme, actor: Account
) -> Agreement:
    """Say yes to one wording, named by its key; the second yes puts it in force.

    The same yes twice is one yes.

    Raises
    ------
    NotFound, NotAllowed, NotRunning
        As :func:`~tandem.services.agreements.speakers.let_speak` does.
    Overtaken
        If there is another wording by now, or none.
    """
    with transaction(session):
        take_turns(session, programme.id)
        speaker = let_speak(session, key, programme=programme, actor=actor)
        tandem = speaker.tandem
        known = wordings(session, tandem)
        if known.in_force is not None and known.in_force.key == wording:
            return known.in_force
        agreement = known.proposed
        if agreement is None or agreement.key != wording:
            raise Overtaken
        for side in speaker.sides:
            if not _has_agreed(agreement, side):
                _say_yes(agreement, side)
                _note(session, speaker, agreement, side=side, did="agree")
        if all(_has_agreed(agreement, side) for side in Side):
            _put_in_force(session, tandem, agreement, before=known.in_force, programme=programme)
    return agreement


def drop(
    session: Session, key: str, wording: str, *, programme: Programme, actor: Account
) -> Agreement:
    """Put a proposed wording, named by its key, aside; what is in force stays so.

    Twice is once.

    Raises
    ------
    NotFound, NotAllowed, NotRunning
        As :func:`~tandem.services.agreements.speakers.let_speak` does.
    Overtaken
        If there is another wording by now, or both have agreed.
    """
    with transaction(session):
        take_turns(session, programme.id)
        speaker = let_speak(session, key, programme=programme, actor=actor)
        agreement = _find(session, speaker.tandem, wording)
        if agreement is None or agreement.state not in _CAN_BE_DROPPED:
            raise Overtaken
        if agreement.number < wordings(session, speaker.tandem).number:
            raise Overtaken
        if agreement.state is AgreementState.PROPOSED:
            agreement.state = AgreementState.DROPPED
            _tell(session, speaker, agreement, did="drop", programme=programme)
    return agreement


def _wording(draft: AgreementDraft, tandem: Tandem, side: Side, *, begins: date) -> Agreement:
    agreement = Agreement(
        programme_id=tandem.programme_id,
        tandem_id=tandem.id,
        proposed_by=side,
        every_weeks=draft.every_weeks,
        begins_on=begins,
        ends_on=draft.ends_on,
        ways=[way.value for way in draft.ways],
        contact=draft.contact,
        confidentiality=draft.confidentiality,
        goals=goals_of(draft),
    )
    _say_yes(agreement, side)
    return agreement


def _check_end(ends_on: date, programme: Programme) -> None:
    last_day = months_after(today(programme), MOST_MONTHS)
    if not today(programme) < ends_on <= last_day:
        raise EndOutOfRange(last_day)


def _next_number(session: Session, tandem: Tandem) -> int:
    query = sa.select(sa.func.max(Agreement.number)).where(Agreement.tandem_id == tandem.id)
    return (session.scalar(query) or 0) + 1


def _find(session: Session, tandem: Tandem, wording: str) -> Agreement | None:
    query = sa.select(Agreement).where(Agreement.tandem_id == tandem.id, Agreement.key == wording)
    return session.scalars(query).one_or_none()


def _has_agreed(agreement: Agreement, side: Side) -> bool:
    said = agreement.mentor_yes_at if side is Side.MENTOR else agreement.mentee_yes_at
    return said is not None


def _say_yes(agreement: Agreement, side: Side) -> None:
    if side is Side.MENTOR:
        agreement.mentor_yes_at = now()
    else:
        agreement.mentee_yes_at = now()


def _put_in_force(
    session: Session,
    tandem: Tandem,
    agreement: Agreement,
    *,
    before: Agreement | None,
    programme: Programme,
) -> None:
    """Let a wording count from now on; goals that stay keep whether they were reached."""
    if before is not None:
        before.state = AgreementState.REPLACED
        session.flush()
        reached = {_meaning(goal): goal.reached_on for goal in before.goals}
        for goal in agreement.goals:
            goal.reached_on = reached.get(_meaning(goal))
    agreement.state = AgreementState.IN_FORCE
    wake(tandem)
    write_to(
        session, tandem, agreement.proposed_by, kind="agreement_in_force", programme=programme,
        about=agreement.key,
    )  # fmt: skip
    audit.record(session, "begin_agreement", agreement, actor=None)


def _meaning(goal: Goal) -> str:
    """Return what makes two goals the same."""
    return goal.topic or f" {goal.text.casefold()}"


def _tell(
    session: Session, speaker: Speaker, agreement: Agreement, *, did: str, programme: Programme
) -> None:
    """Write down what somebody did, and write to the side across."""
    _note(session, speaker, agreement, side=speaker.side, did=did)
    write_to(
        session, speaker.tandem, other(speaker.side), kind=_LETTERS[did], programme=programme,
        about=agreement.key,
    )  # fmt: skip


def _note(
    session: Session, speaker: Speaker, agreement: Agreement, *, side: Side, did: str
) -> None:
    """Record for whom somebody spoke: a coordinator may have written down what was said."""
    details = details_of(speaker.actor, speaker.tandem, side)
    audit.record(session, f"{did}_agreement", agreement, actor=speaker.actor, details=details)
