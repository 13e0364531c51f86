"""How often tandems met, as lists, reports and the coordinator's day count it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tandem.models import Meeting, MeetingState, TandemState, Way
from tandem.services import meetings
from tests.support import pairs
from tests.support.meeting import NOW

HELD, MISSED = MeetingState.HELD, MeetingState.MISSED
DAY = timedelta(days=1)


@pytest.fixture
def programme(make):
    return make.programme()


@pytest.fixture
def pair(make, programme):
    def made(state=TandemState.ACTIVE):
        return pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)

    return made


@pytest.fixture
def met(make):
    """Save a meeting that was written down."""

    def saved(tandem, starts_at, state=HELD, **values):
        defaults = {"minutes": 60, "way": Way.IN_PERSON, "logged_at": NOW}
        return make.save(
            Meeting(
                programme_id=tandem.programme_id,
                tandem_id=tandem.id,
                state=state,
                starts_at=starts_at,
                **(defaults | values),
            )
        )

    return saved


def test_the_last_day_is_the_programmes_own(session, pair, met):
    tandem, silent = pair(), pair()
    met(tandem, datetime(2026, 11, 3, 16, tzinfo=UTC))
    met(tandem, datetime(2026, 11, 18, 23, 30, tzinfo=UTC))
    met(tandem, datetime(2026, 11, 20, 16, tzinfo=UTC), MISSED)
    assert meetings.last_held(session, [tandem.id, silent.id]) == {tandem.id: date(2026, 11, 19)}


def test_the_last_few_days_come_latest_first(session, pair, met):
    one, other = pair(), pair()
    for day in (1, 9, 5, 7, 3, 11):
        met(one, datetime(2026, 11, day, 16, tzinfo=UTC))
    met(other, datetime(2026, 11, 2, 16, tzinfo=UTC))
    found = meetings.recently_held(session, [one.id, other.id])
    assert [day.day for day in found[one.id]] == [11, 9, 7, 5, 3]
    assert found[other.id] == [date(2026, 11, 2)]


def test_a_period_holds_its_first_and_its_last_day_where_the_programme_is(
    session, programme, pair, met
):
    one, other = pair(), pair()
    met(one, datetime(2026, 10, 31, 22, 59, tzinfo=UTC))  # 23:59 on the day before
    met(one, datetime(2026, 10, 31, 23, 0, tzinfo=UTC), minutes=45, way=Way.VIDEO)
    met(one, datetime(2026, 11, 30, 22, 59, tzinfo=UTC), minutes=90)
    met(other, datetime(2026, 11, 30, 23, 0, tzinfo=UTC))  # midnight on the day after
    met(other, datetime(2026, 11, 15, 12, tzinfo=UTC), MISSED)
    counted = meetings.counts(session, programme, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert (counted.held, counted.missed, counted.minutes, counted.tandems) == (2, 1, 135, 1)
    assert counted.ways == {Way.IN_PERSON: 1, Way.VIDEO: 1, Way.PHONE: 0}


def test_a_period_without_meetings_counts_none(session, programme, pair):
    pair()
    counted = meetings.counts(session, programme, first=date(2026, 1, 1), last=date(2026, 12, 31))
    assert (counted.held, counted.missed, counted.minutes, counted.tandems) == (0, 0, 0, 0)


def test_missed_are_those_after_which_nobody_met(session, make, programme, pair, met):
    met_again, twice, long_ago, over = pair(), pair(), pair(), pair(TandemState.COMPLETED)
    met(met_again, NOW - 3 * DAY, MISSED)
    met(met_again, NOW - 2 * DAY)
    met(twice, NOW - 9 * DAY, MISSED)
    latest = met(twice, NOW - DAY, MISSED)
    met(long_ago, NOW - 40 * DAY, MISSED)
    met(over, NOW - 2 * DAY, MISSED)
    elsewhere = make.programme()
    there = pairs.tandem(make, make.mentor(elsewhere), make.mentee(elsewhere), TandemState.ACTIVE)
    met(there, NOW - DAY, MISSED)
    assert list(meetings.missed(session, programme)) == [latest]
