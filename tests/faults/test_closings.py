"""Closing, ending and answering at the same moment; a worker that dies (TRUST E3, E6, E17)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import work
from tandem.clock import now
from tandem.models import (
    Account,
    AuditEvent,
    EndReason,
    Exclusion,
    Mail,
    Outcome,
    OutcomeKind,
    Programme,
    Survey,
    Tandem,
    TandemState,
    Token,
)
from tandem.services import closings, duties, outcomes, tandems, tokens
from tests.support import clocks, endings, pairs
from tests.support.make import Make
from tests.support.racing import at_once, conflicts

SECRET = "a secret key"
ROUNDS = 4
LEASE = timedelta(seconds=15)


@pytest.fixture
def town(database):
    """A programme with its coordinator, committed."""
    with Session(database) as session:
        make = Make(session)
        programme = make.programme()
        coordinator = make.coordinator(programme)
        yield make, programme, coordinator


def running(make: Make, programme: Programme) -> Tandem:
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    return endings.running(make, mentor, mentee, since=now() - timedelta(days=100))


def by(
    account: Account, act: Callable[[Session, Programme, Account], object]
) -> Callable[[Session], object]:
    """Let somebody do something, in a session of their own."""
    account_id = account.id

    def run(session: Session) -> object:
        programme = session.scalars(sa.select(Programme)).one()
        return act(session, programme, session.get_one(Account, account_id))

    return run


def closing(tandem: Tandem, coordinator: Account) -> Callable[[Session], object]:
    key, draft = tandem.key, closings.ClosingDraft(text="Done.")
    return by(
        coordinator,
        lambda session, programme, actor: (
            closings.close(session, key, draft, programme=programme, actor=actor).state
        ),
    )


def ending(tandem: Tandem, account: Account) -> Callable[[Session], object]:
    key, why = tandem.key, tandems.Ending(reason=EndReason.NO_TIME)
    return by(
        account,
        lambda session, programme, actor: (
            tandems.end_early(session, key, why, programme=programme, actor=actor).state
        ),
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_closed_and_ended_at_once_it_is_one_of_both(town, _round):
    make, programme, coordinator = town
    tandem = running(make, programme)
    mentor, _mentee = pairs.accounts_of(tandem)
    results = at_once(make, closing(tandem, coordinator), ending(tandem, mentor))
    assert len(conflicts(results)) == 1
    make.session.refresh(tandem)
    assert tandem.state in {TandemState.COMPLETED, TandemState.ENDED_EARLY}
    assert tandem.state in results
    assert len(make.session.scalars(sa.select(Exclusion)).all()) == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_closed_twice_at_once_it_is_closed_once(town, _round):
    make, programme, coordinator = town
    tandem = running(make, programme)
    act = closing(tandem, coordinator)
    assert at_once(make, act, act) == [TandemState.COMPLETED, TandemState.COMPLETED]
    thanks = sa.select(Mail.id).where(Mail.kind == "thanks")
    done = sa.select(AuditEvent.id).where(AuditEvent.action == "complete_tandem")
    assert len(make.session.scalars(thanks).all()) == 2
    assert len(make.session.scalars(done).all()) == 1
    assert len(make.session.scalars(sa.select(Survey)).all()) == 2


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_answers_by_one_link_are_one(town, monkeypatch, _round):
    make, programme, coordinator = town
    tandem = running(make, programme)
    closing(tandem, coordinator)(make.session)
    clocks.stopped(monkeypatch, now() + timedelta(days=5))
    endings.attend(make.session)
    token = make.session.scalars(sa.select(Token)).one()
    link = f"{token.key}.{tokens.secret_of(token, secret_key=SECRET)}"

    def answering(kind: OutcomeKind) -> Callable[[Session], object]:
        def run(session: Session) -> object:
            here = session.scalars(sa.select(Programme)).one()
            draft = outcomes.OutcomeDraft(kind=kind)
            try:
                return outcomes.answer_by_link(
                    session, link, draft, programme=here, secret_key=SECRET
                ).kind
            except tokens.LinkRefused:
                return None

        return run

    results = at_once(make, answering(OutcomeKind.STUDY), answering(OutcomeKind.OTHER))
    assert results.count(None) == 1
    told = make.session.scalars(sa.select(Outcome.kind)).one()
    assert told in results


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_mentee_and_coordinator_answer_at_once_and_one_learns_of_the_other(town, _round):
    make, programme, coordinator = town
    tandem = running(make, programme)
    _mentor, mentee = pairs.accounts_of(tandem)
    closing(tandem, coordinator)(make.session)
    endings.attend(make.session)
    key = make.session.scalars(sa.select(Outcome.key)).one()

    def answering(account: Account, kind: OutcomeKind) -> Callable[[Session], object]:
        draft = outcomes.OutcomeDraft(kind=kind)
        return by(
            account,
            lambda session, here, actor: (
                outcomes.answer_outcome(
                    session, key, draft, programme=here, actor=actor, seen_version=1
                ).kind
            ),
        )

    results = at_once(
        make,
        answering(mentee, OutcomeKind.STUDY),
        answering(coordinator, OutcomeKind.TRAINING),
    )
    assert len(conflicts(results)) == 1
    assert make.session.scalars(sa.select(Outcome.kind)).one() in results


@pytest.mark.parametrize("kind", ["survey", "outcome"])
def test_a_worker_that_dies_while_it_writes_leaves_nothing_half_done(town, monkeypatch, kind):
    make, programme, _coordinator = town
    tandem = endings.ended_early(make, running(make, programme))
    clock = clocks.stopped(monkeypatch, now() + timedelta(days=5))

    class Killed(BaseException):
        """What a worker meets that is killed."""

    def die(*_arguments, **_values):
        raise Killed

    module = "closings" if kind == "survey" else "outcomes"
    with monkeypatch.context() as patch:
        patch.setattr(f"tandem.services.{module}.attending.write_to", die)
        claim = work.claim(make.session, Tandem, now=clock.moment, lease=LEASE)
        with pytest.raises(Killed):
            duties.attend(make.session, claim)
    assert make.session.scalars(sa.select(Outcome)).all() == []
    assert make.session.scalars(sa.select(Survey)).all() == []
    clock.moment += 2 * LEASE
    endings.attend(make.session)
    tandem.due_at = clock.moment
    make.session.commit()
    endings.attend(make.session)
    asked = make.session.scalars(sa.select(Mail.kind).order_by(Mail.id)).all()
    assert (asked.count("survey"), asked.count("outcome")) == (2, 1)
