"""What somebody would add is compared with matching again with them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from tests.matching.people import POLICY, mentee, mentor, pairs
from tests.matching.strategies import mentors, policies, rounds


@given(rounds, policies, st.lists(mentors, min_size=1, max_size=3))
def test_a_gain_is_the_difference_to_a_round_with_that_mentor(people, policy, more):
    candidates = [replace(one, id=f"N{at}") for at, one in enumerate(more)]
    team, asked = people
    given_ = {"forbidden": [("N0", "E0"), ("M0", "E1")], "policy": policy}
    free = matching.match(team, asked, **given_)
    pins = [pair for pair in pairs(free) if pair not in given_["forbidden"]][:1]
    before = matching.match(team, asked, pinned=pins, **given_)
    for candidate, found in zip(candidates, matching.recruit(before, candidates), strict=True):
        after = matching.match([*team, candidate], asked, pinned=pins, **given_)
        assert found.mentor == candidate
        assert (found.tandems, found.score) == (
            after.tandems - before.tandems,
            after.score - before.score,
        )
        check_moves(before, found)


def check_moves(before: matching.Result, found: matching.Recruit) -> None:
    """Follow the moves: they must be possible and gain what was promised."""
    outcome = before.outcome
    mates = {mentee: mentor for mentor, mentee in pairs(before)}
    for move in found.moves:
        assert mates.pop(move.mentee, None) == move.from_mentor
    mates |= {move.mentee: move.to_mentor for move in found.moves if move.to_mentor}
    assert len(mates) == before.tandems + found.tandems
    names = list(mates.values())
    for name in set(names) - {found.mentor.id}:
        assert names.count(name) <= outcome.places[outcome.cohort.mentor_row[name]]
    assert bool(found.moves) == (found.mentor.id in names)
    news = {move.mentee for move in found.moves if move.from_mentor is None}
    assert set(found.for_whom) == news


def test_for_whom_names_who_would_have_nobody_else():
    team = [mentor("M1", sectors=("86",)), mentor("M2", sectors=("62",))]
    asked = [mentee("E1", sectors=("86",)), mentee("E2", sectors=("62",)), mentee("E3")]
    before = matching.match(team, asked, POLICY)
    [left] = before.unmatched_mentees
    [found] = matching.recruit(before, [mentor("N1")])
    assert (found.tandems, found.for_whom) == (1, (left.id,))
    [nothing] = matching.recruit(before, [mentor("N1", languages={"ar": "C2"})])
    assert (nothing.tandems, nothing.score, nothing.moves) == (0, 0, ())


def test_somebody_better_is_a_gain_even_where_all_have_somebody():
    before = matching.match([mentor("M1")], [mentee(sectors=("86",))], POLICY)
    [found] = matching.recruit(before, [mentor("N1", sectors=("86",))])
    assert (found.tandems, found.score) == (0, 2000)
    assert found.moves == (matching.Move(mentee="E1", from_mentor="M1", to_mentor="N1"),)


def test_a_candidate_with_several_places_may_take_several():
    asked = [mentee(f"E{i}") for i in range(3)]
    before = matching.match([], asked, POLICY)
    [found] = matching.recruit(before, [mentor("N1", capacity=2)])
    assert found.tandems == len(found.for_whom) == 2


def test_without_mentees_nobody_adds_anything():
    before = matching.match([mentor()], [], POLICY)
    [found] = matching.recruit(before, [mentor("N1")])
    assert (found.tandems, found.score, found.moves) == (0, 0, ())


def test_without_candidates_the_mentors_are_imagined_whom_those_left_would_need():
    asked = [
        mentee("E1", occupation="2212", sectors=("86", "87"), languages={"de": "B2", "en": "A1"}),
        mentee("E2", occupation="2211", sectors=("86",), languages={"de": "C1"}, same_gender=False),
        mentee("E3", occupation="7411", languages={"ar": "A1"}, gender="f", same_gender=True),
    ]
    before = matching.match([mentor("new-1", languages={"fr": "C2"})], asked, POLICY)
    gains = matching.recruit(before)
    assert [one.mentor.id for one in gains] == ["new-2", "new-3"]
    assert (gains[0].mentor.occupation, gains[0].mentor.sectors) == ("22", ("R",))
    assert gains[0].mentor.languages == {"de": "C2"}
    assert (gains[1].mentor.languages, gains[1].mentor.gender) == ({"ar": "C2"}, "f")
    assert [one.tandems for one in gains] == [1, 0]
    assert matching.recruit(matching.match([], [], POLICY)) == ()


@pytest.mark.parametrize(
    ("candidates", "message"),
    [
        ([None], "None is not a Mentor"),
        ([mentor("M1")], "id 'M1' is taken"),
        ([mentor("N1"), mentor("N1")], "id 'N1' is taken"),
        ([mentor("N1", level=9)], "candidate N1: level: out_of_range"),
        ([mentor("N1", place=(float("nan"), 0))], "candidate N1: place: not_finite"),
    ],
)
def test_who_cannot_be_a_candidate_is_refused_by_name(candidates, message):
    before = matching.match([mentor("M1")], [mentee()], POLICY)
    with pytest.raises(matching.InvalidInput, match=message):
        matching.recruit(before, candidates)
