"""Solving again: a trial changes nothing until it is taken, and nothing wrong comes of it."""

import pytest

from tandem.errors import NotAllowed
from tandem.models import (
    CompanyState,
    Profile,
    ProfileState,
    Proposal,
    ProposalState,
    Round,
    RoundState,
    Side,
    Snapshot,
    SnapshotPerson,
)
from tandem.services import exclusions, policies, rounds
from tests.support.solving import decide, publish, queue, solve, solving, take

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def round_(make, programme):
    return make.round(programme)


@pytest.fixture
def four(make, programme):
    """Two electricians and two nurses, one of each on both sides."""
    nurse = {"occupation": "2221", "sectors": ["86"], "fields": ["0913"]}
    return (
        make.mentor(programme),
        make.mentor(programme, **nurse),
        make.mentee(programme),
        make.mentee(programme, **nurse, past_occupation="2221"),
    )


@pytest.fixture
def pin(session, programme, actor, round_):
    def pinned(mentor, mentee):
        return rounds.pin(
            session,
            round_.key,
            mentor_key=mentor.key,
            mentee_key=mentee.key,
            programme=programme,
            actor=actor,
        )

    return pinned


@pytest.fixture
def attempt(session, actor, round_):
    """Solve again as things are, and leave the trial as it is."""

    def tried():
        with solving(session, round_, actor=actor):
            pass
        trial = rounds.pending(session, round_)
        assert trial is not None
        return trial

    return tried


def open_pairs(session):
    found = session.query(Proposal).filter_by(state=ProposalState.OPEN)
    return {(each.mentor_id, each.mentee_id) for each in found}


def act(what, session, round_, trial, *, programme, actor):
    return what(session, round_.key, snapshot_number=trial.number, programme=programme, actor=actor)


def test_the_first_result_is_taken_and_the_next_is_a_trial(
    session, actor, round_, four, pin, attempt
):
    [electrician, nurse, first, second] = four
    solve(session, round_, actor=actor)
    good = {(electrician.id, first.id), (nurse.id, second.id)}
    assert rounds.pending(session, round_) is None
    assert open_pairs(session) == good
    pin(nurse, first)
    trial = attempt()
    assert (trial.is_pending, open_pairs(session)) == (True, good)
    take(session, round_, actor=actor)
    assert open_pairs(session) == {(nurse.id, first.id), (electrician.id, second.id)}
    assert rounds.solved_snapshot(session, round_) == trial
    assert rounds.pending(session, round_) is None
    assert session.query(Proposal).filter_by(state=ProposalState.STALE).count() == 2


def test_a_difference_tells_who_moves_and_what_it_costs(session, actor, round_, four, pin, attempt):
    [electrician, nurse, first, second] = four
    before = sum(each.score for each in solve(session, round_, actor=actor))
    pin(nurse, first)
    found = rounds.difference(session, round_, attempt())
    moves = {
        step.mentee.person_key: (step.before.mentor.person_key, step.after.mentor.person_key)
        for step in found.of("moved")
    }
    assert moves == {
        first.key: (electrician.key, nurse.key),
        second.key: (nurse.key, electrician.key),
    }
    assert {step.mentee.person_key for step in found.steps if step.after.is_pinned} == {first.key}
    assert (found.tandems_before, found.tandems_after) == (2, 2)
    assert found.points_before == before > found.points_after
    assert found.points_after == found.trial.result["score"]
    assert (found.enters, found.leaves, found.lost_pins) == ([], [], [])
    assert (found.is_outdated, found.changes_policy, found.supposed) == (False, False, None)


def test_what_nothing_has_changed_stays_as_it_is(session, make, programme, actor, round_, attempt):
    """All pairs are equally good: a trial makes the same ones again."""
    for _ in range(12):
        make.mentor(programme)
        make.mentee(programme)
    solve(session, round_, actor=actor)
    found = rounds.difference(session, round_, attempt())
    assert (len(found.of("kept")), found.changes) == (12, [])


