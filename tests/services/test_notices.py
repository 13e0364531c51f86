"""Those who coordinate are told in one mail a day, at once or never; nothing twice (F, E13)."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import NotAllowed
from tandem.models import Digest, Mail, Notice, Rhythm
from tandem.services import digests, erasing, notices
from tandem.work import LostClaim, claim
from tests.support import pairs
from tests.support.clocks import stopped

NOON = datetime(2026, 11, 10, 11, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 11, 6, tzinfo=UTC)
LEASE = timedelta(seconds=15)


@pytest.fixture
def clock(monkeypatch):
    return stopped(monkeypatch, NOON)


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", name="Tandem Heide")


@pytest.fixture
def maren(make, programme):
    return make.coordinator(programme, first_name="Maren", email="maren@staff.example")


@pytest.fixture
def tandem(make, programme, maren):
    mentor = make.mentor(programme, account=make.account(first_name="Uwe", last_name="Thiessen"))
    mentee = make.mentee(programme, account=make.account(first_name="Rima", last_name="Muster"))
    return pairs.invited(make, mentor, mentee, by=maren)


@pytest.fixture
def tell(session, programme):
    def tell(tandem, kind="invitation_declined"):
        with transaction(session):
            return notices.tell_staff(session, tandem, kind=kind, programme=programme)

    return tell


@pytest.fixture
def attend(session):
    """Do what is due, as the worker does; return how many digests that were."""

    def attend():
        done = 0
        while work := claim(session, Digest, now=now(), lease=LEASE):
            digests.attend(session, work)
            done += 1
        return done

    return attend


def told(session):
    query = sa.select(Mail).where(Mail.kind == "digest").order_by(Mail.id)
    return session.scalars(query).all()


def test_what_happens_in_a_day_is_one_mail_at_seven_in_the_morning(
    session, make, programme, maren, tandem, tell, attend, clock
):
    other = pairs.invited(make, make.mentor(programme), make.mentee(programme), by=maren)
    tell(tandem)
    tell(other, "invitation_expired")
    clock.moment = NEXT_MORNING - timedelta(seconds=1)
    assert attend() == 0
    clock.moment = NEXT_MORNING
    assert attend() == 1
    [mail] = told(session)
    assert mail.to_address == "maren@staff.example"
    assert mail.subject == "Tandem Heide: 2 things have happened"
    assert "Rima Muster and Uwe Thiessen: the invitation was declined." in mail.text
    for each in (tandem, other):
        assert f"/heide/tandems/{each.key}\n" in mail.text


def test_nothing_is_told_twice_whenever_a_worker_looks(session, tandem, tell, attend, clock):
    tell(tandem)
    clock.moment = NEXT_MORNING
    attend()
    for step in (timedelta(0), timedelta(hours=-1), timedelta(days=-1), timedelta(days=3)):
        clock.moment = NEXT_MORNING + step
        with transaction(session):
            session.execute(sa.update(Digest).values(due_at=clock.moment))
        assert attend() == 1
    assert len(told(session)) == 1


def test_what_waits_is_not_kept_twice_but_what_happens_again_is_told_again(
    session, tandem, tell, attend, clock
):
    assert tell(tandem) is True
    assert tell(tandem) is False
    clock.moment = NEXT_MORNING
    attend()
    assert tell(tandem) is True
    clock.moment += timedelta(days=1)
    attend()
    assert [mail.subject for mail in told(session)] == ["Tandem Heide: one thing has happened"] * 2


def test_everyone_who_coordinates_is_told_in_their_own_language(
    session, make, programme, maren, tandem, tell, attend, clock
):
    make.coordinator(programme, email="jens@staff.example", locale="de")
    make.coordinator(make.programme(), email="elsewhere@staff.example")
    tell(tandem)
    clock.moment = NEXT_MORNING
    attend()
    assert {(mail.to_address, mail.locale) for mail in told(session)} == {
        ("maren@staff.example", "en"),
        ("jens@staff.example", "de"),
    }


def test_at_once_means_at_once(session, programme, maren, tandem, tell, attend, clock):
    digests.choose_rhythm(session, Rhythm.AT_ONCE, programme=programme, actor=maren)
    tell(tandem)
    assert attend() == 1
    assert len(told(session)) == 1


def test_whoever_wants_no_mails_gets_none_and_what_waited_is_dropped(
    session, programme, maren, tandem, tell, attend, clock
):
    tell(tandem)
    digests.choose_rhythm(session, Rhythm.NEVER, programme=programme, actor=maren)
    assert tell(tandem, "invitation_expired") is False
    digests.choose_rhythm(session, Rhythm.AT_ONCE, programme=programme, actor=maren)
    clock.moment += timedelta(days=2)
    attend()
    assert told(session) == []
    assert digests.get_rhythm(session, programme=programme, actor=maren) is Rhythm.AT_ONCE


def test_a_change_from_daily_to_at_once_tells_what_waits(
    session, programme, maren, tandem, tell, attend, clock
):
    tell(tandem)
    digests.choose_rhythm(session, Rhythm.AT_ONCE, programme=programme, actor=maren)
    assert attend() == 1
    assert len(told(session)) == 1


def test_only_who_coordinates_chooses(session, make, programme, tandem):
    mentor, _ = pairs.accounts_of(tandem)
    with pytest.raises(NotAllowed):
        digests.choose_rhythm(session, Rhythm.NEVER, programme=programme, actor=mentor)
    with pytest.raises(NotAllowed):
        digests.get_rhythm(session, programme=programme, actor=make.coordinator())


def test_a_worker_that_comes_too_late_tells_nothing(session, tandem, tell, clock):
    tell(tandem)
    clock.moment = NEXT_MORNING
    late = claim(session, Digest, now=now(), lease=LEASE)
    clock.moment += 2 * LEASE
    assert claim(session, Digest, now=now(), lease=LEASE) is not None
    with pytest.raises(LostClaim):
        digests.attend(session, late)
    assert told(session) == []


def test_whoever_may_not_sign_in_any_more_is_told_nothing(
    session, make, maren, tandem, tell, attend, clock
):
    tell(tandem)
    maren.disabled_at = now()
    make.save(maren)
    clock.moment = NEXT_MORNING
    assert attend() == 1
    assert told(session) == []


def test_a_long_list_ends_where_the_page_goes_on(
    session, make, programme, maren, tell, attend, clock, monkeypatch
):
    monkeypatch.setattr(digests, "_MOST_TOLD", 2)
    for _ in range(3):
        tell(pairs.invited(make, make.mentor(programme), make.mentee(programme), by=maren))
    clock.moment = NEXT_MORNING
    attend()
    [mail] = told(session)
    assert "3 things" in mail.subject
    assert mail.text.count("the invitation was declined") == 2
    assert "/heide/tandems/\n" in mail.text


def test_a_kind_without_a_sentence_is_refused_where_it_is_told(tandem, tell):
    with pytest.raises(notices.NoSuchNotice):
        tell(tandem, "nothing_of_the_kind")


def test_whoever_is_erased_is_not_named_in_a_digest_that_has_not_left(
    session, programme, maren, tandem, tell, attend, clock
):
    tell(tandem)
    clock.moment = NEXT_MORNING
    attend()
    assert "Rima Muster" in told(session)[0].text
    person = tandem.mentee
    with transaction(session):
        erasing.erase(
            session, person, programme=programme, actor=maren, asked=erasing.WhoAsked.STAFF
        )
    attend()
    [mail] = told(session)
    assert "Rima Muster" not in mail.text + mail.html
    assert tandem.key in mail.text
    assert session.scalars(sa.select(Notice).where(Notice.told_at.is_(None))).all() == []


def test_the_morning_is_where_the_programme_is_also_when_clocks_change(
    session, programme, tandem, tell, clock
):
    """Seven o'clock is an hour later in universal time once summer time has ended."""
    clock.moment = datetime(2026, 10, 24, 12, tzinfo=UTC)
    tell(tandem)
    digest = session.scalars(sa.select(Digest)).one()
    assert digest.due_at == datetime(2026, 10, 25, 6, tzinfo=UTC)
    clock.moment = datetime(2026, 10, 23, 12, tzinfo=UTC)
    assert notices.when_to_tell(digest, programme) == datetime(2026, 10, 24, 5, tzinfo=UTC)
