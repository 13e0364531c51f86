"""Accounts: registering, confirming, signing in, sessions."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, AuditEvent, Mail, Mentee, Programme, Role, SignIn, Token
from tandem.services import accounts, mentees, tokens

KEY = "a key of these tests"
PASSWORD = "correct horse battery"
DRAFT = accounts.AccountDraft(
    email="rima@post.example",
    first_name="Rima",
    last_name="Darwazeh",
    locale="en",
    password=PASSWORD,
)


@pytest.fixture
def registered(session, programme):
    return mentees.register(session, DRAFT, programme=programme)


def link_to(session):
    token = session.scalars(sa.select(Token).order_by(Token.id.desc())).first()
    return f"{token.key}.{tokens.secret_of(token, secret_key=KEY)}"


def confirmed(make, **values):
    return make.account(password_hash=accounts.hash_password(PASSWORD), **values)


def kinds(session):
    return session.scalars(sa.select(Mail.kind).order_by(Mail.id)).all()


def test_registering_makes_an_account_that_cannot_sign_in_yet(session, registered):
    account = registered.membership.account
    assert registered.membership.role is Role.MENTEE
    assert not account.can_sign_in
    assert PASSWORD not in account.password_hash
    assert kinds(session) == ["confirm_email"]


def test_registering_records_which_privacy_notice_was_shown(session, registered):
    event = session.scalars(sa.select(AuditEvent)).one()
    assert (event.action, event.details) == ("register", {"privacy_notice": accounts.NOTICE})


def test_the_secret_of_a_link_is_kept_nowhere(session, registered):
    secret = link_to(session).partition(".")[2]
    mail = session.scalars(sa.select(Mail)).one()
    assert secret not in mail.text
    assert f"{mail.token.key}.__SECRET__" in mail.text
    assert f"{mail.token.key}.__SECRET__" in mail.html


def test_a_known_address_gets_a_mail_and_nothing_else(session, make, programme):
    make.account(email=DRAFT.email)
    assert mentees.register(session, DRAFT, programme=programme) is None
    assert session.scalar(sa.select(sa.func.count(Mentee.id))) == 0
    assert kinds(session) == ["already_registered"]


def test_who_registers_again_before_confirming_gets_a_new_link(session, registered, programme):
    assert mentees.register(session, DRAFT, programme=programme) is None
    assert kinds(session) == ["confirm_email", "confirm_email"]


def test_a_link_confirms_once(session, registered):
    link = link_to(session)
    assert accounts.can_confirm(session, link, secret_key=KEY)
    account = accounts.confirm_email(session, link, secret_key=KEY)
    assert account.can_sign_in
    assert not accounts.can_confirm(session, link, secret_key=KEY)
    with pytest.raises(tokens.LinkRefused):
        accounts.confirm_email(session, link, secret_key=KEY)


def test_a_link_sent_before_the_address_was_confirmed_is_void_after(session, registered, programme):
    old = link_to(session)
    mentees.register(session, DRAFT, programme=programme)
    accounts.confirm_email(session, link_to(session), secret_key=KEY)
    with pytest.raises(tokens.LinkRefused):
        accounts.confirm_email(session, old, secret_key=KEY)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda link: link + "0",
        lambda link: link.partition(".")[0],
        lambda link: "." + link.partition(".")[2],
        lambda link: link.partition(".")[0] + ".ärger\0",
        lambda _link: "",
    ],
)
def test_a_link_that_is_not_ours_is_refused(session, registered, spoil):
    with pytest.raises(tokens.LinkRefused):
        accounts.confirm_email(session, spoil(link_to(session)), secret_key=KEY)


def test_a_link_made_with_another_key_is_refused(session, registered):
    assert not accounts.can_confirm(session, link_to(session), secret_key="another key")


def test_a_link_grows_old(session, registered):
    token = session.scalars(sa.select(Token)).one()
    token.expires_at = now() - timedelta(seconds=1)
    session.commit()
    assert not accounts.can_confirm(session, link_to(session), secret_key=KEY)


def test_signing_in_takes_the_language_that_was_picked(session, make):
    account = confirmed(make, locale="en")
    assert accounts.sign_in(session, account.email, PASSWORD, locale=None).locale == "en"
    assert accounts.sign_in(session, account.email, PASSWORD, locale="de").locale == "de"


@pytest.mark.parametrize("password", ["wrong horse battery", "", PASSWORD + " ", "\0"])
def test_a_wrong_password_is_refused(session, make, password):
    account = confirmed(make)
    with pytest.raises(accounts.SignInRefused):
        accounts.sign_in(session, account.email, password, locale=None)


def test_nobody_is_refused_like_somebody(session):
    with pytest.raises(accounts.SignInRefused):
        accounts.sign_in(session, "nobody@post.example", PASSWORD, locale=None)


def test_a_disabled_account_is_refused_and_gets_no_mail(session, make):
    account = confirmed(make, disabled_at=now(), confirmed_at=None)
    with pytest.raises(accounts.SignInRefused):
        accounts.sign_in(session, account.email, PASSWORD, locale=None)
    assert kinds(session) == []


def test_signing_in_before_confirming_sends_the_link_again(session, registered):
    with pytest.raises(accounts.SignInRefused):
        accounts.sign_in(session, DRAFT.email, PASSWORD, locale=None)
    assert kinds(session) == ["confirm_email", "confirm_email"]


def test_a_session_is_found_by_its_token_until_it_ends(session, make):
    account = make.account()
    token = accounts.open_session(session, account)
    assert session.scalars(sa.select(SignIn)).one().token_hash != token
    assert accounts.find_session(session, token, now=now()).account == account
    accounts.close_session(session, token)
    assert accounts.find_session(session, token, now=now()) is None


@pytest.mark.parametrize(
    ("staff", "idle", "found"),
    [
        (True, timedelta(minutes=29), True),
        (True, timedelta(minutes=31), False),
        (False, timedelta(days=13), True),
        (False, timedelta(days=15), False),
    ],
)
def test_a_session_ends_when_nobody_uses_it(session, make, staff, idle, found):
    programme = make.programme()
    account = make.coordinator(programme) if staff else make.account()
    token = accounts.open_session(session, account)
    seen = accounts.find_session(session, token, now=now() + idle)
    assert (seen is not None) is found


def test_a_session_in_use_ends_all_the_same(session, make):
    account = make.account()
    token = accounts.open_session(session, account)
    for day in (10, 20, 29):
        assert accounts.find_session(session, token, now=now() + timedelta(days=day)) is not None
    assert accounts.find_session(session, token, now=now() + timedelta(days=31)) is None


def test_who_lost_the_right_to_sign_in_is_out_at_once(session, make):
    account = make.account()
    token = accounts.open_session(session, account)
    account.disabled_at = now()
    session.commit()
    assert accounts.find_session(session, token, now=now()) is None


def add_programme(database):
    with Session(database) as session:
        programme = Programme(
            slug="race",
            name="Race",
            place_name="Kreis",
            region="Region",
            contact_name="Contact",
            contact_email="contact@race.example",
            contact_phone="0481",
            address="Street 1",
        )
        session.add(programme)
        session.commit()
        return programme.id


def twice_at_once(database, action):
    """Do ``action`` in two sessions at the same moment, and return both results."""
    start, results = Barrier(2), []

    def run():
        with Session(database) as session:
            start.wait()
            results.append(action(session))

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_who_register_one_address_at_once_make_one_account(database):
    programme_id = add_programme(database)

    def register(session):
        programme = session.get_one(Programme, programme_id)
        return mentees.register(session, DRAFT, programme=programme) is not None

    assert sorted(twice_at_once(database, register)) == [False, True]
    with Session(database) as session:
        assert session.scalar(sa.select(sa.func.count(Account.id))) == 1


def test_a_link_used_twice_at_once_confirms_once(database):
    """TRUST B3."""
    programme_id = add_programme(database)
    with Session(database) as session:
        mentees.register(session, DRAFT, programme=session.get_one(Programme, programme_id))
        link = link_to(session)

    def confirm(session):
        try:
            accounts.confirm_email(session, link, secret_key=KEY)
        except tokens.LinkRefused:
            return False
        return True

    assert sorted(twice_at_once(database, confirm)) == [False, True]
