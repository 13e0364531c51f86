"""A mentee on a phone describes oneself: with scripts and without, today and tomorrow."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, Mentee, Profile, ProfileState, SignIn
from tandem.services import demo
from tests.e2e.browsing import Person

pytestmark = pytest.mark.e2e
PASSWORD = "a long sentence is a good password"
READERS = {"sqlite": "de"}
PHONE = 360


@pytest.fixture
def programme(site, sites_password):
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=0, mentees=0, seed=7, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def phone(visitor, site, backend):
    def somebody(who, **kinds):
        page = visitor(width=PHONE, locale=READERS[backend], **kinds)
        return Person(page, READERS[backend], site.screenshots, who)

    return somebody


def register(somebody, programme, email):
    somebody.go(f"{programme}/mentees/register")
    somebody.fill_in("First name", "Nour")
    somebody.fill_in("Last name", "Al-Musa")
    somebody.fill_in("E-mail address", email)
    somebody.fill_in("Password", PASSWORD)
    somebody.page.locator("input[name=privacy]").check()
    somebody.press("Register")
    follow_mail(somebody, email, "/confirm/")
    somebody.press("Confirm my address")


def follow_mail(somebody, email, link):
    """Read the newest mail to this address and follow its link."""
    somebody.go(f"/dev/mail/?to={email}")
    somebody.page.locator("main ul.t-list a").first.click()
    somebody.page.locator(f"main a[href*='{link}']").click()


def speak(somebody):
    somebody.choose("Language 1", "ar")
    somebody.choose("Level in language 1", "C2")
    somebody.press("Save and go on")


def finish(somebody, look=lambda name: None):
    """Answer everything after the work."""
    somebody.page.locator("input[name=level][value='6']").check()
    somebody.page.locator("input[name=recognition][value=none]").check()
    look("qualification")
    somebody.press("Save and go on")
    look("experience")
    somebody.press("Save and go on")
    somebody.fill_in("Where do you live?", "25746")
    somebody.page.locator("input[name=modes][value=in_person]").check()
    somebody.page.locator("input[name=travel][value=bus]").check()
    somebody.page.locator("input[name=slots][value=sa-am]").check()
    look("meeting")
    somebody.press("Save and go on")
    somebody.page.locator("input[name=topics][value=recognition]").check()
    somebody.fill_in("Your goal", "Ich bin Krankenschwester.")
    look("needs")
    somebody.press("Save and go on")
    somebody.fill_in("Is there anybody you do not want to meet?", "Meine alte Firma.")
    look("wishes")
    somebody.press("Save and go on")
    look("check")
    somebody.press("Send to the coordination")
    somebody.reads("Thank you. We have received your profile.")


def told(site, email):
    with Session(site.engine) as session:
        return session.scalars(
            sa.select(Profile)
            .join(Mentee, Mentee.id == Profile.mentee_id)
            .join(Mentee.membership)
            .join(Account)
            .where(Account.email == email)
        ).one()


def test_a_nurse_finishes_without_scripts(phone, programme, site):
    email = "nour.plain@post.example"
    nurse = phone("plain", scripts=False)
    register(nurse, programme, email)
    nurse.go(f"{programme}/profile/languages")
    speak(nurse)
    nurse.fill_in("The work you want", "krankenschwester")
    nurse.press("Search", exact=False)
    nurse.page.locator("input[name=occupation][value='2221']").check()
    nurse.press("Save and go on")
    finish(nurse)
    profile = told(site, email)
    assert (profile.state, profile.occupation) == (ProfileState.SUBMITTED, "2221")
    assert profile.occupation_words == "krankenschwester"
    assert (profile.reach_km, profile.slots) == (20, ["sa-am"])


def test_a_nurse_goes_on_the_next_day_by_a_link_from_a_mail(phone, programme, site):
    email = "nour.next@post.example"
    nurse = phone("next")
    register(nurse, programme, email)
    nurse.go(f"{programme}/profile/languages")
    nurse.look("languages")
    speak(nurse)
    nurse.page.close()
    with site.engine.begin() as connection:
        connection.execute(sa.update(SignIn).values(seen_at=now() - timedelta(days=15)))
    nurse = phone("next")
    nurse.go(f"{programme}/")
    nurse.go("/sign-in-link")
    nurse.fill_in("E-mail address", email)
    nurse.page.locator("main button[type=submit]").click()
    follow_mail(nurse, email, "/enter/")
    nurse.page.locator("main button[type=submit]").click()
    nurse.reads("Your profile is not finished yet.")
    nurse.look("home")
    nurse.follow("Go on with my profile")
    expect(nurse.page.get_by_role("heading", level=1)).to_contain_text(
        nurse.say("Which work would you like to do?")
    )
    nurse.find_in("The work you want", "krankenschw", "2221")
    nurse.look("chosen")
    nurse.press("Save and go on")
    finish(nurse, look=nurse.look)
    nurse.look("sent")
    assert told(site, email).occupation_words == "krankenschw"


def test_a_field_that_searches_is_a_combobox(phone, programme, site):
    """By keyboard, as the ARIA practices describe it: arrows, Enter, Escape, a count read out."""
    nurse = phone("combobox")
    register(nurse, programme, "nour.keys@post.example")
    nurse.go(f"{programme}/profile/work")
    box = nurse.page.get_by_role("combobox").first
    box.press_sequentially("electr", delay=20)
    options = nurse.page.get_by_role("option")
    expect(options.first).to_be_visible()
    nurse.look("results")
    expect(box).to_have_attribute("aria-expanded", "true")
    count = options.count()
    expect(nurse.page.locator("[data-search] [role=status]").first).to_contain_text(str(count))
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute(
        "aria-activedescendant", options.first.get_attribute("id") or "none"
    )
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("electr")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(nurse.page.locator("input[name=occupation]:checked")).to_be_visible()
    expect(box).to_be_focused()


def test_nothing_that_was_typed_is_lost_without_a_line(phone, programme):
    nurse = phone("offline", cut=True)
    register(nurse, programme, "nour.tunnel@post.example")
    nurse.go(f"{programme}/profile/languages")
    nurse.page.context.set_offline(True)
    nurse.choose("Language 1", "ar")
    nurse.choose("Level in language 1", "C2")
    nurse.press("Save and go on")
    expect(nurse.page.locator("#offline")).to_be_visible()
    nurse.page.context.set_offline(False)
    expect(nurse.page.locator("#offline")).to_be_hidden()
    nurse.press("Save and go on")
    expect(nurse.page.get_by_role("heading", level=1)).to_contain_text(
        nurse.say("Which work would you like to do?")
    )
