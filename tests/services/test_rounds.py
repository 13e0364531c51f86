import pytest

from tandem.errors import Conflict, NotAllowed, NotFound
from tandem.models import (
    CompanyState,
    ProfileState,
    ProposalState,
    Round,
    RoundState,
    Snapshot,
    SnapshotPerson,
)
from tandem.services import policies, rounds
from tests.support.solving import decide, queue, solve


def reasons(session, programme):
    found = rounds.find_candidates(session, programme)
    return {each.person_id: each.reason for each in found.everyone}


def test_a_programme_has_one_round_that_is_not_closed(session, programme, actor):
    draft = rounds.RoundDraft(name="Autumn")
    first = rounds.open_round(session, draft, programme=programme, actor=actor)
    with pytest.raises(rounds.RoundOpen):
        rounds.open_round(session, draft, programme=programme, actor=actor)
    rounds.close_round(session, first.key, programme=programme, actor=actor)
    second = rounds.open_round(session, draft, programme=programme, actor=actor)
    assert rounds.list_rounds(session, programme, actor=actor) == [second, first]


def test_a_name_of_wrong_length_is_no_open_round(session, programme, actor):
    with pytest.raises(Exception, match="name_length"):
        rounds.open_round(session, rounds.RoundDraft(name=""), programme=programme, actor=actor)


def test_only_coordinators_of_the_programme_reach_its_rounds(session, make, programme, actor):
    round_ = make.round(programme)
    stranger = make.coordinator()
    with pytest.raises(NotAllowed):
        rounds.get_round(session, round_.key, programme=programme, actor=stranger)
    with pytest.raises(NotAllowed):
        rounds.list_rounds(session, programme, actor=stranger)
    with pytest.raises(NotAllowed):
        rounds.open_round(session, rounds.RoundDraft(name="X"), programme=programme, actor=stranger)
    assert rounds.get_round(session, round_.key, programme=programme, actor=actor) == round_


def test_a_round_of_another_programme_is_not_there(session, make, programme, actor):
    foreign = make.round(make.programme())
    with pytest.raises(NotFound):
        rounds.get_round(session, foreign.key, programme=programme, actor=actor)


def test_candidates_are_those_with_an_approved_profile_and_a_free_place(session, make, programme):
    mentor = make.mentor(programme, capacity=2)
    mentee = make.mentee(programme)
    found = rounds.find_candidates(session, programme)
    assert [each.person_id for each in found.mentors] == [mentor.id]
    assert [each.person_id for each in found.mentees] == [mentee.id]
    assert (found.places, found.left_out, found.can_be_matched) == (2, [], True)


def test_who_is_not_in_is_named_with_the_reason(session, make, programme):
    expected = {
        make.mentor(programme, state=ProfileState.SUBMITTED).id: "not_approved",
        make.mentor(programme, state=ProfileState.RETURNED).id: "asked_back",
        make.mentor(programme, state=ProfileState.DRAFT).id: "not_sent",
        make.mentor(programme, state=ProfileState.PAUSED).id: "paused",
        make.mentor(programme, capacity=0).id: "no_place",
        make.mentor(programme, account=make.account(confirmed_at=None)).id: "not_confirmed",
    }
    company = make.company(programme, state=CompanyState.REGISTERED)
    expected[make.mentor(programme, company=company).id] = "company_not_vetted"
    make.mentor(programme, state=ProfileState.DECLINED)
    assert reasons(session, programme) == expected


def test_somebody_in_a_live_tandem_is_not_in(session, make, programme, actor):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    [proposal] = solve(session, make.round(programme), actor=actor)
    decide(session, proposal, actor=actor)
    found = rounds.find_candidates(session, programme)
    assert {(each.person_id, each.side.value): each.reason for each in found.everyone} == {
        (mentor.id, "mentor"): "no_place",
        (mentee.id, "mentee"): "in_tandem",
    }


