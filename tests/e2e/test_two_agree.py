"""Mentor and mentee write their agreement, on a phone and on a desk, both at the same moment."""

from itertools import count

import pytest
from sqlalchemy.orm import Session

from tandem.models import TandemState
from tandem.services import accounts, demo
from tests.e2e.browsing import Person
from tests.support import pairs
from tests.support.make import Make

pytestmark = pytest.mark.e2e
_SEEDS = count(900)
READERS = {"sqlite": ("de", "en")}


@pytest.fixture
def scene(site, sites_password):
    """Two people who have just become a tandem."""
    with Session(site.engine) as session:
        seed = next(_SEEDS)
        programme = demo.make_sized(session, mentors=0, mentees=0, seed=seed, password="")
        make = Make(session, count(seed * 100))
        known = {"password_hash": accounts.hash_password(sites_password)}
        maren = make.account(first_name="Maren", email=f"maren-{seed}@post.example", **known)
        amal = make.account(first_name="أمل", email=f"amal-{seed}@post.example", **known)
        mentor = make.mentor(programme, account=maren)
        mentee = make.mentee(programme, account=amal)
        tandem = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
        return f"/{programme.slug}", tandem.key, maren.email, amal.email


@pytest.fixture
def enter(visitor, site, sites_password):
    """Let somebody sign in."""

    def somebody(who, email, language, **window):
        person = Person(visitor(locale=language, **window), language, site.screenshots, who)
        person.fill_in("E-mail address", email)
        person.fill_in("Password", sites_password)
        person.press("Sign in")
        return person

    return somebody


def send(person):
    """Press the one button of the form, whatever name stands on it."""
    person.page.locator("section[aria-labelledby=own] button[type=submit]").click()
    person.page.wait_for_load_state()


def writes(person, goals, *, every_weeks):
    person.fill_in("Goals in your own words", goals)
    person.choose("How often do you meet?", every_weeks)
    send(person)


def test_both_write_at_once_and_agree(scene, enter, backend):
    programme, key, maren, amal = scene
    first, second = READERS[backend]
    mentor = enter("agreeing-mentor", maren, first, width=320, scripts=False)
    mentee = enter("agreeing-mentee", amal, second)
    for person in (mentor, mentee):
        person.go(f"{programme}/tandems/{key}")
        person.follow("Write down the agreement")
    mentee.look("write")
    writes(mentor, "Visit three hospitals", every_weeks="2")
    mentor.reads("Thank you. It counts as soon as both have agreed.")
    writes(mentee, "Exam B2 in March\nA day in a workshop", every_weeks="3")
    mentee.reads("Meanwhile there is another wording")
    mentee.look("both-versions")
    send(mentee)
    mentee.reads("Thank you. It counts as soon as both have agreed.")
    mentor.go(f"{programme}/tandems/{key}")
    mentor.follow("Read the agreement")
    mentor.press("I agree")
    mentor.reads("You have both agreed. It is your agreement now.")
    then_change_it(mentee, programme, key)


def then_change_it(person, programme, key):
    person.go(f"{programme}/agreements/{key}")
    person.look("in-force")
    person.go(f"{programme}/tandems/{key}")
    person.press("Reached", exact=False)
    person.look("goals")
    person.follow("Change goals and agreement")
    writes(person, "Exam B2 in April", every_weeks="1")
    person.reads("It counts as soon as %(name)s agrees.", name="Maren")
    person.look("next-wording")
