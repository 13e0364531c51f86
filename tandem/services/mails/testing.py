"""Try the mail settings in force, and say what the server answered."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from tandem.clock import now
from tandem.config import Settings
from tandem.services.mails.sending import Deliver


def send_test(address: str, *, settings: Settings, deliver: Deliver) -> None:
    """Send one mail to an address with the settings in force; nothing is kept of it.

    Raises
    ------
    Undelivered
        If it was not taken; it says why.
    """
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = address
    message["Subject"] = "Tandem: test"
    message["Message-ID"] = make_msgid(domain="tandem")
    message["Date"] = format_datetime(now())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        "This is a test of the mail settings of Tandem at"
        f" {settings.public_base_url}.\n\nIt has arrived: they are right.\n"
    )
    deliver(message)