def test_what_a_person_left_unsaid_is_a_gap(session, make, programme):
    make.mentee(programme, level=None, topics=[], fields=[])
    [mentee] = rounds.find_candidates(session, programme).mentees
    assert mentee.gaps == ("level", "fields", "topics")


def test_a_snapshot_holds_fields_under_random_keys_and_no_names(session, make, programme, actor):
    mentor, mentee = make.mentor(programme), make.mentee(programme, gender="f")
    round_ = make.round(programme)
    queue(session, round_, actor=actor)
    [snapshot] = session.query(Snapshot).filter_by(round_id=round_.id)
    [ours], [theirs] = snapshot.content["mentors"], snapshot.content["mentees"]
    people = {person.key: person for person in session.query(SnapshotPerson)}
    assert people[ours["id"]].profile.mentor_id == mentor.id
    assert people[theirs["id"]].profile.mentee_id == mentee.id
    assert {ours["id"], theirs["id"]}.isdisjoint({mentor.key, mentee.key})
    assert theirs["gender"] is None
    text = str(snapshot.content)
    assert mentor.name not in text
    assert mentee.membership.account.email not in text


def test_solving_is_asked_for_once(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    queue(session, round_, actor=actor)
    with pytest.raises(rounds.AlreadySolving):
        rounds.request_solving(session, round_.key, programme=programme, actor=actor)
    assert session.query(Snapshot).filter_by(round_id=round_.id).count() == 1
    assert session.get(Round, round_.id).state is RoundState.QUEUED


def test_a_round_without_one_side_is_not_solved(session, make, programme, actor):
    policies.add_default(session, programme, actor=None)
    make.mentor(programme)
    round_ = make.round(programme)
    with pytest.raises(rounds.NobodyToMatch):
        rounds.request_solving(session, round_.key, programme=programme, actor=actor)
    assert session.get(Round, round_.id).state is RoundState.PREPARING


def test_a_closed_round_is_neither_solved_nor_closed_nor_cancelled(session, make, programme, actor):
    round_ = make.round(programme)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    for again in (rounds.request_solving, rounds.close_round, rounds.cancel_solving):
        with pytest.raises(Conflict):
            again(session, round_.key, programme=programme, actor=actor)


def test_closing_outdates_what_is_still_open(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=actor)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    session.refresh(proposal)
    assert proposal.state is ProposalState.STALE
    assert session.get(Round, round_.id).closed_at is not None


def test_cancelling_ends_the_claim_and_lets_it_begin_again(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    queue(session, round_, actor=actor)
    rounds.cancel_solving(session, round_.key, programme=programme, actor=actor)
    cancelled = session.get(Round, round_.id)
    assert (cancelled.state, cancelled.due_at) == (RoundState.CANCELLED, None)
    [proposal] = solve(session, round_, actor=actor)
    assert proposal.snapshot.number == 2


def test_a_rejected_pair_is_not_proposed_again_in_this_round(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, "rejected", actor=actor)
    assert solve(session, round_, actor=actor) == []


def test_faces_are_the_people_behind_the_keys(session, make, programme, actor):
    mentor = make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    snapshot = rounds.solved_snapshot(session, round_)
    faces = rounds.list_faces(session, snapshot)
    [ours] = [face for face in faces.values() if face.company]
    assert (ours.name, ours.person_key, ours.company) == (
        mentor.name,
        mentor.key,
        mentor.company.name,
    )
    assert not ours.has_changed
    assert rounds.list_faces(session, snapshot, []) == {}
    assert rounds.list_faces(session, snapshot, [ours.key]) == {ours.key: ours}


def test_an_erased_person_has_no_face(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    session.query(SnapshotPerson).update({"profile_id": None})
    snapshot = rounds.solved_snapshot(session, round_)
    assert [face.is_known for face in rounds.list_faces(session, snapshot).values()] == [
        False,
        False,
    ]
