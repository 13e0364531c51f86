"""The end of a tandem: told of in time, closed by a person, and asked about afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.errors import NotAllowed, NotFound
from tandem.models import (
    Again,
    Agreement,
    AgreementState,
    AuditEvent,
    Digest,
    Exclusion,
    Mail,
    Membership,
    Note,
    NoteKind,
    Notice,
    Side,
    Survey,
    Tandem,
    TandemState,
)
from tandem.services import closings, outcomes, tandems
from tandem.services.erasing import WhoAsked, erase
from tandem.services.own_data.gathering import gather
from tandem.services.programmes import months_after
from tests.support import called, clocks, endings, pairs

START = datetime(2026, 8, 31, 12, tzinfo=UTC)
END = date(2027, 2, 28)
"""Six months after the last of August is the last of February."""
DRAFT = closings.SurveyDraft(satisfied=5, reached=4, supported=5, again=Again.YES, remark="Good")


@pytest.fixture
def time(monkeypatch):
    return clocks.stopped(monkeypatch, START)


@pytest.fixture
def programme(time, make):
    return make.programme(tandem_months=6)


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme)


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


def agree(make, tandem, *, ends_on, number=1, state=AgreementState.IN_FORCE):
    made = Agreement(
        programme_id=tandem.programme_id,
        tandem_id=tandem.id,
        number=number,
        proposed_by=Side.MENTOR,
        every_weeks=2,
        begins_on=START.date(),
        ends_on=ends_on,
        mentor_yes_at=clock.now(),
        mentee_yes_at=clock.now(),
    )
    make.save(made)
    made.state = state
    return make.save(made)


def kinds(session, account=None):
    query = sa.select(Mail.kind).order_by(Mail.id)
    if account is not None:
        query = query.where(Mail.to_address == account.email)
    return list(session.scalars(query))


def notices(session, coordinator):
    query = (
        sa.select(Notice.kind)
        .join(Digest, Digest.id == Notice.digest_id)
        .join(Membership, Membership.id == Digest.membership_id)
        .where(Membership.account_id == coordinator.id)
        .order_by(Notice.id)
    )
    return list(session.scalars(query))


def morning(day):
    """Nine o'clock in winter, where the programme is."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, expected):
    """E13: the end of a month and the leap day."""
    assert months_after(day, months) == expected


def test_everybody_is_told_two_weeks_before_the_end_and_once(session, tandem, coordinator, time):
    mentor, mentee = pairs.accounts_of(tandem)
    time.moment = morning(END - closings.NEAR) - timedelta(minutes=1)
    endings.attend(session)
    assert "closing" not in kinds(session)
    time.moment = morning(END - closings.NEAR)
    endings.attend(session)
    tandem.due_at = clock.now()
    session.commit()
    endings.attend(session)
    for account in (mentor, mentee):
        assert kinds(session, account).count("closing") == 1
    assert notices(session, coordinator) == ["closing_near"]
    told = session.scalars(sa.select(Mail.text).where(Mail.kind == "closing")).first()
    assert "February 28, 2027" in told


def test_the_end_goes_by_the_day_where_the_programme_is(session, make, programme, tandem):
    """E13: half past ten at night in UTC is the next day in Heide."""
    tandem.started_at = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)
    make.save(tandem)
    assert closings.end_of(session, tandem, programme).ends_on == date(2027, 3, 1)


def test_an_agreement_says_when_the_end_is(session, make, programme, tandem):
    agree(make, tandem, ends_on=date(2026, 12, 1), state=AgreementState.IN_FORCE)
    assert closings.end_of(session, tandem, programme).ends_on == date(2026, 12, 1)


def test_after_an_extension_the_new_end_is_told_of_too(session, make, tandem, time):
    first = agree(make, tandem, ends_on=END)
    time.moment = morning(END - closings.NEAR)
    endings.attend(session)
    first.state = AgreementState.REPLACED
    make.save(first)
    later = END + timedelta(days=90)
    agree(make, tandem, ends_on=later, number=2)
    tandem.due_at = clock.now()
    make.save(tandem)
    endings.attend(session)
    time.moment = morning(later)
    endings.attend(session)
    assert kinds(session).count("closing") == 4


def test_nobody_closes_it_and_it_stays_active(session, tandem, time):
    for _ in range(10):
        time.moment += timedelta(days=31)
        endings.attend(session)
    assert tandem.state is TandemState.ACTIVE


def test_a_wish_to_close_asks_the_coordinators_once(session, programme, coordinator, tandem):
    for account in (*pairs.accounts_of(tandem), *pairs.accounts_of(tandem)):
        closings.wish_to_close(session, tandem.key, programme=programme, actor=account)
    assert notices(session, coordinator) == ["closing_wished"]
    assert closings.end_of(session, tandem, programme).is_wished
    assert tandem.state is TandemState.ACTIVE


def test_a_new_agreement_takes_the_wish_back(session, make, programme, tandem, time):
    mentor, _mentee = pairs.accounts_of(tandem)
    closings.wish_to_close(session, tandem.key, programme=programme, actor=mentor)
    time.moment += timedelta(days=1)
    agree(make, tandem, ends_on=END)
    assert not closings.end_of(session, tandem, programme).is_wished


