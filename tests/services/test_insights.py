"""What is worked out about a result once it is taken, and that this may be cut short anywhere."""

import pickle

import pytest

from tandem.clock import now
from tandem.models import Round, RoundState, Snapshot, SnapshotPerson
from tandem.services import policies, rounds
from tandem.services.matchmaking import afterwards, insights
from tandem.services.matchmaking.groups import OTHERS, Tally, together
from tandem.work import LostClaim, claim
from tests.support.solving import LEASE, queue, solve, solving, take

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def round_(make, programme):
    return make.round(programme)


@pytest.fixture
def town(make, programme):
    """Three mentors in one trade, and ten mentees, most of whom have another."""
    for _ in range(3):
        make.mentor(programme)
    nurse = {"occupation": "2221", "past_occupation": "2221", "sectors": ["86"], "level": 6}
    for _ in range(6):
        make.mentee(programme, gender="f", recognition="partial")
    for _ in range(4):
        make.mentee(programme, gender="m", languages={"de": "B2", "uk": "C2"}, **nurse)


def due(session, round_):
    work = claim(session, Round, now=now(), lease=LEASE, only=Round.id == round_.id)
    assert work is not None
    return work


def silent(_step, _done, _total):
    """Say nothing."""


def work_out(session, round_):
    work = due(session, round_)
    task = afterwards.begin(session, work, most_attempts=5)
    afterwards.publish(session, work, insights.work_out(task, silent))
    return rounds.read_insights(rounds.solved_snapshot(session, round_))


def test_a_result_tells_how_firmly_it_stands_and_whom_to_look_for(session, actor, round_, town):
    proposals = solve(session, round_, actor=actor)
    assert rounds.read_insights(rounds.solved_snapshot(session, round_)) is None
    found = work_out(session, round_)
    snapshot = rounds.solved_snapshot(session, round_)
    pairs = snapshot.result["proposals"]
    assert (found.problem, found.draws) == (None, insights.DRAWS)
    assert found.stability.keys() == {each["mentee"] for each in pairs}
    assert all(0 <= share <= 1 for share in found.stability.values())
    assert len(pairs) == len(proposals) == 3
    first, *others = found.recruit
    assert (first.tandems, first.places, first.postal_code) == (3, 3, "25746")
    assert first.tandems == len(first.mentees)
    assert first.occupation in {"22", "74"}
    assert all(each.tandems <= first.tandems for each in others)
    left = {each["id"] for each in snapshot.result["unmatched"]["mentees"]}
    assert set(first.mentees) <= left
    assert session.get(Round, round_.id).due_at is None


def test_nothing_is_due_once_it_was_worked_out(session, actor, round_, town):
    solve(session, round_, actor=actor)
    work_out(session, round_)
    assert claim(session, Round, now=now(), lease=LEASE) is None
    solve(session, round_, actor=actor)
    assert session.get(Round, round_.id).due_at is not None, "a new result, new insights"


def test_groups_of_mentees_are_counted_and_the_engine_is_told_of_none(session, actor, round_, town):
    solve(session, round_, actor=actor)
    found = work_out(session, round_)
    snapshot = rounds.solved_snapshot(session, round_)
    assert {each["gender"] for each in snapshot.content["mentees"]} == {None}
    by_kind = {each.kind: each.groups for each in found.groups}
    assert by_kind.keys() == {"gender", "language", "place", "recognition"}
    assert [(each.label, each.people) for each in by_kind["place"]] == [("Heide", 10)]
    [place] = by_kind["place"]
    scores = [each["score"] for each in snapshot.result["proposals"]]
    assert (place.tandems, place.mean_score) == (3, round(sum(scores) / 3))
    assert place.coverage == 30
    assert by_kind["gender"] == [], "four of ten cannot be told apart, so nobody can"


def tallies(**people):
    return {
        label: Tally(label=label, people=number, tandems=number // 2, score=1000 * (number // 2))
        for label, number in people.items()
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"a": 9}, [("a", 9)]),
        ({"a": 9, "b": 5}, [("a", 9), ("b", 5)]),
        ({"a": 4}, []),
        ({"a": 9, "b": 4}, []),
        ({"a": 9, "b": 6, "c": 1}, [("a", 9), (OTHERS, 7)]),
        ({"a": 9, "b": 3, "c": 2}, [("a", 9), (OTHERS, 5)]),
        ({"a": 9, OTHERS: 6}, [("a", 9), (OTHERS, 6)]),
        ({"a": 9, "b": 8, OTHERS: 1}, [("a", 9), (OTHERS, 9)]),
    ],
)
def test_no_figure_is_about_fewer_than_five_people(given, expected):
    told = together(tallies(**given))
    assert [(each.label, each.people) for each in told] == expected
    assert sum(each.people for each in told) in {0, sum(given.values())}


