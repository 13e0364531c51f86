"""Programmes are sealed: nothing of one shows in another (TRUST A2), and no form assigns more
than it asks for (A5)."""

import pytest
import sqlalchemy as sa

from tandem.models import Base
from tests.support import world
from tests.support.pages import find_form, parse, values_of

PAGES = (
    "", "home", "profile/", "people/", "people/?q=Canary", "companies/", "rounds/", "tandems/",
    "imprint", "privacy", "accessibility",
)  # fmt: skip


@pytest.fixture
def here(make):
    return world.build(make)


@pytest.fixture
def there(make):
    return world.build(make)


def links(html):
    """Every address that a page leads to inside the service."""
    found = (link.get("href") or "" for link in parse(html).iter("a"))
    return {link.partition("#")[0] for link in found if link.startswith("/")}


def crawl(client, start):
    """Yield every page that can be reached from ``start`` by links."""
    waiting, seen = set(start), set()
    while waiting:
        url = waiting.pop()
        seen.add(url)
        if "lang=" in url or len(seen) > 120:
            continue
        answer = client.get(url, follow_redirects=True)
        yield url, answer.data.decode(errors="replace")
        if answer.mimetype == "text/html":
            waiting |= links(answer.text) - seen


@pytest.mark.parametrize("who", ["coordinator", "mentor", "mentee"])
def test_nothing_of_another_programme_shows_anywhere(sign_in, here, there, who):
    person = {
        "coordinator": here.coordinator,
        "mentor": here.mentor.membership.account,
        "mentee": here.mentee.membership.account,
    }[who]
    client = sign_in(person)
    slug = here.programme.slug
    visited = 0
    for url, text in crawl(client, {f"/{slug}/{page}" for page in PAGES}):
        if url.startswith((f"/{slug}/", "/sign")):
            visited += 1
            assert there.canary not in text, url
            assert there.mentee.key not in text, url
    assert visited >= (20 if who == "coordinator" else 8)


def test_two_programmes_cannot_be_joined_by_a_row(session, here, there):
    for table in Base.metadata.sorted_tables:
        if "programme_id" not in table.c:
            continue
        for constraint in table.foreign_key_constraints:
            target = constraint.referred_table.name
            if "programme_id" in constraint.referred_table.c and target != "tokens":
                assert "programme_id" in constraint.column_keys, (table.name, target)


EVIL = {
    "id": "1", "key": "evil", "programme_id": "1", "account_id": "1", "state": "approved",
    "version": "1", "fence": "9", "role": "coordinator", "number": "77", "mentor_id": "1",
    "membership_id": "1", "company_id": "1", "confirmed_at": "2020-01-01", "disabled_at": "",
    "password_hash": "x", "decision_reason": "evil", "submitted_at": "2020-01-01",
    "due_at": "2020-01-01", "attempts": "9", "created_at": "2020-01-01",
}  # fmt: skip
OWN = {
    "states": "SELECT state, number, decision_reason FROM profile_versions ORDER BY id",
    "people": "SELECT id, key, membership_id, company_id FROM mentors ORDER BY id",
    "roles": "SELECT account_id, role, programme_id FROM memberships ORDER BY id",
}


def test_every_column_name_posted_to_a_profile_changes_nothing_it_does_not_ask(
    session, sign_in, make
):
    programme = make.programme()
    mentor = make.mentor(programme, state=None)
    client = sign_in(mentor.membership.account)
    page = f"/{programme.slug}/profile/work"
    client.get(page)
    before = {name: session.execute(sa.text(query)).all() for name, query in OWN.items()}
    form = values_of(find_form(parse(client.get(page).text)))
    columns = {
        column.name: "evil"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if column.name not in form
    }
    client.post(page, data=columns | EVIL | form)
    session.expire_all()
    after = {name: session.execute(sa.text(query)).all() for name, query in OWN.items()}
    assert after["people"] == before["people"]
    assert after["roles"] == before["roles"]
    assert {next(iter(row)) for row in after["states"]} <= {"draft"}
