"""Agreements under races, on committed data: one wording wins, nothing is in two states (E17)."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import (
    Account,
    Agreement,
    AgreementState,
    AuditEvent,
    Goal,
    Mail,
    Programme,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import agreements
from tests.support import agreeing, pairs
from tests.support.make import Make
from tests.support.racing import at_once, conflicts

ROUNDS = 4


def running(make: Make, programme: Programme) -> Tandem:
    return pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)


Service = Callable[..., Agreement | Goal]


def acting(tandem: Tandem, side: Side, service: Service, *args: object, **values: object):
    """Do something as one side, in a session of one's own."""
    key, account_id = tandem.key, agreeing.person(tandem, side).id

    def act(session: Session) -> object:
        made = service(
            session,
            key,
            *args,
            programme=session.scalars(sa.select(Programme)).one(),
            actor=session.get_one(Account, account_id),
            **values,
        )
        return made.id

    return act


def proposing(tandem: Tandem, side: Side, programme: Programme, *, seen: int, **values: object):
    draft = agreeing.draft(programme, **values)
    return acting(tandem, side, agreements.propose, draft, seen_number=seen)


def agreeing_to(wording: Agreement, tandem: Tandem, side: Side):
    return acting(tandem, side, agreements.agree, wording.key)


def states(database: sa.Engine, tandem: Tandem) -> list[AgreementState]:
    with Session(database) as session:
        query = sa.select(Agreement.state).where(Agreement.tandem_id == tandem.id)
        return list(session.scalars(query.order_by(Agreement.number)))


def count(database: sa.Engine, query: sa.Select) -> int:
    with Session(database) as session:
        return len(session.execute(query).all())


def test_of_two_who_write_at_once_one_wins_and_the_other_is_told(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        results = at_once(
            make,
            proposing(tandem, Side.MENTOR, programme, seen=0, every_weeks=1),
            proposing(tandem, Side.MENTEE, programme, seen=0, every_weeks=8),
        )
        [loser] = conflicts(results)
        assert isinstance(loser, agreements.Overtaken)
        assert states(database, tandem) == [AgreementState.PROPOSED]
        with Session(database) as session:
            [kept] = session.scalars(sa.select(Agreement).where(Agreement.tandem_id == tandem.id))
            winner = Side.MENTEE if results[0] is loser else Side.MENTOR
            assert (kept.proposed_by, len(kept.goals)) == (winner, 2)


def test_a_double_click_writes_once(database, town):
    make, programme = town
    tandem = running(make, programme)
    results = at_once(make, *[proposing(tandem, Side.MENTOR, programme, seen=0)] * 3)
    assert not conflicts(results)
    assert len(set(results)) == 1
    assert count(database, sa.select(Goal.id)) == 2
    assert count(database, sa.select(Mail.id).where(Mail.kind == "agreement_proposed")) == 1


def test_a_yes_twice_at_once_puts_it_in_force_once(database, town):
    make, programme = town
    for number in range(1, ROUNDS + 1):
        tandem = running(make, programme)
        wording = agreeing.propose(make, tandem, by=Side.MENTEE)
        results = at_once(make, *[agreeing_to(wording, tandem, Side.MENTOR)] * 3)
        assert not conflicts(results)
        assert states(database, tandem) == [AgreementState.IN_FORCE]
        begun = sa.select(AuditEvent.id).where(AuditEvent.action == "begin_agreement")
        assert count(database, begun) == number


def test_a_yes_while_the_words_change_counts_for_the_old_words_or_not_at_all(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        wording = agreeing.propose(make, tandem, by=Side.MENTOR)
        results = at_once(
            make,
            agreeing_to(wording, tandem, Side.MENTEE),
            proposing(tandem, Side.MENTOR, programme, seen=1, every_weeks=7),
        )
        found = states(database, tandem)
        if conflicts(results):
            assert found == [AgreementState.DROPPED, AgreementState.PROPOSED]
        else:
            assert found == [AgreementState.IN_FORCE, AgreementState.PROPOSED]
        with Session(database) as session:
            query = sa.select(Agreement).where(
                Agreement.tandem_id == tandem.id, Agreement.every_weeks == 7
            )
            assert session.scalars(query).one().mentee_yes_at is None


def test_a_yes_and_putting_it_aside_at_once_end_in_one_state(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        wording = agreeing.propose(make, tandem, by=Side.MENTOR)
        results = at_once(
            make,
            agreeing_to(wording, tandem, Side.MENTEE),
            acting(tandem, Side.MENTOR, agreements.drop, wording.key),
        )
        [loser] = conflicts(results)
        assert isinstance(loser, agreements.Overtaken)
        agreed = results[1] is loser
        expected = AgreementState.IN_FORCE if agreed else AgreementState.DROPPED
        assert states(database, tandem) == [expected]


def test_a_goal_marked_while_the_next_wording_comes_into_force_is_not_lost(database, town):
    """Whoever comes second is told, or finds the mark in the new wording."""
    make, programme = town
    for _ in range(ROUNDS):
        tandem = running(make, programme)
        goal = agreeing.agreed(make, tandem).goals[0]
        after = agreeing.propose(make, tandem, by=Side.MENTOR, every_weeks=6)
        results = at_once(
            make,
            acting(tandem, Side.MENTEE, agreements.mark_goal, goal.key, reached=True),
            agreeing_to(after, tandem, Side.MENTEE),
        )
        assert states(database, tandem) == [AgreementState.REPLACED, AgreementState.IN_FORCE]
        with Session(database) as session:
            marked = session.get_one(Agreement, after.id).goals[0].reached_on is not None
        assert marked is not isinstance(results[0], Conflict)


def test_two_workers_remind_once(database, town):
    make, programme = town
    tandem = running(make, programme)
    tandem.started_at = now() - timedelta(days=20)
    make.save(tandem)
    id_ = tandem.id

    def attend(session: Session) -> object:
        with transaction(session):
            there = session.scalars(sa.select(Programme)).one()
            return agreements.attend(session, session.get_one(Tandem, id_), there)

    at_once(make, *[attend] * 2)
    assert count(database, sa.select(Mail.id).where(Mail.kind == "agreement_reminder")) == 2
