"""Two at once, on data that is committed: one wins, and the other learns who did (TRUST E1-E3)."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.models import (
    LIVE,
    Account,
    AuditEvent,
    Decision,
    Mail,
    Mentor,
    ProfileState,
    Programme,
    Proposal,
    ProposalState,
    Side,
    Tandem,
    TandemState,
    Verdict,
)
from tandem.services import notes, people, proposals, tandems, todos
from tests.support import pairs
from tests.support.racing import at_once, conflicts

ROUNDS = 5


def inviting(proposal: Proposal) -> Callable[[Session], object]:
    """Confirm a proposal as the proposals' service does, and invite."""
    key = proposal.key

    def act(session: Session) -> object:
        with transaction(session):
            mine = session.scalars(sa.select(Proposal).where(Proposal.key == key)).one()
            coordinator = session.scalars(sa.select(Account).order_by(Account.id)).first()
            programme = session.get_one(Programme, mine.programme_id)
            mine.state = ProposalState.CONFIRMED
            decision = Decision(
                programme_id=programme.id,
                proposal_id=mine.id,
                mentor_id=mine.mentor_id,
                mentee_id=mine.mentee_id,
                verdict=Verdict.CONFIRMED,
                reason="A reason.",
                account=coordinator,
            )
            session.add(decision)
            session.flush()
            return tandems.invite(session, decision, programme=programme).key

    return act


def deciding(
    proposal: Proposal, verdict: Verdict = Verdict.CONFIRMED
) -> Callable[[Session], object]:
    """Decide on a proposal as a coordinator does on its page."""
    key, seen = proposal.key, proposal.version

    def act(session: Session) -> object:
        actor = session.scalars(sa.select(Account).order_by(Account.id)).first()
        programme = session.scalars(sa.select(Programme)).one()
        ruling = proposals.Ruling(verdict=verdict, reason="A reason.")
        decided = proposals.decide(
            session, key, ruling, programme=programme, actor=actor, seen_version=seen
        )
        return decided.id

    return act


def answering(tandem: Tandem, side: Side, *, says_yes: bool = True) -> Callable[[Session], object]:
    key, seen = tandem.key, tandem.version
    mentor, mentee = (account.id for account in pairs.accounts_of(tandem))

    def act(session: Session) -> object:
        actor = session.get_one(Account, mentor if side is Side.MENTOR else mentee)
        programme = session.scalars(sa.select(Programme)).one()
        answered = tandems.answer(
            session,
            key,
            programme=programme,
            actor=actor,
            says_yes=says_yes,
            seen_version=seen,
        )
        return answered.state

    return act


def live(database: sa.Engine) -> int:
    with Session(database) as session:
        query = sa.select(sa.func.count(Tandem.id)).where(Tandem.state.in_(LIVE))
        return session.scalar(query) or 0


def test_one_of_two_coordinators_gets_the_last_place(database, town):
    make, programme = town
    for expected in range(1, ROUNDS + 1):
        mentor = make.mentor(programme)
        proposed = [pairs.proposal(make, mentor, make.mentee(programme)) for _ in range(2)]
        results = at_once(make, *map(inviting, proposed))
        [loser] = conflicts(results)
        assert isinstance(loser, tandems.MentorTaken)
        [winner] = [key for key in results if isinstance(key, str)]
        assert [other.key for other in loser.in_the_way] == [winner]
        assert live(database) == expected


def test_one_of_two_mentors_gets_the_mentee(database, town):
    make, programme = town
    for expected in range(1, ROUNDS + 1):
        mentee = make.mentee(programme)
        proposed = [pairs.proposal(make, make.mentor(programme), mentee) for _ in range(2)]
        results = at_once(make, *map(inviting, proposed))
        [loser] = conflicts(results)
        assert isinstance(loser, tandems.MenteeTaken)
        assert live(database) == expected


def test_three_places_are_given_to_three_of_six(database, town):
    make, programme = town
    mentor = make.mentor(programme, capacity=3)
    proposed = [pairs.proposal(make, mentor, make.mentee(programme)) for _ in range(6)]
    results = at_once(make, *map(inviting, proposed))
    assert len(conflicts(results)) == 3
    with Session(database) as session:
        assert sorted(session.scalars(sa.select(Tandem.slot))) == [1, 2, 3]
        assert len(session.scalars(sa.select(Decision)).all()) == 3
        assert len(session.scalars(sa.select(Mail)).all()) == 6


def test_of_two_coordinators_on_the_page_one_learns_who_was_taken(database, town):
    make, programme = town
    for expected in range(1, ROUNDS + 1):
        mentor = make.mentor(programme)
        pair = [pairs.proposal(make, mentor, make.mentee(programme)) for _ in range(2)]
        results = at_once(make, *map(deciding, pair))
        [loser] = conflicts(results)
        assert isinstance(loser, (tandems.MentorTaken, proposals.ProposalStale))
        assert live(database) == expected
        lost = pair[results.index(loser)]
        with Session(database) as session:
            again = session.get_one(Proposal, lost.id)
            [blocker] = proposals.find_room(session, again).in_the_way
            assert blocker.decision.reason == "A reason."


