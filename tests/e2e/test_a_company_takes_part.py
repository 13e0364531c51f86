"""A company with two mentors: it registers, is vetted, invites, describes itself, hands over."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.services import demo
from tests.e2e.browsing import Person
from tests.e2e.companies import PASSWORD, follow_mail, register_company, tell_as_mentor

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"postgresql": ("de", 320)}
OWNER, COLLEAGUE = "owner@tischlerei.example", "colleague@tischlerei.example"


@pytest.fixture
def programme(site, sites_password):
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=0, mentees=0, seed=11, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def person(visitor, site, backend):
    language, width = READERS[backend]

    def somebody(who):
        return Person(visitor(width=width, locale=language), language, site.screenshots, who)

    return somebody


def vet(somebody, programme, password):
    somebody.go("/sign-in")
    somebody.fill_in("E-mail address", STAFF)
    somebody.fill_in("Password", password)
    somebody.page.locator("main button[type=submit]").click()
    somebody.page.wait_for_load_state()
    somebody.go(f"{programme}/companies/")
    somebody.page.locator("main a", has_text="Tischlerei").first.click()
    somebody.look("vetting")
    somebody.tick("It takes part")
    somebody.press("Save the decision")


def describe(somebody, programme):
    somebody.go(f"{programme}/company/edit")
    somebody.page.locator("input[name=internships]").check()
    somebody.fill_in("Open positions", "Tischlerin, gern mit Erfahrung im Innenausbau.")
    somebody.choose("First language", "da")
    somebody.look("company-edit")
    somebody.press("Save")
    expect(somebody.page.locator("main")).to_contain_text("Innenausbau")


def invite(somebody, programme):
    somebody.go(f"{programme}/company/invite")
    somebody.fill_in("First name", "Antje")
    somebody.fill_in("Last name", "Boysen")
    somebody.fill_in("E-mail address", COLLEAGUE)
    somebody.look("company-invite")
    somebody.press("Send the invitation")
    expect(somebody.page.locator("main")).to_contain_text("Antje Boysen")
    somebody.look("company-invited")


def accept(somebody, programme):
    follow_mail(somebody, COLLEAGUE, "/welcome/")
    somebody.look("welcome")
    somebody.fill_in("Password", PASSWORD)
    somebody.page.locator("input[name=privacy]").check()
    somebody.page.locator("main button[type=submit]").first.click()
    somebody.page.wait_for_load_state()
    tell_as_mentor(somebody, programme)


def test_a_company_with_two_mentors(person, programme, sites_password):
    owner, colleague, coordinator = person("owner"), person("colleague"), person("vetter")
    register_company(owner, programme, name="Tischlerei Ó Brien", email=OWNER)
    owner.go(f"{programme}/company/")
    owner.look("company-waits")
    vet(coordinator, programme, sites_password)
    describe(owner, programme)
    invite(owner, programme)
    accept(colleague, programme)
    colleague.go(f"{programme}/company/")
    colleague.look("company-of-a-colleague")
    owner.go(f"{programme}/company/leave")
    owner.look("company-leave")
    owner.go(f"{programme}/company/release")
    owner.look("company-release")
    owner.go(f"{programme}/company/hand-over")
    owner.page.get_by_role("radio").first.check()
    owner.look("company-hand-over")
    owner.press("Hand over")
    owner.look("company-handed-over")
    colleague.go(f"{programme}/company/part")
    expect(colleague.page.locator("main form")).to_have_count(0)
    owner.go(f"{programme}/company/part")
    owner.look("company-part")
    owner.press("I work elsewhere now")
    owner.look("company-of-one")
