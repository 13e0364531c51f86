"""Agreements: one side writes, the other agrees; both may change them, none is lost."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed, NotFound
from tandem.models import (
    Agreement,
    AgreementState,
    AuditEvent,
    Mail,
    Meeting,
    MeetingState,
    Side,
    TandemState,
    Way,
)
from tandem.services import agreements
from tandem.services.programmes import at_local_time, local_day, months_after, today
from tests.support import agreeing, pairs
from tests.support import called as called_for


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def called(make, programme, coordinator):
    """A tandem whose mentee no mail can reach."""
    mentee = called_for.without_address(make, make.mentee(programme))
    return pairs.tandem(make, make.mentor(programme), mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def at(monkeypatch):
    """Set the time."""

    def set_time(moment):
        for module in ("agreements.attending", "agreements.writing", "programmes"):
            monkeypatch.setattr(f"tandem.services.{module}.now", lambda: moment)

    return set_time


def mails(session, kind):
    query = sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)
    return session.scalars(query).all()


def actions(session):
    query = sa.select(AuditEvent).where(AuditEvent.subject_kind == "agreements")
    return [
        (each.action, each.details.get("side"), each.details.get("by"))
        for each in session.scalars(query.order_by(AuditEvent.id))
    ]


def states(session):
    return session.scalars(sa.select(Agreement.state).order_by(Agreement.number)).all()


def test_what_is_suggested_is_what_the_two_have_in_common(session, make, programme, coordinator):
    mentor = make.mentor(programme, topics=["network", "interview"], modes=["online"])
    mentee = make.mentee(
        programme, topics=["interview", "recognition"], modes=["in_person", "online"]
    )
    tandem = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)
    suggested = agreements.suggest(session, tandem, programme)
    assert suggested.topics == ("interview",)
    assert suggested.ways == (Way.VIDEO, Way.PHONE)
    assert suggested.ends_on == months_after(today(programme), programme.tandem_months)


def test_the_time_together_begins_with_the_first_meeting(session, make, programme, tandem):
    for days in (30, 12):
        make.save(
            Meeting(
                programme_id=programme.id,
                tandem_id=tandem.id,
                state=MeetingState.HELD,
                starts_at=now() - timedelta(days=days),
                minutes=60,
                way=Way.IN_PERSON,
                logged_at=now(),
            )
        )
    first = local_day(now() - timedelta(days=30), programme)
    suggested = agreements.suggest(session, tandem, programme)
    assert suggested.ends_on == months_after(first, programme.tandem_months)
    assert agreeing.propose(make, tandem).begins_on == first


@pytest.mark.parametrize("side", Side)
def test_one_side_writes_and_the_other_is_asked(session, make, tandem, side):
    written = agreeing.propose(make, tandem, by=side)
    assert written.state is AgreementState.PROPOSED
    assert (written.mentor_yes_at is None) is (side is Side.MENTEE)
    assert (written.mentee_yes_at is None) is (side is Side.MENTOR)
    [mail] = mails(session, "agreement_proposed")
    across = Side.MENTEE if side is Side.MENTOR else Side.MENTOR
    assert mail.to_address == agreeing.person(tandem, across).email
    assert f"/agreements/{tandem.key}" in mail.text
    assert actions(session) == [("propose_agreement", side.value, None)]


def test_the_second_yes_puts_it_in_force(session, make, programme, tandem):
    made = agreeing.agreed(make, tandem, every_weeks=3)
    assert made.state is AgreementState.IN_FORCE
    assert tandem.due_at is not None
    found = agreements.in_force(session, [tandem.id])
    assert found[tandem.id].every_weeks == 3
    [mail] = mails(session, "agreement_in_force")
    assert mail.to_address == agreeing.person(tandem, Side.MENTOR).email
    assert actions(session)[-2:] == [
        ("agree_agreement", "mentee", None),
        ("begin_agreement", None, None),
    ]


def test_the_author_alone_puts_nothing_in_force(session, make, tandem):
    written = agreeing.propose(make, tandem)
    agreeing.agree(make, tandem, written, by=Side.MENTOR)
    assert written.state is AgreementState.PROPOSED
    assert not agreements.in_force(session, [tandem.id])


def test_a_yes_twice_is_one_yes(session, make, tandem):
    made = agreeing.agreed(make, tandem)
    said_at = made.mentee_yes_at
    assert agreeing.agree(make, tandem, made, by=Side.MENTEE).mentee_yes_at == said_at
    assert len(mails(session, "agreement_in_force")) == 1
    assert [action for action, *_ in actions(session)].count("agree_agreement") == 1


def test_a_change_is_a_new_wording_to_which_the_other_must_agree_anew(session, make, tandem):
    first = agreeing.propose(make, tandem, by=Side.MENTOR)
    second = agreeing.propose(make, tandem, by=Side.MENTEE, seen=1, every_weeks=4)
    assert (first.state, second.state) == (AgreementState.DROPPED, AgreementState.PROPOSED)
    assert second.mentor_yes_at is None
    with pytest.raises(agreements.Overtaken):
        agreeing.agree(make, tandem, first, by=Side.MENTEE)
    agreeing.agree(make, tandem, second, by=Side.MENTOR)
    assert states(session) == [AgreementState.DROPPED, AgreementState.IN_FORCE]


def test_what_is_in_force_stays_so_until_both_have_agreed_to_the_next(session, make, tandem):
    before = agreeing.agreed(make, tandem, every_weeks=2)
    after = agreeing.propose(make, tandem, by=Side.MENTEE, every_weeks=4)
    assert agreements.in_force(session, [tandem.id])[tandem.id].id == before.id
    agreeing.agree(make, tandem, after, by=Side.MENTOR)
    assert states(session) == [AgreementState.REPLACED, AgreementState.IN_FORCE]
    assert after.begins_on == before.begins_on


def test_a_proposal_can_be_put_aside_by_either(session, make, programme, tandem):
    agreeing.agreed(make, tandem)
    for side in Side:
        written = agreeing.propose(make, tandem, every_weeks=5)
        actor = agreeing.person(tandem, side)
        for _ in range(2):
            agreements.drop(session, tandem.key, written.key, programme=programme, actor=actor)
        assert written.state is AgreementState.DROPPED
    assert agreements.in_force(session, [tandem.id])
    told = [mail.to_address for mail in mails(session, "agreement_dropped")]
    mentor, mentee = pairs.accounts_of(tandem)
    assert told == [mentee.email, mentor.email]


def test_what_both_agreed_to_is_not_put_aside(session, make, programme, tandem):
    made = agreeing.agreed(make, tandem)
    with pytest.raises(agreements.Overtaken):
        agreements.drop(
            session,
            tandem.key,
            made.key,
            programme=programme,
            actor=agreeing.person(tandem, Side.MENTOR),
        )


def test_who_writes_on_an_older_wording_learns_of_the_newer(make, tandem):
    """E17: two people edit at once."""
    agreeing.propose(make, tandem, by=Side.MENTOR, seen=0)
    with pytest.raises(agreements.Overtaken):
        agreeing.propose(make, tandem, by=Side.MENTEE, seen=0, every_weeks=4)
    assert agreeing.propose(make, tandem, by=Side.MENTEE, seen=1, every_weeks=4).number == 2


def test_the_same_words_again_are_no_new_wording(session, make, tandem):
    first = agreeing.propose(make, tandem, seen=0)
    assert agreeing.propose(make, tandem, seen=0).id == first.id
    assert len(mails(session, "agreement_proposed")) == 1


@pytest.mark.parametrize("days", [0, -1, 800])
def test_an_end_in_the_past_or_far_away_is_refused(make, programme, tandem, days):
    with pytest.raises(agreements.EndOutOfRange) as refused:
        agreeing.propose(make, tandem, ends_on=today(programme) + timedelta(days=days))
    assert refused.value.last_day == months_after(today(programme), 24)


@pytest.mark.parametrize(
    "state", [TandemState.INVITED, TandemState.PAUSED, TandemState.ENDED_EARLY]
)
def test_only_a_tandem_that_runs_agrees_on_something(make, programme, state):
    made = pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)
    with pytest.raises(agreements.NotRunning):
        agreeing.propose(make, made)


def test_others_find_nothing_and_a_coordinator_does_not_speak_for_those_with_accounts(
    make, programme, coordinator, tandem
):
    strangers = [make.mentee(programme).membership.account, make.coordinator()]
    written = agreeing.propose(make, tandem)
    for stranger in strangers:
        with pytest.raises(NotFound):
            agreeing.agree(make, tandem, written, by=stranger)
    with pytest.raises(NotAllowed):
        agreeing.agree(make, tandem, written, by=coordinator)
    with pytest.raises(NotAllowed):
        agreeing.propose(make, tandem, by=coordinator, every_weeks=7)


def test_a_coordinator_writes_down_what_somebody_without_an_account_says(
    session, make, coordinator, called
):
    written = agreeing.propose(make, called, by=coordinator)
    assert written.proposed_by is Side.MENTEE
    agreeing.agree(make, called, written, by=Side.MENTOR)
    assert written.state is AgreementState.IN_FORCE
    assert actions(session)[:2] == [
        ("propose_agreement", "mentee", "staff"),
        ("agree_agreement", "mentor", None),
    ]


def test_a_coordinator_writes_down_the_yes_of_that_side_only(session, make, coordinator, called):
    written = agreeing.propose(make, called, by=Side.MENTOR)
    agreeing.agree(make, called, written, by=coordinator)
    assert written.state is AgreementState.IN_FORCE
    assert ("agree_agreement", "mentee", "staff") in actions(session)


def test_of_two_without_accounts_the_yes_of_each_is_written_down(
    session, make, coordinator, called
):
    called_for.without_address(make, called.mentor)
    written = agreeing.propose(make, called, by=coordinator)
    assert states(session) == [AgreementState.PROPOSED]
    agreeing.agree(make, called, written, by=coordinator)
    assert states(session) == [AgreementState.IN_FORCE]
    assert [each[1:] for each in actions(session)[:2]] == [
        ("mentor", "staff"),
        ("mentee", "staff"),
    ]


def test_once_they_have_an_account_they_speak_for_themselves(make, coordinator, called):
    called.mentee.membership.account.confirmed_at = now()
    make.save(called.mentee.membership.account)
    with pytest.raises(NotAllowed):
        agreeing.propose(make, called, by=coordinator)


@pytest.fixture
def mark(session, programme):
    def marking(tandem, goal, *, by=Side.MENTEE, reached=True):
        return agreements.mark_goal(
            session,
            tandem.key,
            goal.key,
            programme=programme,
            actor=agreeing.person(tandem, by),
            reached=reached,
        )

    return marking


def test_either_side_marks_a_goal_and_takes_the_mark_away(session, make, programme, tandem, mark):
    topic, own = agreeing.agreed(make, tandem).goals
    mark(tandem, topic, by=Side.MENTOR)
    mark(tandem, topic, by=Side.MENTEE)
    assert (topic.reached_on, own.reached_on) == (today(programme), None)
    mark(tandem, topic, reached=False)
    assert topic.reached_on is None
    said = [action for action, *_ in actions(session)]
    assert (said.count("reach_goal"), said.count("reopen_goal")) == (1, 1)


def test_goals_that_stay_keep_their_marks_in_the_next_wording(make, programme, tandem, mark):
    first = agreeing.agreed(make, tandem, own_goals=("Exam B2",))
    second = agreeing.propose(make, tandem, topics=("network",), own_goals=("exam b2", "New"))
    mark(tandem, first.goals[1])
    agreeing.agree(make, tandem, second, by=Side.MENTEE)
    marks = {goal.topic or goal.text: goal.reached_on for goal in second.goals}
    assert marks == {"network": None, "exam b2": today(programme), "New": None}


def test_a_goal_of_another_wording_is_marked_no_more(make, tandem, mark):
    proposed = agreeing.propose(make, tandem)
    with pytest.raises(agreements.Overtaken):
        mark(tandem, proposed.goals[0])


def test_a_goal_of_another_tandem_is_not_found(make, programme, tandem, mark):
    other = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
    with pytest.raises(NotFound):
        mark(tandem, agreeing.agreed(make, other).goals[0])


def test_a_tandem_that_is_over_keeps_its_marks(make, tandem, mark):
    goal = agreeing.agreed(make, tandem).goals[0]
    tandem.state = TandemState.COMPLETED
    tandem.ended_at = now()
    make.save(tandem)
    with pytest.raises(agreements.NotRunning):
        mark(tandem, goal)


def begun(make, tandem, day, programme, hour=12):
    tandem.started_at = at_local_time(day, time(hour), programme)
    return make.save(tandem)


def test_without_an_agreement_both_are_reminded_once(session, make, programme, tandem, at):
    begun(make, tandem, date(2026, 10, 12), programme)
    due = datetime(2026, 10, 26, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    at(due - timedelta(seconds=1))
    assert agreements.attend(session, tandem, programme) == due
    assert not mails(session, "agreement_reminder")
    for moment in (due, due + timedelta(days=7), due - timedelta(hours=1)):
        at(moment)
        agreements.attend(session, tandem, programme)
    session.flush()
    told = {mail.to_address for mail in mails(session, "agreement_reminder")}
    assert told == {account.email for account in pairs.accounts_of(tandem)}
    assert len(mails(session, "agreement_reminder")) == 2


def test_whoever_wants_no_reminders_gets_none(session, make, programme, tandem, at):
    tandem.mentor.membership.quiet_at = now()
    make.save(tandem.mentor.membership)
    at(now() + timedelta(days=30))
    agreements.attend(session, tandem, programme)
    session.flush()
    [mail] = mails(session, "agreement_reminder")
    assert mail.to_address == agreeing.person(tandem, Side.MENTEE).email


@pytest.mark.parametrize("state", [TandemState.PAUSED, TandemState.ENDED_EARLY])
def test_a_tandem_that_does_not_run_is_not_reminded(session, make, programme, state, at):
    made = pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)
    at(now() + timedelta(days=30))
    assert agreements.attend(session, made, programme) is None
    assert not mails(session, "agreement_reminder")


def test_with_an_agreement_nobody_is_reminded(session, make, programme, tandem, at):
    agreeing.agreed(make, tandem)
    at(now() + timedelta(days=30))
    assert agreements.attend(session, tandem, programme) is None
    assert not mails(session, "agreement_reminder")


def test_unsigned_are_those_that_run_for_two_weeks_without_one(session, make, programme, tandem):
    started = {}
    for days in (13, 14, 20):
        made = pairs.tandem(
            make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE
        )
        begun(make, made, today(programme) - timedelta(days=days), programme, hour=23)
        started[days] = made.id
    agreeing.agreed(make, tandem)
    pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.PAUSED)
    elsewhere = make.programme()
    pairs.tandem(make, make.mentor(elsewhere), make.mentee(elsewhere), TandemState.ACTIVE)
    found = [each.id for each in agreements.list_unsigned(session, programme)]
    assert found == [started[20], started[14]]
