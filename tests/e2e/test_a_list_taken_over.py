"""From the coordinator's list to people in the programme, without a word of help."""

import io

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.services import demo
from tandem.services.tables import write_xlsx
from tests.e2e.browsing import Person
from tests.support import lists

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"sqlite": "de"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def programme(site, sites_password):
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=3, mentees=3, seed=6, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def coordinator(visitor, site, backend, sites_password):
    language = READERS[backend]
    somebody = Person(visitor(locale=language), language, site.screenshots, "list")
    somebody.fill_in("E-mail address", STAFF)
    somebody.fill_in("Password", sites_password)
    somebody.press("Sign in")
    return somebody


def send(somebody, programme, rows, kind):
    """Bring a workbook along, and wait until it was read."""
    file = io.BytesIO()
    write_xlsx(file, {"Liste": rows})
    somebody.go(f"{programme}/imports/")
    somebody.look("choose")
    somebody.tick(kind)
    payload = {"name": "Liste 2026.xlsx", "mimeType": XLSX, "buffer": file.getvalue()}
    somebody.page.get_by_label(somebody.say("File")).set_input_files(payload)
    somebody.press("Read the list")
    expect(somebody.page.locator("h1")).to_have_text(somebody.say("What we understood"))


def test_a_list_becomes_people(coordinator, programme):
    send(coordinator, programme, lists.MENTEES, "Mentees")
    coordinator.look("understood")
    coordinator.follow("Columns")
    coordinator.look("columns")
    coordinator.page.go_back()
    coordinator.page.get_by_role("link", name="1 ").first.click()
    coordinator.look("questions")
    coordinator.page.locator("select[name=q0]").select_option('"B1"')
    coordinator.press("Save the answers")
    expect(coordinator.page.locator("#take")).to_be_visible()
    coordinator.page.locator("a[href$='/doubles']").click()
    coordinator.look("doubles")
    coordinator.page.go_back()
    coordinator.page.locator("form[action$='/take'] button").click()
    expect(coordinator.page.locator("h1")).to_have_text(coordinator.say("The list is taken over"))
    coordinator.look("taken")
    coordinator.go(f"{programme}/people/?name=Haddad")
    expect(coordinator.page.get_by_role("rowheader")).to_have_text("Rima Haddad")
    coordinator.go(f"{programme}/imports/readings")
    coordinator.look("readings")


def test_companies_become_companies(coordinator, programme):
    send(coordinator, programme, lists.COMPANIES, "Companies and their mentors")
    coordinator.look("companies-understood")
    coordinator.page.locator("a[href$='/companies']").last.click()
    coordinator.look("companies")
    coordinator.page.locator("select[name=sector4]").select_option("55")
    coordinator.press("Save")
    coordinator.page.locator("form[action$='/take'] button").click()
    expect(coordinator.page.locator("h1")).to_have_text(coordinator.say("The list is taken over"))
    coordinator.press("Undo it all", exact=False)
    coordinator.reads("Undone. Everybody whom this list brought is removed again.")
