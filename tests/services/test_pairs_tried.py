"""A pair that is tried is pinned for the trial: laid aside, the pin is gone with it."""

import pytest

from tandem.models import AuditEvent, Round, RoundState
from tandem.services import rounds
from tests.support.solving import publish, solve, take

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def round_(make, programme):
    return make.round(programme)


@pytest.fixture
def four(session, make, programme, actor, round_):
    """Two mentors and two mentees in a round with a result."""
    made = (
        make.mentor(programme),
        make.mentor(programme),
        make.mentee(programme),
        make.mentee(programme),
    )
    solve(session, round_, actor=actor)
    return made


@pytest.fixture
def try_pair(session, programme, actor, round_):
    def tried(mentor, mentee, *, solved=True):
        made = rounds.try_pair(
            session,
            round_.key,
            mentor_key=mentor.key,
            mentee_key=mentee.key,
            programme=programme,
            actor=actor,
        )
        if solved:
            publish(session, round_)
        return made

    return tried


@pytest.fixture
def drop(session, programme, actor, round_):
    def dropped():
        trial = rounds.pending(session, round_)
        return rounds.drop(
            session, round_.key, snapshot_number=trial.number, programme=programme, actor=actor
        )

    return dropped


def pinned(session, round_):
    found = rounds.list_adjustments(session, round_)
    return [(each.mentor_id, each.mentee_id) for each in found]


def test_laid_aside_nothing_is_left_of_it(session, round_, four, try_pair, drop):
    mentor, _other, mentee, _second = four
    made = try_pair(mentor, mentee)
    assert pinned(session, round_) == [(mentor.id, mentee.id)]
    drop()
    assert pinned(session, round_) == []
    written = session.query(AuditEvent).filter_by(action="undo_pin", subject_id=made.id)
    assert written.count() == 1


def test_called_off_before_it_was_solved_nothing_is_left_of_it(
    session, programme, actor, round_, four, try_pair
):
    mentor, _other, mentee, _second = four
    try_pair(mentor, mentee, solved=False)
    rounds.cancel_solving(session, round_.key, programme=programme, actor=actor)
    assert pinned(session, round_) == []
    assert session.get(Round, round_.id).state is RoundState.READY


def test_taken_it_stays_pinned(session, actor, round_, four, try_pair):
    mentor, _other, mentee, _second = four
    try_pair(mentor, mentee)
    take(session, round_, actor=actor)
    assert pinned(session, round_) == [(mentor.id, mentee.id)]


def test_one_after_the_other_can_be_tried(session, round_, four, try_pair, drop):
    mentor, other, mentee, _second = four
    try_pair(mentor, mentee)
    try_pair(other, mentee)
    assert pinned(session, round_) == [(other.id, mentee.id)]
    drop()
    assert pinned(session, round_) == []


def test_what_was_pinned_for_good_stays(session, programme, actor, round_, four, try_pair, drop):
    mentor, other, mentee, second = four
    keys = {"mentor_key": other.key, "mentee_key": second.key}
    rounds.pin(session, round_.key, **keys, programme=programme, actor=actor)
    made = try_pair(mentor, mentee)
    rounds.undo(session, made.key, programme=programme, actor=actor)
    drop()
    assert pinned(session, round_) == [(other.id, second.id)]


def test_refused_nothing_changes(session, programme, actor, round_, four, try_pair):
    mentor, other, mentee, second = four
    keys = {"mentor_key": other.key, "mentee_key": second.key}
    rounds.forbid(session, round_.key, **keys, programme=programme, actor=actor)
    try_pair(mentor, mentee)
    with pytest.raises(rounds.Contradiction):
        try_pair(other, second)
    assert (mentor.id, mentee.id) in pinned(session, round_)
    assert rounds.pending(session, round_) is not None


def test_while_the_round_is_solved_nothing_is_pinned(session, round_, four, try_pair):
    mentor, other, mentee, second = four
    try_pair(mentor, mentee, solved=False)
    with pytest.raises(rounds.AlreadySolving):
        try_pair(other, second)
    assert pinned(session, round_) == [(mentor.id, mentee.id)]
