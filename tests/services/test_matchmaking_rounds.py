import pickle

import pytest

from tandem.models import (
    AuditEvent,
    CompanyState,
    Profile,
    ProfileState,
    Proposal,
    ProposalState,
    Round,
    RoundState,
    SnapshotPerson,
    Tandem,
    TandemState,
)
from tandem.services import rounds
from tandem.services.matchmaking import rounds as matchmaking
from tandem.work import LostClaim
from tests.support.solving import decide, queue, solve, solving, take

ATTEMPTS = 5


@pytest.fixture
def round_(make, programme):
    return make.round(programme)


def silent(_step, _done, _total):
    """Say nothing."""


def test_a_solved_round_has_proposals_with_their_reasons(session, make, programme, actor, round_):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    assert (proposal.mentor_id, proposal.mentee_id) == (mentor.id, mentee.id)
    assert sum(proposal.parts.values()) == proposal.score > 0
    assert {fact["criterion"] for fact in proposal.facts} == proposal.parts.keys()
    snapshot = rounds.solved_snapshot(session, round_)
    assert snapshot.digest == snapshot.result["digest"]
    assert snapshot.result["certificate"]["tandems"] == snapshot.result["tandems"] == 1
    solved = session.get(Round, round_.id)
    assert (solved.state, solved.leased_until) == (RoundState.READY, None)
    assert solved.due_at is not None, "insights are the next piece of work"


def test_alternatives_tell_their_cost_and_who_moves(session, make, programme, actor, round_):
    make.mentor(programme, occupation="741")
    make.mentor(programme, occupation="741")
    make.mentee(programme, occupation="741")
    make.mentee(programme, occupation="742", past_occupation=None)
    found = solve(session, round_, actor=actor)
    snapshot = rounds.solved_snapshot(session, round_)
    faces = rounds.list_faces(session, snapshot)
    for proposal in found:
        [other] = proposal.alternatives
        assert other["cost"].keys() == {"tandems", "score"}
        assert {move["mentee"] for move in other["moves"]} <= faces.keys()
        assert other["mentor"] in faces


def test_what_the_child_is_given_and_gives_can_be_sent(session, make, programme, actor, round_):
    make.mentor(programme)
    make.mentee(programme)
    work = queue(session, round_, actor=actor)
    task = matchmaking.begin(session, work, most_attempts=ATTEMPTS)
    heard = []
    again = pickle.loads(pickle.dumps(task))  # noqa: S301 - our own bytes
    result = matchmaking.solve(again, lambda *said: heard.append(said))
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own bytes
    assert heard[0][0] == "check"
    assert heard[-1][1] == heard[-1][2]


def test_progress_is_written_down(session, make, programme, actor, round_):
    make.mentor(programme)
    make.mentee(programme)
    work = queue(session, round_, actor=actor)
    matchmaking.begin(session, work, most_attempts=ATTEMPTS)
    matchmaking.report(session, work, "solve", 7, 5)
    running = session.get(Round, round_.id)
    assert (running.state, running.step, running.done, running.total) == (
        RoundState.RUNNING,
        "solve",
        5,
        5,
    )


def test_a_cancelled_round_takes_nothing_from_its_worker(session, make, programme, actor, round_):
    make.mentor(programme)
    make.mentee(programme)
    with pytest.raises(LostClaim), solving(session, round_, actor=actor) as work:  # noqa: PT012 - the end of the block publishes
        rounds.cancel_solving(session, round_.key, programme=programme, actor=actor)
        for late in (
            lambda: matchmaking.report(session, work, "solve", 1, 5),
            lambda: matchmaking.begin(session, work, most_attempts=ATTEMPTS),
            lambda: matchmaking.fail(session, work, "late"),
            lambda: matchmaking.give_back(session, work),
        ):
            with pytest.raises(LostClaim):
                late()
    assert session.query(Proposal).count() == 0
    assert session.get(Round, round_.id).state is RoundState.CANCELLED


def test_a_failed_round_says_so_and_can_be_solved_again(session, make, programme, actor, round_):
    make.mentor(programme)
    make.mentee(programme)
    work = queue(session, round_, actor=actor)
    matchmaking.fail(session, work, "refuted")
    failed = session.get(Round, round_.id)
    assert (failed.state, failed.due_at) == (RoundState.FAILED, None)
    event = session.query(AuditEvent).filter_by(action="fail_round").one()
    assert event.details == {"problem": "refuted"}
    assert len(solve(session, round_, actor=actor)) == 1


