"""A tandem from the invitation to the outcome, and the coordinator who stands by it."""

from datetime import timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Outcome, Tandem
from tandem.services import accounts, demo
from tests.e2e.browsing import Person
from tests.e2e.companies import follow_mail
from tests.support import pairs
from tests.support.make import Make

pytestmark = pytest.mark.e2e
_SEEDS = count(700)
READERS = {"postgresql": "de"}
STAFF = "svenja.marschkamp@tandem-koordination.example"
MENTOR, MENTEE = "gerrit-{}@post.example", "hiba-{}@post.example"
_PATIENCE_SECONDS = 20


@pytest.fixture
def scene(site, sites_password):
    """Two people who have just been asked."""
    seed = next(_SEEDS)
    with Session(site.engine) as session:
        programme = demo.make_sized(session, mentors=0, mentees=0, seed=seed, password="")
        make = Make(session, count(seed * 100))
        known = {"password_hash": accounts.hash_password(sites_password)}
        gerrit = make.account(
            first_name="Gerrit", last_name="Thomsen", email=MENTOR.format(seed), **known
        )
        hiba = make.account(first_name="هبة", last_name="Saleh", email=MENTEE.format(seed), **known)
        tandem = pairs.invited(
            make, make.mentor(programme, account=gerrit), make.mentee(programme, account=hiba)
        )
        session.commit()
        return f"/{programme.slug}", tandem.key, seed


@pytest.fixture
def enter(visitor, site, sites_password, backend):
    """Let somebody sign in."""

    def somebody(who, email, **window):
        language = READERS[backend]
        person = Person(visitor(locale=language, **window), language, site.screenshots, who)
        person.fill_in("E-mail address", email)
        person.fill_in("Password", sites_password)
        person.press("Sign in")
        return person

    return somebody


@pytest.fixture
def days_pass(site, scene):
    """Let days go by for the tandem: what was yesterday lies further back."""

    def pass_(days, *, since):
        with Session(site.engine) as session, transaction(session):
            tandem = session.scalars(sa.select(Tandem).where(Tandem.key == scene[1])).one()
            setattr(tandem, since, getattr(tandem, since) - timedelta(days=days))
            tandem.schedule(now())
            for outcome in session.scalars(
                sa.select(Outcome).where(Outcome.tandem_id == tandem.id)
            ):
                outcome.due_on -= timedelta(days=days)

    return pass_


def pick(person, **answers):
    """Choose answers by their codes."""
    for name, code in answers.items():
        person.page.locator(f"input[name={name}][value='{code}']").check(force=True)


def send(person):
    """Press the one button of the form."""
    person.page.locator("main form:not([action*='sign-out']) button[type=submit]").first.click()
    person.page.wait_for_load_state()


def wait_for(person, path, css):
    """Open a page until the worker has done what shows there."""

    def there():
        person.go(path)
        return person.page.locator(css).count()

    for _ in range(_PATIENCE_SECONDS):
        if there():
            return
        person.page.wait_for_timeout(1000)
    raise AssertionError(f"{css} does not come to {path}")


def say_yes(person, path):
    person.go(path)
    person.page.locator("main form[action$='/answer'] button").first.click()
    person.page.wait_for_load_state()


def plan_and_meet(mentor, mentee, path):
    mentor.go(path)
    mentor.look("begun")
    mentor.follow("Suggest a meeting")
    mentor.page.locator("input[name=day]").fill(str(now().date() + timedelta(days=2)))
    mentor.page.locator("input[name=hour]").fill("17:30")
    mentor.page.locator("input[name=place]").fill("Bücherei Heide")
    mentor.look("plan")
    mentor.press("Send the suggestion")
    mentee.go(path)
    mentee.look("suggested")
    mentee.press("Yes, that suits me")
    mentee.go(path)
    with mentee.page.expect_download() as downloading:
        mentee.page.locator("main a[href$='/entry.ics']").first.click()
    assert "BEGIN:VEVENT" in downloading.value.path().read_text()


def write_down(mentee, path):
    """Three taps: it was today, for an hour, and good; the rest is chosen already."""
    mentee.go(path)
    form = mentee.page.locator("section[aria-labelledby=log] form")
    form.locator("input[name=mood][value=good]").check(force=True)
    form.locator("button[type=submit]").click()
    mentee.page.wait_for_load_state()
    expect(mentee.page.locator("main .t-way .is-done")).to_have_count(1)
    mentee.look("met")


