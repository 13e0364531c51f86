"""`tandem mail test`: what the server answered, in plain words."""

import pytest
from click.testing import CliRunner

from tandem.cli import tandem
from tests.support import mail_server


@pytest.fixture
def run(tmp_path):
    def run(url, address="rima@people.example"):
        env = {"TANDEM_INSTANCE": str(tmp_path), "TANDEM_SMTP_URL": url}
        return CliRunner().invoke(tandem, ["mail", "test", address], env=env)

    return run


def test_it_says_that_the_mail_was_taken(run):
    with mail_server.running() as server:
        result = run(server.url)
        assert result.exit_code == 0
        assert "has taken the mail" in result.output
        [message] = server.handler.taken
    assert message["To"] == "rima@people.example"
    assert "they are right" in message.get_content()


def test_it_says_what_the_server_refused(run):
    with mail_server.running() as server:
        server.handler.at_rcpt["rima@people.example"] = "550 5.1.1 no such user"
        result = run(server.url)
    assert result.exit_code == 1
    assert "no mailbox at this address" in result.output
    assert "550 5.1.1 no such user" in result.output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://nobody.invalid:25", "name of the mail server was not found"),
        ("smtp://localhost:{closed}", "Nobody answers there"),
        ("smtp://a:b@localhost:{port}", "A password is sent over no other"),
    ],
)
def test_it_says_what_is_wrong_with_the_settings(run, url, said):
    with mail_server.running() as server:
        result = run(url.format(port=server.port, closed=mail_server.free_port()))
    assert result.exit_code == 1
    assert said in result.output


def test_it_says_what_is_wrong_with_certificate_and_password(run):
    with mail_server.running(tls="starttls", password=True) as server:
        unknown = run(server.url)
        wrong = run(
            f"smtp://tandem:secret%20word@localhost:{server.port}?ca={mail_server.CERTIFICATE}"
        )
    assert "certificate of the mail server is not valid" in unknown.output
    assert "does not accept this user and password" in wrong.output
    assert "secret word" not in wrong.output


def test_without_a_server_there_is_nothing_to_try(run):
    result = run("")
    assert result.exit_code == 1
    assert "/dev/mail" in result.output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://host", "must be like smtp://"),
        ("smtp://", "must be like smtp://"),
        ("smtp://host:99999", "up to 65535"),
        ("smtp://host?tls=maybe", "always, if_offered or never"),
        ("smtp://user:word@host?tls=never", "has a password"),
        ("smtp://user:word@host?tls=if_offered", "has a password"),
        ("smtps://host?tls=always", "knows ?ca="),
        ("smtp://host?verify=no", "knows ?ca="),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_before_anything_starts(run, url, said):
    result = run(url)
    assert result.exit_code == 1
    assert said in result.output
