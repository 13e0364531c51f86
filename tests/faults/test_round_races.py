"""Two coordinators in one round at the same moment: each learns what the other did (E1, E3, E4)."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.errors import Conflict
from tandem.models import (
    Account,
    Adjustment,
    Programme,
    Proposal,
    ProposalState,
    Round,
    RoundState,
    Snapshot,
    Verdict,
)
from tandem.services import policies, proposals, rounds
from tests.support import solving
from tests.support.make import Make
from tests.support.racing import at_once, conflicts

TIMES = 4


@pytest.fixture
def town(database):
    """A solved round of two pairs, committed."""
    with Session(database) as session:
        make = Make(session)
        programme = make.programme()
        actor = make.coordinator(programme)
        policies.add_default(session, programme, actor=None)
        people = (
            [make.mentor(programme) for _ in range(2)],
            [make.mentee(programme), make.mentee(programme)],
        )
        round_ = make.round(programme)
        solving.solve(session, round_, actor=actor)
        yield make, round_, *people


def as_coordinator(what, round_, **values):
    """Return an act of a coordinator on a round, in a session of its own."""
    key = round_.key

    def act(session):
        actor = session.scalars(sa.select(Account).order_by(Account.id)).first()
        programme = session.scalars(sa.select(Programme)).one()
        return what(session, key, programme=programme, actor=actor, **values).id

    return act


def pinning(round_, mentor, mentee):
    return as_coordinator(rounds.pin, round_, mentor_key=mentor.key, mentee_key=mentee.key)


def undoing(adjustment):
    return as_coordinator(rounds.undo, adjustment)


def deciding(proposal):
    key, seen = proposal.key, proposal.version

    def act(session):
        actor = session.scalars(sa.select(Account).order_by(Account.id)).first()
        programme = session.scalars(sa.select(Programme)).one()
        ruling = proposals.Ruling(verdict=Verdict.CONFIRMED, reason="A reason.")
        decided = proposals.decide(
            session, key, ruling, programme=programme, actor=actor, seen_version=seen
        )
        return decided.id

    return act


def reasons(results):
    lost = conflicts(results)
    return [each.reason for each in lost if isinstance(each, rounds.Contradiction)]


def in_force(database):
    with Session(database) as session:
        query = sa.select(Adjustment).where(Adjustment.undone_at.is_(None))
        return session.scalars(query).all()


def test_of_two_pins_of_one_mentee_the_second_is_told_of_the_first(database, town):
    make, round_, mentors, [mentee, _] = town
    for _ in range(TIMES):
        results = at_once(make, *(pinning(round_, mentor, mentee) for mentor in mentors))
        assert reasons(results) == ["mentee_pinned"]
        [pinned] = in_force(database)
        assert at_once(make, undoing(pinned)) == [pinned.id]


def test_of_two_pins_on_one_place_the_second_is_refused(database, town):
    make, round_, [mentor, _], mentees = town
    for _ in range(TIMES):
        results = at_once(make, *(pinning(round_, mentor, mentee) for mentee in mentees))
        assert reasons(results) == ["no_place"]
        [pinned] = in_force(database)
        at_once(make, undoing(pinned))


def test_a_double_click_pins_and_undoes_once(database, town):
    make, round_, [mentor, _], [mentee, _] = town
    results = at_once(make, *[pinning(round_, mentor, mentee)] * 3)
    assert reasons(results) == ["same_twice"] * 2
    [pinned] = in_force(database)
    results = at_once(make, *[undoing(pinned)] * 3)
    assert [type(lost) for lost in conflicts(results)] == [rounds.AlreadyUndone] * 2
    assert in_force(database) == []


def test_a_pin_and_a_ban_of_one_pair_are_never_both_in_force(database, town):
    make, round_, [mentor, _], [mentee, _] = town
    for _ in range(TIMES):
        ban = as_coordinator(rounds.forbid, round_, mentor_key=mentor.key, mentee_key=mentee.key)
        results = at_once(make, pinning(round_, mentor, mentee), ban)
        assert len(conflicts(results)) == len(in_force(database)) == 1
        at_once(make, undoing(in_force(database)[0]))


def test_a_solving_asked_for_twice_is_one(database, town):
    make, round_, *_ = town
    results = at_once(make, *[as_coordinator(rounds.request_trial, round_)] * 3)
    assert [type(lost) for lost in conflicts(results)] == [rounds.AlreadySolving] * 2
    with Session(database) as session:
        assert session.scalar(sa.select(sa.func.count(Snapshot.id))) == 2


def attempt(make, round_):
    actor = make.session.scalars(sa.select(Account).order_by(Account.id)).first()
    with solving.solving(make.session, round_, actor=actor):
        pass
    return rounds.pending(make.session, round_).number


def test_a_trial_is_taken_or_laid_aside_once(database, town):
    make, round_, *_ = town
    for _ in range(TIMES):
        number = attempt(make, round_)
        acts = [
            as_coordinator(what, round_, snapshot_number=number)
            for what in (rounds.take, rounds.drop, rounds.take)
        ]
        results = at_once(make, *acts)
        assert [type(lost) for lost in conflicts(results)] == [rounds.TrialOver] * 2
        with Session(database) as session:
            query = sa.select(sa.func.count(Proposal.id))
            left = session.scalar(query.where(Proposal.state == ProposalState.OPEN))
            assert left == 2, "either the old proposals or the new ones"


def test_a_trial_called_off_while_others_pin_takes_its_pin_along(database, town):
    """Whoever calls off and whoever pins wait for the same things in the same order."""
    make, round_, mentors, mentees = town
    for _ in range(TIMES):
        tried = {"mentor_key": mentors[0].key, "mentee_key": mentees[0].key}
        [made] = at_once(make, as_coordinator(rounds.try_pair, round_, **tried))
        results = at_once(
            make,
            as_coordinator(rounds.cancel_solving, round_),
            pinning(round_, mentors[1], mentees[1]),
        )
        assert conflicts(results) == []
        [kept] = in_force(database)
        assert kept.id != made
        at_once(make, undoing(kept))


def test_a_decision_and_a_trial_at_once_never_make_two_tandems_of_one_mentee(database, town):
    make, round_, *_ = town
    query = sa.select(Proposal).where(Proposal.state == ProposalState.OPEN).order_by(Proposal.id)
    number = attempt(make, round_)
    proposal = make.session.scalars(query).first()
    take = as_coordinator(rounds.take, round_, snapshot_number=number)
    results = at_once(make, deciding(proposal), take)
    [lost] = conflicts(results)
    assert isinstance(lost, (rounds.TrialOutdated, proposals.ProposalStale))
    with Session(database) as session:
        states = session.scalars(sa.select(Proposal.state).order_by(Proposal.state)).all()
    if isinstance(lost, rounds.TrialOutdated):
        assert states == [ProposalState.CONFIRMED, ProposalState.OPEN]
    else:
        assert states == [ProposalState.OPEN] * 2 + [ProposalState.STALE] * 2


def test_closing_and_solving_at_once_end_in_one_state(database, town):
    make, round_, *_ = town
    acts = [as_coordinator(what, round_) for what in (rounds.close_round, rounds.request_trial)]
    results = at_once(make, *acts)
    assert [isinstance(lost, Conflict) for lost in conflicts(results)] == [True]
    with Session(database) as session:
        assert session.get_one(Round, round_.id).state in {RoundState.CLOSED, RoundState.QUEUED}
