"""A tandem of half a year, its clock, and what is done at its end."""

from datetime import UTC, datetime

import pytest

from tandem.models import Again, Side
from tandem.services import closings
from tests.support import clocks, endings, pairs

START = datetime(2026, 8, 31, 12, tzinfo=UTC)
DRAFT = closings.SurveyDraft(satisfied=5, reached=4, supported=5, again=Again.YES, remark="Good")


@pytest.fixture
def time(monkeypatch):
    return clocks.stopped(monkeypatch, START)


@pytest.fixture
def programme(time, make):
    return make.programme(tandem_months=6)


@pytest.fixture
def tandem(make, programme, coordinator):
    return endings.running(make, make.mentor(programme), make.mentee(programme))


@pytest.fixture
def close(session, programme, coordinator, tandem):
    def run(draft=None, *, actor=coordinator):
        draft = draft or closings.ClosingDraft()
        return closings.close(session, tandem.key, draft, programme=programme, actor=actor)

    return run


@pytest.fixture
def answer(session, programme, tandem):
    """Answer the survey of one side."""

    def run(draft=DRAFT, *, actor=None, side=Side.MENTOR):
        [survey] = [each for each in closings.surveys_of(session, tandem) if each.side is side]
        mentor, _mentee = pairs.accounts_of(tandem)
        return closings.answer_survey(
            session, survey.key, draft, programme=programme, actor=actor or mentor
        )

    return run
