"""A year of a programme, day by day: thirty tandems, all their mails, and the yearly report."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Programme
from tandem.services import reports
from tests.life import checking, counting, reading
from tests.life.cast import ALL, cast
from tests.life.village import AWAY, Village
from tests.support.clocks import stopped

pytestmark = pytest.mark.slow
UNTIL = date(2029, 1, 31)
TANDEMS = {"sqlite": len(ALL), "postgresql": 6}


@pytest.fixture
def quick(database):
    """The same database, that need not survive the machine: a year is many commits."""
    if database.dialect.name == "sqlite":
        sa.event.listen(database, "connect", _do_not_wait_for_the_disk)
        database.dispose()
    return database


def _do_not_wait_for_the_disk(connection, _record):
    connection.execute("PRAGMA synchronous=OFF")


def test_a_year_is_lived_through(quick, backend, monkeypatch):
    time_ = stopped(monkeypatch, datetime(2027, 12, 1, tzinfo=UTC))
    village = Village(quick, time_, cast(TANDEMS[backend]))
    for day in village.live(UNTIL):
        if day.weekday() == 6:
            checking.check_what_must_hold(village)
    checking.check_second_tandems(village)
    reading.read_all(village)
    if backend == "sqlite":
        reading.find_every_kind(village)
    assert village.asked_in_vain or all(each.at.date() != AWAY for each in village.delivered)
    with Session(quick) as session:
        programme = session.get_one(Programme, village.programme_id)
        staff = session.get_one(Account, village.staff_id)
        told = reports.fix_year(session, 2028, programme=programme, actor=staff).figures
    assert counting.without_groups(told) == counting.count(village, 2028)
    counting.check_groups(told["groups"], village, 2028)
