"""What waits for a coordinator: which tandems, whom to ask instead, and the figures."""

from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed
from tandem.models import (
    Agreement,
    AgreementState,
    CompanyState,
    Exclusion,
    Mail,
    Meeting,
    MeetingState,
    ProfileState,
    Programme,
    Round,
    RoundState,
    Side,
    Tandem,
    TandemState,
    Way,
)
from tandem.services import notes, rounds, tandems, today
from tandem.services.programmes import at_local_time, start_of
from tandem.services.programmes import today as local_today
from tests.support import pairs, solving


@pytest.fixture
def day(session, programme, coordinator):
    return lambda: today.get_today(session, programme, actor=coordinator)


@pytest.fixture
def tandem(make, programme, coordinator):
    """Make a tandem of two new people that began some days ago."""

    def made(state=TandemState.ACTIVE, *, days=40):
        pair = pairs.tandem(
            make, make.mentor(programme), make.mentee(programme), state, by=coordinator
        )
        if pair.started_at is not None:
            began = local_today(programme) - timedelta(days=days)
            pair.started_at = at_local_time(began, time(12), programme)
        return make.save(pair)

    return made


@pytest.fixture
def meet(make, programme):
    def met(tandem, days, state=MeetingState.HELD):
        at = at_local_time(local_today(programme) - timedelta(days=days), time(10), programme)
        return make.save(
            Meeting(
                programme_id=programme.id, tandem_id=tandem.id, state=state, starts_at=at,
                minutes=60, way=Way.IN_PERSON, logged_at=at,
            )
        )  # fmt: skip

    return met


@pytest.fixture
def agree(make, programme):
    def agreed(tandem, *, every_weeks=2, ends_in=90):
        begins = local_today(programme) - timedelta(days=200)
        agreement = make.save(
            Agreement(
                programme_id=programme.id, tandem_id=tandem.id, number=1,
                proposed_by=Side.MENTOR, every_weeks=every_weeks, begins_on=begins,
                ends_on=local_today(programme) + timedelta(days=ends_in),
            )
        )  # fmt: skip
        agreement.mentor_yes_at = agreement.mentee_yes_at = now()
        agreement.state = AgreementState.IN_FORCE
        return make.save(agreement)

    return agreed


def keys(found):
    return [each.pair.key for each in found]


@pytest.mark.parametrize(("days", "silent"), [(21, False), (22, True)])
def test_without_a_rhythm_a_tandem_is_silent_after_the_days_of_the_programme(
    day, tandem, meet, days, silent
):
    pair = tandem(days=90)
    meet(pair, days + 14)
    meet(pair, days)
    found = day().watch.silent
    assert keys(found) == ([pair.key] if silent else [])
    assert [(each.days, len(each.held)) for each in found] == ([(22, 2)] if silent else [])


@pytest.mark.parametrize(("days", "silent"), [(14, False), (15, True)])
def test_a_tandem_is_silent_a_week_after_its_rhythm(day, tandem, meet, agree, days, silent):
    pair = tandem(days=90)
    agree(pair, every_weeks=1)
    meet(pair, days)
    assert keys(day().watch.silent) == ([pair.key] if silent else [])


def test_a_tandem_that_never_met_is_silent_from_its_beginning(day, tandem):
    pair = tandem(days=30)
    tandem(days=20)
    assert [(each.pair.key, each.days, each.held) for each in day().watch.silent] == [
        (pair.key, 30, [])
    ]


def test_a_missed_meeting_breaks_no_silence_and_is_told_until_the_two_meet(day, tandem, meet):
    pair = tandem(days=90)
    meet(pair, 50)
    meet(pair, 3, MeetingState.MISSED)
    assert keys(day().watch.silent) == keys(day().watch.missed) == [pair.key]
    meet(pair, 1)
    assert day().watch.missed == day().watch.silent == []


def test_who_takes_a_break_is_not_silent(day, tandem):
    tandem(TandemState.PAUSED, days=90)
    assert day().watch.silent == []


def test_a_note_of_support_keeps_a_tandem_off_the_list_for_a_week(
    session, programme, coordinator, day, tandem
):
    pair = tandem(days=60)
    for days, silent in ((8, True), (7, True), (6, False)):
        written_on = local_today(programme) - timedelta(days=days)
        notes.add_tandem_note(
            session,
            pair.key,
            notes.NoteDraft(text="Called both.", talked_on=written_on),
            programme=programme,
            actor=coordinator,
        )
        assert bool(day().watch.silent) is silent, days


