"""Hand mails to the mail server that is set, or keep them where they can be read."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from tandem.services.mails import Deliver, RefusedForGood

_TIMEOUT_SECONDS = 30
_FOR_GOOD = 500


def delivery(smtp_url: str | None) -> Deliver:
    """Return how mails leave; without a server they stay in the outbox, to be read there."""
    if smtp_url is None:
        return _keep

    def deliver(message: EmailMessage) -> None:
        try:
            _send(smtp_url, message)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            _judge(code, answer, error)
        except smtplib.SMTPResponseException as error:
            _judge(error.smtp_code, error.smtp_error, error)

    return deliver


def _keep(_message: EmailMessage) -> None:
    """Leave the mail in the outbox, where ``/dev/mail`` shows it."""


def _send(smtp_url: str, message: EmailMessage) -> None:
    address = urlsplit(smtp_url)
    kind = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    with kind(address.hostname or "", address.port or 0, timeout=_TIMEOUT_SECONDS) as server:
        if address.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)


def _judge(code: int, answer: bytes | str, error: OSError) -> None:
    """Tell a refusal for good from one for now."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    if code >= _FOR_GOOD:
        raise RefusedForGood(f"{code} {text}") from error
    raise error
