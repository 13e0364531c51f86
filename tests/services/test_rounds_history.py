"""What earlier rounds and wishes bring into the next: waiting, ranks, what mentors wish for."""

import pytest

from tandem.clock import now
from tandem.models import Choice, Profile, Shortlist, Snapshot, Tandem, TandemState
from tandem.services import policies, rounds
from tests.support.solving import decide, queue, solve, take

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def wait(session, make, programme, actor):
    """Solve a round and close it, so that whoever has no tandem has waited."""

    def waited():
        round_ = make.round(programme)
        proposals = solve(session, round_, actor=actor)
        for proposal in proposals:
            decide(session, proposal, actor=actor)
        rounds.close_round(session, round_.key, programme=programme, actor=actor)

    return waited


def waiting(session, programme, round_=None):
    found = rounds.find_candidates(session, programme, round_).everyone
    return {each.key: each.waiting for each in found}


def content_of(session, round_, actor):
    queue(session, round_, actor=actor)
    query = session.query(Snapshot).filter_by(round_id=round_.id).order_by(Snapshot.number.desc())
    return query.first().content


def test_each_closed_round_without_a_tandem_counts(session, make, programme, wait):
    mentor = make.mentor(programme)
    mentees = [make.mentee(programme) for _ in range(2)]
    wait()
    late = make.mentee(programme)
    wait_again(session, make, programme, wait)
    taken = session.query(Tandem).order_by(Tandem.id).first().mentee
    [left] = [mentee for mentee in mentees if mentee != taken]
    counts = waiting(session, programme)
    assert (counts[left.key], counts[taken.key], counts[late.key], counts[mentor.key]) == (
        2,
        0,
        1,
        0,
    )


def wait_again(session, make, programme, wait):
    """Let another round go by in which the only mentor speaks nobody's language."""
    make.mentor(programme, languages={"fi": "C2"})
    wait()


@pytest.mark.parametrize(
    ("state", "rounds_waited"),
    [(TandemState.DECLINED, 1), (TandemState.EXPIRED, 1), (TandemState.INVITED, 0)],
)
def test_a_tandem_that_never_began_is_none(
    session, make, programme, actor, wait, state, rounds_waited
):
    make.mentor(programme)
    mentee = make.mentee(programme)
    wait()
    tandem = session.query(Tandem).one()
    tandem.state = state
    make.save(tandem)
    assert waiting(session, programme)[mentee.key] == rounds_waited


def test_a_round_that_is_open_or_was_never_solved_is_not_waited(session, make, programme, actor):
    make.mentor(programme, languages={"fi": "C2"})
    mentee = make.mentee(programme)
    unsolved = make.round(programme)
    rounds.close_round(session, unsolved.key, programme=programme, actor=actor)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    assert waiting(session, programme, round_)[mentee.key] == 0