def test_who_joins_and_leaves_is_told(session, make, programme, actor, round_, four, attempt):
    first = four[2]
    solve(session, round_, actor=actor)
    newcomer = make.mentee(programme, occupation="2221", sectors=["86"])
    profile = session.query(Profile).filter_by(mentee_id=first.id).one()
    profile.state = ProfileState.PAUSED
    session.commit()
    candidates = rounds.find_candidates(session, programme, round_).everyone
    assert [each.key for each in candidates if each.joins] == [newcomer.key]
    assert [each.key for each in candidates if each.leaves] == [first.key]
    found = rounds.difference(session, round_, attempt())
    assert [face.person_key for face in found.enters] == [newcomer.key]
    assert [face.person_key for face in found.leaves] == [first.key]
    assert {step.mentee.person_key: step.kind for step in found.changes} == {
        first.key: "gone",
        newcomer.key: "new",
    }


def test_a_pair_whose_company_left_is_marked(session, actor, round_, four, attempt):
    solve(session, round_, actor=actor)
    trial = attempt()
    four[1].company.state = CompanyState.LEFT
    session.commit()
    steps = rounds.difference(session, round_, trial).steps
    assert [step.mentee.person_key for step in steps if step.is_stale] == [four[3].key]


def test_who_is_kept_apart_since_makes_a_trial_outdated_and_lifted_again_no_longer(
    session, programme, actor, round_, four, attempt
):
    solve(session, round_, actor=actor)
    trial = attempt()
    draft = exclusions.ExclusionDraft(
        mentee_key=four[2].key, mentor_key=four[1].key, asked_by=Side.MENTEE
    )
    made = exclusions.exclude(session, draft, programme=programme, actor=actor)
    assert rounds.difference(session, round_, trial).is_outdated
    with pytest.raises(rounds.TrialOutdated):
        rounds.take(
            session, round_.key, snapshot_number=trial.number, programme=programme, actor=actor
        )
    exclusions.lift(session, made.key, programme=programme, actor=actor)
    assert not rounds.difference(session, round_, trial).is_outdated


def test_before_the_first_result_nobody_joins_or_leaves(session, programme, round_, four):
    everyone = rounds.find_candidates(session, programme, round_).everyone
    assert {(each.joins, each.leaves, each.was_in) for each in everyone} == {(False, False, None)}


def test_a_trial_is_taken_once(session, programme, actor, round_, four, attempt):
    solve(session, round_, actor=actor)
    trial = attempt()
    act(rounds.take, session, round_, trial, programme=programme, actor=actor)
    for again in (rounds.take, rounds.drop):
        with pytest.raises(rounds.TrialOver):
            act(again, session, round_, trial, programme=programme, actor=actor)
    assert len(open_pairs(session)) == 2


def test_a_trial_that_was_laid_aside_changes_nothing(
    session, programme, actor, round_, four, pin, attempt
):
    solve(session, round_, actor=actor)
    before = open_pairs(session)
    pin(four[1], four[2])
    trial = attempt()
    act(rounds.drop, session, round_, trial, programme=programme, actor=actor)
    assert (open_pairs(session), rounds.pending(session, round_)) == (before, None)
    with pytest.raises(rounds.TrialOver):
        act(rounds.take, session, round_, trial, programme=programme, actor=actor)
    assert session.get(Round, round_.id).state is RoundState.READY


def test_a_newer_trial_takes_the_place_of_one_that_waits(
    session, programme, actor, round_, four, attempt
):
    solve(session, round_, actor=actor)
    first, second = attempt(), attempt()
    assert rounds.pending(session, round_) == second
    assert session.get(Snapshot, first.id).dropped_at is not None
    with pytest.raises(rounds.TrialOver):
        act(rounds.take, session, round_, first, programme=programme, actor=actor)


@pytest.mark.parametrize("verdict", ["confirmed", "rejected"])
def test_a_trial_from_before_a_decision_is_not_taken(
    session, programme, actor, round_, four, attempt, verdict
):
    """E1: whoever takes it would undo what somebody else has just decided."""
    [proposal, _] = solve(session, round_, actor=actor)
    trial = attempt()
    decide(session, proposal, verdict, actor=actor)
    assert rounds.difference(session, round_, trial).is_outdated
    with pytest.raises(rounds.TrialOutdated):
        act(rounds.take, session, round_, trial, programme=programme, actor=actor)
    assert rounds.pending(session, round_) == trial