def test_what_the_child_is_given_and_gives_can_be_sent(session, actor, round_, town):
    solve(session, round_, actor=actor)
    task = afterwards.begin(session, due(session, round_), most_attempts=5)
    assert pickle.loads(pickle.dumps(task)) == task  # noqa: S301 - our own bytes
    found = insights.work_out(task, silent)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert insights.work_out(task, silent) == found, "it may be repeated"


def test_a_worker_that_dies_half_way_leaves_it_to_the_next(session, make, actor, round_, town):
    """E6: what was begun and not ended is begun again."""
    solve(session, round_, actor=actor)
    first = due(session, round_)
    task = afterwards.begin(session, first, most_attempts=5)
    expired = session.get(Round, round_.id)
    expired.leased_until = now()
    make.save(expired)
    found = work_out(session, round_)
    with pytest.raises(LostClaim):
        afterwards.publish(session, first, insights.work_out(task, silent))
    assert rounds.read_insights(rounds.solved_snapshot(session, round_)) == found


def test_asking_for_a_solving_comes_before_insights(session, actor, round_, town):
    solve(session, round_, actor=actor)
    work = due(session, round_)
    task = afterwards.begin(session, work, most_attempts=5)
    with solving(session, round_, actor=actor), pytest.raises(LostClaim):
        afterwards.publish(session, work, insights.work_out(task, silent))
    found = work_out(session, round_)
    assert found.problem is None
    assert rounds.pending(session, round_).insights is None


def test_a_cancelled_solving_leaves_the_insights_due(session, programme, actor, round_, town):
    solve(session, round_, actor=actor)
    queue(session, round_, actor=actor)
    rounds.cancel_solving(session, round_.key, programme=programme, actor=actor)
    assert work_out(session, round_).problem is None


def test_nothing_is_worked_out_for_a_round_that_was_closed(session, programme, actor, round_, town):
    solve(session, round_, actor=actor)
    work = due(session, round_)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    with pytest.raises(LostClaim):
        afterwards.begin(session, work, most_attempts=5)


def test_after_too_many_attempts_it_is_given_up_but_for_the_groups(
    session, make, actor, round_, town
):
    solve(session, round_, actor=actor)
    tired = session.get(Round, round_.id)
    tired.attempts = 5
    make.save(tired)
    assert afterwards.begin(session, due(session, round_), most_attempts=5) is None
    found = rounds.read_insights(rounds.solved_snapshot(session, round_))
    assert (found.problem, found.stability, found.recruit) == ("given_up", {}, [])
    assert len(found.groups) == 4
    after = session.get(Round, round_.id)
    assert (after.due_at, after.state) == (None, RoundState.READY)


@pytest.mark.parametrize(
    ("limit", "problem", "draws"),
    [("MOST_PAIRS", None, insights.FEWER_DRAWS), ("MOST_PAIRS_AT_ALL", "too_large", 0)],
)
def test_large_rounds_are_given_less(
    session, actor, round_, town, monkeypatch, limit, problem, draws
):
    monkeypatch.setattr(insights, limit, {"most": 29})
    solve(session, round_, actor=actor)
    found = work_out(session, round_)
    assert (found.problem, found.draws) == (problem, draws)
    assert bool(found.stability) is (problem is None)


def test_a_result_of_another_engine_is_not_told_of(session, make, actor, round_, town):
    solve(session, round_, actor=actor)
    snapshot = rounds.solved_snapshot(session, round_)
    snapshot.digest = "0" * 64
    make.save(snapshot)
    assert work_out(session, round_).problem == "other_engine"


def test_who_was_erased_meanwhile_is_in_no_group(session, actor, round_, town):
    solve(session, round_, actor=actor)
    session.query(SnapshotPerson).update({"profile_id": None})
    session.commit()
    found = work_out(session, round_)
    assert [list(each.groups) for each in found.groups] == [[], [], [], []]
    assert {each.postal_code for each in found.recruit} == {None}


def test_under_the_aim_fair_kinds_are_found_as_well(session, programme, actor, round_, town):
    fair = policies.Terms(
        weights={"occupation": 5000, "needs": 5000},
        rules={"capacity": True, "language_floor": "B1"},
        aim="fair",
        floor=0,
        reach_km=25,
    )
    policies.adopt(session, fair, programme=programme, actor=actor, seen_number=1)
    solve(session, round_, actor=actor)
    take(session, round_, actor=actor)
    found = work_out(session, round_)
    assert found.recruit[0].tandems == 3
    assert session.query(Snapshot).one().insights is not None
