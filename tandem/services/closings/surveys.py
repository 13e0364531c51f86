"""Surveys: a few questions to each side at the end; the answers are for coordinators alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound
from tandem.models import Account, Again, Programme, Side, Survey, Tandem
from tandem.services import audit
from tandem.services.closings.finding import surveys_of
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
    """A survey and the tandem it is about, as one reader may see it."""

    survey: Survey
    tandem: Tandem
    is_own: bool
    is_called: bool
    """Whether the reader writes down what somebody says whom they call."""


def open_surveys(session: Session, tandem: Tandem) -> Mapping[Side, Survey]:
    """Return the survey of each side that there still is; open it, unless it was before."""
    known = {survey.side: survey for survey in surveys_of(session, tandem)}
    for side in Side:
        if side not in known and person_on(tandem, side).erased_at is None:
            known[side] = Survey(programme_id=tandem.programme_id, tandem_id=tandem.id, side=side)
            session.add(known[side])
    session.flush()
    return known


def get_survey(session: Session, key: str, *, programme: Programme, actor: Account) -> Asked:
    """Return a survey to the side whom it asks, or to who coordinates them.

    Raises
    ------
    NotFound
        If there is none that ``actor`` may know of; the other side's is none.
    """
    query = sa.select(Survey, Tandem.key).join(Tandem, Tandem.id == Survey.tandem_id)
    found = session.execute(
        query.where(Survey.programme_id == programme.id, Survey.key == key)
    ).one_or_none()
    if found is None:
        raise NotFound
    survey, tandem_key = found
    tandem = get_tandem(session, tandem_key, programme=programme, actor=actor)
    side = side_of(actor, tandem)
    require_known(side in {None, survey.side})
    called = side is None and can_answer_for(actor, person_on(tandem, survey.side))
    return Asked(survey=survey, tandem=tandem, is_own=side is not None, is_called=called)


def answer_survey(
    session: Session, key: str, draft: SurveyDraft, *, programme: Programme, actor: Account
) -> Survey:
    """Take the answers of one side; once sent they stand, and the same twice is once.

    Raises
    ------
    NotFound
        If there is no such survey that ``actor`` may know of.
    NotAllowed
        If it is not theirs to answer.
    AnsweredAlready
        If something else was answered before.
    """
    with transaction(session):
        take_turns(session, programme.id)
        asked = get_survey(session, key, programme=programme, actor=actor)
        require(asked.is_own or asked.is_called)
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
