"""Who may reach which page: the whole table, declared and then tried (TRUST A1, A3)."""

import pytest
from flask import Flask

from tandem.web.access import Access, access_table
from tests.support import world

PUBLIC, MEMBER = Access.PUBLIC, Access.MEMBER
PARTICIPANT, COORDINATOR = Access.PARTICIPANT, Access.COORDINATOR
TABLE = {
    ("GET", "/"): PUBLIC,
    ("GET", "/healthz"): PUBLIC,
    ("GET", "/static/<path:filename>"): PUBLIC,
    ("GET", "/sign-in"): PUBLIC,
    ("POST", "/sign-in"): PUBLIC,
    ("GET", "/sign-in-link"): PUBLIC,
    ("POST", "/sign-in-link"): PUBLIC,
    ("GET", "/sign-in-link/sent"): PUBLIC,
    ("POST", "/sign-out"): PUBLIC,
    ("GET", "/<slug>/"): PUBLIC,
    ("GET", "/<slug>/accessibility"): PUBLIC,
    ("GET", "/<slug>/check-mail"): PUBLIC,
    ("GET", "/<slug>/imprint"): PUBLIC,
    ("GET", "/<slug>/privacy"): PUBLIC,
    ("GET", "/<slug>/confirm"): PUBLIC,
    ("POST", "/<slug>/confirm"): PUBLIC,
    ("GET", "/<slug>/confirm/<link>"): PUBLIC,
    ("GET", "/<slug>/enter"): PUBLIC,
    ("POST", "/<slug>/enter"): PUBLIC,
    ("GET", "/<slug>/enter/<link>"): PUBLIC,
    ("GET", "/<slug>/welcome"): PUBLIC,
    ("POST", "/<slug>/welcome"): PUBLIC,
    ("GET", "/<slug>/welcome/<link>"): PUBLIC,
    ("GET", "/<slug>/companies/register"): PUBLIC,
    ("POST", "/<slug>/companies/register"): PUBLIC,
    ("GET", "/<slug>/mentees/register"): PUBLIC,
    ("POST", "/<slug>/mentees/register"): PUBLIC,
    ("GET", "/dev/mail/"): PUBLIC,
    ("GET", "/dev/mail/<key>"): PUBLIC,
    ("GET", "/<slug>/home"): PARTICIPANT,
    ("GET", "/<slug>/my-data/"): PARTICIPANT,
    ("GET", "/<slug>/my-data/delete"): PARTICIPANT,
    ("POST", "/<slug>/my-data/delete"): PARTICIPANT,
    ("GET", "/<slug>/my-data/email"): PARTICIPANT,
    ("POST", "/<slug>/my-data/email"): PARTICIPANT,
    ("GET", "/<slug>/my-data/email/<link>"): PUBLIC,
    ("GET", "/<slug>/my-data/email/confirm"): PARTICIPANT,
    ("POST", "/<slug>/my-data/email/confirm"): PARTICIPANT,
    ("GET", "/<slug>/my-data/export.zip"): PARTICIPANT,
    ("POST", "/<slug>/my-data/link"): PARTICIPANT,
    ("GET", "/<slug>/my-data/name"): PARTICIPANT,
    ("POST", "/<slug>/my-data/name"): PARTICIPANT,
    ("POST", "/<slug>/my-data/object"): PARTICIPANT,
    ("POST", "/<slug>/my-data/object/undo"): PARTICIPANT,
    ("GET", "/<slug>/profile/"): PARTICIPANT,
    ("GET", "/<slug>/profile/<step>"): PARTICIPANT,
    ("POST", "/<slug>/profile/<step>"): PARTICIPANT,
    ("POST", "/<slug>/profile/discard"): PARTICIPANT,
    ("POST", "/<slug>/profile/pause"): PARTICIPANT,
    ("POST", "/<slug>/profile/resume"): PARTICIPANT,
    ("POST", "/<slug>/profile/submit"): PARTICIPANT,
    ("POST", "/<slug>/profile/take-back"): PARTICIPANT,
    ("GET", "/calendar/<link>.ics"): PUBLIC,
    ("GET", "/<slug>/diary/<key>/log"): MEMBER,
    ("POST", "/<slug>/diary/<key>/log"): MEMBER,
    ("GET", "/<slug>/diary/<key>/plan"): MEMBER,
    ("POST", "/<slug>/diary/<key>/plan"): MEMBER,
    ("GET", "/<slug>/meetings/<key>"): MEMBER,
    ("POST", "/<slug>/meetings/<key>/accept"): MEMBER,
    ("POST", "/<slug>/meetings/<key>/call-off"): MEMBER,
    ("GET", "/<slug>/meetings/<key>/entry.ics"): MEMBER,
    ("GET", "/<slug>/meetings/<key>/log"): MEMBER,
    ("POST", "/<slug>/meetings/<key>/log"): MEMBER,
    ("GET", "/<slug>/meetings/<key>/move"): MEMBER,
    ("POST", "/<slug>/meetings/<key>/move"): MEMBER,
    ("POST", "/<slug>/meetings/<key>/strike"): MEMBER,
    ("GET", "/<slug>/my-calendar/"): PARTICIPANT,
    ("POST", "/<slug>/my-calendar/close"): PARTICIPANT,
    ("POST", "/<slug>/my-calendar/open"): PARTICIPANT,
    ("GET", "/<slug>/search/<source>"): PUBLIC,
    ("GET", "/<slug>/tandems/<key>"): MEMBER,
    ("POST", "/<slug>/tandems/<key>/answer"): PARTICIPANT,
    ("GET", "/<slug>/agreements/<key>"): MEMBER,
    ("GET", "/<slug>/agreements/<key>/agreement.pdf"): MEMBER,
    ("GET", "/<slug>/agreements/<key>/edit"): MEMBER,
    ("POST", "/<slug>/agreements/<key>/agree"): MEMBER,
    ("POST", "/<slug>/agreements/<key>/drop"): MEMBER,
    ("POST", "/<slug>/agreements/<key>/edit"): MEMBER,
    ("POST", "/<slug>/agreements/<key>/goals/<goal>"): MEMBER,
    ("GET", "/<slug>/tandems/<key>/end"): MEMBER,
    ("POST", "/<slug>/tandems/<key>/end"): MEMBER,
    ("GET", "/<slug>/tandems/<key>/pause"): MEMBER,
    ("POST", "/<slug>/tandems/<key>/pause"): MEMBER,
    ("POST", "/<slug>/tandems/<key>/resume"): MEMBER,
    ("GET", "/<slug>/check-ins/<key>"): MEMBER,
    ("POST", "/<slug>/check-ins/<key>"): MEMBER,
    ("POST", "/<slug>/check-ins/<key>/attend"): COORDINATOR,
    ("GET", "/<slug>/tandems/"): COORDINATOR,
    ("POST", "/<slug>/tandems/<key>/withdraw"): COORDINATOR,
    ("POST", "/<slug>/tandems/<key>/said/<side>"): COORDINATOR,
    ("GET", "/<slug>/companies/"): COORDINATOR,
    ("GET", "/<slug>/companies/<key>"): COORDINATOR,
    ("POST", "/<slug>/companies/<key>/contact"): COORDINATOR,
    ("GET", "/<slug>/companies/<key>/correct"): COORDINATOR,
    ("POST", "/<slug>/companies/<key>/correct"): COORDINATOR,
    ("POST", "/<slug>/companies/<key>/decide"): COORDINATOR,
    ("GET", "/<slug>/company/"): PARTICIPANT,
    ("GET", "/<slug>/company/edit"): PARTICIPANT,
    ("POST", "/<slug>/company/edit"): PARTICIPANT,
    ("GET", "/<slug>/company/invite"): PARTICIPANT,
    ("POST", "/<slug>/company/invite"): PARTICIPANT,
    ("POST", "/<slug>/company/invitations/<key>/again"): PARTICIPANT,
    ("POST", "/<slug>/company/invitations/<key>/withdraw"): PARTICIPANT,
    ("GET", "/<slug>/company/hand-over"): PARTICIPANT,
    ("POST", "/<slug>/company/hand-over"): PARTICIPANT,
    ("GET", "/<slug>/company/release"): PARTICIPANT,
    ("POST", "/<slug>/company/release"): PARTICIPANT,
    ("GET", "/<slug>/company/part"): PARTICIPANT,
    ("POST", "/<slug>/company/part"): PARTICIPANT,
    ("GET", "/<slug>/company/leave"): PARTICIPANT,
    ("POST", "/<slug>/company/leave"): PARTICIPANT,
    ("GET", "/<slug>/imports/"): COORDINATOR,
    ("POST", "/<slug>/imports/"): COORDINATOR,
    ("GET", "/<slug>/imports/readings"): COORDINATOR,
    ("POST", "/<slug>/imports/readings/forget"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>/progress"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>/rows"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>/columns"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/columns"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>/companies"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/companies"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>/doubles"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/doubles"): COORDINATOR,
    ("GET", "/<slug>/imports/<key>/questions"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/questions"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/drop"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/take"): COORDINATOR,
    ("POST", "/<slug>/imports/<key>/undo"): COORDINATOR,
    ("GET", "/<slug>/people/"): COORDINATOR,
    ("GET", "/<slug>/people/<key>"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/decide"): COORDINATOR,
    ("GET", "/<slug>/people/<key>/erase"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/erase"): COORDINATOR,
    ("GET", "/<slug>/people/<key>/choices"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/choices"): COORDINATOR,
    ("GET", "/<slug>/people/<key>/reach"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/reach/address"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/reach/name"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/reach/notice"): COORDINATOR,
    ("GET", "/<slug>/people/<key>/apart"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/apart"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/apart/lift"): COORDINATOR,
    ("GET", "/<slug>/people/<key>/history"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/notes"): COORDINATOR,
    ("POST", "/<slug>/people/<key>/notes/remove"): COORDINATOR,
    ("GET", "/<slug>/exports/companies"): COORDINATOR,
    ("GET", "/<slug>/exports/tandems"): COORDINATOR,
    ("GET", "/<slug>/exports/<key>/proposals"): COORDINATOR,
    ("GET", "/<slug>/people/duplicates"): COORDINATOR,
    ("POST", "/<slug>/people/distinguish"): COORDINATOR,
    ("POST", "/<slug>/people/distinguish/undo"): COORDINATOR,
    ("GET", "/<slug>/people/list"): COORDINATOR,
    ("GET", "/<slug>/people/merge"): COORDINATOR,
    ("POST", "/<slug>/people/merge"): COORDINATOR,
    ("GET", "/<slug>/people/enter"): COORDINATOR,
    ("POST", "/<slug>/people/enter"): COORDINATOR,
    ("GET", "/<slug>/desk/<key>"): COORDINATOR,
    ("GET", "/<slug>/desk/<key>/data.zip"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/discard"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/object"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/object/undo"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/pause"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/resume"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/submit"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/take-back"): COORDINATOR,
    ("GET", "/<slug>/desk/<key>/<step>"): COORDINATOR,
    ("POST", "/<slug>/desk/<key>/<step>"): COORDINATOR,
    ("GET", "/<slug>/rounds/"): COORDINATOR,
    ("POST", "/<slug>/rounds/"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/mark"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/progress"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/record"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/record.pdf"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/cancel"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/close"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/solve"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/call"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/difference"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/outcome"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/adjust"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/drop"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/suppose"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/take"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/undo"): COORDINATOR,
    ("GET", "/<slug>/proposals/<key>/row"): COORDINATOR,
    ("GET", "/<slug>/rounds/<key>/ask"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/ask"): COORDINATOR,
    ("POST", "/<slug>/rounds/<key>/ask/end"): COORDINATOR,
    ("GET", "/<slug>/shortlists/<key>"): PARTICIPANT,
    ("POST", "/<slug>/shortlists/<key>/answer"): PARTICIPANT,
    ("GET", "/<slug>/reports/"): COORDINATOR,
    ("POST", "/<slug>/reports/"): COORDINATOR,
    ("GET", "/<slug>/reports/figures.xlsx"): COORDINATOR,
    ("GET", "/<slug>/reports/report.pdf"): COORDINATOR,
    ("GET", "/<slug>/policies/"): COORDINATOR,
    ("GET", "/<slug>/policies/compare"): COORDINATOR,
    ("POST", "/<slug>/policies/adopt"): COORDINATOR,
    ("POST", "/<slug>/policies/compare"): COORDINATOR,
    ("POST", "/<slug>/policies/preview"): COORDINATOR,
    ("POST", "/<slug>/policies/try"): COORDINATOR,
    ("GET", "/<slug>/today/"): COORDINATOR,
    ("POST", "/<slug>/today/<key>/remind"): COORDINATOR,
    ("POST", "/<slug>/today/<key>/instead"): COORDINATOR,
    ("POST", "/<slug>/today/<key>/support"): COORDINATOR,
    ("POST", "/<slug>/today/<key>/support/remove"): COORDINATOR,
    ("POST", "/<slug>/todos/"): COORDINATOR,
    ("POST", "/<slug>/todos/<key>/done"): COORDINATOR,
    ("POST", "/<slug>/todos/<key>/reopen"): COORDINATOR,
    ("GET", "/<slug>/notices/"): MEMBER,
    ("POST", "/<slug>/notices/reminders"): PARTICIPANT,
    ("GET", "/<slug>/notices/stop/<link>"): PUBLIC,
    ("POST", "/<slug>/notices/stop/<link>"): PUBLIC,
    ("POST", "/<slug>/notices/rhythm"): COORDINATOR,
    ("GET", "/<slug>/mails/"): COORDINATOR,
    ("POST", "/<slug>/mails/<key>/again"): COORDINATOR,
    ("POST", "/<slug>/mails/<key>/settle"): COORDINATOR,
    ("GET", "/<slug>/settings/"): COORDINATOR,
    ("POST", "/<slug>/settings/"): COORDINATOR,
    ("GET", "/<slug>/closings/<key>"): COORDINATOR,
    ("POST", "/<slug>/closings/<key>"): COORDINATOR,
    ("POST", "/<slug>/closings/<key>/wish"): PARTICIPANT,
    ("GET", "/<slug>/surveys/<key>"): MEMBER,
    ("POST", "/<slug>/surveys/<key>"): MEMBER,
    ("POST", "/<slug>/surveys/<key>/attend"): COORDINATOR,
    ("GET", "/<slug>/certificates/<key>"): MEMBER,
    ("GET", "/<slug>/outcomes/answer"): PUBLIC,
    ("POST", "/<slug>/outcomes/answer"): PUBLIC,
    ("GET", "/<slug>/outcomes/answer/<link>"): PUBLIC,
    ("GET", "/<slug>/outcomes/thanks"): PUBLIC,
    ("GET", "/<slug>/outcomes/<key>"): MEMBER,
    ("POST", "/<slug>/outcomes/<key>"): MEMBER,
    ("GET", "/<slug>/proposals/<key>"): COORDINATOR,
    ("POST", "/<slug>/proposals/<key>/decide"): COORDINATOR,
}
ALLOWED = {
    "visitor": {PUBLIC},
    "mentee": {PUBLIC, MEMBER, PARTICIPANT},
    "mentor": {PUBLIC, MEMBER, PARTICIPANT},
    "coordinator": {PUBLIC, MEMBER, COORDINATOR},
    "stranger": {PUBLIC},
}
ROUTES = [route for route in TABLE if "<path:" not in route[1]]
LEADING_ON = {
    ("GET", f"/<slug>/rounds/<key>/{page}") for page in ("call", "difference", "outcome")
} | {("GET", f"/<slug>/tandems/<key>/{page}") for page in ("end", "pause")}
"""Pages that lead to the round, or to the tandem, as long as there is nothing else to show."""
LEADING_ON |= {("GET", f"/<slug>/people/<key>/{page}") for page in ("choices", "reach")}
"""These lead to the person, unless they are called."""
KEYED = [route for route in ROUTES if "<key>" in route[1] and "/dev/" not in route[1]]
UNDERSTOOD = {200, 302, 303, 404, 409, 410, 422}


def declared(app):
    """Every route and method of the app, with the level its view is marked with."""
    levels = access_table(app)
    return {
        (method, rule.rule): levels[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_the_table_is_complete(app):
    assert declared(app) == TABLE


def test_a_view_that_says_nothing_stops_the_start():
    app = Flask(__name__)
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    with pytest.raises(LookupError, match="forgotten"):
        access_table(app)


@pytest.fixture
def here(make):
    return world.build(make)


@pytest.fixture
def people(here, make):
    return {
        "visitor": None,
        "mentee": here.mentee.membership.account,
        "mentor": here.mentor.membership.account,
        "coordinator": here.coordinator,
        "stranger": world.build(make).coordinator,
    }


def ask(app, client, route, *, programme, key):
    """Request a route with a form token, so that only access decides."""
    method, rule = route
    url = rule.replace("<slug>", programme.slug).replace("<key>", key)
    url = (
        url.replace("<step>", "work").replace("<source>", "sectors").replace("<link>", "none.none")
    )
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    try:
        return client.open(url, method=method)
    finally:
        app.config["WTF_CSRF_CHECK_DEFAULT"] = True


def key_for(here, route):
    noun = route[1].removeprefix("/<slug>/").partition("/")[0]
    return here.key_for(f"{noun}.") if route in KEYED else "missing"


def allows(role, level):
    return level in ALLOWED[role]


@pytest.mark.parametrize("role", ALLOWED)
def test_the_table_is_enforced(app, sign_in, here, people, role):
    client = sign_in(people[role])
    for route in ROUTES:
        if route == ("POST", "/sign-out"):
            continue
        answer = ask(app, client, route, programme=here.programme, key=key_for(here, route))
        assert_as_declared(answer, role, TABLE[route], route)


def assert_as_declared(answer, role, level, route):
    if allows(role, level):
        assert answer.status_code in UNDERSTOOD, (route, answer.status_code)
        assert not (answer.location or "").startswith("/sign-in"), route
    elif role == "visitor":
        assert answer.status_code == 303, route
        assert answer.location.startswith("/sign-in"), route
    elif role == "stranger":
        assert answer.status_code == 404, route
    else:
        assert answer.status_code == 403, route


def test_what_is_there_is_found_by_whom_it_is_for(app, sign_in, here):
    people = {PARTICIPANT: here.waiting.membership.account}
    for route in KEYED:
        if route[0] == "GET":
            client = sign_in(people.get(TABLE[route], here.coordinator))
            answer = ask(app, client, route, programme=here.programme, key=key_for(here, route))
            assert answer.status_code == (303 if route in LEADING_ON else 200), route


def test_a_thing_of_another_programme_is_not_found(app, sign_in, here, make):
    there = world.build(make)
    client = sign_in(here.coordinator)
    for route in KEYED:
        answer = ask(app, client, route, programme=here.programme, key=key_for(there, route))
        expected = {403} if TABLE[route] is PARTICIPANT else {404}
        assert answer.status_code in expected, (route, answer.status_code)


def test_a_thing_that_is_gone_is_not_found(app, sign_in, here):
    client = sign_in(here.coordinator)
    for route in KEYED:
        answer = ask(app, client, route, programme=here.programme, key="gone")
        expected = {403} if TABLE[route] is PARTICIPANT else {404}
        assert answer.status_code in expected, (route, answer.status_code)


def test_somebody_elses_tandem_is_not_found(app, sign_in, here):
    client = sign_in(here.waiting.membership.account)
    for route in (("GET", "/<slug>/tandems/<key>"), ("POST", "/<slug>/tandems/<key>/answer")):
        answer = ask(app, client, route, programme=here.programme, key=here.tandem.key)
        assert answer.status_code == 404


def test_a_lost_membership_acts_on_the_next_request(session, sign_in, here):
    client = sign_in(here.coordinator)
    rounds = f"/{here.programme.slug}/rounds/"
    assert client.get(rounds).status_code == 200
    for membership in list(here.coordinator.memberships):
        session.delete(membership)
    session.commit()
    assert client.get(rounds).status_code == 404


def test_a_disabled_account_is_out_on_the_next_request(session, sign_in, here):
    client = sign_in(here.coordinator)
    here.coordinator.disabled_at = here.coordinator.confirmed_at
    session.commit()
    answer = client.get(f"/{here.programme.slug}/rounds/")
    assert answer.location.startswith("/sign-in")
