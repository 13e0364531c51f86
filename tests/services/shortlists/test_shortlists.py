"""Short lists: whom mentees are asked about, their answers, and what follows."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tandem.clock import now
from tandem.errors import Conflict, NotAllowed, NotFound, Stale
from tandem.models import (
    Adjustment,
    AdjustmentKind,
    AuditEvent,
    Choice,
    Mail,
    ProfileState,
    RoundState,
    Shortlist,
)
from tandem.services import rounds, shortlists
from tandem.services.shortlists import choosing
from tests.support import asking, called, pairs
from tests.support.solving import decide, solve, solving


def test_every_mentee_gets_up_to_three_mentors_and_a_mail(session, ask, solved, mentees):
    ask(solved)
    for mentee in mentees:
        assert len(asking.of(session, mentee).choices) == 3
    mails = session.query(Mail).filter_by(kind="shortlist").all()
    assert {mail.to_address for mail in mails} == {m.membership.account.email for m in mentees}
    assert asking.of(session, mentees[0]).key in "".join(mail.text for mail in mails)
    reminded_at = solved.asks_until - timedelta(days=2)
    assert (solved.state, solved.due_at) == (RoundState.ASKING, reminded_at)


def test_the_deadline_is_the_end_of_the_day_where_the_programme_is(session, ask, solved, programme):
    ask(solved, days=1)
    local = solved.asks_until.astimezone(ZoneInfo(programme.zone))
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert (local.date() - now().astimezone(ZoneInfo(programme.zone)).date()).days == 1


@pytest.mark.parametrize("days", [-1, 61])
def test_a_deadline_that_is_over_or_far_away_is_refused(session, ask, solved, days):
    with pytest.raises(shortlists.BadDeadline):
        ask(solved, days=days)
    assert session.query(Shortlist).count() == 0


def test_the_proposed_mentor_is_on_the_list_at_a_place_that_says_nothing(
    session, make, programme, actor, ask
):
    """Over many mentees the proposed mentor stands in one place and another."""
    for _ in range(12):
        make.mentor(programme)
        make.mentee(programme)
    round_ = make.round(programme)
    proposed = {each.mentee_id: each.mentor_id for each in solve(session, round_, actor=actor)}
    ask(round_)
    places = [
        choice.position
        for choice in session.query(Choice).all()
        if proposed[choice.shortlist.mentee_id] == choice.mentor_id
    ]
    assert len(places) == 12
    assert len(set(places)) > 1


def test_the_order_on_the_page_is_the_same_each_time(session, solved):
    snapshot = rounds.solved_snapshot(session, solved)
    first = choosing.find_plan(session, solved, snapshot)
    again = choosing.find_plan(session, solved, snapshot)
    assert first.lists == again.lists


def alternatives(proposal, costs):
    """Give a proposal the alternatives whose costs a test is about."""
    old = {each["mentor"]: each for each in proposal.alternatives}
    proposal.alternatives = [
        old[key] | {"cost": {"tandems": tandems, "score": points}}
        for key, (tandems, points) in zip(old, costs, strict=False)
    ]


def test_who_would_cost_a_tandem_or_much_is_on_no_list(session, make, solved):
    snapshot = rounds.solved_snapshot(session, solved)
    first, second = session.query(pairs.Proposal).order_by(pairs.Proposal.id).all()
    alternatives(first, [(1, -500), (0, 1501), (0, 1500)])
    alternatives(second, [(1, 0), (0, 1501)])
    session.commit()
    plan = choosing.find_plan(session, solved, snapshot)
    assert [len(offers) for offers in plan.lists.values()] == [2]
    assert (set(plan.lists), plan.without_choice) == ({first.mentee_id}, 1)


def adjust(make, round_, actor, kind, **people):
    return make.save(
        Adjustment(
            programme_id=round_.programme_id,
            round_id=round_.id,
            kind=kind,
            account_id=actor.id,
            **people,
        )
    )


def test_who_is_pinned_or_set_aside_is_not_asked(session, make, solved, actor, mentors, mentees):
    pinned, aside = mentees
    adjust(make, solved, actor, AdjustmentKind.PIN, mentor_id=mentors[0].id, mentee_id=pinned.id)
    adjust(make, solved, actor, AdjustmentKind.SET_ASIDE, mentee_id=aside.id)
    plan = choosing.find_plan(session, solved, rounds.solved_snapshot(session, solved))
    assert (plan.lists, plan.settled) == ({}, 2)


def offered(session, round_, mentee):
    plan = choosing.find_plan(session, round_, rounds.solved_snapshot(session, round_))
    return {offer.mentor_id for offer in plan.lists.get(mentee.id, [])}


def test_who_must_not_meet_or_is_set_aside_is_not_offered(
    session, make, solved, actor, mentors, mentees
):
    mentee = mentees[0]
    [first, *_] = offered(session, solved, mentee)
    adjust(make, solved, actor, AdjustmentKind.FORBID, mentor_id=first, mentee_id=mentee.id)
    assert first not in offered(session, solved, mentee)
    [second, *_] = offered(session, solved, mentee)
    adjust(make, solved, actor, AdjustmentKind.SET_ASIDE, mentor_id=second)
    assert second not in offered(session, solved, mentee)


def test_who_left_is_not_offered(session, make, solved, mentors, mentees):
    mentee = mentees[0]
    [first, *_] = offered(session, solved, mentee)
    profile = pairs.in_force(session, session.get(type(mentors[0]), first))
    profile.state = ProfileState.PAUSED
    make.save(profile)
    assert first not in offered(session, solved, mentee)


def test_who_was_taken_is_not_offered(session, make, programme, actor):
    for _ in range(2):
        make.mentor(programme)
        make.mentee(programme)
    round_ = make.round(programme)
    first, second = solve(session, round_, actor=actor)
    both = {first.mentor_id, second.mentor_id}
    assert offered(session, round_, second.mentee) == both
    decide(session, first, actor=actor)
    assert offered(session, round_, second.mentee) == set()


def test_who_was_decided_about_is_not_asked(session, ask, solved, actor, mentees):
    first, second = session.query(pairs.Proposal).order_by(pairs.Proposal.id).all()
    decide(session, first, actor=actor)
    ask(solved)
    assert [each.mentee_id for each in session.query(Shortlist).all()] == [second.mentee_id]


def test_nobody_is_asked_who_has_no_choice(session, make, programme, actor, ask):
    make.mentor(programme)
    make.mentee(programme)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    with pytest.raises(shortlists.NobodyToAsk):
        ask(round_)
    assert round_.state is RoundState.READY


def test_a_round_that_is_not_ready_asks_nobody(session, make, programme, ask):
    with pytest.raises(Conflict):
        ask(make.round(programme))


def test_only_who_coordinates_asks(session, make, programme, solved):
    with pytest.raises(NotAllowed):
        shortlists.ask(
            session, solved.key, until=now().date(), programme=programme, actor=make.account()
        )


def test_the_same_result_is_asked_about_once(session, programme, actor, ask, solved):
    ask(solved)
    with pytest.raises(Conflict):
        ask(solved)
    shortlists.end_asking(session, solved.key, programme=programme, actor=actor)
    rounds.cancel_solving(session, solved.key, programme=programme, actor=actor)
    with pytest.raises(shortlists.AlreadyAsked):
        ask(solved)


def test_a_trial_must_be_settled_before_mentees_are_asked(session, programme, actor, ask, solved):
    with solving(session, solved, actor=actor):
        pass
    with pytest.raises(shortlists.TrialWaits):
        ask(solved)
    trial = rounds.pending(session, solved)
    rounds.drop(session, solved.key, snapshot_number=trial.number, programme=programme, actor=actor)
    ask(solved)
    assert solved.is_asking


def test_an_order_is_kept_and_can_be_changed(session, ask, answer, solved, mentees):
    ask(solved)
    answer(mentees[0], {2: 1, 1: 2})
    assert asking.ranks_of(session, mentees[0]) == [2, 1, None]
    answer(mentees[0], {3: 1, 2: 2, 1: 3})
    assert asking.ranks_of(session, mentees[0]) == [3, 2, 1]
    answer(mentees[0], {})
    assert asking.ranks_of(session, mentees[0]) == [None, None, None]
    assert asking.of(session, mentees[0]).answered_at is not None


def test_an_order_is_closed_up(session, ask, answer, solved, mentees):
    ask(solved)
    answer(mentees[0], {2: 3, 3: 2})
    assert asking.ranks_of(session, mentees[0]) == [None, 2, 1]


@pytest.mark.parametrize("ranks", [{1: 1, 2: 1}, {4: 1}, {0: 1}])
def test_what_is_no_order_is_refused(session, ask, answer, solved, mentees, ranks):
    ask(solved)
    with pytest.raises(ValueError, match="not an order"):
        answer(mentees[0], ranks)
    assert asking.ranks_of(session, mentees[0]) == [None, None, None]


def test_a_second_click_changes_nothing(session, ask, answer, solved, mentees):
    """E3."""
    ask(solved)
    seen = asking.of(session, mentees[0]).version
    for _ in range(2):
        answer(mentees[0], {1: 1}, seen=seen)
    assert session.query(AuditEvent).filter_by(action="answer_shortlist").count() == 1


def test_another_order_from_an_old_page_is_not_written_over_the_newer_one(
    session, ask, answer, solved, mentees
):
    """E17."""
    ask(solved)
    seen = asking.of(session, mentees[0]).version
    answer(mentees[0], {1: 1}, seen=seen)
    with pytest.raises(Stale):
        answer(mentees[0], {2: 1}, seen=seen)
    assert asking.ranks_of(session, mentees[0]) == [1, None, None]


def test_somebody_elses_short_list_is_not_there(session, ask, programme, solved, mentees, mentors):
    ask(solved)
    key = asking.of(session, mentees[0]).key
    for person in (mentees[1], mentors[0]):
        with pytest.raises(NotFound):
            shortlists.get_shortlist(
                session, key, programme=programme, account=person.membership.account
            )


def test_after_the_deadline_no_answer_is_taken(session, ask, answer, solved, mentees, monkeypatch):
    """Even where the worker is late."""
    ask(solved)
    assert shortlists.find_open(session, mentees[0]).key == asking.of(session, mentees[0]).key
    asking.let_it_be(monkeypatch, solved.asks_until + timedelta(seconds=1))
    with pytest.raises(shortlists.TooLate):
        answer(mentees[0], {1: 1})
    assert shortlists.find_open(session, mentees[0]) is None


def test_cards_say_what_may_be_known_and_nothing_of_who_left(
    session, make, ask, solved, mentors, mentees
):
    ask(solved)
    shortlist = asking.of(session, mentees[0])
    gone = session.get(type(mentors[0]), shortlist.choices[0].mentor_id)
    profile = pairs.in_force(session, gone)
    profile.state = ProfileState.WITHDRAWN
    make.save(profile)
    first, *others = shortlists.list_cards(session, shortlist)
    assert (first.is_there, first.occupation, first.offers) == (False, None, ())
    assert all(card.is_there and card.occupation == "741" for card in others)


def test_a_mentor_who_edits_is_shown_as_they_are_today(
    session, make, ask, solved, mentors, mentees
):
    """E5."""
    ask(solved)
    shortlist = asking.of(session, mentees[0])
    mentor = session.get(type(mentors[0]), shortlist.choices[0].mentor_id)
    old = pairs.in_force(session, mentor)
    old.state = ProfileState.REPLACED
    make.save(old)
    make.profile(mentor, number=2, topics=["leadership"])
    first, *_ = shortlists.list_cards(session, shortlist)
    assert (first.is_there, first.offers) == (True, ["leadership"])


def test_a_coordinator_puts_the_list_of_whom_they_call_in_order(
    session, make, ask, programme, actor, solved, mentees
):
    called.without_address(make, mentees[0])
    ask(solved)
    own, others = (
        shortlists.find_to_fill_in(session, mentee.key, programme=programme, account=actor)
        for mentee in mentees[:2]
    )
    assert others is None
    assert [reply.is_called for reply in shortlists.list_replies(session, solved)].count(True) == 1
    shortlists.answer(
        session, own.key, {1: 1}, programme=programme, account=actor, seen_version=own.version
    )
    assert asking.ranks_of(session, mentees[0])[0] == 1
    stranger = make.coordinator()
    with pytest.raises(NotFound):
        shortlists.get_shortlist(session, own.key, programme=programme, account=stranger)
