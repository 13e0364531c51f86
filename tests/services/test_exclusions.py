"""Who is not to be brought together: entered by a coordinator, heeded by the next round."""

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed, NotFound
from tandem.models import AuditEvent, Exclusion, ProposalState, Side
from tandem.services import exclusions, rounds
from tests.support import pairs
from tests.support.solving import publish, solve


@pytest.fixture
def exclude(session, programme, coordinator):
    def apart(mentee, *, mentor=None, company=None, **values):
        draft = exclusions.ExclusionDraft(
            mentee_key=mentee.key,
            mentor_key=mentor.key if mentor else "",
            company_key=company.key if company else "",
            asked_by=values.pop("asked_by", Side.MENTEE),
        )
        return exclusions.exclude(
            session, draft, **({"programme": programme, "actor": coordinator} | values)
        )

    return apart


def test_a_round_keeps_a_mentee_apart_from_a_mentor(session, make, programme, coordinator, exclude):
    best, other = make.mentor(programme), make.mentor(programme, topics=[])
    mentee = make.mentee(programme)
    exclude(mentee, mentor=best)
    [proposal] = solve(session, make.round(programme), actor=coordinator)
    assert (proposal.mentor_id, proposal.mentee_id) == (other.id, mentee.id)


def test_a_round_keeps_a_mentee_apart_from_everybody_of_a_company(
    session, make, programme, coordinator, exclude
):
    company = make.company(programme)
    for _ in range(2):
        make.mentor(programme, company=company)
    mentee, other = make.mentee(programme), make.mentee(programme)
    exclude(mentee, company=company, asked_by=Side.MENTOR)
    proposals = solve(session, make.round(programme), actor=coordinator)
    assert [each.mentee_id for each in proposals] == [other.id]


def test_a_snapshot_names_neither_company_nor_people(
    session, make, programme, coordinator, exclude
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    make.mentor(programme)
    exclude(mentee, mentor=mentor)
    exclude(mentee, company=mentor.company)
    round_ = make.round(programme)
    solve(session, round_, actor=coordinator)
    content = rounds.solved_snapshot(session, round_).content
    [theirs] = content["mentees"]
    ids = {f"mentor:{each['id']}" for each in content["mentors"]}
    companies = {f"company:{each['company']}" for each in content["mentors"]}
    assert len(companies) == 2
    assert theirs["avoid"][0] in ids
    assert theirs["avoid"][1] in companies
    assert mentor.company.key not in str(content)
    assert mentor.key not in str(content)


def test_who_takes_no_part_is_not_in_a_snapshot(session, make, programme, coordinator, exclude):
    mentee, gone = make.mentee(programme), make.mentor(programme, state=None)
    make.mentor(programme)
    exclude(mentee, mentor=gone)
    exclude(mentee, company=gone.company)
    round_ = make.round(programme)
    solve(session, round_, actor=coordinator)
    [theirs] = rounds.solved_snapshot(session, round_).content["mentees"]
    assert theirs["avoid"] == []


@pytest.mark.parametrize("of", ["mentor", "company"])
def test_what_an_exclusion_costs_can_be_looked_at(
    session, make, programme, coordinator, exclude, of
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    exclude(mentee, **{of: mentor if of == "mentor" else mentor.company})
    round_ = make.round(programme)
    assert not solve(session, round_, actor=coordinator)
    what = rounds.Supposition(kind="conflict", mentor_key=mentor.key, mentee_key=mentee.key)
    rounds.request_trial(session, round_.key, programme=programme, actor=coordinator, suppose=what)
    publish(session, round_)
    [new] = rounds.difference(session, round_, rounds.pending(session, round_)).changes
    assert (new.kind, new.mentee.person_key) == ("new", mentee.key)


def test_a_proposal_that_nobody_decided_is_out_of_date(session, make, programme, exclude):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    theirs = pairs.proposal(make, mentor, mentee)
    others = pairs.proposal(make, make.mentor(programme), mentee)
    exclude(mentee, company=mentor.company)
    session.expire_all()
    assert theirs.state is ProposalState.STALE
    assert others.state is ProposalState.OPEN


def test_both_see_it_and_it_stands_once(session, make, programme, coordinator, exclude):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    colleague = make.mentor(programme, company=mentor.company)
    made = [exclude(mentee, mentor=mentor), exclude(mentee, company=mentor.company)]
    for again in ({"mentor": mentor}, {"company": mentor.company}):
        with pytest.raises(exclusions.ExcludedAlready):
            exclude(mentee, **again)
    for who, seen in ((mentee, made), (mentor, made), (colleague, made[1:])):
        assert exclusions.list_exclusions(session, programme, who, actor=coordinator) == seen


def test_a_lifted_one_is_gone_and_the_trail_knows(session, make, programme, coordinator, exclude):
    made = exclude(make.mentee(programme), mentor=make.mentor(programme))
    exclusions.lift(session, made.key, programme=programme, actor=coordinator)
    assert not session.scalars(sa.select(Exclusion)).all()
    actions = session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[-2:] == ["exclude", "lift_exclusion"]
    with pytest.raises(NotFound):
        exclusions.lift(session, made.key, programme=programme, actor=coordinator)


def test_nobody_decides_it_about_themselves(session, make, programme, coordinator, exclude):
    mentee = make.mentee(programme)
    both = make.mentor(programme, account=make.coordinator(programme))
    actor = both.membership.account
    made = exclude(mentee, company=both.company)
    with pytest.raises(NotAllowed):
        exclusions.lift(session, made.key, programme=programme, actor=actor)
    with pytest.raises(NotAllowed):
        exclude(mentee, mentor=both, actor=actor)


def test_only_the_coordination_of_the_programme_does_it(session, make, programme, exclude):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    made = exclude(mentee, mentor=mentor)
    for actor in (mentee.membership.account, make.coordinator(make.programme())):
        with pytest.raises(NotAllowed):
            exclude(mentee, company=mentor.company, actor=actor)
        with pytest.raises(NotAllowed):
            exclusions.lift(session, made.key, programme=programme, actor=actor)
        with pytest.raises(NotAllowed):
            exclusions.list_exclusions(session, programme, mentee, actor=actor)


def test_people_of_another_programme_are_not_there(make, programme, exclude):
    elsewhere = make.programme()
    with pytest.raises(NotFound):
        exclude(make.mentee(elsewhere), mentor=make.mentor(programme))
    with pytest.raises(NotFound):
        exclude(make.mentee(programme), mentor=make.mentor(elsewhere))
    with pytest.raises(NotFound):
        exclude(make.mentee(programme), company=make.company(elsewhere))
