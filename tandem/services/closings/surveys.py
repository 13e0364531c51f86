"""Surveys: a few questions to each side at the end; the answers are for coordinators alone."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound
from tandem.models import Account, Again, Programme, Side, Survey, Tandem
from tandem.services import audit
from tandem.services.permissions import can_answer_for, can_coordinate, require, require_known
from tandem.services.programmes import take_turns
from tandem.services.tandems import get_tandem, side_of
from tandem.services.tandems.letters import person_on


class AnsweredAlready(Conflict):
    """The survey was answered before; what was sent stands."""


@dataclass(frozen=True, kw_only=True)
class SurveyDraft:
    """What one side says of the tandem; the figures go from 1, not at all, to 5, very much."""

    satisfied: int
    reached: int
    supported: int
    again: Again
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A survey, the tandem it is about, and whether somebody else answers for that side."""

    survey: Survey
    tandem: Tandem
    for_other: bool


def open_surveys(session: Session, tandem: Tandem) -> None:
    """Open the survey of each side that there still is, unless it was opened before."""
    known = set(session.scalars(sa.select(Survey.side).where(Survey.tandem_id == tandem.id)))
    for side in Side:
        if side not in known and person_on(tandem, side).erased_at is None:
            session.add(Survey(programme_id=tandem.programme_id, tandem_id=tandem.id, side=side))
    session.flush()


def get_survey(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    side: Side | None = None,
) -> Asked:
    """Return the survey of ``actor``'s own side of the tandem with this key.

    Of another ``side`` only to a coordinator who writes down what a person says whom they call.

    Raises
    ------
    NotFound
        If there is no such tandem, it has not ended, or the survey is not theirs to answer.
    """
    tandem = get_tandem(session, key, programme=programme, actor=actor)
    own = side_of(actor, tandem)
    if own is None:
        require_known(side is not None)
        assert side is not None  # noqa: S101 - just required
        require_known(can_answer_for(actor, person_on(tandem, side)))
    whose = own or side
    survey = session.scalars(
        sa.select(Survey).where(
            Survey.programme_id == programme.id,
            Survey.tandem_id == tandem.id,
            Survey.side == whose,
        )
    ).one_or_none()
    if survey is None:
        raise NotFound
    return Asked(survey=survey, tandem=tandem, for_other=own is None)


def answer_survey(
    session: Session,
    key: str,
    draft: SurveyDraft,
    *,
    programme: Programme,
    actor: Account,
    side: Side | None = None,
) -> Survey:
    """Take the answers of one side; once sent they stand, and the same twice is once.

    Raises
    ------
    AnsweredAlready
        If something else was answered before.
    """
    with transaction(session):
        take_turns(session, programme.id)
        asked = get_survey(session, key, programme=programme, actor=actor, side=side)
        [survey] = lock(session, Survey, [asked.survey.id])
        if survey.answered_at is not None:
            if _said(survey) == draft:
                return survey
            raise AnsweredAlready
        survey.satisfied = draft.satisfied
        survey.reached = draft.reached
        survey.supported = draft.supported
        survey.again = draft.again
        survey.remark = draft.remark
        survey.answered_at = now()
        audit.record(
            session, "answer_survey", survey, actor=actor, details={"side": survey.side.value}
        )
    return survey


def attend_to_survey(session: Session, key: str, *, programme: Programme, actor: Account) -> Survey:
    """Note that a coordinator took up what was said of taking part once more."""
    with transaction(session):
        take_turns(session, programme.id)
        require(can_coordinate(actor, programme.id))
        survey = session.scalars(
            sa.select(Survey).where(Survey.programme_id == programme.id, Survey.key == key)
        ).one_or_none()
        if survey is None or survey.answered_at is None:
            raise NotFound
        if survey.attended_at is None:
            survey.attended_at = now()
            audit.record(session, "attend_to_survey", survey, actor=actor)
    return survey


def _said(survey: Survey) -> SurveyDraft:
    return SurveyDraft(
        satisfied=survey.satisfied or 0,
        reached=survey.reached or 0,
        supported=survey.supported or 0,
        again=survey.again or Again.NO,
        remark=survey.remark,
    )
