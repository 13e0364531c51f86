"""Marking goals of an agreement in force as reached, or not after all."""

from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.errors import NotFound
from tandem.models import Account, Goal, Programme, TandemState
from tandem.services import audit
from tandem.services.agreements.finding import wordings
from tandem.services.agreements.voices import let_speak
from tandem.services.programmes import take_turns, today

_WHILE = (TandemState.ACTIVE, TandemState.PAUSED)


def mark_goal(
    session: Session,
    key: str,
    goal_key: str,
    *,
    programme: Programme,
    actor: Account,
    reached: bool,
) -> Goal:
    """Mark a goal as reached today, or take the mark away; twice is once.

    Raises
    ------
    NotFound
        If the tandem's agreement in force has no such goal.
    NotAllowed, NotRunning
        As :func:`~tandem.services.agreements.voices.let_speak` does.
    """
    with transaction(session):
        take_turns(session, programme.id)
        speaker = let_speak(session, key, programme=programme, actor=actor, states=_WHILE)
        agreement = wordings(session, speaker.tandem).in_force
        goal = next(
            (each for each in (agreement.goals if agreement else ()) if each.key == goal_key), None
        )
        if goal is None or agreement is None:
            raise NotFound
        if (goal.reached_on is not None) is not reached:
            goal.reached_on = today(programme) if reached else None
            action = "reach_goal" if reached else "reopen_goal"
            audit.record(session, action, agreement, actor=actor, details={"goal": goal.id})
    return goal
