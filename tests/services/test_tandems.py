"""From the invitation to the tandem, or to its end."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tandem import clock, work
from tandem.errors import NotAllowed, NotFound, Stale
from tandem.models import AuditEvent, Mail, Notice, Side, Tandem, TandemState
from tandem.services import duties, tandems
from tests.support import pairs
from tests.support.clocks import stopped

LEASE = timedelta(seconds=15)
AUTUMN = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)


@pytest.fixture
def tandem(make, programme, coordinator):
    return pairs.invited(make, make.mentor(programme), make.mentee(programme), by=coordinator)


@pytest.fixture
def at(monkeypatch):
    """Set the time."""

    def set_time(moment):
        for module in ("answering", "attending", "inviting", "showing"):
            monkeypatch.setattr(f"tandem.services.tandems.{module}.now", lambda: moment)

    return set_time


@pytest.fixture
def say(session, programme):
    """Answer for one side."""

    def answer(tandem, side, *, yes=True, **values):
        mentor, mentee = pairs.accounts_of(tandem)
        return tandems.answer(
            session,
            tandem.key,
            **(
                {
                    "programme": programme,
                    "actor": mentor if side is Side.MENTOR else mentee,
                    "says_yes": yes,
                    "seen_version": tandem.version,
                }
                | values
            ),
        )

    return answer


@pytest.fixture
def attend(session):
    """Do the work that a worker would do at this moment."""

    def run(moment):
        claim = work.claim(session, Tandem, now=moment, lease=LEASE)
        assert claim is not None
        duties.attend(session, claim)
        return claim

    return run


def mails(session, kind):
    query = sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)
    return session.scalars(query).all()


def addressees(session, kind):
    return {mail.to_address for mail in mails(session, kind)}


def notices(session):
    """Return what those who coordinate are told of, and who is told."""
    query = sa.select(Notice).order_by(Notice.id)
    return [(each.kind, each.digest.membership.account.email) for each in session.scalars(query)]


def actions(session, tandem):
    query = sa.select(AuditEvent.action).where(AuditEvent.subject_kind == "tandems")
    return session.scalars(query.order_by(AuditEvent.id)).all()


def test_an_invitation_takes_the_lowest_free_place_and_asks_both(session, make, programme):
    mentor = make.mentor(programme, capacity=2)
    first = pairs.invited(make, mentor, make.mentee(programme))
    second = pairs.invited(make, mentor, make.mentee(programme))
    assert (first.slot, second.slot, second.capacity) == (1, 2, 2)
    assert second.state is TandemState.INVITED
    accounts = pairs.accounts_of(second)
    assert {each.email for each in accounts} < addressees(session, "invitation")


def test_there_is_time_until_the_end_of_the_last_day_where_the_programme_is(make, at):
    at(AUTUMN)
    programme = make.programme(invitation_days=7, reminder_days=3)
    made = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    zone = ZoneInfo("Europe/Berlin")
    assert made.expires_at.astimezone(zone).isoformat() == "2026-10-28T23:59:59+01:00"
    assert made.due_at.astimezone(zone).isoformat() == "2026-10-24T09:00:00+02:00"


def test_a_mentee_is_asked_once_and_the_second_learns_who_was_first(make, programme, tandem):
    with pytest.raises(tandems.MenteeTaken) as caught:
        pairs.invited(make, make.mentor(programme), tandem.mentee)
    [other] = caught.value.in_the_way
    assert other.mentor == tandem.mentor.name
    assert other.decided_by == tandem.decision.account.name
    assert other.reason == "They get on well."


def test_a_mentor_has_no_more_tandems_than_places(make, programme, tandem):
    with pytest.raises(tandems.MentorTaken) as caught:
        pairs.invited(make, tandem.mentor, make.mentee(programme))
    assert [other.key for other in caught.value.in_the_way] == [tandem.key]


def test_a_mentor_without_any_place_is_taken_by_nobody(make, programme):
    with pytest.raises(tandems.MentorTaken) as caught:
        pairs.invited(make, make.mentor(programme, capacity=0), make.mentee(programme))
    assert list(caught.value.in_the_way) == []


def test_a_decision_leads_to_one_tandem_only(session, make, programme, tandem, say):
    say(tandem, Side.MENTEE, yes=False)
    with pytest.raises(sa.exc.IntegrityError):
        tandems.invite(session, tandem.decision, programme=programme)


def test_one_yes_waits_for_the_other(session, tandem, say):
    say(tandem, Side.MENTEE)
    assert tandem.state is TandemState.INVITED
    assert tandem.mentee_yes_at is not None
    assert tandem.mentor_yes_at is None
    assert not mails(session, "tandem_active")


@pytest.mark.parametrize("order", [tuple(Side), tuple(reversed(Side))])
def test_the_second_yes_begins_the_tandem_and_tells_each_how_to_reach_the_other(
    session, tandem, say, order
):
    for side in order:
        say(tandem, side)
    assert tandem.state is TandemState.ACTIVE
    assert tandem.started_at is not None
    assert tandem.due_at is not None
    mentor, mentee = pairs.accounts_of(tandem)
    told = {mail.to_address: mail.text for mail in mails(session, "tandem_active")}
    assert mentee.name in told[mentor.email]
    assert mentee.email in told[mentor.email]
    assert tandem.mentor.company.name in told[mentee.email]
    assert mentor.email in told[mentee.email]
    assert actions(session, tandem)[-2:] == ["accept_invitation", "begin_tandem"]


def test_a_double_click_is_one_answer(session, tandem, say):
    seen = tandem.version
    for side in Side:
        say(tandem, side, seen_version=seen)
        say(tandem, side, seen_version=seen)
    assert tandem.state is TandemState.ACTIVE
    assert len(mails(session, "tandem_active")) == 2
    assert actions(session, tandem).count("accept_invitation") == 2


def test_a_no_frees_the_place_and_tells_the_others_without_the_reason(
    session, make, programme, coordinator, tandem, say
):
    say(tandem, Side.MENTEE, yes=False, reason="I am moving away.")
    say(tandem, Side.MENTEE, yes=False, reason="Again")
    assert tandem.state is TandemState.DECLINED
    assert tandem.decline_reason == "I am moving away."
    mentor, _mentee = pairs.accounts_of(tandem)
    told = mails(session, "invitation_declined")
    assert {mail.to_address for mail in told} == {mentor.email}
    assert notices(session) == [("invitation_declined", coordinator.email)]
    assert not any("moving" in mail.text + mail.html for mail in told)
    assert tandems.who_declined(session, tandem) is Side.MENTEE
    assert pairs.invited(make, tandem.mentor, make.mentee(programme)).slot == tandem.slot


def test_nobody_declined_what_expired(session, tandem):
    assert tandems.who_declined(session, tandem) is None


def test_a_yes_can_be_taken_back_while_the_other_is_silent(tandem, say):
    say(tandem, Side.MENTOR)
    say(tandem, Side.MENTOR, yes=False)
    assert tandem.state is TandemState.DECLINED


def test_an_old_page_does_not_take_a_yes_back(tandem, say):
    seen = tandem.version
    say(tandem, Side.MENTOR)
    with pytest.raises(Stale):
        say(tandem, Side.MENTOR, yes=False, seen_version=seen)


def test_the_other_sides_yes_does_not_make_a_page_old(tandem, say):
    seen = tandem.version
    say(tandem, Side.MENTOR)
    say(tandem, Side.MENTEE, yes=False, seen_version=seen)
    assert tandem.state is TandemState.DECLINED


def test_after_both_said_yes_a_no_comes_too_late(tandem, say):
    for side in Side:
        say(tandem, side)
    with pytest.raises(tandems.AnswerTooLate) as caught:
        say(tandem, Side.MENTEE, yes=False)
    assert caught.value.state is TandemState.ACTIVE


@pytest.mark.parametrize(
    "state", [TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN]
)
def test_a_yes_to_what_is_over_comes_too_late(make, programme, say, state):
    over = pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)
    with pytest.raises(tandems.AnswerTooLate) as caught:
        say(over, Side.MENTOR)
    assert caught.value.state is state


def test_an_answer_after_the_deadline_does_not_wait_for_the_worker(tandem, say, at):
    at(tandem.expires_at + timedelta(seconds=1))
    with pytest.raises(tandems.AnswerTooLate) as caught:
        say(tandem, Side.MENTOR)
    assert caught.value.state is TandemState.EXPIRED


def test_only_the_two_answer(session, make, programme, coordinator, tandem, say):
    with pytest.raises(NotAllowed):
        say(tandem, Side.MENTOR, actor=coordinator)
    stranger = make.mentor(programme).membership.account
    with pytest.raises(NotFound):
        say(tandem, Side.MENTOR, actor=stranger)


def test_a_tandem_of_another_programme_is_not_there(session, make, tandem):
    other = make.programme()
    with pytest.raises(NotFound):
        tandems.get_tandem(session, tandem.key, programme=other, actor=make.coordinator(other))


def test_the_coordinator_takes_an_invitation_back(session, programme, coordinator, tandem):
    tandems.withdraw(
        session,
        tandem.key,
        programme=programme,
        actor=coordinator,
        reason="A mistake of mine.",
        seen_version=tandem.version,
    )
    assert tandem.state is TandemState.WITHDRAWN
    told = mails(session, "invitation_withdrawn")
    assert {mail.to_address for mail in told} == {a.email for a in pairs.accounts_of(tandem)}
    assert not any("mistake" in mail.text for mail in told)


def test_withdrawing_is_refused_when_someone_has_answered_since(
    session, programme, coordinator, tandem, say
):
    seen = tandem.version
    call = {"programme": programme, "actor": coordinator, "reason": "x"}
    say(tandem, Side.MENTOR)
    with pytest.raises(Stale):
        tandems.withdraw(session, tandem.key, seen_version=seen, **call)
    say(tandem, Side.MENTEE)
    with pytest.raises(tandems.AnswerTooLate):
        tandems.withdraw(session, tandem.key, seen_version=tandem.version, **call)


def test_a_participant_does_not_withdraw(session, programme, tandem):
    mentor, _mentee = pairs.accounts_of(tandem)
    with pytest.raises(NotAllowed):
        tandems.withdraw(
            session, tandem.key, programme=programme, actor=mentor, reason="x", seen_version=1
        )


def test_who_is_silent_is_reminded_once(session, tandem, say, at, attend):
    say(tandem, Side.MENTOR)
    at(tandem.due_at)
    attend(tandem.due_at)
    _mentor, mentee = pairs.accounts_of(tandem)
    assert addressees(session, "invitation_reminder") == {mentee.email}
    assert tandem.due_at == tandem.expires_at
    assert tandem.state is TandemState.INVITED


def test_who_was_reminded_this_morning_by_a_coordinator_is_not_reminded_again(
    session, programme, coordinator, tandem, monkeypatch, attend
):
    due = tandem.due_at
    time = stopped(monkeypatch, due - timedelta(minutes=30))
    tandems.remind_now(session, tandem.key, programme=programme, actor=coordinator)
    for moment in (due, due + timedelta(days=1)):
        time.moment = tandem.due_at = moment
        session.commit()
        attend(moment)
    assert len(mails(session, "invitation_reminder")) == 2
    assert tandem.due_at == tandem.expires_at


def test_work_done_twice_writes_one_mail(session, tandem, at, attend):
    moment = tandem.due_at
    at(moment)
    attend(moment)
    tandem.due_at = moment
    session.commit()
    attend(moment)
    assert len(mails(session, "invitation_reminder")) == 2


def test_silence_ends_the_invitation_and_frees_both(
    session, make, programme, coordinator, tandem, at, attend
):
    at(tandem.due_at)
    attend(tandem.due_at)
    at(tandem.expires_at)
    attend(tandem.expires_at)
    assert tandem.state is TandemState.EXPIRED
    assert tandem.due_at is None
    expected = {account.email for account in pairs.accounts_of(tandem)}
    assert addressees(session, "invitation_expired") == expected
    assert notices(session) == [("invitation_expired", coordinator.email)]
    pairs.invited(make, tandem.mentor, tandem.mentee)


def test_a_worker_that_comes_too_late_changes_nothing(session, tandem, at):
    at(tandem.due_at)
    claim = work.claim(session, Tandem, now=tandem.due_at, lease=LEASE)
    later = tandem.due_at + 2 * LEASE
    assert work.claim(session, Tandem, now=later, lease=LEASE) is not None
    with pytest.raises(work.LostClaim):
        duties.attend(session, claim)
    assert not mails(session, "invitation_reminder")


def test_an_answer_calls_the_work_off(session, tandem, say, at):
    at(tandem.due_at)
    claim = work.claim(session, Tandem, now=tandem.due_at, lease=LEASE)
    say(tandem, Side.MENTEE, yes=False)
    with pytest.raises(work.LostClaim):
        duties.attend(session, claim)


def test_work_on_what_is_no_invitation_is_put_away(session, make, programme, attend):
    running = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
    running.due_at = clock.now()
    make.save(running)
    attend(clock.now())
    assert running.due_at is None or running.due_at > clock.now()
    assert running.state is TandemState.ACTIVE


def test_the_list_shows_each_view_in_its_order(session, make, programme, coordinator):
    made = {
        state: pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)
        for state in TandemState
    }
    late = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    late.expires_at -= timedelta(days=2)
    make.save(late)
    waiting = tandems.list_tandems(session, programme, actor=coordinator, view=tandems.View.WAITING)
    assert list(waiting.tandems) == [late, made[TandemState.INVITED]]
    assert waiting.counts == {
        tandems.View.WAITING: 2,
        tandems.View.RUNNING: 2,
        tandems.View.OVER: 5,
    }
    assert waiting.pages == 1
    assert tandems.list_tandems(session, programme, actor=coordinator, view=None) == waiting


def test_the_list_shows_those_that_run_where_no_invitation_waits(
    session, make, programme, coordinator
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    running = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
    listing = tandems.list_tandems(session, programme, actor=coordinator, view=None)
    assert (list(listing.tandems), listing.view) == ([running], tandems.View.RUNNING)


def test_participants_get_no_list(session, programme, tandem):
    mentor, _mentee = pairs.accounts_of(tandem)
    with pytest.raises(NotAllowed):
        tandems.list_tandems(session, programme, actor=mentor, view=tandems.View.WAITING)
