"""Ending, resting, answering and the worker at the same moment (TRUST E3, E13, E17)."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    Account,
    AuditEvent,
    CheckIn,
    CheckInState,
    EndReason,
    Exclusion,
    Mail,
    Programme,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import check_ins, duties, tandems
from tandem.services.programmes import today
from tandem.work import LostClaim, claim
from tests.support import endings, pairs
from tests.support.make import Make
from tests.support.racing import at_once, conflicts

ROUNDS = 4


def running(make: Make, programme: Programme) -> Tandem:
    return endings.running(make, make.mentor(programme), make.mentee(programme))


def acting(
    tandem: Tandem, side: Side, act: Callable[[Session, str, Programme, Account], object]
) -> Callable[[Session], object]:
    """Let one side do something, in a session of their own."""
    key, [mentor, mentee] = tandem.key, [each.id for each in pairs.accounts_of(tandem)]

    def run(session: Session) -> object:
        programme = session.scalars(sa.select(Programme)).one()
        actor = session.get_one(Account, mentor if side is Side.MENTOR else mentee)
        return act(session, key, programme, actor)

    return run


def ending(tandem: Tandem, side: Side, reason: EndReason) -> Callable[[Session], object]:
    def act(session: Session, key: str, programme: Programme, actor: Account) -> object:
        why = tandems.Ending(reason=reason)
        return tandems.end_early(session, key, why, programme=programme, actor=actor).state

    return acting(tandem, side, act)


def pausing(tandem: Tandem, side: Side, until: date | None) -> Callable[[Session], object]:
    seen = tandems.break_seen(tandem)

    def act(session: Session, key: str, programme: Programme, actor: Account) -> object:
        return tandems.pause(
            session, key, programme=programme, actor=actor, until=until, seen=seen
        ).state

    return acting(tandem, side, act)


def answering(tandem: Tandem, check_in: CheckIn, going: int) -> Callable[[Session], object]:
    which = check_in.key
    said = check_ins.Answers(going=going, helping=3, alike=3, wants_call=False)

    def act(session: Session, _key: str, programme: Programme, actor: Account) -> object:
        return check_ins.answer(session, which, said, programme=programme, actor=actor).going

    return acting(tandem, check_in.side, act)


def working(session: Session) -> object:
    """Do what a worker would do now, as far as nobody comes between."""
    work = claim(session, Tandem, now=now(), lease=timedelta(minutes=1))
    if work is not None:
        try:
            duties.attend(session, work)
        except LostClaim:
            return "lost"
    return "done"


def asked(make: Make, tandem: Tandem) -> CheckIn:
    return make.save(
        CheckIn(
            programme_id=tandem.programme_id,
            tandem_id=tandem.id,
            side=Side.MENTEE,
            number=1,
            due_on=now().date(),
        )
    )


def count(session: Session, action: str) -> int:
    query = sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.action == action)
    return session.scalar(query) or 0


def test_of_two_who_end_it_at_once_one_does_and_both_are_told_once(database, town):
    make, programme = town
    for number in range(1, ROUNDS + 1):
        tandem = running(make, programme)
        results = at_once(
            make,
            ending(tandem, Side.MENTOR, EndReason.NO_TIME),
            ending(tandem, Side.MENTEE, EndReason.MOVED),
        )
        [loser] = conflicts(results)
        assert isinstance(loser, tandems.NotRunning)
        with Session(database) as session:
            ended = session.get_one(Tandem, tandem.id)
            winner = Side.MENTEE if results[0] is loser else Side.MENTOR
            assert (ended.state, ended.ended_by) == (TandemState.ENDED_EARLY, winner)
            assert count(session, "end_early") == number
            assert len(session.scalars(sa.select(Exclusion)).all()) == number
            told = sa.select(Mail).where(Mail.kind == "tandem_ended")
            assert len(session.scalars(told).all()) == 2 * number


def test_a_double_click_ends_it_once(database, town):
    make, programme = town
    tandem = running(make, programme)
    results = at_once(make, *[ending(tandem, Side.MENTEE, EndReason.NO_TIME)] * 3)
    assert conflicts(results) == []
    with Session(database) as session:
        assert count(session, "end_early") == 1


def test_a_break_and_an_end_at_once_leave_it_ended_and_whole(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        results = at_once(
            make,
            pausing(tandem, Side.MENTOR, None),
            ending(tandem, Side.MENTEE, EndReason.PERSONAL),
        )
        assert all(isinstance(lost, tandems.NotRunning) for lost in conflicts(results))
        with Session(database) as session:
            ended = session.get_one(Tandem, tandem.id)
            assert (ended.state, ended.paused_until) == (TandemState.ENDED_EARLY, None)


def test_of_two_breaks_at_once_one_holds_and_the_other_is_asked_again(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        days = [today(programme) + timedelta(days=number) for number in (7, 14)]
        acts = [pausing(tandem, side, day) for side, day in zip(Side, days, strict=True)]
        results = at_once(make, *acts)
        assert len(conflicts(results)) == 1
        with Session(database) as session:
            kept = session.get_one(Tandem, tandem.id).paused_until
            assert kept == days[0 if isinstance(results[0], TandemState) else 1]


def test_an_answer_counts_also_while_the_other_ends_it_and_a_worker_comes_by(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        check_in = asked(make, tandem)
        results = at_once(
            make,
            answering(tandem, check_in, 4),
            ending(tandem, Side.MENTOR, EndReason.NO_TIME),
            working,
        )
        assert conflicts(results) == []
        with Session(database) as session:
            kept = session.get_one(CheckIn, check_in.id)
            assert (kept.state, kept.going) == (CheckInState.ANSWERED, 4)
            assert session.get_one(Tandem, tandem.id).state is TandemState.ENDED_EARLY


def test_of_two_answers_at_once_one_stands(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        check_in = asked(make, tandem)
        results = at_once(make, *(answering(tandem, check_in, going) for going in (1, 5)))
        [loser] = conflicts(results)
        assert isinstance(loser, check_ins.AlreadyAnswered)
        [kept] = [each for each in results if isinstance(each, int)]
        with Session(database) as session:
            assert session.get_one(CheckIn, check_in.id).going == kept


def test_of_two_workers_and_one_who_goes_on_a_break_ends_once(database, town):
    make, programme = town
    tandem = running(make, programme)
    tandem.state = TandemState.PAUSED
    tandem.paused_until, tandem.due_at = today(programme) - timedelta(days=1), now()
    make.save(tandem)

    def act(session: Session, key: str, programme: Programme, actor: Account) -> object:
        return tandems.resume(session, key, programme=programme, actor=actor).state

    assert conflicts(at_once(make, working, working, acting(tandem, Side.MENTEE, act))) == []
    with Session(database) as session:
        assert session.get_one(Tandem, tandem.id).state is TandemState.ACTIVE
        assert count(session, "resume_tandem") == 1