def test_a_second_click_confirms_nothing_twice(database, town):
    make, programme = town
    proposal = pairs.proposal(make, make.mentor(programme), make.mentee(programme))
    results = at_once(make, *[deciding(proposal)] * 3)
    assert all(isinstance(lost, proposals.AlreadyDecided) for lost in conflicts(results))
    assert (len(conflicts(results)), live(database)) == (2, 1)


def test_of_a_yes_and_a_no_at_once_one_is_recorded_and_the_other_learns_which(database, town):
    """E1, E17: neither overwrites the other."""
    make, programme = town
    for _ in range(ROUNDS):
        proposal = pairs.proposal(make, make.mentor(programme), make.mentee(programme))
        before = live(database)
        results = at_once(make, *(deciding(proposal, verdict) for verdict in Verdict))
        [loser] = conflicts(results)
        assert isinstance(loser, proposals.AlreadyDecided)
        [winner] = [each for each in results if isinstance(each, int)]
        with Session(database) as session:
            decision = session.get_one(Decision, winner)
            confirmed = decision.verdict is Verdict.CONFIRMED
            assert decision.proposal.state.value == decision.verdict.value
        assert live(database) == before + confirmed


def test_what_lost_left_nothing_behind(database, town):
    make, programme = town
    mentor = make.mentor(programme)
    proposed = [pairs.proposal(make, mentor, make.mentee(programme)) for _ in range(2)]
    at_once(make, *map(inviting, proposed))
    with Session(database) as session:
        states = session.scalars(sa.select(Proposal.state).order_by(Proposal.state)).all()
        assert states == [ProposalState.CONFIRMED, ProposalState.OPEN]
        assert len(session.scalars(sa.select(Decision)).all()) == 1


def test_two_yes_at_once_make_one_tandem(database, town):
    make, programme = town
    for number in range(1, ROUNDS + 1):
        tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
        results = at_once(make, *(answering(tandem, side) for side in Side for _ in range(2)))
        assert not conflicts(results)
        with Session(database) as session:
            found = session.get_one(Tandem, tandem.id)
            assert found.state is TandemState.ACTIVE
            begun = sa.select(AuditEvent).where(AuditEvent.action == "begin_tandem")
            assert len(session.scalars(begun).all()) == number
            told = sa.select(Mail).where(Mail.kind == "tandem_active")
            assert len(session.scalars(told).all()) == 2 * number


def test_a_yes_and_a_no_at_once_end_in_one_state(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
        results = at_once(
            make,
            answering(tandem, Side.MENTOR),
            answering(tandem, Side.MENTEE, says_yes=False),
        )
        with Session(database) as session:
            assert session.get_one(Tandem, tandem.id).state is TandemState.DECLINED
        assert len(conflicts(results)) <= 1


def test_fewer_places_and_one_more_tandem_at_once_never_exceed_the_places(database, town):
    make, programme = town
    for _ in range(ROUNDS):
        mentor = make.mentor(programme, capacity=2)
        pairs.invited(make, mentor, make.mentee(programme))
        proposal = pairs.proposal(make, mentor, make.mentee(programme))
        edit = make.profile(mentor, number=2, state=ProfileState.SUBMITTED, capacity=1)
        key, seen = mentor.key, edit.version

        def approve(session: Session, key: str = key, seen: int = seen) -> object:
            ruling = people.Ruling(verdict=people.Verdict.APPROVE, reason="", seen_version=seen)
            actor = session.scalars(sa.select(Account).order_by(Account.id)).first()
            programme = session.scalars(sa.select(Programme)).one()
            people.decide(session, key, ruling, programme=programme, actor=actor)
            return "approved"

        results = at_once(make, approve, deciding(proposal))
        assert len(conflicts(results)) == 1
        with Session(database) as session:
            places = session.get_one(Mentor, mentor.id).capacity
            taken = sa.select(Tandem).where(Tandem.mentor_id == mentor.id, Tandem.state.in_(LIVE))
            assert len(session.scalars(taken).all()) <= places


def test_two_clicks_at_once_write_one_note_and_one_to_do(database, town):
    make, programme = town
    key = make.mentee(programme).key
    for number in range(ROUNDS):
        note = notes.NoteDraft(text=f"She knows harbour {number}.")
        task = todos.TodoDraft(text=f"Call harbour {number}.", due_on=date(2030, 1, 1))

        def write(
            session: Session, note: notes.NoteDraft = note, task: todos.TodoDraft = task
        ) -> object:
            actor = session.scalars(sa.select(Account).order_by(Account.id)).first()
            programme = session.scalars(sa.select(Programme)).one()
            written = notes.add_note(session, key, note, programme=programme, actor=actor).id
            return written, todos.add_todo(session, task, programme=programme, actor=actor).id

        assert len(set(at_once(make, write, write))) == 1