def test_a_trial_from_before_an_adjustment_or_its_undoing_is_not_taken(
    session, programme, actor, round_, four, pin, attempt
):
    solve(session, round_, actor=actor)
    trial = attempt()
    pinned = pin(four[1], four[2])
    with pytest.raises(rounds.TrialOutdated):
        act(rounds.take, session, round_, trial, programme=programme, actor=actor)
    trial = attempt()
    rounds.undo(session, pinned.key, programme=programme, actor=actor)
    with pytest.raises(rounds.TrialOutdated):
        act(rounds.take, session, round_, trial, programme=programme, actor=actor)


@pytest.mark.parametrize("state", [ProfileState.PAUSED, ProfileState.WITHDRAWN])
def test_who_left_since_a_trial_is_shown_and_stale_when_it_is_taken(
    session, actor, round_, four, attempt, state
):
    """E5: profile edited, withdrawn or paused during a round."""
    solve(session, round_, actor=actor)
    trial = attempt()
    session.query(Profile).filter_by(mentee_id=four[2].id).one().state = state
    session.commit()
    found = rounds.difference(session, round_, trial)
    assert [step.mentee.person_key for step in found.steps if step.is_stale] == [four[2].key]
    take(session, round_, actor=actor)
    assert {pair[1] for pair in open_pairs(session)} == {four[3].id}


def test_who_was_erased_since_a_trial_is_in_no_pair(session, actor, round_, four, attempt):
    solve(session, round_, actor=actor)
    trial = attempt()
    profile = session.query(Profile).filter_by(mentee_id=four[2].id).one()
    session.query(SnapshotPerson).filter_by(profile_id=profile.id).update({"profile_id": None})
    session.commit()
    found = rounds.difference(session, round_, trial)
    assert [step.mentee.person_key for step in found.steps] == [four[3].key]
    take(session, round_, actor=actor)
    assert {pair[1] for pair in open_pairs(session)} == {four[3].id}


def test_a_cancelled_trial_leaves_the_result_in_use(session, programme, actor, round_, four):
    solve(session, round_, actor=actor)
    before = open_pairs(session)
    queue(session, round_, actor=actor)
    rounds.cancel_solving(session, round_.key, programme=programme, actor=actor)
    assert session.get(Round, round_.id).state is RoundState.READY
    assert (open_pairs(session), rounds.pending(session, round_)) == (before, None)
    assert len(solve(session, round_, actor=actor)) == 2


def test_closing_lays_a_trial_aside(session, programme, actor, round_, four, attempt):
    solve(session, round_, actor=actor)
    trial = attempt()
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    closed = session.get(Round, round_.id)
    assert (closed.state, closed.due_at) == (RoundState.CLOSED, None)
    assert rounds.pending(session, round_) is None
    with pytest.raises(rounds.TrialOver):
        act(rounds.take, session, round_, trial, programme=programme, actor=actor)


def test_only_coordinators_of_the_programme_take_a_trial(
    session, make, programme, actor, round_, four, attempt
):
    solve(session, round_, actor=actor)
    trial = attempt()
    for what in (rounds.take, rounds.drop):
        with pytest.raises(NotAllowed):
            act(what, session, round_, trial, programme=programme, actor=make.coordinator())


ONLY_NEEDS = policies.Terms(
    weights={"needs": 10_000}, rules={"capacity": True}, aim="most", floor=0, reach_km=25
)


def test_a_tried_policy_is_the_rounds_own_once_it_is_taken(
    session, programme, actor, round_, four, attempt
):
    solve(session, round_, actor=actor)
    content = policies.write_terms(ONLY_NEEDS, number=1)
    rounds.request_trial(session, round_.key, programme=programme, actor=actor, policy=content)
    publish(session, round_)
    found = rounds.difference(session, round_, rounds.pending(session, round_))
    assert found.changes_policy
    tried = found.trial.policy_version
    take(session, round_, actor=actor)
    assert rounds.policy_of(session, round_, programme=programme) == tried
    assert policies.current(session, programme) != tried
    assert attempt().policy_version == tried


def test_a_policy_that_is_none_is_not_tried(session, programme, actor, round_, four):
    with pytest.raises(policies.PolicyRefused):
        rounds.request_trial(
            session, round_.key, programme=programme, actor=actor, policy="aim = 'luck'"
        )
    assert session.get(Round, round_.id).state is RoundState.PREPARING
