"""Being in control: somebody reads, takes along, objects and deletes, and staff see them go."""

import io
import json
import zipfile

import pytest
from sqlalchemy.orm import Session

from tandem.models import Role
from tandem.services import demo
from tests.e2e.browsing import Person

pytestmark = pytest.mark.e2e
READERS = {"postgresql": "en"}


@pytest.fixture
def town(site, sites_password):
    """A programme of its own, and the addresses of its people by role."""
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=2, mentees=3, seed=41, password=sites_password)
        cards = demo.sign_in_cards(session, made)
        people = {role: [each.email for each in cards if each.role is role] for role in Role}
        return f"/{made.slug}", people


@pytest.fixture
def enter(visitor, site, backend, sites_password):
    def sign_in(who, email, *, width=1280):
        page = visitor(width=width, locale=READERS[backend])
        somebody = Person(page, READERS[backend], site.screenshots, who)
        somebody.fill_in("E-mail address", email)
        somebody.fill_in("Password", sites_password)
        somebody.press("Sign in")
        return somebody

    return sign_in


def test_a_mentee_is_in_control(town, enter, sites_password):
    programme, people = town
    mentee = enter("my-data", people[Role.MENTEE][0], width=360)
    mentee.go(f"{programme}/my-data/")
    mentee.reads("Everything that we hold about you, and what you can do about it.")
    mentee.look("my-data")
    with mentee.page.expect_download() as download:
        mentee.follow("Download my data")
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        data = json.loads(archive.read("data.json"))
    assert data["account"][0]["email"] == people[Role.MENTEE][0]

    mentee.press("I object")
    mentee.reads("You object to being matched")
    mentee.look("my-data-objected")
    mentee.press("Take my objection back")

    mentee.follow("Change my name")
    mentee.fill_in("First name", "Noor")
    mentee.press("Save")
    mentee.reads("Your name is changed.")
    mentee.follow("Change my address")
    mentee.look("change-address")

    mentee.go(f"{programme}/my-data/")
    mentee.follow("Delete my data")
    mentee.look("delete")
    mentee.fill_in("Your password", "another password")
    mentee.press("Delete everything about me")
    mentee.reads("This is not your password. If you have none, let us send you a link.")
    mentee.look("delete-refused")
    mentee.fill_in("Your password", sites_password)
    mentee.press("Delete everything about me")
    mentee.reads("Your data are deleted. We wish you all the best.")


def test_the_coordination_deletes_on_request(town, enter):
    programme, people = town
    staff = enter("my-data-staff", people[Role.COORDINATOR][0])
    staff.go(f"{programme}/people/")
    staff.page.locator("main tbody a").last.click()
    staff.follow("Delete everything about this person")
    staff.look("erase")
    staff.press("Delete for good")
    staff.page.locator("input[name=asked]").check()
    staff.press("Delete for good")
    staff.reads("Everything that said who this was is deleted.")