def test_a_trial_that_nobody_took_is_not_waited(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    late = make.mentee(programme)
    queue(session, round_, actor=actor)
    rounds.cancel_solving(session, round_.key, programme=programme, actor=actor)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    assert waiting(session, programme)[late.key] == 0


def test_a_round_for_those_who_wait_takes_nobody_else(session, make, programme, actor, wait):
    make.mentor(programme, languages={"fi": "C2"})
    mentee = make.mentee(programme)
    wait()
    new, mentor = make.mentee(programme), make.mentor(programme)
    draft = rounds.RoundDraft(name="For those who wait", waiting_only=True)
    round_ = rounds.open_round(session, draft, programme=programme, actor=actor)
    found = rounds.find_candidates(session, programme, round_).everyone
    reasons = {each.key: each.reason for each in found}
    assert reasons[new.key] == "not_waiting"
    assert (reasons[mentee.key], reasons[mentor.key]) == (None, None)
    assert [each.mentee_id for each in solve(session, round_, actor=actor)] == [mentee.id]


def test_the_engine_is_told_how_long_somebody_waits_and_what_a_mentor_wishes(
    session, make, programme, actor, wait
):
    make.mentor(programme, languages={"fi": "C2"}, prefer=["occupation:74", "need:network"])
    make.mentee(programme)
    wait()
    content = content_of(session, make.round(programme), actor)
    assert [each["prefer"] for each in content["mentors"]] == [["occupation:74", "need:network"]]
    assert [each["waiting"] for each in content["mentees"]] == [1]


def shortlist(make, round_, mentee, ranks, *, answered=True):
    """Save a short list of the round's last snapshot: mentors to the rank that they were given."""
    session = make.session
    snapshot = rounds.solved_snapshot(session, round_)
    asked = make.save(
        Shortlist(
            programme_id=round_.programme_id,
            round_id=round_.id,
            snapshot_id=snapshot.id,
            mentee_id=mentee.id,
            answered_at=now() if answered else None,
        )
    )
    for position, (mentor, rank) in enumerate(ranks.items(), 1):
        profile = session.query(Profile).filter_by(mentor_id=mentor.id).one()
        make.save(
            Choice(
                programme_id=round_.programme_id,
                shortlist_id=asked.id,
                position=position,
                mentor_id=mentor.id,
                mentor_profile_id=profile.id,
                rank=rank,
            )
        )


ONLY_WISHES = policies.Terms(
    weights={"wishes": 10_000}, rules={"capacity": True}, aim="most", floor=0, reach_km=25
)


def test_a_ranking_counts_in_the_next_solving(session, make, programme, actor):
    mentors = [make.mentor(programme) for _ in range(3)]
    mentee = make.mentee(programme)
    policies.adopt(session, ONLY_WISHES, programme=programme, actor=actor, seen_number=1)
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=actor)
    [wished, second] = [each for each in mentors if each.id != proposal.mentor_id]
    shortlist(make, round_, mentee, {second: 2, wished: 1, proposal.mentor: None})
    [again] = solve(session, round_, actor=actor)
    assert again.mentor_id == wished.id


def test_the_last_answer_counts_and_an_empty_one_is_an_answer(session, make, programme, actor):
    mentor = make.mentor(programme)
    mentee, quiet, silent = (make.mentee(programme) for _ in range(3))
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    for person in (mentee, quiet):
        shortlist(make, round_, person, {mentor: 1})
    shortlist(make, round_, silent, {mentor: 1}, answered=False)
    solve(session, round_, actor=actor)
    shortlist(make, round_, quiet, {mentor: None})
    content = content_of(session, round_, actor)
    [ours] = content["mentors"]
    wishes = sorted(each["prefer"] for each in content["mentees"])
    assert wishes == [[], [], [ours["id"]]]


def test_whoever_left_keeps_the_rank_so_that_a_second_choice_stays_the_second(
    session, make, programme, actor
):
    gone, second = make.mentor(programme), make.mentor(programme)
    mentee = make.mentee(programme)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    shortlist(make, round_, mentee, {gone: 1, second: 2})
    rounds.set_aside(session, round_.key, person_key=gone.key, programme=programme, actor=actor)
    content = content_of(session, round_, actor)
    [ours] = content["mentors"]
    [nobody, named] = content["mentees"][0]["prefer"]
    assert named == ours["id"]
    assert nobody not in str(content["mentors"])


def test_keys_and_seed_stay_within_a_round_and_not_beyond(session, make, programme, actor):
    make.mentor(programme, capacity=2)
    make.mentee(programme)
    first, second = make.round(programme), None
    solve(session, first, actor=actor)
    solve(session, first, actor=actor)
    rounds.close_round(session, first.key, programme=programme, actor=actor)
    second = make.round(programme)
    solve(session, second, actor=actor)
    take(session, second, actor=actor)
    one, two, other = session.query(Snapshot).order_by(Snapshot.id)
    keys = [{each["id"] for each in got.content["mentees"]} for got in (one, two, other)]
    assert keys[0] == keys[1]
    assert keys[0].isdisjoint(keys[2])
    assert one.seed == two.seed
