"""Short lists under races and kills: one asking, one end, nothing lost, nothing double."""

import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.errors import Conflict
from tandem.models import Account, Mail, Mentee, Programme, Round, RoundState, Shortlist, Snapshot
from tandem.services import shortlists
from tests.support import asking, town
from tests.support.make import Make
from tests.support.racing import at_once, conflicts
from tests.support.solving import solve

_PATIENCE_SECONDS = 60
_KILLS = 4


@pytest.fixture
def ready(database):
    """A solved round whose mentees have a choice, committed."""
    with Session(database) as session:
        make = Make(session)
        programme = make.programme()
        actor = make.coordinator(programme)
        for _ in range(4):
            make.mentor(programme)
        for _ in range(2):
            make.mentee(programme)
        round_ = make.round(programme)
        solve(session, round_, actor=actor)
        yield make, round_


def first(session: Session, model: type[Account] | type[Round] | type[Programme]):
    return session.scalars(sa.select(model).order_by(model.id)).first()


def asks(session: Session) -> object:
    return asking.ask(session, first(session, Round), actor=first(session, Account)).key


def ends(session: Session) -> object:
    round_, actor = first(session, Round), first(session, Account)
    programme = first(session, Programme)
    return shortlists.end_asking(session, round_.key, programme=programme, actor=actor).key


def answers(mentee: Mentee, ranks: dict[int, int]) -> Callable[[Session], object]:
    id_ = mentee.id

    def act(session: Session) -> object:
        return asking.answer(session, session.get_one(Mentee, id_), ranks).key

    return act


def count(session: Session, model: type[Shortlist] | type[Snapshot] | type[Mail]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_of_two_coordinators_who_ask_at_once_one_does(ready):
    make, round_ = ready
    results = at_once(make, asks, asks, asks)
    assert len(conflicts(results)) == 2
    make.session.expire_all()
    assert round_.state is RoundState.ASKING
    assert (count(make.session, Shortlist), count(make.session, Mail)) == (2, 2)


def test_of_two_who_stop_asking_at_once_one_does(ready):
    make, round_ = ready
    asks(make.session)
    results = at_once(make, ends, ends)
    assert len(conflicts(results)) == 1
    make.session.expire_all()
    assert round_.state is RoundState.QUEUED
    assert count(make.session, Snapshot) == 2


def test_an_answer_at_the_last_moment_counts_or_is_refused_and_never_half(ready):
    """What the person was told is what the next solving was given."""
    make, _ = ready
    asks(make.session)
    mentee = make.session.scalars(sa.select(Mentee).order_by(Mentee.id)).first()
    results = at_once(make, answers(mentee, {1: 1, 2: 2}), ends)
    refused = any(isinstance(each, shortlists.TooLate) for each in results)
    make.session.expire_all()
    newest = make.session.scalars(sa.select(Snapshot).order_by(Snapshot.number.desc())).first()
    wished = [each["prefer"] for each in newest.content["mentees"] if each["prefer"]]
    assert len(wished) == (0 if refused else 1)
    assert all(len(each) == 2 for each in wished)


def test_of_two_windows_at_once_one_order_is_kept_whole(ready):
    """E17."""
    make, _ = ready
    asks(make.session)
    mentee = make.session.scalars(sa.select(Mentee).order_by(Mentee.id)).first()
    results = at_once(make, answers(mentee, {1: 1, 2: 2}), answers(mentee, {3: 1, 1: 2}))
    kept = asking.ranks_of(make.session, mentee)
    assert kept in ([1, 2, None], [2, None, 1])
    assert len(conflicts(results)) <= 1
    assert all(isinstance(each, Conflict | str) for each in results)


@pytest.mark.slow
def test_at_the_deadline_killed_workers_lose_nothing_and_do_nothing_twice(database, ready):
    """E6: the round goes on once, with one trial, however often a worker dies."""
    make, _ = ready
    asks(make.session)
    over = now() - timedelta(seconds=1)
    make.session.execute(sa.update(Round).values(asks_until=over, due_at=over))
    make.session.commit()
    url = database.url.render_as_string(hide_password=False)
    random = Random(11)
    for _ in range(_KILLS):
        with town.worker(url) as process:
            time.sleep(random.uniform(0.6, 1.8))
            process.kill()
        whole(database)
        with Session(database) as session:
            due = sa.update(Round).where(Round.due_at.is_not(None))
            session.execute(due.values(due_at=now() - timedelta(seconds=1), attempts=0))
            session.commit()
    with town.worker(url):
        end = time.monotonic() + _PATIENCE_SECONDS
        while whole(database) is not RoundState.READY:
            assert time.monotonic() < end, "the round does not go on"
            time.sleep(0.1)


def whole(database: sa.Engine) -> RoundState:
    """Either people are still asked, or there is one trial and no more."""
    with Session(database) as session:
        if database.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        round_ = session.scalars(sa.select(Round)).one()
        trials = session.scalars(sa.select(Snapshot).where(Snapshot.taken_at.is_(None))).all()
        assert len(trials) == (0 if round_.state is RoundState.ASKING else 1)
        assert round_.state is not RoundState.READY or trials[0].solved_at is not None
        return round_.state
