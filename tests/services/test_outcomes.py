"""What became of a mentee: asked at 0, 3, 6 and 12 months, by a link or by telephone."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.errors import NotAllowed, NotFound, Stale
from tandem.models import Mail, Outcome, OutcomeKind, Source, Token, TokenPurpose
from tandem.services import closings, outcomes, tokens
from tests.support import called, clocks, endings, pairs

SECRET = "a secret key"
START = datetime(2027, 8, 1, 12, tzinfo=UTC)
END = datetime(2027, 11, 30, 12, tzinfo=UTC)
DUE = [date(2027, 11, 30), date(2028, 2, 29), date(2028, 5, 30), date(2028, 11, 30)]
WORK = outcomes.OutcomeDraft(kind=OutcomeKind.WORK, in_field=True, at_level=False)
SEARCHING = outcomes.OutcomeDraft(kind=OutcomeKind.SEARCHING)


@pytest.fixture
def time(monkeypatch):
    return clocks.stopped(monkeypatch, START)


@pytest.fixture
def programme(time, make):
    return make.programme()


@pytest.fixture
def tandem(make, programme, coordinator):
    return endings.running(make, make.mentor(programme), make.mentee(programme))


@pytest.fixture
def closed(session, programme, coordinator, tandem, time):
    """A tandem that was completed on the last of November."""
    time.moment = END
    closings.close(
        session, tandem.key, closings.ClosingDraft(), programme=programme, actor=coordinator
    )
    endings.attend(session)
    return tandem


@pytest.fixture
def later(session, time):
    """Let time pass up to the morning of a day, with a worker at work."""

    def run(day):
        while time.moment < datetime(day.year, day.month, day.day, 10, tzinfo=UTC):
            time.moment += timedelta(days=1)
            endings.attend(session)

    return run


@pytest.fixture
def answer(session, programme):
    def run(link, draft=WORK, *, within=programme):
        return outcomes.answer_by_link(session, link, draft, programme=within, secret_key=SECRET)

    return run


def mails(session, kind):
    return session.scalars(sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)).all()


def link_of(mail):
    return f"{mail.token.key}.{tokens.secret_of(mail.token, secret_key=SECRET)}"


def asked(session, tandem):
    return outcomes.outcomes_of(session, tandem)


def test_it_is_asked_at_the_end_and_after_three_six_and_twelve_months(session, closed, later):
    """E13: by the calendar, the last of February in a leap year included."""
    assert [each.due_on for each in asked(session, closed)] == DUE[:1]
    later(DUE[3] + timedelta(days=30))
    found = asked(session, closed)
    assert [(each.months, each.due_on) for each in found] == list(
        zip((0, 3, 6, 12), DUE, strict=True)
    )
    days = [each.asked_at.date() for each in found]
    assert days == [DUE[0] + timedelta(days=3), *DUE[1:]]
    assert len(mails(session, "outcome")) == len(mails(session, "outcome_reminder")) == 4
    assert closed.due_at is None


def test_an_early_end_is_followed_up_too(session, make, tandem, time):
    time.moment = END
    endings.ended_early(make, tandem)
    endings.attend(session)
    assert [each.months for each in asked(session, tandem)] == [0]


def test_a_running_tandem_is_not_asked_about(session, tandem, time):
    time.moment = END
    endings.attend(session)
    assert asked(session, tandem) == []


def test_attending_twice_asks_once(session, closed, time):
    for _ in range(3):
        time.moment = END + timedelta(days=4)
        closed.due_at = clock.now()
        session.commit()
        endings.attend(session)
    assert len(mails(session, "outcome")) == 1
    assert len(asked(session, closed)) == 1


def test_after_a_long_standstill_only_the_newest_question_is_asked(session, closed, time):
    time.moment = END + timedelta(days=200)
    closed.due_at = clock.now()
    session.commit()
    endings.attend(session)
    assert [(each.months, each.asked_at is not None) for each in asked(session, closed)] == [
        (0, False),
        (3, False),
        (6, True),
    ]
    assert len(mails(session, "outcome")) == 1


def test_whoever_has_answered_is_not_reminded(session, closed, later, answer):
    later(DUE[0] + timedelta(days=4))
    answer(link_of(mails(session, "outcome")[0]))
    later(DUE[0] + timedelta(days=30))
    assert mails(session, "outcome_reminder") == []


def test_whoever_wants_quiet_is_asked_and_not_reminded(session, make, closed, later):
    closed.mentee.membership.quiet_at = clock.now()
    make.save(closed.mentee.membership)
    later(DUE[0] + timedelta(days=30))
    assert len(mails(session, "outcome")) == 1
    assert mails(session, "outcome_reminder") == []


def test_looking_at_a_question_changes_nothing(session, programme, closed, later):
    later(DUE[0] + timedelta(days=4))
    link = link_of(mails(session, "outcome")[0])
    for _ in range(2):
        found = outcomes.find_question(session, link, programme=programme, secret_key=SECRET)
        assert (found.months, found.answered_at) == (0, None)
    assert mails(session, "outcome")[0].token.used_at is None


def test_a_link_answers_once_and_the_reminders_link_then_has_nothing_to_ask(
    session, closed, later, answer
):
    later(DUE[0] + timedelta(days=20))
    first, second = mails(session, "outcome")[0], mails(session, "outcome_reminder")[0]
    told = answer(link_of(first))
    assert (told.kind, told.in_field, told.at_level) == (OutcomeKind.WORK, True, False)
    assert (told.source, told.entered_by_id) == (Source.MENTEE, None)
    with pytest.raises(tokens.LinkRefused):
        answer(link_of(first), SEARCHING)
    with pytest.raises(outcomes.NothingAsked):
        answer(link_of(second), SEARCHING)
    assert session.get_one(Token, second.token_id).used_at is None
    assert session.get_one(Outcome, told.id).kind is OutcomeKind.WORK


def test_an_old_link_answers_the_newest_question(session, closed, later, answer, time):
    later(DUE[1] + timedelta(days=2))
    old = mails(session, "outcome")[0]
    old.token.expires_at = clock.now() + timedelta(days=1)
    session.commit()
    assert answer(link_of(old)).months == 3


def test_a_link_grows_old_and_is_good_for_its_purpose_and_programme_only(
    session, make, closed, later, answer, time
):
    later(DUE[0] + timedelta(days=4))
    mail = mails(session, "outcome")[0]
    link = link_of(mail)
    for wrong in (link + "x", link.partition(".")[0], "", "a.b", "\x00.x"):
        with pytest.raises(tokens.LinkRefused):
            answer(wrong)
    with pytest.raises(tokens.LinkRefused):
        answer(link, within=make.programme())
    with pytest.raises(tokens.LinkRefused):
        tokens.find(session, link, TokenPurpose.SIGN_IN, secret_key=SECRET, now=clock.now())
    time.moment += timedelta(days=61)
    with pytest.raises(tokens.LinkRefused):
        answer(link)


def test_whose_account_is_closed_answers_nothing(session, make, closed, later, answer):
    later(DUE[0] + timedelta(days=4))
    account = closed.mentee.membership.account
    account.disabled_at = clock.now()
    make.save(account)
    with pytest.raises(tokens.LinkRefused):
        answer(link_of(mails(session, "outcome")[0]))


def test_field_and_level_are_kept_of_work_only(session, closed, later, answer):
    later(DUE[0] + timedelta(days=4))
    odd = outcomes.OutcomeDraft(kind=OutcomeKind.STUDY, in_field=True, at_level=True)
    told = answer(link_of(mails(session, "outcome")[0]), odd)
    assert (told.kind, told.in_field, told.at_level) == (OutcomeKind.STUDY, None, None)


@pytest.fixture
def tell(session, programme, closed):
    def run(draft, *, actor, seen):
        [outcome] = outcomes.outcomes_of(session, closed)
        return outcomes.answer_outcome(
            session, outcome.key, draft, programme=programme, actor=actor, seen_version=seen
        )

    return run


def test_a_coordinator_writes_down_and_puts_right(coordinator, tell):
    first = tell(WORK, actor=coordinator, seen=1)
    assert (first.source, first.entered_by_id) == (Source.COORDINATOR, coordinator.id)
    seen = first.version
    assert tell(SEARCHING, actor=coordinator, seen=seen).kind is OutcomeKind.SEARCHING
    with pytest.raises(Stale):
        tell(WORK, actor=coordinator, seen=seen)
    assert tell(SEARCHING, actor=coordinator, seen=seen).version == seen + 1


def test_the_mentee_answers_on_the_page_and_nobody_else(make, programme, closed, tell):
    mentor, mentee = pairs.accounts_of(closed)
    for outsider in (mentor, make.mentee(programme).membership.account):
        with pytest.raises(NotFound):
            tell(WORK, actor=outsider, seen=1)
    assert tell(WORK, actor=mentee, seen=1).source is Source.MENTEE


def test_open_questions_wait_for_coordinators(
    session, make, programme, coordinator, closed, later, tell
):
    [found] = outcomes.list_open_outcomes(session, programme, actor=coordinator)
    assert found.tandem.mentee is closed.mentee
    mentor, _mentee = pairs.accounts_of(closed)
    with pytest.raises(NotAllowed):
        outcomes.list_open_outcomes(session, programme, actor=mentor)
    other = make.programme()
    assert outcomes.list_open_outcomes(session, other, actor=make.coordinator(other)) == []
    tell(WORK, actor=coordinator, seen=found.version)
    assert outcomes.list_open_outcomes(session, programme, actor=coordinator) == []


def test_whoever_has_no_address_is_asked_by_the_coordination_alone(
    session, make, programme, coordinator, tandem, time, later
):
    called.without_address(make, tandem.mentee)
    time.moment = END
    endings.ended_early(make, tandem)
    later(DUE[0] + timedelta(days=20))
    assert mails(session, "outcome") == mails(session, "outcome_reminder") == []
    [found] = outcomes.list_open_outcomes(session, programme, actor=coordinator)
    assert found.asked_at is None


def test_once_in_another_tandem_the_earlier_one_is_not_asked_about(
    session, make, programme, closed, later, time
):
    time.moment = END + timedelta(days=40)
    endings.running(make, make.mentor(programme), closed.mentee)
    later(DUE[1] + timedelta(days=5))
    assert [each.months for each in asked(session, closed)] == [0]
