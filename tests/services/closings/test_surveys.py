"""What both say of a tandem that has ended: asked, answered once, taken up, forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.errors import NotAllowed, NotFound
from tandem.models import (
    Again,
    AuditEvent,
    Note,
    Side,
)
from tandem.services import closings, outcomes
from tandem.services.erasing import WhoAsked, erase
from tandem.services.own_data.gathering import gather
from tests.support import called, endings, pairs


def test_who_has_not_answered_is_reminded_once_unless_they_want_quiet(
    session, make, tandem, time, close, answer
):
    close()
    answer()
    time.moment += timedelta(days=8)
    endings.attend(session)
    tandem.due_at = clock.now()
    session.commit()
    endings.attend(session)
    mentor, mentee = pairs.accounts_of(tandem)
    assert "survey_reminder" not in endings.letters(session, mentor)
    assert endings.letters(session, mentee).count("survey_reminder") == 1


def test_whoever_wants_quiet_is_not_reminded(session, make, tandem, time, close):
    tandem.mentee.membership.quiet_at = clock.now()
    make.save(tandem.mentee.membership)
    close()
    time.moment += timedelta(days=8)
    endings.attend(session)
    mentor, mentee = pairs.accounts_of(tandem)
    assert "survey_reminder" in endings.letters(session, mentor)
    assert "survey_reminder" not in endings.letters(session, mentee)


def test_after_an_early_end_both_are_asked_the_next_morning(session, make, tandem, time):
    endings.ended_early(make, tandem)
    endings.attend(session)
    assert "survey" not in endings.letters(session)
    time.moment = datetime(2026, 9, 1, 7, tzinfo=UTC)
    endings.attend(session)
    mentor, mentee = pairs.accounts_of(tandem)
    assert endings.letters(session, mentor)[-1] == endings.letters(session, mentee)[-1] == "survey"


def test_answers_stand_and_the_same_twice_is_once(session, close, answer):
    close()
    first = answer()
    assert answer().answered_at == first.answered_at
    with pytest.raises(closings.AnsweredAlready):
        answer(closings.SurveyDraft(satisfied=1, reached=1, supported=1, again=Again.NO))
    done = sa.select(AuditEvent.id).where(AuditEvent.action == "answer_survey")
    assert len(session.scalars(done).all()) == 1


def test_each_answers_for_their_own_side(session, make, programme, coordinator, close, answer):
    tandem = close()
    mentor, mentee = pairs.accounts_of(tandem)
    stranger = make.mentor(programme).membership.account
    for outsider in (mentee, stranger, make.coordinator(make.programme())):
        with pytest.raises(NotFound):
            answer(actor=outsider, side=Side.MENTOR)
    with pytest.raises(NotAllowed):
        answer(actor=coordinator, side=Side.MENTOR)
    assert answer(actor=mentee, side=Side.MENTEE).side is Side.MENTEE
    assert answer(actor=mentor, side=Side.MENTOR).side is Side.MENTOR


def test_a_coordinator_writes_down_what_somebody_says_whom_they_call(
    make, tandem, coordinator, close, answer
):
    called.without_address(make, tandem.mentee)
    close()
    assert answer(actor=coordinator, side=Side.MENTEE).satisfied == 5
    with pytest.raises(NotAllowed):
        answer(actor=coordinator, side=Side.MENTOR)


def test_a_running_tandem_has_no_survey(session, tandem):
    endings.attend(session)
    assert closings.surveys_of(session, tandem) == []


def test_who_would_go_again_waits_until_a_coordinator_took_it_up(
    session, programme, coordinator, tandem, close, answer
):
    close()
    mentor, mentee = pairs.accounts_of(tandem)
    survey = answer(actor=mentor)
    no = closings.SurveyDraft(satisfied=3, reached=3, supported=3, again=Again.NO)
    answer(no, actor=mentee, side=Side.MENTEE)
    listed = closings.list_again(session, programme, actor=coordinator)
    assert list(listed) == [survey]
    with pytest.raises(NotAllowed):
        closings.attend_to_survey(session, survey.key, programme=programme, actor=mentor)
    for _ in range(2):
        closings.attend_to_survey(session, survey.key, programme=programme, actor=coordinator)
    assert closings.list_again(session, programme, actor=coordinator) == []


@pytest.mark.parametrize("side", list(Side))
def test_what_was_written_goes_with_whoever_is_erased_and_figures_stay(
    session, programme, coordinator, close, answer, time, side
):
    """TRUST H1: both wrote about both; only the figures say nothing of who."""
    tandem = close(closings.ClosingDraft(text="Both content."))
    person = tandem.mentor if side is Side.MENTOR else tandem.mentee
    mentor, mentee = pairs.accounts_of(tandem)
    answer(actor=mentor)
    answer(actor=mentee, side=Side.MENTEE)
    erase(session, person, programme=programme, actor=coordinator, asked=WhoAsked.STAFF)
    found = closings.surveys_of(session, tandem)
    assert [(each.remark, each.satisfied) for each in found] == [("", 5), ("", 5)]
    assert session.scalars(sa.select(Note).where(Note.tandem_id == tandem.id)).all() == []


def test_whoever_is_erased_is_asked_nothing_and_whoever_stays_on_the_page(
    session, programme, coordinator, tandem, time
):
    mentor, _mentee = pairs.accounts_of(tandem)
    erase(session, tandem.mentee, programme=programme, actor=coordinator, asked=WhoAsked.STAFF)
    for _ in range(12):
        time.moment += timedelta(days=31)
        endings.attend(session)
    [survey] = closings.surveys_of(session, tandem)
    assert survey.side is Side.MENTOR
    assert outcomes.outcomes_of(session, tandem) == []
    assert endings.letters(session, mentor)[-1] == "tandem_left"


def test_ones_own_answers_are_among_ones_data(session, programme, close, answer):
    tandem = close()
    mentor, mentee = pairs.accounts_of(tandem)
    answer(actor=mentor)
    held = gather(session, actor=mentor, programme=programme)
    assert [row["remark"] for row in held["surveys"]] == ["Good"]
    assert held["outcomes"] == []
    endings.attend(session)
    held = gather(session, actor=mentee, programme=programme)
    assert [row["remark"] for row in held["surveys"]] == [""]
    assert [row["months"] for row in held["outcomes"]] == [0]
