"""What is kept no longer than needed, class by class, with its count as proof (TRUST H1)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.models import (
    Agreement,
    AgreementState,
    AuditEvent,
    CheckIn,
    Goal,
    Import,
    ImportKind,
    ImportState,
    Look,
    Mail,
    MailState,
    Meeting,
    MeetingState,
    Note,
    NoteKind,
    Outcome,
    OutcomeKind,
    ProfileState,
    Role,
    Side,
    Source,
    Survey,
    TandemState,
    Todo,
    Way,
)
from tandem.services import accounts, erasing
from tandem.services.erasing import ended, expired, inactive, retention
from tandem.services.mails import queue_mail
from tests.support import called, lists, pairs

CANARY = "Zyxqu"
DAY = timedelta(days=1)


@pytest.fixture
def tidy(session, programme, monkeypatch):
    """Do the work of a day so many days from now, and return what the audit trail counts."""

    def on(days=0):
        moment = now() + days * DAY
        monkeypatch.setattr(retention, "now", lambda: moment)
        query = sa.select(AuditEvent).where(AuditEvent.action == "keep_house")
        known = {event.id for event in session.scalars(query)}
        # the row is written by the real clock, so an earlier one would keep this day out
        monkeypatch.setattr(retention, "_EVERY", timedelta(0))
        erasing.keep_house(session)
        session.expire_all()
        [done] = [event for event in session.scalars(query) if event.id not in known]
        assert done.programme_id == programme.id
        return {name: count for name, count in done.details.items() if count}

    return on


@pytest.fixture
def unused(make, programme):
    """Somebody whose account nobody has used for so many days."""

    def since(days, *, state=ProfileState.PAUSED, **values):
        instant = now() - days * DAY
        account = make.account(confirmed_at=instant, created_at=instant, **values)
        return make.mentee(programme, account=account, state=state)

    return since


def reminders(session):
    query = sa.select(Mail).where(Mail.kind == "unused_account").order_by(Mail.id)
    return session.scalars(query).all()


def test_an_unused_account_is_erased_after_a_year_and_two_reminders(session, unused, tidy):
    person = unused(340)
    account = person.membership.account
    assert tidy() == {"unused_reminded": 1}
    assert tidy(20) == {}
    assert tidy(21) == {"unused_reminded": 1}
    assert tidy(29) == {}
    assert account.email.endswith(".example")
    assert tidy(30) == {"unused_erased": 1}
    assert person.erased_at is not None
    assert account.email.endswith(".invalid")


def test_the_reminders_say_until_when(session, unused, tidy):
    unused(340)
    tidy()
    tidy(21)
    first, last = reminders(session)
    assert "Shall we keep your account?" in first.subject
    assert "soon be deleted" in last.subject
    assert "/home" in last.text


def test_somebody_long_forgotten_is_reminded_before_anything_is_erased(unused, tidy):
    person = unused(3000)
    tidy()
    assert tidy(1) == {}
    assert person.erased_at is None


def test_signing_in_keeps_the_account(session, make, unused, tidy):
    person = unused(340)
    tidy()
    account = person.membership.account
    accounts.open_session(session, account)
    session.refresh(account)
    assert (account.warnings, account.warned_at) == (0, None)
    assert now() - account.seen_at < timedelta(minutes=1)
    assert tidy(100) == {}
    assert tidy(336) == {"unused_reminded": 1}


@pytest.mark.parametrize("state", [ProfileState.APPROVED, ProfileState.SUBMITTED])
def test_whoever_waits_for_us_is_not_inactive(unused, tidy, state):
    unused(400, state=state)
    assert tidy() == {}


def test_whoever_objects_to_being_matched_does_not_wait(make, unused, tidy):
    person = unused(400, state=ProfileState.APPROVED)
    person.objected_at = now()
    make.save(person)
    assert tidy() == {"unused_reminded": 1}


@pytest.mark.parametrize("state", [TandemState.ACTIVE, TandemState.COMPLETED])
def test_whoever_is_with_somebody_is_not_inactive(make, programme, unused, tidy, state):
    person = unused(400, state=ProfileState.APPROVED)
    mentor = make.mentor(programme)
    pairs.tandem(make, mentor, person, state)
    pairs.in_force(make.session, person).state = ProfileState.WITHDRAWN
    make.session.commit()
    assert tidy() == {}
    if state is TandemState.COMPLETED:
        assert "unused_reminded" in tidy(400)


def test_staff_and_those_who_are_called_are_not_inactive(make, programme, unused, tidy):
    staff, person = unused(400), unused(400)
    make.membership(programme, Role.COORDINATOR, staff.membership.account)
    called.without_address(make, person)
    assert tidy() == {}


def test_an_account_used_in_another_programme_is_not_unused(make, unused, tidy):
    person = unused(400)
    make.mentor(make.programme(), account=person.membership.account)
    # only this programme's day is looked at
    assert inactive.remind_unused(make.session, person.membership.programme, now()) == 0


@pytest.fixture
def over(make, programme):
    """A tandem that ended long ago, in which everything was written that can be."""

    def ago(days, *, answered=True):
        actor = make.coordinator(programme)
        tandem = pairs.tandem(
            make, make.mentor(programme), make.mentee(programme), TandemState.ENDED_EARLY, by=actor
        )
        tandem.ended_at = now() - days * DAY
        tandem.end_note = tandem.decline_reason = f"{CANARY} note"
        make.save(tandem)
        shared = {"programme_id": programme.id, "tandem_id": tandem.id}
        for number, states in enumerate([["in_force", "replaced"], ["in_force"], ["dropped"]], 1):
            _agreement(make, number, states, shared)
        make.save(
            CheckIn(side=Side.MENTEE, number=1, due_on=date(2025, 1, 1), remark=CANARY, **shared)
        )
        make.save(Survey(side=Side.MENTEE, satisfied=4, answered_at=now(), remark=CANARY, **shared))
        make.save(
            Meeting(
                state=MeetingState.HELD, starts_at=now(), minutes=60, way=Way.IN_PERSON,
                logged_at=now(), place=CANARY, topic=CANARY, mentor_remark=CANARY,
                mentee_remark=CANARY, **shared,
            )
        )  # fmt: skip
        make.save(Note(kind=NoteKind.SUPPORT, text=CANARY, account_id=actor.id, **shared))
        make.save(Todo(text=CANARY, due_on=date(2025, 1, 1), account_id=actor.id, **shared))
        told = {"answered_at": now(), "kind": OutcomeKind.WORK, "source": Source.MENTEE}
        make.save(
            Outcome(
                months=12, due_on=date(2026, 1, 1), asked_at=now() - 10 * DAY,
                **(told if answered else {}), **shared,
            )
        )  # fmt: skip
        return tandem

    return ago


def _agreement(make, number, states, shared):
    agreement = Agreement(
        number=number, proposed_by=Side.MENTOR, every_weeks=2, begins_on=date(2025, 1, 1),
        ends_on=date(2025, 7, 1), contact=f"{CANARY} 0481", confidentiality=CANARY,
        mentor_yes_at=now(), mentee_yes_at=now(), **shared,
    )  # fmt: skip
    agreement.goals = [
        Goal(position=1, text=f"{CANARY} goal", reached_on=date(2025, 2, 2)),
        Goal(position=2, topic="network"),
    ]
    make.save(agreement)
    for state in states:
        agreement.state = AgreementState(state)
        make.save(agreement)


def texts(session):
    """Return the tables in which the canary still stands."""
    session.expire_all()
    tables = sa.inspect(session.get_bind()).get_table_names()
    return [
        name
        for name in tables
        for row in session.execute(sa.select(sa.text("*")).select_from(sa.table(name)))
        if any(CANARY in str(value) for value in row)
    ]


def test_what_was_written_in_a_tandem_goes_a_year_after_its_end(session, over, tidy):
    tandem = over(366)
    assert texts(session)
    assert tidy() == {"tandems_emptied": 1}
    assert texts(session) == []
    kept = session.query(Agreement).order_by(Agreement.number).all()
    assert [each.state.value for each in kept] == ["replaced", "in_force", "dropped"]
    assert [goal.reached_on for goal in kept[0].goals] == [date(2025, 2, 2), None]
    assert [goal.topic for goal in kept[0].goals] == [None, "network"]
    assert session.query(Meeting).one().minutes == 60
    assert session.query(Survey).one().satisfied == 4
    assert session.query(Outcome).one().kind is OutcomeKind.WORK
    assert tandem.state is TandemState.ENDED_EARLY
    assert tidy(1) == {}


def test_before_that_everything_stays(session, over, tidy):
    over(364)
    assert tidy() == {}


def test_the_last_question_is_waited_for_but_not_for_ever(over, tidy):
    over(366, answered=False)
    assert tidy() == {}
    assert tidy(20) == {"tandems_emptied": 1}


def test_a_question_that_was_never_asked_does_not_keep_it_for_ever(session, over, tidy):
    over(366, answered=False)
    session.execute(sa.update(Outcome).values(asked_at=None))
    session.commit()
    assert tidy(50) == {}
    assert tidy(60) == {"tandems_emptied": 1}


def test_the_reason_of_a_no_goes_after_a_year(make, programme, tidy):
    tandem = pairs.tandem(
        make, make.mentor(programme), make.mentee(programme), TandemState.DECLINED
    )
    tandem.decline_reason, tandem.ended_at = CANARY, now() - 366 * DAY
    make.save(tandem)
    assert tidy() == {"tandems_emptied": 1}
    assert tandem.decline_reason == ""


def test_bodies_of_mails_go_after_thirty_days(session, make, programme, tidy):
    reader = make.account()
    for about in ("left", "failed", "waits"):
        queue_mail(
            session, "already_registered", reader, programme=programme, about=about,
            calendar="BEGIN:VCALENDAR",
        )  # fmt: skip
    left, failed, waits = session.query(Mail).order_by(Mail.id).all()
    left.state, left.sent_at = MailState.SENT, now()
    failed.state = MailState.FAILED
    session.commit()
    assert tidy(29) == {}
    assert tidy(31) == {"mails_emptied": 2}
    assert {(mail.text, mail.html, mail.calendar) for mail in (left, failed)} == {("", "", "")}
    assert waits.text
    assert waits.calendar
    assert left.subject


def test_looks_go_after_a_year(session, make, programme, tidy):
    mentee, actor = make.mentee(programme), make.coordinator(programme)
    for days in (366, 300):
        make.save(
            Look(
                programme_id=programme.id, account_id=actor.id, mentee_id=mentee.id,
                created_at=now() - days * DAY,
            )
        )  # fmt: skip
    assert tidy() == {"looks_dropped": 1}
    assert len(session.query(Look).all()) == 1


@pytest.fixture
def list_(session, make, programme):
    """A list that was read and not taken over."""
    actor = make.coordinator(programme)
    rows = [("Vorname", "Nachname", "E-Mail"), (CANARY, "Azizi", "rima@post.example")]
    lists.bring(session, programme, actor, rows=rows)
    return lists.read(session)


def test_a_list_not_taken_over_goes_after_thirty_days(session, list_, tidy):
    assert tidy(29) == {}
    assert tidy(31) == {"lists_dropped": 1}
    assert list_.state is ImportState.DROPPED
    assert (list_.file, list_.understood) == (None, None)


@pytest.mark.parametrize(
    ("account", "goes"),
    [
        ({"email": "rima@post.example"}, True),
        ({"first_name": CANARY, "last_name": "Azizi"}, True),
        ({"first_name": CANARY, "last_name": "Other"}, False),
    ],
)
def test_a_list_goes_with_somebody_who_stands_on_it(session, make, programme, list_, account, goes):
    person = make.mentee(programme, account=make.account(**account))
    erasing.erase(
        session, person, programme=programme, actor=person.membership.account,
        asked=erasing.WhoAsked.SELF,
    )  # fmt: skip
    assert (list_.state is ImportState.DROPPED) is goes


def test_a_list_that_was_taken_over_stays_on_record(make, programme, tidy):
    actor = make.coordinator(programme)
    taken = Import(
        programme_id=programme.id, kind=ImportKind.MENTEES, file_name="x.csv",
        account_id=actor.id, created_at=now() - 90 * DAY,
    )  # fmt: skip
    make.save(taken)
    for state in (ImportState.READING, ImportState.ASKING, ImportState.TAKING, ImportState.TAKEN):
        taken.state = state
        make.save(taken)
    assert tidy() == {}


def test_each_class_has_its_own_count(session, programme, tidy):
    tidy()
    query = sa.select(AuditEvent).where(AuditEvent.action == "keep_house")
    [event] = session.scalars(query)
    assert list(event.details) == list(retention.CLASSES)
    assert ended.KEPT_FOR > expired.BODIES_KEPT_FOR
