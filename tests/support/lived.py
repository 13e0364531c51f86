"""A programme in which much has happened: people, tandems, meetings, answers, at made-up times."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tandem.models import (
    MONTHS,
    Account,
    AuditEvent,
    Base,
    EndReason,
    Meeting,
    MeetingState,
    Mentee,
    Mentor,
    Outcome,
    OutcomeKind,
    Programme,
    Side,
    Source,
    Survey,
    Tandem,
    TandemState,
    Way,
)
from tandem.services.programmes import months_after, today
from tests.support import pairs
from tests.support.make import Make

_OUTCOMES = (
    (OutcomeKind.WORK, True, True),
    (OutcomeKind.WORK, True, False),
    (OutcomeKind.SELF_EMPLOYED, False, None),
    (OutcomeKind.TRAINING, None, None),
    (OutcomeKind.SEARCHING, None, None),
)
_ENDS = (TandemState.COMPLETED, TandemState.COMPLETED, TandemState.ENDED_EARLY)
_NEVER = (TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN)
_PLACES = ("25746", "25746", "25541", "25704", "25761")
_LANGUAGES = ("ar", "ar", "uk", "fa", "ti")


def live_through(
    make: Make, programme: Programme, *, year: int, random: Random, tandems: int
) -> None:
    """Let a year that is over and what lies before it happen, a tandem after the other."""
    staff = make.coordinator(programme)
    for number in range(tandems):
        asked = _instant(random, year - 0.6 + number % 3 * 0.3, programme)
        mentor = make.mentor(programme)
        mentee = make.mentee(
            programme,
            gender=random.choice(("f", "f", "m", "x", None)),
            postal_code=random.choice(_PLACES),
            languages={"de": "B1", random.choice(_LANGUAGES): "C2"},
        )
        for person in (mentor, mentee):
            _register(make, person, asked - timedelta(days=random.uniform(5, 90)), staff, random)
        vetted = asked - timedelta(days=random.uniform(1, 300))
        note(make, "vet_company", mentor.company, vetted, staff)
        _pair(make, mentor, mentee, asked, random=random, programme=programme, staff=staff)


def _pair(
    make: Make, mentor: Mentor, mentee: Mentee, asked: datetime,
    *, random: Random, programme: Programme, staff: Account,
) -> None:  # fmt: skip
    tandem = pairs.invited(make, mentor, mentee, by=staff, score=random.randrange(4000, 9500))
    tandem.created_at = asked
    tandem.due_at = None
    if random.random() < 0.25:
        tandem.state, tandem.ended_at = random.choice(_NEVER), asked + timedelta(days=7)
        make.save(tandem)
        return
    started = asked + timedelta(days=random.uniform(0, 7))
    tandem.mentor_yes_at = tandem.mentee_yes_at = tandem.started_at = started
    tandem.state = TandemState.ACTIVE
    make.save(tandem)
    until = started + timedelta(days=random.uniform(40, 140))
    _meet(make, tandem, until, random)
    if random.random() < 0.8:
        tandem.state, tandem.ended_at = random.choice(_ENDS), until
        if tandem.state is TandemState.ENDED_EARLY:
            tandem.end_reason = random.choice(list(EndReason))
        make.save(tandem)
        _answer(make, tandem, random, programme)


def _meet(make: Make, tandem: Tandem, until: datetime, random: Random) -> None:
    at = tandem.started_at
    assert at is not None
    rows: list[Base] = []
    while (at := at + timedelta(days=random.uniform(3, 40))) < until:
        state = random.choice((MeetingState.HELD, MeetingState.HELD, MeetingState.MISSED))
        minutes = random.choice((30, 45, 60, 90))
        rows.append(_row(tandem, Meeting, state=state, starts_at=at, minutes=minutes,
                         way=Way.VIDEO, logged_at=at))  # fmt: skip
    make.session.add_all(rows)
    make.session.commit()


def _answer(make: Make, tandem: Tandem, random: Random, programme: Programme) -> None:
    assert tandem.ended_at is not None
    ended = tandem.ended_at.astimezone(ZoneInfo(programme.zone)).date()
    for months in MONTHS:
        values: dict[str, Any] = {"months": months, "due_on": months_after(ended, months)}
        if values["due_on"] > today(programme):
            break
        if random.random() < 0.8:
            kind, in_field, at_level = random.choice(_OUTCOMES)
            answered = datetime.combine(values["due_on"], time(12), tzinfo=ZoneInfo(programme.zone))
            values |= {"kind": kind, "in_field": in_field, "at_level": at_level,
                       "answered_at": answered, "source": Source.MENTEE}  # fmt: skip
        make.session.add(_row(tandem, Outcome, **values))
    for side in Side:
        marks = {name: random.randint(1, 5) for name in ("satisfied", "reached", "supported")}
        make.session.add(_row(tandem, Survey, side=side, answered_at=tandem.ended_at, **marks))
    make.session.commit()


def _register(
    make: Make, person: Mentor | Mentee, at: datetime, staff: Account, random: Random
) -> None:
    person.created_at = at
    version = pairs.in_force(make.session, person)
    sent = at + timedelta(days=random.uniform(0, 2))
    note(make, "submit_profile", version, sent, person.membership.account)
    note(make, "submit_profile", version, sent + timedelta(hours=30), person.membership.account)
    note(make, "approve_profile", version, sent + timedelta(days=random.uniform(2, 20)), staff)


def note(make: Make, action: str, subject: Base, at: datetime, actor: Account) -> None:
    """Write down in the trail that something was done at some time."""
    make.session.add(
        AuditEvent(
            programme_id=subject.programme_id,  # type: ignore[attr-defined]  # all of these have one
            account_id=actor.id,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            created_at=at,
        )
    )


def _row(tandem: Tandem, model: Any, **values: Any) -> Any:
    return model(programme_id=tandem.programme_id, tandem_id=tandem.id, **values)


def _instant(random: Random, year: float, programme: Programme) -> datetime:
    """Return a moment in the year after ``year`` began, some of them at the turn of a month."""
    first = date(int(year), 1, 1) + timedelta(days=int(year % 1 * 365))
    day = first + timedelta(days=random.randrange(200))
    if random.random() < 0.3:
        return datetime.combine(day.replace(day=1), time(0, 20), tzinfo=ZoneInfo(programme.zone))
    return datetime.combine(day, time(random.randrange(24)), tzinfo=ZoneInfo(programme.zone))
