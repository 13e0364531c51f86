"""Wishes: what follows from short lists, at the deadline or before it."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.errors import Conflict
from tandem.models import (
    AuditEvent,
    Mail,
    PolicyVersion,
    ProfileState,
    Round,
    RoundState,
    Snapshot,
)
from tandem.services import policies, rounds, shortlists
from tandem.services.matchmaking import rounds as matchmaking
from tandem.work import LostClaim, claim
from tests.support import asking, pairs
from tests.support.solving import LEASE


def wishes_in(session, round_):
    """Return how many mentees name a mentor in the newest snapshot, and its policy."""
    query = session.query(Snapshot).filter_by(round_id=round_.id).order_by(Snapshot.number.desc())
    newest = query.first()
    return [each["prefer"] for each in newest.content["mentees"]], newest.policy_version


def test_wishes_enter_the_next_solving_under_a_policy_in_which_they_count(
    session, programme, actor, ask, answer, solved, mentees
):
    ask(solved)
    answer(mentees[0], {3: 1, 1: 2})
    answer(mentees[1], {})
    shortlists.end_asking(session, solved.key, programme=programme, actor=actor)
    assert solved.state is RoundState.QUEUED
    wished, policy = wishes_in(session, solved)
    assert sorted(len(each) for each in wished) == [0, 2]
    weights = policies.weights(policy)
    assert (weights["wishes"], sum(weights.values())) == (shortlists.POINTS, 10_000)
    assert (policy.is_trial, policy.account_id) == (True, actor.id)
    assert not policies.weights(policies.current(session, programme)).get("wishes")
    assert session.query(PolicyVersion).count() == 2


def test_a_policy_in_which_wishes_count_is_left_as_it_is(
    session, make, programme, actor, ask, solved
):
    terms = policies.terms(policies.current(session, programme))
    weights = {**terms.weights, "occupation": 1500, "wishes": 1000}
    draft = policies.Terms(
        weights=weights, rules=terms.rules, aim=terms.aim, floor=0, reach_km=terms.reach_km
    )
    own = policies.adopt(session, draft, programme=programme, actor=actor, seen_number=1)
    ask(solved)
    shortlists.end_asking(session, solved.key, programme=programme, actor=actor)
    assert wishes_in(session, solved)[1].id == own.id


def test_the_first_choice_wins_where_all_else_is_equal(
    session, programme, actor, ask, answer, solved, mentees
):
    ask(solved)
    first, second = (
        {c.mentor_id: c.position for c in asking.of(session, m).choices} for m in mentees
    )
    one = next(iter(first))
    other = next(mentor for mentor in second if mentor != one)
    answer(mentees[0], {first[one]: 1})
    answer(mentees[1], {second[other]: 1})
    chosen = {mentees[0].id: one, mentees[1].id: other}
    shortlists.end_asking(session, solved.key, programme=programme, actor=actor)
    work = claim(session, Round, now=now(), lease=LEASE)
    task = matchmaking.begin(session, work, most_attempts=5)
    matchmaking.publish(session, work, matchmaking.solve(task, lambda *_: None))
    trial = rounds.pending(session, solved)
    rounds.take(session, solved.key, snapshot_number=trial.number, programme=programme, actor=actor)
    proposals = session.query(pairs.Proposal).filter_by(snapshot_id=trial.id).all()
    assert {each.mentee_id: each.mentor_id for each in proposals} == chosen
    assert all(each.parts["wishes"] == 750 for each in proposals)


def at_deadline(session, round_, monkeypatch):
    """Claim the round as the worker does when the time is over."""
    later = round_.asks_until + timedelta(seconds=1)
    asking.let_it_be(monkeypatch, later)
    return claim(session, Round, now=later, lease=LEASE)


def test_at_the_deadline_the_round_goes_on_by_itself(
    session, ask, answer, solved, mentees, monkeypatch
):
    ask(solved)
    answer(mentees[0], {1: 1})
    shortlists.attend(session, at_deadline(session, solved, monkeypatch))
    assert solved.state is RoundState.QUEUED
    event = session.query(AuditEvent).filter_by(action="end_asking").one()
    assert event.account_id is None


def test_before_the_deadline_the_worker_only_looks(session, ask, solved):
    ask(solved)
    solved.due_at = now()
    session.commit()
    shortlists.attend(session, claim(session, Round, now=now(), lease=LEASE))
    two_days_before = solved.asks_until - timedelta(days=2)
    assert (solved.state, solved.due_at) == (RoundState.ASKING, two_days_before)
    assert reminded(session) == set()


def reminded(session):
    """Return the addresses to which reminders went; each must have got one at most."""
    mails = [mail.to_address for mail in session.query(Mail).filter_by(kind="shortlist_reminder")]
    assert len(mails) == len(set(mails))
    return set(mails)


def attend_two_days_before(session, round_, monkeypatch):
    round_.due_at = then = round_.asks_until - timedelta(days=2)
    session.commit()
    asking.let_it_be(monkeypatch, then)
    shortlists.attend(session, claim(session, Round, now=then, lease=LEASE))


def test_two_days_before_the_end_who_has_not_answered_is_reminded_once(
    session, ask, answer, solved, mentees, monkeypatch
):
    ask(solved)
    answer(mentees[0], {1: 1})
    for _ in range(2):
        attend_two_days_before(session, solved, monkeypatch)
    others = {mentee.membership.account.email for mentee in mentees[1:]}
    assert reminded(session) == others
    assert (solved.state, solved.due_at) == (RoundState.ASKING, solved.asks_until)


def test_who_wants_no_reminders_gets_none(session, ask, solved, mentees, monkeypatch):
    ask(solved)
    for mentee in mentees[1:]:
        mentee.membership.quiet_at = now()
    attend_two_days_before(session, solved, monkeypatch)
    assert reminded(session) == {mentees[0].membership.account.email}


def test_who_was_asked_shortly_before_is_not_reminded(
    session, programme, actor, solved, monkeypatch
):
    asking.ask(session, solved, actor=actor, days=2)
    attend_two_days_before(session, solved, monkeypatch)
    assert reminded(session) == set()


def test_a_worker_that_comes_second_does_nothing(
    session, programme, actor, ask, solved, monkeypatch
):
    ask(solved)
    work = at_deadline(session, solved, monkeypatch)
    shortlists.end_asking(session, solved.key, programme=programme, actor=actor)
    with pytest.raises(LostClaim):
        shortlists.attend(session, work)
    assert session.query(Snapshot).filter_by(round_id=solved.id).count() == 2


def test_a_round_without_anybody_left_is_ready_again(
    session, make, ask, solved, mentors, monkeypatch
):
    ask(solved)
    for mentor in mentors:
        profile = pairs.in_force(session, mentor)
        profile.state = ProfileState.PAUSED
        make.save(profile)
    shortlists.attend(session, at_deadline(session, solved, monkeypatch))
    assert solved.state is RoundState.READY


def test_nobody_ends_what_was_not_begun(session, programme, actor, solved):
    with pytest.raises(Conflict):
        shortlists.end_asking(session, solved.key, programme=programme, actor=actor)


def test_replies_tell_who_has_answered_but_not_what(session, ask, answer, solved, mentees):
    ask(solved)
    answer(mentees[1], {1: 1})
    first, second = shortlists.list_replies(session, solved)
    assert (first.person_key, first.answered_at is None) == (mentees[1].key, False)
    assert (second.person_key, second.answered_at) == (mentees[0].key, None)
