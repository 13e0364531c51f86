"""The end of a tandem: told of in time, and closed by a person."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.errors import NotAllowed, NotFound
from tandem.models import (
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
from tandem.services import closings, tandems
from tandem.services.programmes import months_after
from tests.support import endings, pairs

END = date(2027, 2, 28)
"""Six months after the last of August is the last of February."""


def agree(make, tandem, *, ends_on, number=1, state=AgreementState.IN_FORCE):
    made = Agreement(
        programme_id=tandem.programme_id,
        tandem_id=tandem.id,
        number=number,
        proposed_by=Side.MENTOR,
        every_weeks=2,
        begins_on=clock.now().date(),
        ends_on=ends_on,
        mentor_yes_at=clock.now(),
        mentee_yes_at=clock.now(),
    )
    make.save(made)
    made.state = state
    return make.save(made)


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
    assert "closing" not in endings.letters(session)
    time.moment = morning(END - closings.NEAR)
    endings.attend(session)
    tandem.due_at = clock.now()
    session.commit()
    endings.attend(session)
    for account in (mentor, mentee):
        assert endings.letters(session, account).count("closing") == 1
    assert notices(session, coordinator) == ["closing_near"]
    told = session.scalars(sa.select(Mail.text).where(Mail.kind == "closing")).first()
    assert "28 February 2027" in told


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
    assert endings.letters(session).count("closing") == 4


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
    assert endings.letters(session, mentor).count("thanks") == 1
    assert endings.letters(session, mentee).count("thanks") == 1
    surveys = session.scalars(sa.select(Survey).where(Survey.tandem_id == tandem.id)).all()
    assert {survey.side for survey in surveys} == set(Side)
    query = sa.select(Exclusion).where(Exclusion.mentor_id == tandem.mentor_id)
    assert session.scalars(query).one().mentee_id == tandem.mentee_id
    assert pairs.invited(make, tandem.mentor, make.mentee(programme)).slot == tandem.slot
    pairs.invited(make, make.mentor(programme), tandem.mentee)
    done = sa.select(AuditEvent.action).where(AuditEvent.action == "complete_tandem")
    assert len(session.scalars(done).all()) == 1


@pytest.mark.parametrize("talked_on", [None, date(2026, 8, 31)])
def test_the_closing_talk_is_noted_on_the_tandem(session, close, tandem, coordinator, talked_on):
    """As any support is: a note without a day would be shown with another one every day."""
    close(closings.ClosingDraft(text="Both content.", talked_on=talked_on))
    note = session.scalars(sa.select(Note).where(Note.tandem_id == tandem.id)).one()
    assert (note.kind, note.text, note.account_id) == (
        NoteKind.SUPPORT,
        "Both content.",
        coordinator.id,
    )
    assert note.talked_on == date(2026, 8, 31)
    noted = sa.select(AuditEvent.subject_id).where(AuditEvent.action == "add_note")
    assert session.scalars(noted).all() == [note.id]


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
