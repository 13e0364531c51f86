"""Mentees are asked whom they would like; a colleague notices, and the round solves again."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.models import Shortlist
from tandem.services import demo
from tests.e2e.browsing import Person

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"sqlite": "en"}


@pytest.fixture
def programme(site, sites_password):
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=16, mentees=20, seed=3, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def enter(visitor, site, backend, sites_password):
    language = READERS[backend]

    def entered(email, *, width=1280):
        somebody = Person(
            visitor(locale=language, width=width), language, site.screenshots, "asking"
        )
        somebody.fill_in("E-mail address", email)
        somebody.fill_in("Password", sites_password)
        somebody.page.locator("main form button[type=submit]").first.click()
        somebody.page.wait_for_load_state()
        return somebody

    return entered


def solves_a_round(coordinator, programme):
    """Open a round and have it solved; return its address."""
    page = coordinator.page
    coordinator.go(f"{programme}/rounds/")
    page.locator("input[name=name]").fill("Herbst 2026")
    page.keyboard.press("Enter")
    page.locator("form[action$='/solve'] button").first.click()
    expect(page.locator("table[data-rows]")).to_be_visible()
    return page.url


def asks_first(coordinator):
    coordinator.follow("Ask mentees first")
    coordinator.look("ask")
    coordinator.press("Send the short lists")
    coordinator.reads("Who has answered")
    coordinator.look("asked")


def notices(colleague):
    """Nothing is loaded anew: the page only says so."""
    said = colleague.say("This round has changed since you opened the page")
    expect(colleague.page.locator("[data-standing]")).to_contain_text(said)
    expect(colleague.page.locator("[data-standing] > div")).to_be_visible()
    colleague.look("changed")


def list_of_somebody(site):
    """Return the address of somebody's short list, and who that is."""
    with Session(site.engine) as session:
        shortlist = session.query(Shortlist).order_by(Shortlist.id).first()
        return f"/shortlists/{shortlist.key}", shortlist.mentee.membership.account.email


def ranks(mentee, address):
    page = mentee.page
    mentee.go(address)
    mentee.look("short-list")
    page.locator("[name=rank_2]").select_option("1")
    page.locator("[name=rank_1]").select_option("1")
    mentee.press("Save my order")
    mentee.reads("Somebody else has this place already.")
    mentee.look("short-list-refused")
    page.locator("[name=rank_1]").select_option("2")
    mentee.press("Save my order")
    mentee.reads("Thank you, your answer is saved")
    mentee.look("short-list-saved")


def goes_on(coordinator, round_):
    page = coordinator.page
    coordinator.go(f"{round_}/ask")
    expect(page.locator("main")).to_contain_text(coordinator.say("Answered"))
    coordinator.press("Stop asking and solve again")
    page.wait_for_url(re.compile("/difference$"))
    coordinator.look("wishes-difference")


def test_a_mentee_says_whom_and_the_round_solves_again(enter, programme, site):
    coordinator, colleague = enter(STAFF), enter(STAFF)
    round_ = solves_a_round(coordinator, programme)
    with colleague.page.expect_response(re.compile("/mark$")):
        colleague.go(round_)
    asks_first(coordinator)
    notices(colleague)
    address, email = list_of_somebody(site)
    ranks(enter(email, width=320), programme + address)
    goes_on(coordinator, round_)
