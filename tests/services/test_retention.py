"""What is kept no longer than needed: registrations that nobody ever confirmed (TRUST H1)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.config import Settings
from tandem.models import AuditEvent, CompanyState, Token, TokenPurpose
from tandem.services import erasing
from tandem.worker import Worker
from tests.support.make import Make

LONG_AGO = erasing.CONFIRM_WITHIN + timedelta(hours=1)


@pytest.fixture
def registered(make, programme):
    """Register a mentee who has not confirmed the address, some time ago."""

    def enter(ago=LONG_AGO, **values):
        account = make.account(confirmed_at=None, created_at=now() - ago, **values)
        return make.mentee(programme, account=account, state=None)

    return enter


def keep_house(session):
    while erasing.keep_house(session):
        pass
    session.expire_all()


def done(session, programme):
    query = sa.select(AuditEvent).where(
        AuditEvent.action == "keep_house", AuditEvent.programme_id == programme.id
    )
    return [event.details for event in session.scalars(query.order_by(AuditEvent.id))]


def counted(session, programme):
    return [details["never_confirmed"] for details in done(session, programme)]


def test_what_was_never_confirmed_goes_after_thirty_days(session, programme, registered):
    old, young = registered(first_name="Long"), registered(timedelta(days=29))
    keep_house(session)
    assert old.erased_at is not None
    assert old.first_name != "Long"
    assert young.erased_at is None
    assert counted(session, programme) == [1]


def test_whoever_confirmed_stays(session, make, programme):
    account = make.account(created_at=now() - LONG_AGO * 10)
    mentee = make.mentee(programme, account=account, state=None)
    keep_house(session)
    assert mentee.erased_at is None
    assert counted(session, programme) == [0]


def test_whom_a_coordinator_entered_stays(session, make, programme, registered):
    mentee = registered()
    mentee.entered_by_id = make.coordinator(programme).id
    make.save(mentee)
    keep_house(session)
    assert mentee.erased_at is None


def test_whoever_has_a_link_that_still_works_may_follow_it(session, make, programme, registered):
    mentee = registered()
    link = Token(
        account_id=mentee.membership.account_id, programme_id=programme.id,
        purpose=TokenPurpose.CONFIRM_EMAIL, expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    make.save(link)
    keep_house(session)
    assert mentee.erased_at is None


def test_a_company_registered_with_a_wrong_address_goes_too(session, make, programme):
    company = make.company(programme, name="Nobody's", state=CompanyState.REGISTERED)
    account = make.account(confirmed_at=None, created_at=now() - LONG_AGO)
    make.mentor(programme, company=company, account=account, state=None)
    keep_house(session)
    assert company.name != "Nobody's"


def test_once_a_day_is_enough(session, programme, registered, monkeypatch):
    keep_house(session)
    registered()
    keep_house(session)
    assert counted(session, programme) == [0]
    tomorrow = now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr("tandem.services.erasing.retention.now", lambda: tomorrow)
    assert erasing.keep_house(session) is True
    assert counted(session, programme) == [0, 1]


def test_the_worker_does_it_and_then_leaves_it_alone(database):
    with sa.orm.Session(database) as session:
        make = Make(session)
        programmes = [make.programme() for _ in range(2)]
        address = database.url.render_as_string(hide_password=False)
        worker = Worker(Settings(secret_key="x" * 40, database_url=address), database)
        assert [worker.keep_house() for _ in range(4)] == [True, True, False, False]
        assert [len(done(session, each)) for each in programmes] == [1, 1]
