"""Signing in and out, and confirming an address."""

import pytest
import sqlalchemy as sa

from tandem.models import SignIn, Token
from tandem.services import accounts, mentees, tokens
from tandem.web.auth.targets import local_path
from tests.conftest import SECRET

PASSWORD = "correct horse battery"
DRAFT = accounts.AccountDraft(
    email="rima@post.example",
    first_name="Rima",
    last_name="Darwazeh",
    locale="en",
    password=PASSWORD,
)


@pytest.fixture(scope="module")
def password_hash():
    return accounts.hash_password(PASSWORD)


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def mentee(make, programme, password_hash):
    account = make.account(email="mentee@post.example", password_hash=password_hash)
    return make.mentee(programme, account=account).membership.account


@pytest.fixture
def link(session, programme):
    """The link in the mail to somebody who has just registered."""
    mentees.register(session, DRAFT, programme=programme)
    token = session.scalars(sa.select(Token)).one()
    return f"/heide/confirm/{token.key}.{tokens.secret_of(token, secret_key=SECRET)}"


def sign_in(client, email, password=PASSWORD, target="", **kwargs):
    return client.submit(f"/sign-in{target}", {"email": email, "password": password}, **kwargs)


def sessions(session):
    return session.scalar(sa.select(sa.func.count(SignIn.id)))


def test_a_mentee_signs_in_and_sees_where_things_stand(client, mentee):
    response = sign_in(client, mentee.email)
    assert response.request.path == "/heide/home"
    assert mentee.name in response.text


def test_the_address_may_be_written_in_capitals(client, mentee):
    assert sign_in(client, f" {mentee.email.upper()} ").request.path == "/heide/home"


def test_a_coordinator_begins_with_the_people(client, make, programme, password_hash):
    account = make.coordinator(programme, password_hash=password_hash)
    assert sign_in(client, account.email, follow=False).location == "/heide/today/"


def test_who_takes_part_nowhere_begins_at_the_start(client, make, password_hash):
    account = make.account(password_hash=password_hash)
    assert sign_in(client, account.email, follow=False).location == "/"


def test_every_refusal_reads_the_same(client, make, session, mentee, password_hash, link):
    """TRUST B2."""
    disabled = make.account(password_hash=password_hash, disabled_at=mentee.created_at)
    tried = [
        sign_in(client, mentee.email, "not the password"),
        sign_in(client, mentee.email, PASSWORD + "x" * 9000),
        sign_in(client, "nobody@post.example"),
        sign_in(client, DRAFT.email),
        sign_in(client, disabled.email),
    ]
    assert {response.status_code for response in tried} == {422}
    texts = {response.text.partition('id="errors"')[2].partition("</div>")[0] for response in tried}
    assert len(texts) == 1
    assert sessions(session) == 0


def test_after_signing_in_the_visitor_is_where_they_wanted_to_be(client, mentee):
    response = client.get("/heide/profile/")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/heide/profile/"
    assert sign_in(client, mentee.email, target="?next=/heide/profile/").request.path == (
        "/heide/profile/"
    )


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "http:///evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5Cevil.example",
        "/%2F/evil.example",
        "%2F%2Fevil.example",
        "/\t/evil.example",
        "/%09/evil.example",
        "/\n/evil.example",
        "/\x00",
        "/ /evil.example",
        "/\u2028x",
        "evil.example",
        "",
    ],
)
def test_no_target_leads_away(client, mentee, target):
    """TRUST C3."""
    assert local_path(target) is None
    with client.application.test_request_context():
        page = client.application.url_for("auth.sign_in", next=target)
    data = {"email": mentee.email, "password": PASSWORD}
    form = client.get("/sign-in").text
    token = form.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    response = client.post(page, data=data | {"csrf_token": token})
    expected = (400, None) if "\x00" in target else (303, "/heide/home")
    assert (response.status_code, response.location) == expected


@pytest.mark.parametrize("target", ["/", "/heide/profile/", "/heide/tandems/?page=2", "/a%20b"[:2]])
def test_a_path_of_ours_is_a_target(target):
    assert local_path(target) == target


def test_signing_in_begins_a_new_session(client, session, mentee):
    sign_in(client, mentee.email)
    sign_in(client, mentee.email)
    assert sessions(session) == 1


def test_signing_out_ends_the_session_on_the_server(client, session, mentee):
    sign_in(client, mentee.email)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    page = client.get("/heide/home").text
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    response = client.post("/sign-out", data={"csrf_token": token})
    assert (response.status_code, response.location) == (303, "/")
    assert "storage" in response.headers["Clear-Site-Data"]
    assert sessions(session) == 0
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/heide/home").location.startswith("/sign-in")


def test_signing_out_needs_the_token_of_a_form(client, session, mentee):
    sign_in(client, mentee.email)
    assert client.post("/sign-out").status_code == 400
    assert sessions(session) == 1


def test_following_a_link_confirms_nothing(client, session, link):
    """TRUST B3."""
    response = client.get(link)
    assert (response.status_code, response.location) == (303, "/heide/confirm")
    assert "Confirm my address" in client.get("/heide/confirm").text
    session.expire_all()
    account = accounts.find_account(session, DRAFT.email)
    assert account.confirmed_at is None


def test_the_button_confirms_and_signs_in(client, session, link):
    client.get(link)
    response = client.submit("/heide/confirm")
    assert response.request.path == "/heide/profile/"
    assert "Your address is confirmed" in response.text
    session.expire_all()
    assert accounts.find_account(session, DRAFT.email).can_sign_in


def test_a_link_that_was_used_says_what_to_do(client, link):
    client.get(link)
    client.submit("/heide/confirm")
    client.get(link)
    response = client.get("/heide/confirm")
    assert response.status_code == 410
    assert "sign in" in response.text


def test_a_link_used_meanwhile_is_refused_at_the_button(client, session, link):
    client.get(link)
    page = client.get("/heide/confirm").text
    accounts.confirm_email(session, link.rpartition("/")[2], secret_key=SECRET)
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    assert client.post("/heide/confirm", data={"csrf_token": token}).status_code == 410
    assert sessions(session) == 0


@pytest.mark.parametrize("link_of_no_one", ["x", "x.y", "ärger.ß", "%00", "a" * 3000])
def test_a_link_of_no_one_is_refused(client, programme, link_of_no_one):
    client.get(f"/heide/confirm/{link_of_no_one}")
    assert client.get("/heide/confirm").status_code == 410


def test_without_a_link_there_is_nothing_to_confirm(client, programme):
    assert client.get("/heide/confirm").status_code == 410


def test_a_coordinator_who_confirms_begins_with_the_people(client, session, make, link):
    account = accounts.find_account(session, DRAFT.email)
    account.memberships[0].role = type(account.memberships[0].role).COORDINATOR
    session.commit()
    client.get(link)
    page = client.get("/heide/confirm").text
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    response = client.post("/heide/confirm", data={"csrf_token": token})
    assert response.location == "/heide/today/"