def answer_check_in(mentee, path):
    wait_for(mentee, path, "main a[href*='/check-ins/']")
    mentee.follow("Answer now")
    pick(mentee, going=2, helping=3, alike=3, wants_call="yes")
    mentee.page.locator("[name=remark]").fill("Wir finden kaum Termine.")
    mentee.look("check-in")
    mentee.press("Send my answers")
    mentee.reads("Thank you for your answers")


def rest_and_go_on(mentor, path):
    mentor.go(path)
    mentor.follow("Take a break")
    mentor.look("pause")
    mentor.press("Take a break")
    mentor.go(path)
    mentor.look("paused")
    mentor.press("Go on now")


def stand_by(staff, programme, path):
    """See on the day's page that something is not well, and care for it."""
    staff.go(f"{programme}/today/")
    staff.look("today")
    staff.follow("Read the answers", exact=False)
    expect(staff.page.locator("main")).to_contain_text("Wir finden kaum Termine.")
    staff.look("record")
    staff.press("I have seen to it", exact=False)
    staff.go(f"{programme}/today/")
    expect(staff.page.locator("section[aria-labelledby=low]")).to_have_count(0)
    staff.page.locator("section[aria-labelledby=todos] summary").click()
    staff.page.locator("section[aria-labelledby=todos] [name=text]").fill("Hiba anrufen")
    staff.page.locator("input[name=due_on]").fill(str(now().date()))
    staff.page.locator("section[aria-labelledby=todos] form:has([name=due_on]) button").click()
    expect(staff.page.locator("section[aria-labelledby=todos] li")).to_contain_text("Hiba anrufen")
    staff.go(path)
    staff.follow("Close the tandem")
    staff.page.locator("[name=text]").fill("Beide sind zufrieden.")
    staff.look("close")
    staff.press("Close the tandem")


def look_back(person, path):
    person.go(path)
    person.follow("Say how it was")
    pick(person, satisfied=5, reached=4, supported=4, again="yes")
    person.look("survey")
    person.press("Send my answers")
    person.go(path)
    person.look("after")
    with person.page.expect_download() as downloading:
        person.page.locator("main a[href*='certificate']").first.click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF")


def tell_outcome(stranger, email):
    """Answer from the mail, on a telephone on which nobody is signed in."""
    for _ in range(_PATIENCE_SECONDS):
        stranger.go(f"/dev/mail/?to={email}")
        if "/dev/mail" in stranger.page.url and _newest_asks(stranger):
            break
        stranger.page.wait_for_timeout(1000)
    follow_mail(stranger, email, "/outcomes/answer/")
    pick(stranger, kind="work", in_field="yes", at_level="yes")
    stranger.look("outcome")
    stranger.press("Send my answer")
    stranger.reads("Thank you, we have noted it")
    stranger.look("outcome-thanks")


def _newest_asks(stranger):
    newest = stranger.page.locator("main ul.t-list a").first
    subject = stranger.say("One question: what are you doing now?")
    return newest.count() and subject in newest.inner_text()


def report(staff, programme):
    staff.go(f"{programme}/reports/")
    staff.look("report")
    with staff.page.expect_download() as downloading:
        staff.page.locator("main a[href*='report.pdf']").first.click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF")


def test_a_tandem_is_lived_from_the_invitation_to_the_outcome(scene, enter, days_pass, visitor):
    programme, key, seed = scene
    path = f"{programme}/tandems/{key}"
    mentor = enter("living-mentor", MENTOR.format(seed), width=320)
    mentee = enter("living-mentee", MENTEE.format(seed))
    staff = enter("living-staff", STAFF)
    for person in (mentee, mentor):
        say_yes(person, path)
    plan_and_meet(mentor, mentee, path)
    days_pass(31, since="started_at")
    write_down(mentee, path)
    answer_check_in(mentee, path)
    rest_and_go_on(mentor, path)
    stand_by(staff, programme, path)
    for person in (mentee, mentor):
        look_back(person, path)
    days_pass(4, since="ended_at")
    stranger = Person(visitor(width=320, locale=mentee.language), mentee.language,
                      mentee.folder, "living-stranger")  # fmt: skip
    tell_outcome(stranger, MENTEE.format(seed))
    report(staff, programme)
