"""A mentee tells of work nobody finds; a coordinator finds its code, and corrects a company."""

from itertools import count

import pytest
from sqlalchemy.orm import Session

from tandem.models import ProfileState
from tandem.services import accounts, demo
from tests.e2e.browsing import Person
from tests.support.make import Make

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"sqlite": "en"}
_SEEDS = count(900)


@pytest.fixture
def scene(site, sites_password):
    """A mentee who has told everything but the work, and a company."""
    seed = next(_SEEDS)
    with Session(site.engine) as session:
        programme = demo.make_sized(
            session, mentors=2, mentees=2, seed=seed, password=sites_password
        )
        make = Make(session, count(seed * 100))
        account = make.account(
            email=f"own-words-{seed}@post.example",
            password_hash=accounts.hash_password(sites_password),
        )
        mentee = make.mentee(programme, account=account, state=ProfileState.DRAFT, occupation=None)
        company = make.company(programme, name="Wintwerk")
        return f"/{programme.slug}", account.email, mentee.key, company.key


@pytest.fixture
def enter(visitor, site, backend, sites_password):
    def as_(email, who):
        language = READERS[backend]
        somebody = Person(visitor(locale=language), language, site.screenshots, who)
        somebody.fill_in("E-mail address", email)
        somebody.fill_in("Password", sites_password)
        somebody.page.locator("main button[type=submit]").click()
        somebody.page.wait_for_load_state()
        return somebody

    return as_


def test_own_words_are_kept_and_found_by_the_coordination(scene, enter):
    programme, email, mentee, company = scene
    mina = enter(email, "own-words")
    mina.go(f"{programme}/profile/work")
    mina.fill_in("The work you want", "windmill whisperer of the marsh")
    mina.press("Save and go on")
    mina.look("nothing-found")
    mina.page.locator("input[name=occupation][value=own]").check()
    mina.press("Save and go on")
    mina.go(f"{programme}/profile/")
    mina.look("profile")
    mina.page.locator("form[action$='/submit'] button").click()
    staff = enter(STAFF, "own-words-staff")
    staff.go(f"{programme}/people/{mentee}")
    staff.look("person")
    staff.fill_in("The occupation behind these words", "")
    staff.find_in("The occupation behind these words", "elektronik", "7421")
    staff.press("Record the decision")
    staff.go(f"{programme}/companies/{company}/correct")
    staff.fill_in("Name of the company", "Windwerk")
    staff.look("correct")
    staff.press("Save")
    staff.reads("Saved. The company sees it at once.")
