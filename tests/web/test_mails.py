"""The inbox of a demo."""

import pytest

from tandem.app import create_app
from tandem.config import Settings
from tandem.models import Mail, Role
from tandem.services import accounts
from tandem.services.mails import queue_mail
from tests.support import pairs


@pytest.fixture
def client(client):
    """A visitor who has chosen English."""
    client.get("/healthz?lang=en")
    return client


def newest(session):
    session.expire_all()
    return session.query(Mail).order_by(Mail.id.desc()).first()


def test_an_empty_inbox_says_what_to_do(client):
    assert "No e-mail has been written yet." in client.get("/dev/mail/").text


def test_the_newest_mail_comes_first_and_opens(client, session, make, programme):
    tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    text = client.get("/dev/mail/").text
    first, second = (mail.key for mail in session.query(Mail).order_by(Mail.id.desc()))
    assert text.index(first) < text.index(second)
    letter = client.get(f"/dev/mail/{first}").text
    assert f'href="http://127.0.0.1:5000/{programme.slug}/tandems/{tandem.key}"' in letter


def test_one_mailbox_can_be_opened(client, make, programme):
    tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    mentor, mentee = pairs.accounts_of(tandem)
    text = client.get(f"/dev/mail/?to={mentor.email.upper()}").text
    assert mentor.email.partition("@")[0] in text
    assert mentee.email.partition("@")[0] not in text
    assert "This mailbox is empty." in client.get("/dev/mail/?to=nobody@people.example").text


def test_a_link_with_a_secret_works_and_the_secret_is_not_kept(client, session, make, programme):
    draft = accounts.AccountDraft(
        email="rima@people.example",
        first_name="Rima",
        last_name="Muster",
        locale="en",
        password="long enough to pass",
    )
    accounts.register(session, draft, programme=programme, role=Role.MENTEE)
    mail = newest(session)
    letter = client.get(f"/dev/mail/{mail.key}").text
    link = letter.split('href="http://127.0.0.1:5000')[1].split('"')[0]
    secret = link.rpartition(".")[2]
    assert len(secret) == 64
    assert secret not in mail.text + mail.html
    assert client.get(link, follow_redirects=True).status_code == 200


def test_what_a_name_holds_is_only_text(client, session, make, programme):
    person = make.account(first_name="<script>alert(1)</script>")
    queue_mail(session, "tandem_left", person, programme=programme, about="x")
    session.commit()
    assert "&lt;script&gt;alert(1)" in client.get(f"/dev/mail/{newest(session).key}").text


def test_there_is_no_such_mail(client):
    assert client.get("/dev/mail/nothing").status_code == 404


@pytest.mark.parametrize("query", ["to=%00", "to=" + "x" * 255])
def test_a_senseless_address_is_refused(client, query):
    assert client.get(f"/dev/mail/?{query}").status_code in {400, 422}


@pytest.mark.parametrize("more", [{"production": True}, {"smtp_url": "smtp://127.0.0.1:1"}])
def test_where_mails_can_leave_there_is_no_inbox(more):
    app = create_app(Settings(secret_key="x" * 40, database_url="sqlite://", **more))
    assert "mails.index" not in app.view_functions
