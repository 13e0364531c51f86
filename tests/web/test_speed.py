"""Pages ask the database at most twelve times, whatever the number of rows."""

import pytest

from tests.support import town, world
from tests.support.counting import statements
from tests.support.pages import find_form, parse, values_of
from tests.support.solving import solve

MOST_STATEMENTS = 12


@pytest.fixture
def demo(session):
    """The demo programme with a solved round, and who signs in to it."""
    programme = town.settle(session, mentors=25, mentees=40)
    coordinator = town.coordinators(session, programme)[0]
    return programme, coordinator


def count(session, client, url):
    session.commit()
    client.before_each = lambda: None
    with statements(session) as seen:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return answer, seen


def test_no_page_of_a_coordinator_asks_more_than_twelve_times(session, sign_in, make, demo):
    programme, coordinator = demo
    round_ = make.round(programme)
    [first, *_] = solve(session, round_, actor=coordinator)
    client = sign_in(coordinator)
    slug = programme.slug
    people = parse(client.get(f"/{slug}/people/").text)
    person = next(
        link.get("href")
        for link in people.iter("a")
        if (link.get("href") or "").startswith(f"/{slug}/people/")
        and len(link.get("href")) > len(f"/{slug}/people/") + 10
    )
    pages = (
        f"/{slug}/people/", f"/{slug}/people/?page=2", person, f"/{slug}/companies/",
        f"/{slug}/rounds/", f"/{slug}/rounds/{round_.key}",
        f"/{slug}/rounds/{round_.key}?step=prepare", f"/{slug}/proposals/{first.key}",
        f"/{slug}/tandems/", f"/{slug}/today/", f"/{slug}/settings/", f"/{slug}/",
    )  # fmt: skip
    for page in pages:
        _, seen = count(session, client, page)
        assert len(seen) <= MOST_STATEMENTS, (page, seen)


@pytest.mark.parametrize("step", ["preview", "compare"])
def test_what_another_policy_would_change_takes_at_most_twelve_statements(
    session, sign_in, make, demo, step
):
    programme, coordinator = demo
    round_ = make.round(programme)
    solve(session, round_, actor=coordinator)
    client = sign_in(coordinator)
    url = f"/{programme.slug}/policies/"
    entered = values_of(find_form(parse(client.get(url).text), f"{url}preview"))
    sent = {name: value for name, value in entered.items() if value is not None}
    session.commit()
    client.before_each = lambda: None
    with statements(session) as seen:
        answer = client.post(url + step, data=sent | {"sector": "9000", "needs": "0"})
    assert answer.status_code == 200
    assert "preview-rest" in answer.text or "Tandems" in answer.text
    assert len(seen) <= MOST_STATEMENTS, seen


def test_no_page_of_a_participant_asks_more_than_twelve_times(session, sign_in, make):
    programme = make.programme()
    mentee = make.mentee(programme)
    client = sign_in(mentee.membership.account)
    for page in ("home", "profile/", "profile/work", "profile/meeting", "privacy"):
        _, seen = count(session, client, f"/{programme.slug}/{page}")
        assert len(seen) <= MOST_STATEMENTS, (page, seen)


@pytest.mark.parametrize("reader", ["coordinator", "mentor"])
def test_the_page_of_a_running_tandem_asks_at_most_twelve_times(session, sign_in, make, reader):
    here = world.build(make)
    readers = {
        "coordinator": here.coordinator,
        "mentor": here.running.mentor.membership.account,
    }
    url = f"/{here.programme.slug}/tandems/{here.running.key}"
    client = sign_in(readers[reader])
    session.commit()
    client.get(url)
    _, seen = count(session, client, url)
    assert len(seen) <= MOST_STATEMENTS, seen
