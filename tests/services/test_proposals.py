import pytest

from tandem.clock import now
from tandem.errors import NotAllowed, NotFound, Stale
from tandem.models import (
    AuditEvent,
    CompanyState,
    Mail,
    ProfileState,
    Proposal,
    ProposalState,
    Role,
    Tandem,
    TandemState,
    Verdict,
)
from tandem.services import proposals, rounds, tandems
from tests.support.solving import decide, solve


@pytest.fixture
def proposal(session, make, programme, actor):
    make.mentor(programme)
    make.mentee(programme)
    [proposal] = solve(session, make.round(programme), actor=actor)
    return proposal


def state_of(session, proposal):
    session.expire_all()
    return session.get(Proposal, proposal.id).state


def test_confirming_asks_both_sides(session, proposal, actor):
    decision = decide(session, proposal, actor=actor)
    [tandem] = session.query(Tandem).all()
    assert (tandem.decision_id, tandem.state) == (decision.id, TandemState.INVITED)
    assert (decision.verdict, decision.account_id) == (Verdict.CONFIRMED, actor.id)
    assert state_of(session, proposal) is ProposalState.CONFIRMED
    assert session.query(Mail).filter_by(kind="invitation").count() == 2


def test_rejecting_asks_nobody(session, proposal, actor):
    decide(session, proposal, "rejected", actor=actor)
    assert state_of(session, proposal) is ProposalState.REJECTED
    assert session.query(Tandem).count() == session.query(Mail).count() == 0


def test_a_decision_stands_in_the_audit_trail(session, proposal, actor):
    decide(session, proposal, "rejected", actor=actor)
    event = session.query(AuditEvent).filter_by(action="rejected_proposal").one()
    assert (event.account_id, event.subject_id) == (actor.id, proposal.id)


def test_who_is_slower_learns_who_decided_and_why(session, make, programme, proposal, actor):
    seen = proposal.version
    decide(session, proposal, actor=actor)
    colleague = make.coordinator(programme)
    with pytest.raises(proposals.AlreadyDecided) as refusal:
        proposals.decide(
            session,
            proposal.key,
            proposals.Ruling(verdict=Verdict.REJECTED, reason="No."),
            programme=programme,
            actor=colleague,
            seen_version=seen,
        )
    decision = refusal.value.decision
    assert (decision.account_id, decision.reason) == (actor.id, "We talked to both.")
    assert session.query(Tandem).count() == 1


def test_a_proposal_that_changed_since_it_was_seen_is_not_decided(
    session, programme, proposal, actor
):
    with pytest.raises(Stale):
        proposals.decide(
            session,
            proposal.key,
            proposals.Ruling(verdict=Verdict.CONFIRMED, reason="Yes."),
            programme=programme,
            actor=actor,
            seen_version=proposal.version + 1,
        )
    assert state_of(session, proposal) is ProposalState.OPEN


@pytest.mark.parametrize("side", ["mentor_profile", "mentee_profile"])
@pytest.mark.parametrize("state", [ProfileState.PAUSED, ProfileState.REPLACED])
def test_a_profile_that_no_longer_counts_makes_it_stale(
    session, make, proposal, actor, side, state
):
    profile = getattr(proposal, side)
    profile.state = state
    make.save(profile)
    for _ in range(2):
        with pytest.raises(proposals.ProposalStale):
            decide(session, proposal, actor=actor)
        assert state_of(session, proposal) is ProposalState.STALE
    assert session.query(Tandem).count() == 0


def test_a_company_that_left_makes_it_stale(session, make, proposal, actor):
    company = proposal.mentor.company
    company.state = CompanyState.LEFT
    make.save(company)
    with pytest.raises(proposals.ProposalStale):
        decide(session, proposal, actor=actor)


def test_nobody_decides_on_themselves(session, make, programme):
    actor = make.coordinator(programme)
    make.mentor(programme, account=actor)
    make.mentee(programme)
    [proposal] = solve(session, make.round(programme), actor=actor)
    session.refresh(actor)
    with pytest.raises(proposals.OwnCase):
        decide(session, proposal, actor=actor)


def test_nobody_decides_on_a_mentor_of_their_own_company(session, make, programme):
    """A6: a coordinator cannot confirm a tandem of their own company."""
    actor = make.coordinator(programme)
    company = make.company(programme)
    make.mentor(programme, account=actor, company=company, state=None)
    make.mentor(programme, company=company)
    make.mentee(programme)
    [proposal] = solve(session, make.round(programme), actor=actor)
    session.refresh(actor)
    with pytest.raises(proposals.OwnCase):
        decide(session, proposal, actor=actor)
    assert state_of(session, proposal) is ProposalState.OPEN


def test_a_proposal_of_another_programme_is_not_there(session, make, proposal):
    other = make.programme()
    stranger = make.coordinator(other)
    with pytest.raises(NotFound):
        proposals.get_proposal(session, proposal.key, programme=other, actor=stranger)
    with pytest.raises(NotAllowed):
        proposals.get_proposal(session, proposal.key, programme=other, actor=make.account())


