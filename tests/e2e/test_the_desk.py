"""A coordinator's desk: enter somebody, fill in together, note the talk, keep apart, approve."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.services import demo
from tests.e2e.browsing import Person

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"postgresql": "de"}


@pytest.fixture
def programme(site, sites_password):
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=12, mentees=4, seed=9, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def coordinator(visitor, site, backend, sites_password):
    language = READERS[backend]
    somebody = Person(visitor(locale=language), language, site.screenshots, "desk")
    somebody.fill_in("E-mail address", STAFF)
    somebody.fill_in("Password", sites_password)
    somebody.page.locator("main button[type=submit]").click()
    somebody.page.wait_for_load_state()
    return somebody


def enters(somebody, programme):
    somebody.go(f"{programme}/people/")
    somebody.look("people")
    somebody.follow("Enter somebody")
    somebody.look("enter")
    somebody.press("Enter")
    somebody.look("enter-refused")
    somebody.fill_in("First name", "Nour")
    somebody.fill_in("Last name", "Özgür-Al-Musa")
    somebody.page.locator("input[name=language]").first.check()
    somebody.page.locator("input[name=told]").check()
    somebody.press("Enter")
    somebody.look("begun")


def fills_in(somebody):
    somebody.page.locator("main a[href*='/languages']").click()
    somebody.look("step")
    somebody.choose("Language 1", "ar")
    somebody.choose("Level in language 1", "C2")
    somebody.press("Save and go on")
    somebody.find_in("The work you want", "krankenschw", "2221")
    somebody.press("Save and go on")
    somebody.page.locator("input[name=level][value='6']").check()
    somebody.page.locator("input[name=recognition][value=none]").check()
    somebody.press("Save and go on")
    somebody.press("Save and go on")
    somebody.fill_in("Where do you live?", "25746")
    somebody.page.locator("input[name=modes][value=in_person]").check()
    somebody.page.locator("input[name=travel][value=bus]").check()
    somebody.press("Save and go on")
    somebody.page.locator("input[name=topics][value=recognition]").check()
    somebody.fill_in("Your goal", "Ich bin Krankenschwester.")
    somebody.press("Save and go on")
    somebody.fill_in("Is there anybody you do not want to meet?", "Meine alte Firma.")
    somebody.press("Save and go on")
    somebody.look("complete")
    somebody.press("It is complete")


def notes_the_talk(somebody):
    somebody.fill_in("Day of the talk", "2026-01-15")
    somebody.fill_in("What is worth knowing", "Kennt sich mit Dialyse aus.")
    somebody.press("Save the note")
    somebody.look("person")


def keeps_apart(somebody):
    somebody.follow("Keep apart from somebody")
    somebody.page.locator("main input[name=name]").fill("a")
    somebody.page.locator("form[role=search] button").click()
    somebody.look("apart")
    somebody.page.locator("input[name=other]").first.check()
    somebody.press("Keep apart")
    somebody.reads("Noted. No round will bring them together.")


def approves(somebody):
    somebody.tick("Approve")
    somebody.press("Record the decision")
    somebody.follow("What changed, and who looked")
    somebody.look("history")


def finds_again(somebody, programme):
    somebody.go(f"{programme}/people/")
    somebody.fill_in("Name", "ozgur")
    somebody.page.locator("select[name=among]").select_option("no_mail")
    somebody.press("Search")
    expect(somebody.page.locator("table tbody tr")).to_have_count(1)
    with somebody.page.expect_download() as taken:
        somebody.page.locator("a[download]").first.click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    somebody.look("found")


def test_a_coordinator_enters_somebody_and_approves_the_profile(coordinator, programme):
    enters(coordinator, programme)
    fills_in(coordinator)
    notes_the_talk(coordinator)
    keeps_apart(coordinator)
    approves(coordinator)
    finds_again(coordinator, programme)
