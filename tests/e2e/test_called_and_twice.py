"""A coordinator calls somebody without an address, and finds somebody who stands there twice."""

from itertools import count

import pytest
from sqlalchemy.orm import Session

from tandem.models import Account
from tandem.services import demo
from tests.e2e.browsing import Person
from tests.support import called, pairs
from tests.support.make import Make

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
_SEEDS = count(700)
READERS = {"postgresql": "de"}


@pytest.fixture
def scene(site, sites_password):
    """A tandem whose mentee is called, and two mentees whose names are alike."""
    with Session(site.engine) as session:
        programme = demo.make_sized(
            session, mentors=2, mentees=2, seed=next(_SEEDS), password=sites_password
        )
        make = Make(session, count(next(_SEEDS) * 100))
        mail = programme.slug
        nour, again = (
            make.account(first_name="Nour", last_name=last, email=f"{mail}-{at}@x.example")
            for at, last in enumerate(("Al-Musa", "Al Musa"))
        )
        for account in (nour, again):
            make.mentee(programme, account=account)
        rima = make.account(first_name="Rima", last_name="Ohne", email=f"{mail}@rima.example")
        mentee = called.without_address(make, make.mentee(programme, account=rima))
        dirk = make.account(first_name="Dirk", last_name="Da", email=f"{mail}@dirk.example")
        mentor = make.mentor(programme, account=dirk)
        coordinator = demo_coordinator(session)
        tandem = pairs.invited(make, mentor, mentee, by=coordinator)
        session.commit()
        return f"/{programme.slug}", mentee.key, tandem.key


def demo_coordinator(session):
    return session.query(Account).filter(Account.email == STAFF).one()


@pytest.fixture
def coordinator(visitor, site, backend, sites_password):
    language = READERS[backend]
    somebody = Person(visitor(locale=language), language, site.screenshots, "called")
    somebody.fill_in("E-mail address", STAFF)
    somebody.fill_in("Password", sites_password)
    somebody.page.locator("main button[type=submit]").click()
    somebody.page.wait_for_load_state()
    return somebody


def test_a_coordinator_calls_and_writes_down_the_answer(scene, coordinator):
    programme, mentee, tandem = scene
    coordinator.go(f"{programme}/people/{mentee}")
    coordinator.look("person")
    coordinator.follow("How they are reached")
    coordinator.look("reach")
    coordinator.go(f"{programme}/tandems/{tandem}")
    coordinator.look("record")
    coordinator.page.locator("#mentee-answer-0").check()
    coordinator.press("Write it down")
    coordinator.look("written-down")


def test_a_coordinator_tells_two_people_apart_and_makes_two_entries_one(scene, coordinator):
    programme, *_ = scene
    coordinator.go(f"{programme}/people/duplicates")
    coordinator.look("twice")
    coordinator.page.locator("main .t-task a").first.click()
    coordinator.look("compare")
    coordinator.press("They are two people")
    coordinator.look("told-apart")
    coordinator.press("Undo", exact=False)
    coordinator.page.locator("main .t-task a").first.click()
    coordinator.page.locator("input[name=kept]").first.check()
    coordinator.press("Merge the entries")
    coordinator.reads("The two entries are one now. Notes have been moved here.")