def test_a_round_whose_solver_dies_is_tried_again_but_not_for_ever(
    session, make, programme, actor, round_
):
    make.mentor(programme)
    make.mentee(programme)
    work = queue(session, round_, actor=actor)
    assert matchmaking.begin(session, work, most_attempts=1) is not None
    matchmaking.give_back(session, work)
    again = session.get(Round, round_.id)
    assert again.due_at is not None
    again.leased_until, again.attempts = again.due_at, 2
    make.save(again)
    assert matchmaking.begin(session, work, most_attempts=1) is None
    assert session.get(Round, round_.id).state is RoundState.FAILED


def test_solving_again_outdates_what_was_still_open(session, make, programme, actor, round_):
    make.mentor(programme, capacity=2)
    make.mentee(programme)
    make.mentee(programme)
    kept, open_ = solve(session, round_, actor=actor)
    decide(session, kept, actor=actor)
    work = queue(session, round_, actor=actor)
    session.refresh(open_)
    assert open_.state is ProposalState.OPEN
    task = matchmaking.begin(session, work, most_attempts=ATTEMPTS)
    matchmaking.publish(session, work, matchmaking.solve(task, silent))
    session.refresh(open_)
    assert open_.state is ProposalState.OPEN, "a trial changes nothing until it is taken"
    take(session, round_, actor=actor)
    for each in (kept, open_):
        session.refresh(each)
    assert (kept.state, open_.state) == (ProposalState.CONFIRMED, ProposalState.STALE)
    [new] = session.query(Proposal).filter_by(state=ProposalState.OPEN)
    assert new.mentee_id == open_.mentee_id


@pytest.mark.parametrize("state", [ProfileState.PAUSED, ProfileState.WITHDRAWN])
def test_who_left_while_it_was_solved_is_not_proposed(
    session, make, programme, actor, round_, state
):
    mentor, _ = make.mentor(programme), make.mentee(programme)
    with solving(session, round_, actor=actor):
        profile = session.query(Profile).filter_by(mentor_id=mentor.id).one()
        profile.state = state
        make.save(profile)
    [proposal] = session.query(Proposal)
    assert proposal.state is ProposalState.STALE


def test_a_company_that_left_while_it_was_solved_is_not_proposed(
    session, make, programme, actor, round_
):
    company = make.company(programme)
    make.mentor(programme, company=company)
    make.mentee(programme)
    with solving(session, round_, actor=actor):
        company.state = CompanyState.LEFT
        make.save(company)
    assert session.query(Proposal).one().state is ProposalState.STALE


def test_who_was_taken_while_it_was_solved_is_not_proposed(session, make, programme, actor, round_):
    make.mentor(programme)
    make.mentee(programme)
    [first] = solve(session, round_, actor=actor)
    with solving(session, round_, actor=actor):
        decide(session, first, actor=actor)
    with pytest.raises(rounds.TrialOutdated):
        take(session, round_, actor=actor)
    assert session.query(Proposal).count() == 1


def test_who_was_erased_while_it_was_solved_is_left_out(session, make, programme, actor, round_):
    make.mentor(programme)
    make.mentee(programme)
    with solving(session, round_, actor=actor):
        session.query(SnapshotPerson).update({"profile_id": None})
        session.commit()
    assert session.query(Proposal).count() == 0
    assert session.get(Round, round_.id).state is RoundState.READY


def test_a_pair_that_was_tried_before_is_not_proposed_again(
    session, make, programme, actor, round_
):
    make.mentor(programme)
    make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, actor=actor)
    tandem = session.query(Tandem).one()
    tandem.state = TandemState.DECLINED
    make.save(tandem)
    assert solve(session, round_, actor=actor) == []
    snapshot = rounds.solved_snapshot(session, round_)
    [left] = snapshot.result["unmatched"]["mentees"]
    assert left["reasons"] == {"previous": 1}


def test_a_live_tandem_takes_its_place(session, make, programme, actor, round_):
    make.mentor(programme, capacity=2)
    make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, actor=actor)
    make.mentee(programme)
    make.mentee(programme)
    assert len(solve(session, round_, actor=actor)) == 1


def test_a_profile_that_cannot_be_scored_is_set_aside_and_the_round_goes_on(
    session, make, programme, actor, round_
):
    """D6: a hostile profile is named; the others are matched."""
    make.mentor(programme, capacity=2)
    make.mentee(programme, sectors=["<script>"], fields=[{"a": 1}])
    make.mentee(programme)
    assert len(solve(session, round_, actor=actor)) == 1
    snapshot = rounds.solved_snapshot(session, round_)
    aside = snapshot.result["set_aside"]
    assert {(entry["side"], entry["field"]) for entry in aside} == {
        ("mentee", "sectors"),
        ("mentee", "fields"),
    }
