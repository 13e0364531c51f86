"""Marking goals of an agreement in force as reached, or not after all."""

from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.errors import NotFound
from tandem.models import RUNNING, Account, Agreement, Goal, Programme, Tandem
from tandem.services import audit
from tandem.services.agreements.finding import wordings
from tandem.services.agreements.speakers import let_speak
from tandem.services.agreements.writing import Overtaken
from tandem.services.programmes import take_turns, today


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
        If the tandem has no such goal.
    Overtaken
        If it stands in a wording that is not in force.
    NotAllowed, NotRunning
        As :func:`~tandem.services.agreements.speakers.let_speak` does.
    """
    with transaction(session):
        take_turns(session, programme.id)
        speaker = let_speak(session, key, programme=programme, actor=actor, states=RUNNING)
        agreement = wordings(session, speaker.tandem).in_force
        goal = next(
            (each for each in (agreement.goals if agreement else ()) if each.key == goal_key), None
        )
        if goal is None or agreement is None:
            _refuse(session, speaker.tandem, goal_key)
        if (goal.reached_on is not None) is not reached:
            goal.reached_on = today(programme) if reached else None
            action = "reach_goal" if reached else "reopen_goal"
            audit.record(session, action, agreement, actor=actor, details={"goal": goal.id})
    return goal


def _refuse(session: Session, tandem: Tandem, goal_key: str) -> NoReturn:
    elsewhere = (
        sa.select(Goal.id)
        .join(Agreement)
        .where(Agreement.tandem_id == tandem.id, Goal.key == goal_key)
    )
    raise NotFound if session.scalar(elsewhere) is None else Overtaken