def test_invitations_expire_soon_by_the_calendar_of_the_programme(session, programme, day, tandem):
    tonight, soon, later = (tandem(TandemState.INVITED) for _ in range(3))
    for pair, days in ((soon, 3), (tonight, 0), (later, 4)):
        last = local_today(programme) + timedelta(days=days)
        pair.expires_at = at_local_time(last, time(23, 59, 59), programme)
    session.commit()
    shown = day()
    assert [(each.pair.key, each.days_left) for each in shown.watch.expiring] == [
        (tonight.key, 0),
        (soon.key, 3),
    ]
    assert shown.watch.invited == 3
    assert (shown.waiting, shown.until_tonight) == (2, 1)


def test_a_missing_agreement_is_told_after_two_weeks(day, tandem, agree):
    late, early, agreed = tandem(days=14), tandem(days=13), tandem(days=14)
    agree(agreed)
    assert keys(day().watch.unsigned) == [late.key]
    assert early.key not in keys(day().watch.unsigned)


def test_tandems_that_end_are_told_by_their_last_day(day, programme, tandem, agree):
    overdue, soon, later, by_default = (tandem(days=20) for _ in range(4))
    for pair, ends_in in ((overdue, -1), (soon, 14), (later, 15)):
        agree(pair, ends_in=ends_in)
    assert keys(day().watch.ending) == [overdue.key, soon.key]
    assert by_default.key not in keys(day().watch.ending)


def test_reminding_now_happens_once_a_day(session, programme, coordinator, tandem):
    pair = tandem(TandemState.INVITED)
    pair.mentor_yes_at = now()
    session.commit()
    by = {"programme": programme, "actor": coordinator}
    assert tandems.remind_now(session, pair.key, **by) == [Side.MENTEE]
    with pytest.raises(tandems.RemindedToday):
        tandems.remind_now(session, pair.key, **by)
    reminders = sa.select(Mail.to_address).where(Mail.kind == "invitation_reminder")
    assert session.scalars(reminders).all() == [pair.mentee.membership.account.email]


def test_who_wants_no_reminders_gets_none(session, programme, coordinator, tandem):
    pair = tandem(TandemState.INVITED)
    for person in (pair.mentor, pair.mentee):
        person.membership.quiet_at = now()
    session.commit()
    with pytest.raises(tandems.NobodyToRemind):
        tandems.remind_now(session, pair.key, programme=programme, actor=coordinator)


def test_an_invitation_that_is_over_is_not_reminded_of(session, programme, coordinator, tandem):
    pair = tandem(TandemState.INVITED)
    pair.expires_at = now() - timedelta(minutes=1)
    session.commit()
    with pytest.raises(tandems.AnswerTooLate):
        tandems.remind_now(session, pair.key, programme=programme, actor=coordinator)


@pytest.fixture
def declined(session, make, programme, coordinator):
    """Solve a round of three mentors and one mentee, and have the invitation declined."""
    mentors = [make.mentor(programme, topics=["applications"][:at]) for at in (1, 0, 0)]
    mentee = make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=coordinator)
    solving.decide(session, proposal, actor=coordinator)
    pair = session.scalars(sa.select(Tandem)).one()
    tandems.answer(
        session,
        pair.key,
        programme=programme,
        actor=mentee.membership.account,
        says_yes=False,
        seen_version=pair.version,
    )
    session.commit()
    return pair, proposal, round_, [each for each in mentors if each.id != pair.mentor_id]


def next_best(day, pair):
    shown = day()
    assert [each.key for each in shown.watch.came_to_nothing] == [pair.key]
    return shown.next_best.get(pair.id)


def test_after_a_no_the_next_best_comes_with_its_exact_cost(day, declined):
    pair, proposal, _, others = declined
    offered = next_best(day, pair)
    first = proposal.alternatives[0]
    assert offered.cost == first["cost"]
    assert offered.score == first["score"]
    assert offered.mentor_key in {other.key for other in others}


def test_the_place_is_free_at_once(day, declined):
    pair, *_ = declined
    assert pair.state is TandemState.DECLINED
    figures = day().figures
    assert (figures.places, figures.waiting) == (3, 1)


@pytest.mark.parametrize("why", ["taken", "kept apart", "paused", "objected", "company left"])
def test_whoever_cannot_be_asked_is_passed_over(
    session, make, programme, coordinator, day, declined, why
):
    pair, _, round_, others = declined
    rounds.close_round(session, round_.key, programme=programme, actor=coordinator)
    first_key = next_best(day, pair).mentor_key
    [first] = [other for other in others if other.key == first_key]
    [second] = [other for other in others if other.key != first_key]
    for mentor, expected in ((first, second.key), (second, None)):
        rule_out(session, make, why, mentor, pair, coordinator)
        offered = next_best(day, pair)
        assert (offered and offered.mentor_key) == expected


