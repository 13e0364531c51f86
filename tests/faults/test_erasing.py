"""Erasing somebody at the moment when others decide, answer or write (TRUST E5)."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.errors import DomainError, NotFound
from tandem.models import (
    LIVE,
    Account,
    AuditEvent,
    Mail,
    Mentee,
    Programme,
    Proposal,
    ProposalState,
    Side,
    Tandem,
    Verdict,
)
from tandem.services import erasing, own_data, profiles, proposals, tandems
from tandem.services.erasing import WhoAsked
from tandem.services.mails import send
from tandem.work import LostClaim, claim
from tests.services.test_erasing import CANARY, canary_account, canary_words, places_with
from tests.support import pairs, solving
from tests.support.racing import at_once

ROUNDS = 4


def quietly(act: Callable[[Session], object]) -> Callable[[Session], object]:
    """Act, and return a refusal instead of raising it."""

    def run(session: Session) -> object:
        try:
            return act(session)
        except DomainError as refused:
            return refused

    return run


def erasing_(mentee: Mentee) -> Callable[[Session], object]:
    person_id, account_id = mentee.id, mentee.membership.account_id

    def act(session: Session) -> object:
        person = session.get_one(Mentee, person_id)
        actor = session.get_one(Account, account_id)
        programme = session.scalars(sa.select(Programme)).one()
        return erasing.erase(session, person, programme=programme, actor=actor, asked=WhoAsked.SELF)

    return act


def objecting(mentee: Mentee) -> Callable[[Session], object]:
    account_id = mentee.membership.account_id

    def act(session: Session) -> object:
        actor = session.get_one(Account, account_id)
        programme = session.scalars(sa.select(Programme)).one()
        own_data.object_to_matching(session, actor=actor, programme=programme)
        return "objected"

    return act


def confirming(proposal: Proposal) -> Callable[[Session], object]:
    key, seen = proposal.key, proposal.version

    def act(session: Session) -> object:
        actor = session.scalars(sa.select(Account).order_by(Account.id)).first()
        programme = session.scalars(sa.select(Programme)).one()
        ruling = proposals.Ruling(verdict=Verdict.CONFIRMED, reason="A reason.")
        return proposals.decide(
            session, key, ruling, programme=programme, actor=actor, seen_version=seen
        ).id

    return act


def saying_yes(tandem: Tandem, side: Side) -> Callable[[Session], object]:
    key, seen = tandem.key, tandem.version
    account_id = pairs.accounts_of(tandem)[0 if side is Side.MENTOR else 1].id

    def act(session: Session) -> object:
        actor = session.get_one(Account, account_id)
        programme = session.scalars(sa.select(Programme)).one()
        return tandems.answer(
            session, key, programme=programme, actor=actor, says_yes=True, seen_version=seen
        ).state

    return act


def a_mentee(make, programme):
    return make.mentee(programme, account=canary_account(make), **canary_words())


def live(database):
    with Session(database) as session:
        return session.scalars(sa.select(Tandem.id).where(Tandem.state.in_(LIVE))).all()


def test_a_confirmation_at_the_same_moment_leaves_no_live_tandem(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        mentee = a_mentee(make, programme)
        proposal = pairs.proposal(make, make.mentor(programme), mentee)
        results = at_once(make, quietly(confirming(proposal)), erasing_(mentee))
        assert results[1] is True
        assert live(database) == []
        with Session(database) as session:
            assert places_with(session, CANARY) == []


def test_a_confirmation_while_somebody_objects_comes_before_it_or_not_at_all(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        mentee = make.mentee(programme)
        proposal = pairs.proposal(make, make.mentor(programme), mentee)
        [confirmed, objected] = at_once(make, quietly(confirming(proposal)), objecting(mentee))
        assert objected == "objected"
        with Session(database) as session:
            state = session.get_one(Proposal, proposal.id).state
            came = isinstance(confirmed, int)
            assert state is (ProposalState.CONFIRMED if came else ProposalState.STALE)


def test_a_yes_at_the_same_moment_leaves_no_live_tandem_and_no_contact_data(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        mentee = a_mentee(make, programme)
        tandem = pairs.invited(make, make.mentor(programme), mentee)
        acts = [quietly(saying_yes(tandem, side)) for side in Side]
        at_once(make, *acts, erasing_(mentee))
        assert live(database) == []
        with Session(database) as session:
            assert places_with(session, CANARY) == []


def test_twice_at_the_same_moment_is_once(database, town):
    make, programme = town
    mentee = a_mentee(make, programme)
    results = at_once(make, *[erasing_(mentee)] * 3)
    assert sorted(map(bool, results)) == [False, False, True]
    with Session(database) as session:
        query = sa.select(AuditEvent).where(AuditEvent.action == "erase_person")
        assert len(session.scalars(query).all()) == 1


def test_a_step_saved_at_the_same_moment_is_gone_or_refused(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        mentee = a_mentee(make, programme)
        account_id = mentee.membership.account_id

        def save(session: Session, account_id: int = account_id) -> object:
            actor = session.get_one(Account, account_id)
            here = session.scalars(sa.select(Programme)).one()
            draft = profiles.MenteeWishes(same_gender=False, gender=None, avoid_words=CANARY)
            return profiles.save_step(
                session, draft, actor=actor, programme=here, seen_version=0
            ).id

        at_once(make, quietly(save), erasing_(mentee))
        with Session(database) as session:
            assert places_with(session, CANARY) == []
            actor = session.get_one(Account, account_id)
            with pytest.raises(NotFound):
                profiles.get_person(session, actor, session.scalars(sa.select(Programme)).one())


def test_a_mail_deleted_while_it_waits_is_a_lost_claim(database, town):
    make, programme = town
    mentee = a_mentee(make, programme)
    pairs.invited(make, make.mentor(programme), mentee)
    session = make.session
    work = claim(session, Mail, now=now(), lease=solving.LEASE)
    assert work is not None
    erasing_(mentee)(session)
    with pytest.raises(LostClaim):
        send(session, work, settings=None, deliver=lambda _mail: None)
