"""Coordinators call people without an account, and write down what they say."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed, NotFound, Stale
from tandem.mail import has_notice
from tandem.models import AuditEvent, Mail, Notice, Role, Side, Tandem, TandemState
from tandem.services import tandems
from tandem.services.tandems import attending, inviting
from tests.support import called, pairs, solving


@pytest.fixture
def people(make, programme):
    """Make a mentor and a mentee, one of them without an address."""

    def one_called(side):
        mentor, mentee = make.mentor(programme), make.mentee(programme)
        called.without_address(make, mentor if side is Side.MENTOR else mentee)
        return mentor, mentee

    return one_called


@pytest.fixture
def say(session, programme, coordinator):
    def write_down(tandem, side, *, yes=True, by=coordinator, **values):
        said = tandems.Said(side=side, yes=yes, seen_version=tandem.version, **values)
        return tandems.answer_for(session, tandem.key, said, programme=programme, actor=by)

    return write_down


def say_oneself(session, programme, tandem, side):
    account = pairs.accounts_of(tandem)[0 if side is Side.MENTOR else 1]
    return tandems.answer(
        session, tandem.key, programme=programme, actor=account, says_yes=True,
        seen_version=tandem.version,
    )  # fmt: skip


def mails(session, kind):
    return session.scalars(sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)).all()


def notices(session):
    return session.scalars(sa.select(Notice.kind).order_by(Notice.id)).all()


@pytest.mark.parametrize("side", Side)
def test_a_round_leads_to_a_tandem(session, make, programme, coordinator, people, say, side):
    mentor, mentee = people(side)
    [proposal] = solving.solve(session, make.round(programme), actor=coordinator)
    assert (proposal.mentor_id, proposal.mentee_id) == (mentor.id, mentee.id)
    solving.decide(session, proposal, actor=coordinator)
    tandem = session.scalars(sa.select(Tandem)).one()
    assert notices(session) == [f"call_{side.value}_invitation"]
    say(tandem, side)
    other = Side.MENTEE if side is Side.MENTOR else Side.MENTOR
    say_oneself(session, programme, tandem, other)
    assert tandem.state is TandemState.ACTIVE
    [told] = mails(session, "tandem_active")
    assert ".invalid" not in told.text
    assert programme.contact_phone in told.text
    assert tandems.who_wrote_down(session, tandem) == {side: coordinator.name}


def test_the_audit_trail_says_who_wrote_it_down(session, make, people, say, coordinator):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    say(tandem, Side.MENTEE)
    query = sa.select(AuditEvent).where(AuditEvent.action == "accept_invitation")
    [event] = session.scalars(query)
    assert event.account_id == coordinator.id
    assert event.details == {"side": "mentee", "by": "staff"}


def test_a_no_is_written_down_with_its_reason(session, make, people, say, coordinator):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    say(tandem, Side.MENTEE, yes=False, reason="Wants to wait.")
    assert tandem.state is TandemState.DECLINED
    assert tandem.decline_reason == "Wants to wait."
    assert tandems.who_declined(session, tandem) is Side.MENTEE


def test_a_no_after_a_yes_that_somebody_else_wrote_down_is_asked_again(
    session, make, programme, people, say, coordinator
):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    before = tandem.version
    say(tandem, Side.MENTEE, by=make.coordinator(programme))
    said = tandems.Said(side=Side.MENTEE, yes=False, seen_version=before)
    with pytest.raises(Stale):
        tandems.answer_for(session, tandem.key, said, programme=programme, actor=coordinator)


def test_nobody_answers_for_those_who_sign_in(session, make, people, say, coordinator):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    with pytest.raises(NotAllowed):
        say(tandem, Side.MENTOR)


def test_nobody_answers_any_more_once_the_account_is_taken_over(make, people, say, coordinator):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    account = tandem.mentee.membership.account
    account.confirmed_at = now()
    make.save(account)
    with pytest.raises(NotAllowed):
        say(tandem, Side.MENTEE)


def test_a_coordinator_does_not_answer_for_a_tandem_of_their_own(make, programme, say):
    mentor = make.mentor(programme)
    mentee = called.without_address(make, make.mentee(programme))
    tandem = pairs.invited(make, mentor, mentee)
    account = mentor.membership.account
    make.membership(programme, Role.COORDINATOR, account)
    make.session.expire_all()
    with pytest.raises(NotAllowed):
        say(tandem, Side.MENTEE, by=account)


def test_a_coordinator_of_another_programme_finds_nothing(make, people, say, coordinator):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    with pytest.raises(NotFound):
        say(tandem, Side.MENTEE, by=make.coordinator())


def test_an_answer_comes_too_late(make, people, say, coordinator):
    mentor, mentee = people(Side.MENTEE)
    tandem = pairs.tandem(make, mentor, mentee, TandemState.EXPIRED, by=coordinator)
    with pytest.raises(tandems.AnswerTooLate):
        say(tandem, Side.MENTEE)


@pytest.mark.parametrize("side", Side)
def test_the_other_side_reads_how_to_reach_them(make, programme, people, coordinator, side):
    mentor, mentee = people(side)
    mentor.company.phone = "0481 777"
    make.save(mentor.company)
    tandem = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)
    reader = Side.MENTEE if side is Side.MENTOR else Side.MENTOR
    contact = tandems.card(tandem, reader).contact
    assert contact.email is None
    assert contact.phone == ("0481 777" if side is Side.MENTOR else "")
    assert tandems.card(tandem, side).contact.email


def test_who_is_silent_is_called_once_more_and_only_once(
    session, make, programme, people, coordinator, monkeypatch
):
    tandem = pairs.invited(make, *people(Side.MENTEE), by=coordinator)
    later = inviting.reminder_of_invitation(tandem.created_at, programme) + timedelta(minutes=1)
    monkeypatch.setattr(attending, "now", lambda: later)
    for _ in range(2):
        attending.attend(session, tandem, programme)
        for notice in session.scalars(sa.select(Notice)):
            notice.told_at = notice.told_at or later
        session.commit()
    assert notices(session) == ["call_mentee_invitation", "call_mentee_reminder"]


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("news", ["invitation", "reminder", "news"])
def test_there_is_a_sentence_for_each_call(side, news):
    assert has_notice(f"call_{side.value}_{news}")