def test_the_last_place_of_a_mentor_outdates_who_would_need_it(session, make, programme, actor):
    mentor = make.mentor(programme, capacity=2)
    for _ in range(2):
        make.mentee(programme)
    first, second = solve(session, make.round(programme), actor=actor)
    decide(session, first, actor=actor)
    assert state_of(session, second) is ProposalState.OPEN
    mentor.capacity = 1
    make.save(mentor)
    with pytest.raises(tandems.MentorTaken) as refusal:
        decide(session, second, actor=actor)
    [other] = refusal.value.in_the_way
    assert (other.mentor, other.decided_by) == (mentor.name, actor.name)
    assert state_of(session, second) is ProposalState.OPEN


def test_rivals_become_stale_with_the_place_they_need(session, make, programme, actor):
    mentor = make.mentor(programme, capacity=2)
    for _ in range(2):
        make.mentee(programme)
    first, second = solve(session, make.round(programme), actor=actor)
    mentor.capacity = 1
    make.save(mentor)
    decide(session, first, actor=actor)
    assert state_of(session, second) is ProposalState.STALE


def test_proposals_are_listed_strongest_first_and_counted(session, make, programme, actor):
    make.mentor(programme, capacity=3)
    for occupation, name in (("741", "Àda"), ("216", "ben_"), ("911", "ben")):
        account = make.account(first_name=name)
        make.mentee(programme, account=account, occupation=occupation, past_occupation=None)
    round_ = make.round(programme)
    found = solve(session, round_, actor=actor)
    snapshot = rounds.solved_snapshot(session, round_)
    listed = proposals.list_proposals(session, snapshot, page=9)
    assert (listed.page, listed.pages, listed.found) == (1, 1, 3)
    assert [each.id for each in listed.proposals] == [each.id for each in found]
    for name, number in (("Ben", 2), ("N_ L", 1), ("%", 0), (found[0].mentor.name.upper(), 3)):
        assert proposals.list_proposals(session, snapshot, name=name).found == number
    decide(session, found[0], "rejected", actor=actor)
    tally = proposals.count_proposals(session, snapshot)
    assert (tally.all, tally.open, tally.decided) == (3, 2, 1)
    assert proposals.count_open(session, round_) == 2
    [decision] = proposals.list_decisions(session, round_, most=5)
    assert decision.proposal.key == found[0].key


def test_the_place_of_a_proposal_leads_to_the_next_open_one(session, make, programme, actor):
    make.mentor(programme, capacity=3)
    for _ in range(3):
        make.mentee(programme)
    first, second, third = solve(session, make.round(programme), actor=actor)
    decide(session, first, "rejected", actor=actor)
    place = proposals.find_place(session, third)
    assert (place.number, place.next_key, place.tally.decided) == (3, second.key, 1)
    decide(session, second, "rejected", actor=actor)
    assert proposals.find_place(session, third).next_key is None


def _pauses(side):
    def change(proposal):
        profile = getattr(proposal, side)
        profile.state = ProfileState.PAUSED
        return profile

    return change


def _objects(side):
    def change(proposal):
        person = getattr(proposal, side)
        person.objected_at = now()
        return person

    return change


def _company_leaves(proposal):
    proposal.mentor.company.state = CompanyState.LEFT
    return proposal.mentor.company


@pytest.mark.parametrize(
    "change",
    [
        _pauses("mentor_profile"), _pauses("mentee_profile"), _objects("mentor"),
        _objects("mentee"), _company_leaves,
    ],
)  # fmt: skip
def test_what_no_longer_holds_waits_for_nobody(session, make, programme, actor, change):
    """Neither in the counts nor as the next to decide on; and what decides agrees."""
    for _ in range(2):
        make.mentor(programme)
        make.mentee(programme)
    round_ = make.round(programme)
    lost, other = solve(session, round_, actor=actor)
    make.save(change(lost))
    session.expire_all()
    assert not proposals.holds(lost)
    snapshot = rounds.solved_snapshot(session, round_)
    for tally in (
        proposals.count_proposals(session, snapshot),
        proposals.find_place(session, other).tally,
    ):
        assert (tally.open, tally.stale, tally.all) == (1, 1, 2)
    assert proposals.count_open(session, round_) == 1
    assert proposals.next_open(session, snapshot) == other.key
    assert proposals.find_place(session, other).next_key is None
    decide(session, other, actor=actor)
    assert proposals.next_open(session, snapshot) is None


def test_live_tandems_are_in_the_way_only_where_they_take_the_place(
    session, make, programme, actor
):
    mentor = make.mentor(programme, capacity=2)
    for _ in range(2):
        make.mentee(programme)
    first, second = solve(session, make.round(programme), actor=actor)
    decide(session, first, actor=actor)
    assert proposals.find_room(session, first).in_the_way == []
    assert proposals.find_room(session, second).in_the_way == []
    mentor.capacity = 1
    make.save(mentor)
    [tandem] = proposals.find_room(session, second).in_the_way
    assert tandem.mentee_id == first.mentee_id


def test_a_coordinator_who_is_a_mentor_elsewhere_may_decide(session, make, programme, proposal):
    actor = make.coordinator(programme)
    make.membership(make.programme(), Role.MENTOR, actor)
    session.refresh(actor)
    assert not proposals.is_own_case(session, proposal, actor=actor)