def test_only_the_two_wish_and_only_a_coordinator_closes(
    session, make, programme, coordinator, tandem, close
):
    with pytest.raises(NotAllowed):
        closings.wish_to_close(session, tandem.key, programme=programme, actor=coordinator)
    for account in pairs.accounts_of(tandem):
        with pytest.raises(NotAllowed):
            close(actor=account)
    with pytest.raises(NotFound):
        close(actor=make.coordinator(make.programme()))


def test_closing_thanks_both_frees_both_and_keeps_them_apart(session, make, programme, close):
    tandem = close()
    close()
    assert tandem.state is TandemState.COMPLETED
    mentor, mentee = pairs.accounts_of(tandem)
    assert kinds(session, mentor).count("thanks") == 1
    assert kinds(session, mentee).count("thanks") == 1
    surveys = session.scalars(sa.select(Survey).where(Survey.tandem_id == tandem.id)).all()
    assert {survey.side for survey in surveys} == set(Side)
    query = sa.select(Exclusion).where(Exclusion.mentor_id == tandem.mentor_id)
    assert session.scalars(query).one().mentee_id == tandem.mentee_id
    assert pairs.invited(make, tandem.mentor, make.mentee(programme)).slot == tandem.slot
    pairs.invited(make, make.mentor(programme), tandem.mentee)
    done = sa.select(AuditEvent.action).where(AuditEvent.action == "complete_tandem")
    assert len(session.scalars(done).all()) == 1


def test_the_closing_talk_is_noted_on_the_tandem(session, close, tandem, coordinator):
    close(closings.ClosingDraft(text="Both content.", talked_on=START.date()))
    note = session.scalars(sa.select(Note).where(Note.tandem_id == tandem.id)).one()
    assert (note.kind, note.text, note.account_id) == (
        NoteKind.TALK,
        "Both content.",
        coordinator.id,
    )


@pytest.mark.parametrize("day", [date(2026, 8, 30), date(2026, 9, 1), date.min])
def test_a_talk_before_the_beginning_or_after_today_closes_nothing(session, close, tandem, day):
    with pytest.raises(closings.OddDay):
        close(closings.ClosingDraft(text="x", talked_on=day))
    assert session.get_one(Tandem, tandem.id).state is TandemState.ACTIVE


@pytest.mark.parametrize("state", [TandemState.PAUSED, TandemState.ENDED_EARLY])
def test_only_a_running_tandem_is_closed(make, tandem, close, state):
    if state is TandemState.PAUSED:
        tandem.state = state
        make.save(tandem)
    else:
        endings.ended_early(make, tandem)
    with pytest.raises(tandems.NotRunning) as caught:
        close()
    assert caught.value.state is state


def test_an_invitation_is_not_closed(session, make, programme, coordinator):
    asked = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    with pytest.raises(tandems.NotRunning):
        closings.close(
            session, asked.key, closings.ClosingDraft(), programme=programme, actor=coordinator
        )


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
    assert "survey_reminder" not in kinds(session, mentor)
    assert kinds(session, mentee).count("survey_reminder") == 1


def test_whoever_wants_quiet_is_not_reminded(session, make, tandem, time, close):
    tandem.mentee.membership.quiet_at = clock.now()
    make.save(tandem.mentee.membership)
    close()
    time.moment += timedelta(days=8)
    endings.attend(session)
    mentor, mentee = pairs.accounts_of(tandem)
    assert "survey_reminder" in kinds(session, mentor)
    assert "survey_reminder" not in kinds(session, mentee)


def test_after_an_early_end_both_are_asked_the_next_morning(session, make, tandem, time):
    endings.ended_early(make, tandem)
    endings.attend(session)
    assert "survey" not in kinds(session)
    time.moment = datetime(2026, 9, 1, 7, tzinfo=UTC)
    endings.attend(session)
    mentor, mentee = pairs.accounts_of(tandem)
    assert kinds(session, mentor)[-1] == kinds(session, mentee)[-1] == "survey"


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


@pytest.mark.parametrize(("meetings", "certified"), [(2, False), (3, True)])
def test_an_early_end_makes_a_certificate_after_three_meetings(
    session, make, programme, tandem, meetings, certified
):
    endings.met(make, tandem, times=meetings, minutes=90)
    endings.ended_early(make, tandem)
    mentor, _mentee = pairs.accounts_of(tandem)
    assert closings.afterwards(session, tandem).is_certified is certified
    if certified:
        made = closings.get_certificate(
            session, tandem.key, programme=programme, actor=mentor, side=Side.MENTOR
        )
        assert (made.name, made.meetings, made.minutes) == (mentor.name, 3, 270)
    else:
        with pytest.raises(NotFound):
            closings.get_certificate(
                session, tandem.key, programme=programme, actor=mentor, side=Side.MENTOR
            )


def test_a_certificate_is_ones_own_and_coordinators_get_either(
    session, make, programme, coordinator, tandem, close
):
    def of(actor, side=Side.MENTOR):
        return closings.get_certificate(
            session, tandem.key, programme=programme, actor=actor, side=side
        )

    mentor, mentee = pairs.accounts_of(tandem)
    with pytest.raises(NotFound):
        of(mentor)
    close()
    assert of(mentor, Side.MENTEE).name == mentor.name
    assert of(mentee).name == mentee.name
    assert of(coordinator, Side.MENTEE).name == mentee.name
    assert of(coordinator, Side.MENTOR).name == mentor.name
    assert (of(mentor).began_on, of(mentor).ended_on) == (START.date(), START.date())


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
    assert kinds(session, mentor)[-1] == "tandem_left"


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
