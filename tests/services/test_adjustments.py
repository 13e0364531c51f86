"""Pins, bans and people set aside: what contradicts is refused, what holds is heeded."""

import pytest

from tandem.errors import Conflict, NotAllowed, NotFound
from tandem.models import AuditEvent, CompanyState, Profile, ProfileState, Proposal, ProposalState
from tandem.services import rounds
from tests.support.solving import decide, solve, solving, take

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def round_(make, programme):
    return make.round(programme)


@pytest.fixture
def ask(session, programme, actor, round_):
    """Ask something of the round, for the two people given."""

    def asked(what, mentor, mentee, **more):
        return what(
            session,
            round_.key,
            mentor_key=mentor.key,
            mentee_key=mentee.key,
            programme=programme,
            actor=actor,
            **more,
        )

    return asked


@pytest.fixture
def aside(session, programme, actor, round_):
    def asked(person):
        return rounds.set_aside(
            session, round_.key, person_key=person.key, programme=programme, actor=actor
        )

    return asked


@pytest.fixture
def undo(session, programme, actor):
    def undone(adjustment):
        return rounds.undo(session, adjustment.key, programme=programme, actor=actor)

    return undone


def refused(what, *people, **more):
    with pytest.raises(rounds.Contradiction) as error:
        what(*people, **more)
    return error.value


def made(session):
    """Return the pairs that are proposed and open, by the ids of their people."""
    found = session.query(Proposal).filter_by(state=ProposalState.OPEN).order_by(Proposal.id)
    return {(each.mentor_id, each.mentee_id) for each in found}


def pairs_of(found):
    return {(each.mentor_id, each.mentee_id) for each in found}


def test_a_pinned_pair_is_made_whatever_it_scores(session, make, programme, actor, round_, ask):
    good, poor = make.mentor(programme), make.mentor(programme, occupation="2221", sectors=["86"])
    mentee = make.mentee(programme)
    assert pairs_of(solve(session, round_, actor=actor)) == {(good.id, mentee.id)}
    pinned = ask(rounds.pin, poor, mentee, reason="They met already.")
    [proposal] = solve(session, round_, actor=actor)
    assert (proposal.mentor_id, proposal.mentee_id) == (poor.id, mentee.id)
    assert proposal.alternatives == []
    [listed] = rounds.list_adjustments(session, round_)
    assert (listed, listed.reason, listed.account) == (pinned, "They met already.", actor)
    assert session.query(AuditEvent).filter_by(action="pin", subject_id=pinned.id).count() == 1


def test_a_forbidden_pair_is_not_made(session, make, programme, actor, round_, ask):
    mentor, other = make.mentor(programme), make.mentor(programme)
    mentee = make.mentee(programme)
    ask(rounds.forbid, mentor, mentee)
    assert pairs_of(solve(session, round_, actor=actor)) == {(other.id, mentee.id)}


def test_who_is_set_aside_takes_no_part(session, make, programme, actor, round_, aside):
    make.mentor(programme)
    mentee, other = make.mentee(programme), make.mentee(programme)
    aside(mentee)
    assert {each.mentee_id for each in solve(session, round_, actor=actor)} == {other.id}
    found = rounds.find_candidates(session, programme, round_).everyone
    reasons = {each.person_id: each.reason for each in found if each.places and not each.is_in}
    assert reasons == {mentee.id: "set_aside"}
    assert {each.reason for each in rounds.find_candidates(session, programme).everyone} == {None}


def test_what_is_undone_no_longer_counts(session, make, programme, actor, round_, ask, undo):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    ban = ask(rounds.forbid, mentor, mentee)
    assert solve(session, round_, actor=actor) == []
    undo(ban)
    assert rounds.list_adjustments(session, round_) == []
    assert pairs_of(solve(session, round_, actor=actor)) == {(mentor.id, mentee.id)}
    with pytest.raises(rounds.AlreadyUndone):
        undo(ban)
    again = ask(rounds.forbid, mentor, mentee)
    assert rounds.list_adjustments(session, round_) == [again]


def test_a_pin_that_contradicts_another_is_refused(session, make, programme, ask):
    mentor, other = make.mentor(programme), make.mentor(programme)
    mentee, friend = make.mentee(programme), make.mentee(programme)
    first = ask(rounds.pin, mentor, mentee)
    for people, reason in (
        ((mentor, mentee), "same_twice"),
        ((other, mentee), "mentee_pinned"),
        ((mentor, friend), "no_place"),
    ):
        error = refused(ask, rounds.pin, *people)
        assert (error.reason, error.adjustment) == (reason, first)


def test_a_mentor_of_two_places_may_be_pinned_twice(session, make, programme, actor, round_, ask):
    mentor = make.mentor(programme, capacity=2)
    mentees = [make.mentee(programme) for _ in range(3)]
    for mentee in mentees[:2]:
        ask(rounds.pin, mentor, mentee)
    assert refused(ask, rounds.pin, mentor, mentees[2]).reason == "no_place"
    expected = {(mentor.id, mentee.id) for mentee in mentees[:2]}
    assert pairs_of(solve(session, round_, actor=actor)) == expected


def test_a_pin_against_a_ban_or_a_rejection_is_refused(
    session, make, programme, actor, round_, ask
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, "rejected", actor=actor)
    assert refused(ask, rounds.pin, mentor, mentee).reason == "rejected"
    ban = ask(rounds.forbid, mentor, mentee)
    error = refused(ask, rounds.pin, mentor, mentee)
    assert (error.reason, error.adjustment) == ("forbidden", ban)


