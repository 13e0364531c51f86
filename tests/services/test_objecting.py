"""Objecting to being matched acts at once, everywhere, and can be taken back (TRUST H1)."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tandem.errors import Conflict, NotFound
from tandem.models import Proposal, ProposalState, TandemState
from tandem.services import own_data, proposals, rounds, shortlists, standings
from tests.support import asking, pairs, solving


@pytest.fixture
def pair(make, programme):
    return make.mentor(programme), make.mentee(programme)


@pytest.fixture(params=[0, 1], ids=["mentor", "mentee"])
def person(request, pair):
    return pair[request.param]


def account_of(person):
    return person.membership.account


def object_to(session, person):
    own_data.object_to_matching(
        session, actor=account_of(person), programme=person.membership.programme
    )
    session.expire_all()


def take_back(session, person):
    own_data.take_objection_back(
        session, actor=account_of(person), programme=person.membership.programme
    )
    session.expire_all()


def reason_of(session, programme, person):
    [found] = [
        each.reason
        for each in rounds.find_candidates(session, programme).everyone
        if each.key == person.key
    ]
    return found


def test_no_round_takes_the_person_in_until_they_take_it_back(session, programme, person):
    object_to(session, person)
    assert reason_of(session, programme, person) == "objected"
    take_back(session, person)
    assert reason_of(session, programme, person) is None


def test_an_open_proposal_goes_stale_and_cannot_be_confirmed(
    session, make, programme, coordinator, person
):
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=coordinator)
    object_to(session, person)
    assert proposal.state is ProposalState.STALE
    with pytest.raises(proposals.ProposalStale):
        solving.decide(session, proposal, actor=coordinator)


def test_a_pair_solved_meanwhile_is_stale_from_the_start(
    session, make, programme, coordinator, person
):
    round_ = make.round(programme)
    with solving.solving(session, round_, actor=coordinator):
        object_to(session, person)
    assert session.scalars(sa.select(Proposal.state)).all() == [ProposalState.STALE]


def test_a_trial_that_waits_is_laid_aside(session, make, programme, coordinator, person):
    round_ = make.round(programme)
    solving.solve(session, round_, actor=coordinator)
    with solving.solving(session, round_, actor=coordinator):
        pass
    assert rounds.pending(session, round_) is not None
    object_to(session, person)
    assert rounds.pending(session, round_) is None


def test_a_short_list_can_no_longer_be_put_in_order(session, make, programme, coordinator):
    mentee, other = make.mentee(programme), make.mentee(programme, occupation="222")
    first, second = (make.mentor(programme) for _ in range(2))
    round_ = make.round(programme)
    solving.solve(session, round_, actor=coordinator)
    asking.ask(session, round_, actor=coordinator)
    asked = asking.of(session, mentee)
    assert shortlists.find_open(session, mentee) is not None
    cards = shortlists.list_cards(session, asked)
    assert [card.is_there for card in cards] == [True, True]
    object_to(session, first)
    assert sorted(card.is_there for card in shortlists.list_cards(session, asked)) == [False, True]
    object_to(session, mentee)
    assert shortlists.find_open(session, mentee) is None
    with pytest.raises(Conflict):
        asking.answer(session, mentee, {1: 1})
    assert standings.get_standing(
        session, actor=account_of(mentee), programme=programme
    ).shortlist is None  # fmt: skip
    assert second.objected_at is None
    assert other.objected_at is None


def test_a_tandem_goes_on(session, make, pair, person):
    mentor, mentee = pair
    tandem = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
    object_to(session, person)
    assert tandem.state is TandemState.ACTIVE


def test_twice_is_once(session, pair, person):
    object_to(session, person)
    since = person.objected_at
    object_to(session, person)
    assert person.objected_at == since


@pytest.mark.parametrize("act", [own_data.object_to_matching, own_data.take_objection_back])
def test_only_who_takes_part_can_object(session, programme, coordinator, act: Callable):
    with pytest.raises(NotFound):
        act(session, actor=coordinator, programme=programme)
