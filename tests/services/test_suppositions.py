"""Trials of what is not so: they show what a change would bring, and cannot be taken."""

import pytest

from tandem.errors import Conflict
from tandem.models import Profile, ProfileState, Proposal, Round, RoundState
from tandem.services import rounds
from tests.support.solving import decide, publish, solve, take

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def round_(make, programme):
    return make.round(programme)


@pytest.fixture
def suppose(session, programme, actor, round_):
    """Ask for a trial of something that is not so, and solve it."""

    def supposed(kind, mentor, mentee):
        what = rounds.Supposition(kind=kind, mentor_key=mentor.key, mentee_key=mentee.key)
        rounds.request_trial(session, round_.key, programme=programme, actor=actor, suppose=what)
        publish(session, round_)
        return rounds.pending(session, round_)

    return supposed


def test_one_place_more_can_be_looked_at_and_not_taken(
    session, make, programme, actor, round_, suppose
):
    mentor = make.mentor(programme)
    make.mentee(programme)
    make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    [left] = rounds.solved_snapshot(session, round_).result["unmatched"]["mentees"]
    [change] = left["changes"]
    assert change["rule"] == "capacity"
    face = rounds.list_faces(session, rounds.solved_snapshot(session, round_))[left["id"]]
    mentee = session.query(Profile).filter_by(id=face.profile_id).one().mentee
    trial = suppose(change["rule"], mentor, mentee)
    found = rounds.difference(session, round_, trial)
    assert (found.supposed.kind, found.supposed.mentor.person_key) == ("capacity", mentor.key)
    [new] = found.changes
    assert (new.kind, new.mentee.person_key, new.after.score) == (
        "new",
        mentee.key,
        change["score"],
    )
    assert not new.after.is_pinned, "supposed is not pinned"
    with pytest.raises(rounds.TrialOver):
        take(session, round_, actor=actor)
    assert session.query(Proposal).one() == proposal


@pytest.mark.parametrize(
    ("kind", "of_mentor", "of_mentee"),
    [
        ("same_gender", {"gender": "m"}, {"gender": "f", "same_gender": True}),
        ("reach", {"postal_code": "25746", "reach_km": 5}, {"postal_code": "25541", "reach_km": 5}),
        ("language_floor", {"languages": {"de": "C2"}}, {"languages": {"de": "A1", "ar": "C2"}}),
    ],
)
def test_a_smallest_change_can_be_tried_and_costs_what_was_said(
    session, make, programme, actor, round_, suppose, kind, of_mentor, of_mentee
):
    mentor = make.mentor(programme, **of_mentor)
    mentee = make.mentee(programme, **of_mentee)
    assert solve(session, round_, actor=actor) == []
    [left] = rounds.solved_snapshot(session, round_).result["unmatched"]["mentees"]
    [change] = left["changes"]
    assert change["rule"] == kind
    found = rounds.difference(session, round_, suppose(kind, mentor, mentee))
    [step] = found.of("new")
    assert abs(step.after.score - change["score"]) <= 50, "what gives way adds next to nothing"


def test_a_rejected_pair_and_one_that_was_tried_before_can_be_supposed(
    session, make, programme, actor, round_, suppose
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, "rejected", actor=actor)
    solve(session, round_, actor=actor)
    found = rounds.difference(session, round_, suppose("forbidden", mentor, mentee))
    assert [step.kind for step in found.steps] == ["new"]


def test_what_cannot_be_supposed_is_refused(session, make, programme, actor, round_):
    def supposing(kind, mentor, mentee):
        what = rounds.Supposition(kind=kind, mentor_key=mentor.key, mentee_key=mentee.key)
        rounds.request_trial(session, round_.key, programme=programme, actor=actor, suppose=what)

    mentor, mentee = make.mentor(programme), make.mentee(programme)
    with pytest.raises(Conflict):
        supposing("pair", mentor, mentee)
    solve(session, round_, actor=actor)
    apart = make.mentee(programme, languages={"ti": "C2"})
    for kind, people, reason in (
        ("pair", (mentor, apart), "against_rules"),
        ("nonsense", (mentor, mentee), "against_rules"),
        ("language_floor", (mentor, apart), "against_rules"),
        ("pair", (mentor, make.mentee(programme, state=ProfileState.PAUSED)), "not_in_round"),
    ):
        with pytest.raises(rounds.Contradiction) as error:
            supposing(kind, *people)
        assert error.value.reason == reason
    assert session.get(Round, round_.id).state is RoundState.READY


def test_another_choice_can_be_supposed_beside_pins(
    session, make, programme, actor, round_, suppose
):
    nurses = {"occupation": "2221", "sectors": ["86"], "fields": ["0913"]}
    make.mentor(programme)
    nurse = make.mentor(programme, **nurses)
    first = make.mentee(programme)
    second = make.mentee(programme, **nurses, past_occupation="2221")
    solve(session, round_, actor=actor)
    found = rounds.difference(session, round_, suppose("pair", nurse, first))
    assert {step.mentee.person_key for step in found.of("moved")} == {first.key, second.key}
    people = {"mentor_key": nurse.key, "mentee_key": second.key}
    rounds.pin(session, round_.key, **people, programme=programme, actor=actor)
    with pytest.raises(rounds.Contradiction) as error:
        suppose("pair", nurse, first)
    assert error.value.reason == "no_place"