def test_a_ban_of_what_is_pinned_or_banned_is_refused(make, programme, ask):
    mentor, mentee, other = make.mentor(programme), make.mentee(programme), make.mentee(programme)
    pinned, ban = ask(rounds.pin, mentor, mentee), ask(rounds.forbid, mentor, other)
    error = refused(ask, rounds.forbid, mentor, mentee)
    assert (error.reason, error.adjustment) == ("mentee_pinned", pinned)
    error = refused(ask, rounds.forbid, mentor, other)
    assert (error.reason, error.adjustment) == ("same_twice", ban)


def test_nobody_is_both_pinned_and_set_aside(make, programme, ask, aside):
    mentor, mentee, other = make.mentor(programme), make.mentee(programme), make.mentee(programme)
    gone = aside(other)
    error = refused(ask, rounds.pin, mentor, other)
    assert (error.reason, error.adjustment) == ("set_aside", gone)
    ask(rounds.pin, mentor, mentee)
    assert refused(aside, mentor).reason == "mentor_pinned"
    assert refused(aside, mentee).reason == "mentee_pinned"
    assert refused(aside, other).reason == "same_twice"


def test_a_pin_of_somebody_who_takes_no_part_is_refused(
    session, make, programme, actor, round_, ask
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    paused = make.mentee(programme, state=ProfileState.PAUSED)
    unvetted = make.mentor(programme, company=make.company(programme, state=CompanyState.LEFT))
    nobody = make.mentee(programme, state=None)
    assert refused(ask, rounds.pin, mentor, paused).reason == "not_in_round"
    assert refused(ask, rounds.pin, unvetted, mentee).reason == "not_in_round"
    assert refused(ask, rounds.pin, mentor, nobody).reason == "not_in_round"
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, actor=actor)
    assert refused(ask, rounds.pin, make.mentor(programme), mentee).reason == "taken"
    assert refused(ask, rounds.pin, mentor, make.mentee(programme)).reason == "no_place"


def test_a_pin_against_the_rules_is_refused_with_their_names(make, programme, ask):
    mentor = make.mentor(programme, gender="m")
    stranger = make.mentee(programme, languages={"ti": "C2"})
    careful = make.mentee(programme, gender="f", same_gender=True)
    broken = make.mentee(programme, sectors=["<script>"])
    assert refused(ask, rounds.pin, mentor, stranger).rules == ("language_floor",)
    error = refused(ask, rounds.pin, mentor, careful)
    assert (error.reason, error.rules) == ("against_rules", ("same_gender",))
    assert refused(ask, rounds.pin, mentor, broken).rules == ("unusable",)


def test_a_pin_that_can_no_longer_be_kept_is_left_out_and_told(
    session, make, programme, actor, round_, ask
):
    mentor, other = make.mentor(programme), make.mentor(programme)
    mentee, friend = make.mentee(programme), make.mentee(programme)
    solve(session, round_, actor=actor)
    lost = ask(rounds.pin, mentor, mentee)
    kept = ask(rounds.pin, other, friend)
    session.query(Profile).filter_by(mentee_id=mentee.id).one().modes = ["online"]
    session.commit()
    with solving(session, round_, actor=actor):
        pass
    trial = rounds.pending(session, round_)
    found = rounds.difference(session, round_, trial)
    assert found.lost_pins == [lost]
    [pinned] = [step for step in found.steps if step.after and step.after.is_pinned]
    assert pinned.mentee.person_key == friend.key
    take(session, round_, actor=actor)
    assert (kept.mentor_id, kept.mentee_id) in made(session)


def test_a_pin_of_a_confirmed_pair_is_kept_and_not_told_as_lost(
    session, make, programme, actor, round_, ask
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    make.mentor(programme)
    make.mentee(programme)
    ask(rounds.pin, mentor, mentee)
    proposals = solve(session, round_, actor=actor)
    [pinned] = [each for each in proposals if each.mentee_id == mentee.id]
    decide(session, pinned, actor=actor)
    with solving(session, round_, actor=actor):
        pass
    found = rounds.difference(session, round_, rounds.pending(session, round_))
    assert (found.lost_pins, found.leaves) == ([], [])


def test_only_coordinators_of_the_programme_adjust_its_rounds(session, make, programme, round_):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    stranger = make.coordinator()
    people = {"mentor_key": mentor.key, "mentee_key": mentee.key}
    for what in (rounds.pin, rounds.forbid):
        with pytest.raises(NotAllowed):
            what(session, round_.key, **people, programme=programme, actor=stranger)
    with pytest.raises(NotAllowed):
        rounds.set_aside(
            session, round_.key, person_key=mentor.key, programme=programme, actor=stranger
        )
    with pytest.raises(NotAllowed):
        rounds.undo(session, "some key", programme=programme, actor=stranger)


def test_people_and_adjustments_of_another_programme_are_not_there(
    session, make, programme, actor, round_, ask, aside, undo
):
    elsewhere = make.programme()
    stranger, other = make.mentor(elsewhere), make.mentee(elsewhere)
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    for people in ((stranger, mentee), (mentor, other)):
        with pytest.raises(NotFound):
            ask(rounds.pin, *people)
    with pytest.raises(NotFound):
        aside(other)
    ban = ask(rounds.forbid, mentor, mentee)
    with pytest.raises(NotFound):
        rounds.undo(session, ban.key, programme=elsewhere, actor=make.coordinator(elsewhere))


def test_a_closed_round_is_not_adjusted(session, make, programme, actor, round_, ask, aside, undo):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    ban = ask(rounds.forbid, mentor, mentee)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    for act in (lambda: ask(rounds.pin, mentor, mentee), lambda: aside(mentor), lambda: undo(ban)):
        with pytest.raises(Conflict):
            act()
