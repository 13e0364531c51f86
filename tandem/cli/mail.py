"""`tandem mail test`: try the mail settings in force."""

import click

from tandem.cli.settings import read_settings
from tandem.config import SmtpServer
from tandem.services import smtp
from tandem.services.mails import Problem, RefusedForGood, Undelivered, send_test

_WRONG = {
    Problem.NO_MAILBOX: "There is no mailbox at this address, says the mail server.",
    Problem.MAILBOX_FULL: "The mailbox is full.",
    Problem.NOT_WANTED: "The mail server took the mail for unwanted, or does not let this"
    " sender write there. Look at TANDEM_MAIL_FROM, and at SPF and DKIM of its domain.",
    Problem.TOO_LARGE: "The mail was too large.",
    Problem.SENDER_REFUSED: "The mail server does not accept the sender: TANDEM_MAIL_FROM.",
    Problem.LATER: "The mail server asks to come back later. Tandem would, for 48 hours.",
    Problem.NAME_NOT_FOUND: "The name of the mail server was not found: look at TANDEM_SMTP_URL.",
    Problem.NOT_REACHED: "Nobody answers there: look at host and port in TANDEM_SMTP_URL,"
    " and whether a firewall is in the way.",
    Problem.TOO_SLOW: "The mail server took too long to answer. Look at the port: 587 is for"
    " smtp://, 465 for smtps://.",
    Problem.BROKE_OFF: "The mail server broke off. Look at the port: 587 is for smtp://,"
    " 465 for smtps://.",
    Problem.NO_ENCRYPTION: "No encrypted line came about. A password is sent over no other:"
    " take smtps:// for port 465, smtp:// for port 587.",
    Problem.CERTIFICATE: "The certificate of the mail server is not valid for this name, or"
    " signed by nobody known. Use the name that stands in it, or add ?ca=/path/to/authority.pem.",
    Problem.PASSWORD: "The mail server does not accept this user and password. Characters such as"
    " @ : / in a password are written as %40 %3A %2F in TANDEM_SMTP_URL.",
    Problem.OTHER: "The mail was not taken.",
}


@click.group()
def mail() -> None:
    """Look after mails."""


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Send one mail to ADDRESS with the settings in force, and say what the server answered."""
    settings = read_settings()
    if settings.smtp_url is None:
        raise click.ClickException(
            "TANDEM_SMTP_URL is not set: mails stay here and can be read at /dev/mail."
        )
    server = SmtpServer.from_url(settings.smtp_url)
    click.echo(f"Sending from {settings.mail_from} to {address} by {server.host}:{server.port} ...")
    try:
        send_test(address, settings=settings, deliver=smtp.delivery(settings.smtp_url))
    except Undelivered as problem:
        for_good = " It will not take it another time either." * isinstance(problem, RefusedForGood)
        raise click.ClickException(
            f"{_WRONG[problem.problem]}{for_good}\nThe answer was: {problem.answer}"
        ) from problem
    click.echo("The mail server has taken the mail. Look whether it arrives, also among spam.")
