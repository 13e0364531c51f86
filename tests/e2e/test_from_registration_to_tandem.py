"""The main job in a real browser: a company, a migrant and a coordinator make a tandem."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.services import demo
from tests.e2e.browsing import Person
from tests.e2e.companies import PASSWORD, follow_mail, register_company, tell_as_mentor

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"sqlite": ("en", 320)}


@pytest.fixture
def programme(site, sites_password):
    """A programme with coordinators and nobody else, so that these two meet."""
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=0, mentees=0, seed=0, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def person(visitor, site, backend):
    language, width = READERS[backend]

    def somebody(who):
        return Person(visitor(width=width, locale=language), language, site.screenshots, who)

    return somebody


def mentor_tells(somebody, programme):
    tell_as_mentor(somebody, programme)
    somebody.go(f"{programme}/home")
    somebody.look("waiting")


def mentee_registers(somebody, programme):
    somebody.go(f"{programme}/")
    somebody.follow("Register as a mentee", exact=False)
    somebody.look("register")
    somebody.fill_in("First name", "مريم")
    somebody.fill_in("Last name", "N'Diaye")
    somebody.fill_in("E-mail address", "maryam@post.example")
    somebody.fill_in("Password", PASSWORD)
    somebody.page.locator("input[name=privacy]").check()
    somebody.press("Register")
    follow_mail(somebody, "maryam@post.example", "/confirm/")
    somebody.press("Confirm my address")


def mentee_tells(somebody, programme):
    somebody.go(f"{programme}/profile/languages")
    somebody.choose("Language 1", "ar")
    somebody.choose("Level in language 1", "C2")
    somebody.choose("Language 2", "de")
    somebody.choose("Level in language 2", "B1")
    somebody.look("languages")
    somebody.press("Save and go on")
    somebody.find_in("The work you want", "Elektroingenieur", "2151")
    somebody.find_in("Where would you like to work?", "Energie", "35")
    somebody.look("work")
    somebody.press("Save and go on")
    somebody.tick("Bachelor or master craftsperson (level 6)")
    somebody.tick("Applied for")
    somebody.look("qualification")
    somebody.press("Save and go on")
    somebody.look("experience")
    somebody.press("Save and go on")
    mentee_tells_the_rest(somebody)


def mentee_tells_the_rest(somebody):
    somebody.fill_in("Where do you live?", "25704")
    somebody.page.locator("input[name=modes][value=in_person]").check()
    somebody.page.locator("[name=reach_km]").fill("30")
    somebody.look("meeting")
    somebody.press("Save and go on")
    somebody.page.locator("input[name=topics][value=network]").check()
    somebody.fill_in("Your goal", "Ich möchte Windräder warten. 🌬")
    somebody.look("needs")
    somebody.press("Save and go on")
    somebody.look("wishes")
    somebody.press("Save and go on")
    somebody.look("check")
    somebody.press("Send to the coordination")
    somebody.look("sent")


def sign_in(somebody, email, password):
    somebody.go("/sign-in")
    somebody.fill_in("E-mail address", email)
    somebody.fill_in("Password", password)
    somebody.look("sign-in")
    somebody.page.locator("main button[type=submit]").click()
    somebody.page.wait_for_load_state()


def coordinator_approves(somebody, programme):
    somebody.go(f"{programme}/companies/")
    somebody.look("companies")
    somebody.page.locator("main a", has_text="O'Brien").first.click()
    somebody.look("company")
    somebody.tick("It takes part")
    somebody.press("Save the decision")
    for name in ("Brien", "Diaye"):
        somebody.go(f"{programme}/people/")
        somebody.look("people")
        somebody.page.locator("main a", has_text=name).first.click()
        somebody.look("person")
        somebody.tick("Approve")
        somebody.press("Record the decision")


def coordinator_decides(somebody, programme):
    somebody.go(f"{programme}/rounds/")
    somebody.look("rounds")
    somebody.page.locator("main input[name=name]").fill("Herbst 2026")
    somebody.press("Open the round")
    somebody.look("prepare")
    somebody.page.locator("form[action$='/solve'] button").click()
    pair = somebody.page.locator("main a[href*='/proposals/']").first
    expect(pair).to_be_visible()
    somebody.look("review")
    pair.click()
    somebody.look("proposal")
    somebody.tick("Confirm, ask both")
    somebody.fill_in("Or in your own words", "Passt: Windkraft, und beide sprechen Deutsch.")
    somebody.press("Record the decision")
    somebody.look("decided")


def says_yes(somebody, programme, other):
    somebody.go(f"{programme}/home")
    somebody.look("asked")
    somebody.page.locator("main a[href*='/tandems/']").first.click()
    somebody.look("invitation")
    assert "Brien" not in somebody.page.locator("main").inner_text() or other != "Brien"
    somebody.page.locator("form[action$='/answer'] button").first.click()
    somebody.page.wait_for_load_state()
    somebody.look("answered")


def test_three_people_make_a_tandem(person, programme, sites_password):
    mentor, mentee, coordinator = person("mentor"), person("mentee"), person("coordinator")
    register_company(mentor, programme, name="Werft & Wind O'Brien", email="o.brien@werft.example")
    mentor_tells(mentor, programme)
    mentee_registers(mentee, programme)
    mentee_tells(mentee, programme)
    sign_in(coordinator, STAFF, sites_password)
    coordinator_approves(coordinator, programme)
    coordinator_decides(coordinator, programme)
    says_yes(mentee, programme, other="Brien")
    says_yes(mentor, programme, other="Diaye")
    for somebody, address in ((mentor, "maryam@post.example"), (mentee, "o.brien@werft.example")):
        somebody.go(f"{programme}/home")
        somebody.page.locator("main a[href*='/tandems/']").first.click()
        expect(somebody.page.locator("main")).to_contain_text(address)
        somebody.look("tandem")
    coordinator.go(f"{programme}/tandems/")
    coordinator.look("tandems")
