"""Links from mails: taking over an account that was entered, signing in once (TRUST B1 to B3)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Mail, Mentee, Role, Token, TokenPurpose
from tandem.services import accounts, entering, tokens
from tests.conftest import SECRET

PASSWORD = "correct horse battery"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


def enter(session, programme, coordinator, email="rima@post.example"):
    entry = entering.Entry(first_name="Rima", last_name="Darwazeh", email=email, locale="en")
    with transaction(session):
        membership = entering.enter(
            session, entry, programme=programme, role=Role.MENTEE, actor=coordinator
        )
        entering.welcome(
            session, membership.account, "welcome_desk", programme=programme, staff="Maren Voss"
        )
    return membership.account


def link_of(session, purpose):
    token = session.scalars(
        sa.select(Token).where(Token.purpose == purpose).order_by(Token.id.desc()).limit(1)
    ).one()
    return f"{token.key}.{tokens.secret_of(token, secret_key=SECRET)}"


def test_who_was_entered_chooses_a_password_and_is_in(
    client, session, make, programme, coordinator
):
    account = enter(session, programme, coordinator)
    [membership] = account.memberships
    make.save(Mentee(programme_id=programme.id, membership_id=membership.id))
    client.get(f"/heide/welcome/{link_of(session, TokenPurpose.WELCOME)}")
    response = client.submit("/heide/welcome", {"password": PASSWORD, "privacy": "y"})
    assert response.request.path == "/heide/profile/"
    client.post("/sign-out")
    assert accounts.sign_in(session, account.email, PASSWORD, locale=None).id == account.id


def test_nobody_can_sign_in_before(session, programme, coordinator):
    account = enter(session, programme, coordinator)
    for password in ("", "x", accounts.NO_PASSWORD):
        with pytest.raises(accounts.SignInRefused):
            accounts.sign_in(session, account.email, password, locale=None)


def test_a_password_that_is_too_short_is_refused_and_the_link_still_works(
    client, session, programme, coordinator
):
    enter(session, programme, coordinator)
    client.get(f"/heide/welcome/{link_of(session, TokenPurpose.WELCOME)}")
    response = client.submit("/heide/welcome", {"password": "short", "privacy": "y"})
    assert response.status_code == 422
    assert client.get("/heide/welcome").status_code == 200


def test_an_address_that_is_known_is_not_entered_again(session, make, programme, coordinator):
    account = make.account()
    with pytest.raises(entering.AddressKnown) as caught:
        enter(session, programme, coordinator, email=account.email)
    assert caught.value.account == account


def test_who_has_no_address_gets_no_mail(session, programme, coordinator):
    account = enter(session, programme, coordinator, email="")
    assert not account.has_email
    assert session.scalar(sa.select(sa.func.count(Mail.id))) == 0


def test_a_mentee_signs_in_by_link_once(client, session, make, programme):
    mentee = make.mentee(programme)
    client.submit("/sign-in-link", {"email": mentee.membership.account.email})
    link = link_of(session, TokenPurpose.SIGN_IN)
    assert client.get(f"/heide/enter/{link}").location == "/heide/enter"
    assert client.submit("/heide/enter").request.path == "/heide/home"
    client.get(f"/heide/enter/{link}")
    assert client.get("/heide/enter").status_code == 410


def test_who_was_on_the_way_somewhere_is_led_there_by_the_link(client, session, make, programme):
    """Such as from the mail that asks how it is going, without a password at hand."""
    mentee = make.mentee(programme)
    wanted = client.get("/heide/my-data/").location
    for way, page in ((wanted, "/heide/my-data/"), ("/sign-in", "/heide/home")):
        session.execute(sa.update(Token).values(created_at=now() - timedelta(hours=1)))
        client.get(way)
        client.submit("/sign-in-link", {"email": mentee.membership.account.email})
        client.get(f"/heide/enter/{link_of(session, TokenPurpose.SIGN_IN)}")
        assert client.submit("/heide/enter").request.path == page
        client.post("/sign-out")


def test_the_answer_is_the_same_for_any_address_and_staff_get_no_link(
    client, session, make, programme, coordinator
):
    """TRUST B1, B2."""
    known = make.mentee(programme).membership.account.email
    answers = {
        client.submit("/sign-in-link", {"email": email}).text
        for email in (known, coordinator.email, "nobody@post.example")
    }
    assert len(answers) == 1
    assert session.scalar(sa.select(sa.func.count(Token.id))) == 1


def test_asking_again_at_once_sends_no_second_mail(session, make, programme):
    email = make.mentee(programme).membership.account.email
    for _ in range(3):
        entering.ask_to_sign_in(session, email)
    assert session.scalar(sa.select(sa.func.count(Mail.id))) == 1


@pytest.mark.parametrize("page", ["welcome", "enter", "confirm"])
def test_a_link_of_no_one_is_refused(client, programme, page):
    client.get(f"/heide/{page}/x.y")
    assert client.get(f"/heide/{page}").status_code == 410
    response = client.get(f"/heide/{page}")
    assert "Send me a new link" in response.text


@pytest.mark.parametrize("purpose", [TokenPurpose.WELCOME, TokenPurpose.SIGN_IN])
def test_links_end_with_their_time_and_with_the_account(
    session, make, programme, coordinator, purpose
):
    account = make.mentee(programme).membership.account
    with transaction(session):
        entering.welcome(session, account, "welcome_desk", programme=programme, staff="M")
    entering.ask_to_sign_in(session, account.email)
    link = link_of(session, purpose)
    account.disabled_at = now()
    session.commit()
    use = {
        TokenPurpose.WELCOME: lambda: entering.take_over(
            session, link, PASSWORD, secret_key=SECRET
        ),
        TokenPurpose.SIGN_IN: lambda: entering.sign_in_by_link(session, link, secret_key=SECRET),
    }
    with pytest.raises(tokens.LinkRefused):
        use[purpose]()
    account.disabled_at = None
    token = session.scalars(sa.select(Token).where(Token.purpose == purpose)).one()
    token.expires_at = now() - timedelta(seconds=1)
    session.commit()
    with pytest.raises(tokens.LinkRefused):
        use[purpose]()