def rule_out(session, make, why, mentor, pair, coordinator):
    if why == "taken":
        other = make.mentee(session.get_one(Programme, pair.programme_id))
        pairs.invited(make, mentor, other, by=coordinator)
    elif why == "kept apart":
        make.save(
            Exclusion(
                programme_id=pair.programme_id, mentee_id=pair.mentee_id, mentor_id=mentor.id,
                asked_by=Side.MENTOR, account_id=coordinator.id,
            )
        )  # fmt: skip
    elif why == "paused":
        pairs.in_force(session, mentor).state = ProfileState.PAUSED
    elif why == "objected":
        mentor.objected_at = now()
    else:
        mentor.company.state = CompanyState.LEFT
    session.commit()


def test_a_mentee_with_a_tandem_needs_nobody_else(
    session, make, programme, coordinator, day, declined
):
    pair, _, round_, others = declined
    rounds.close_round(session, round_.key, programme=programme, actor=coordinator)
    pairs.invited(make, others[0], pair.mentee)
    assert day().watch.came_to_nothing == []


def test_in_the_open_round_the_next_best_can_be_pinned(
    session, programme, coordinator, day, declined
):
    pair, _, round_, _ = declined
    offered = next_best(day, pair)
    rounds.pin(
        session,
        round_.key,
        mentor_key=offered.mentor_key,
        mentee_key=offered.mentee_key,
        programme=programme,
        actor=coordinator,
    )
    [proposal] = solving.solve(session, round_, actor=coordinator)
    assert proposal.mentor.key == offered.mentor_key


def test_once_the_round_is_closed_a_new_one_opens_for_those_who_wait(
    session, programme, coordinator, day, declined
):
    pair, _, round_, _ = declined
    rounds.close_round(session, round_.key, programme=programme, actor=coordinator)
    offered = next_best(day, pair)
    opened = today.open_round_with(
        session,
        "Somebody else",
        mentor_key=offered.mentor_key,
        mentee_key=offered.mentee_key,
        programme=programme,
        actor=coordinator,
    )
    assert opened.waiting_only
    [proposal] = solving.solve(session, opened, actor=coordinator)
    assert proposal.mentor.key == offered.mentor_key


def test_a_round_that_cannot_have_the_pair_is_not_opened(
    session, make, programme, coordinator, declined
):
    pair, _, round_, others = declined
    rounds.close_round(session, round_.key, programme=programme, actor=coordinator)
    pairs.invited(make, others[0], pair.mentee)
    with pytest.raises(rounds.Contradiction):
        today.open_round_with(
            session,
            "Somebody else",
            mentor_key=others[1].key,
            mentee_key=pair.mentee.key,
            programme=programme,
            actor=coordinator,
        )
    open_ones = sa.select(Round.id).where(Round.state != RoundState.CLOSED)
    assert session.scalars(open_ones).all() == []


def test_profiles_and_companies_wait_together_the_longest_first(session, make, programme, day):
    make.mentee(programme, state=ProfileState.SUBMITTED)
    company = make.company(programme, state=CompanyState.REGISTERED, name="Solar Nord")
    company.created_at = now() - timedelta(days=4)
    session.commit()
    approvals = day().approvals
    assert approvals.found == 2
    assert [each.side for each in approvals.first] == [None, Side.MENTEE]
    assert approvals.first[0].name == "Solar Nord"


def test_the_figures_count_only_this_programme(session, make, programme, day, tandem, meet):
    meet(tandem(), 3)
    meet(tandem(), 31)
    elsewhere = make.programme()
    pairs.tandem(make, make.mentor(elsewhere), make.mentee(elsewhere), TandemState.ACTIVE)
    make.mentor(programme, capacity=3)
    make.mentee(programme)
    figures = day().figures
    assert (figures.running, figures.meetings) == (2, 1)
    assert (figures.waiting, figures.places) == (1, 3)


def test_nothing_of_another_programme_is_shown(make, programme, day, tandem, meet):
    elsewhere = make.programme()
    other = pairs.tandem(make, make.mentor(elsewhere), make.mentee(elsewhere), TandemState.ACTIVE)
    make.mentee(elsewhere, state=ProfileState.SUBMITTED)
    other.started_at = start_of(local_today(elsewhere) - timedelta(days=300), elsewhere)
    make.save(other)
    assert day().waiting == 0


def test_only_coordinators_have_a_day(session, make, programme):
    mentor = make.mentor(programme).membership.account
    with pytest.raises(NotAllowed):
        today.get_today(session, programme, actor=mentor)
