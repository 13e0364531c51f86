"""Hand mails to the mail server that is set, or keep them where they can be read."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Timer

from tandem.config import SmtpServer, Tls
from tandem.services.mails import Deliver, Problem, RefusedForGood, ServerAway, TryLater


@dataclass(frozen=True)
class Patience:
    """How long a mail server may take, in seconds: for one answer, and for a whole mail."""

    answer: float = 20
    mail: float = 90


_FOR_GOOD = 500
_TOO_LARGE = 552
_BY_CODE = {_TOO_LARGE: Problem.TOO_LARGE, 550: Problem.NO_MAILBOX, 551: Problem.NO_MAILBOX}
_BY_STATUS = {
    "1": Problem.NO_MAILBOX,
    "2.2": Problem.MAILBOX_FULL,
    "2.1": Problem.NO_MAILBOX,
    "2.3": Problem.TOO_LARGE,
    "3.4": Problem.TOO_LARGE,
    "7": Problem.NOT_WANTED,
}
"""What enhanced status codes mean (RFC 3463), by what follows their class."""


def delivery(smtp_url: str | None, patience: Patience = Patience()) -> Deliver:
    """Return how mails leave; without a server they stay in the outbox, to be read there."""
    if smtp_url is None:
        return _keep
    server = SmtpServer.from_url(smtp_url)

    def deliver(message: EmailMessage) -> None:
        with _connected(server, patience) as line:
            _hand_over(line, message)

    return deliver


def _keep(_message: EmailMessage) -> None:
    """Leave the mail in the outbox, where ``/dev/mail`` shows it."""


@contextmanager
def _connected(server: SmtpServer, patience: Patience) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and sign in; whatever goes wrong there is not the mail's fault."""
    try:
        line = _open(server, patience)
    except (OSError, ValueError) as error:
        raise ServerAway(_what_is_wrong(error), _answer(error)) from error
    watch = Timer(patience.mail, _hang_up, [line])
    watch.daemon = True
    watch.start()
    try:
        try:
            _introduce(line, server)
        except OSError as error:
            raise ServerAway(_what_is_wrong(error), _answer(error)) from error
        yield line
        with suppress(OSError):  # the mail was taken; how they part does not matter
            line.quit()
    finally:
        watch.cancel()
        line.close()


def _open(server: SmtpServer, patience: Patience) -> smtplib.SMTP:
    if server.tls is Tls.FROM_START:
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=patience.answer, context=_context(server)
        )
    return smtplib.SMTP(server.host, server.port, timeout=patience.answer)


def _introduce(line: smtplib.SMTP, server: SmtpServer) -> None:
    line.ehlo_or_helo_if_needed()
    wanted = server.tls is Tls.ALWAYS or (
        server.tls is Tls.IF_OFFERED and line.has_extn("starttls")
    )
    if wanted:
        line.starttls(context=_context(server))
        line.ehlo()
    if server.user:
        line.login(server.user, server.password)


def _context(server: SmtpServer) -> ssl.SSLContext:
    """Return what checks the server's certificate and its name."""
    return ssl.create_default_context(cafile=server.ca_file)


def _hang_up(line: smtplib.SMTP) -> None:
    """End a conversation that takes too long, whatever it is waiting for."""
    with suppress(OSError):
        if line.sock is not None:
            line.sock.shutdown(socket.SHUT_RDWR)


def _hand_over(line: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        line.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        _judge(*next(iter(error.recipients.values())))
    except smtplib.SMTPDataError as error:
        _judge(error.smtp_code, error.smtp_error)
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code == _TOO_LARGE:
            _judge(error.smtp_code, error.smtp_error)
        raise ServerAway(Problem.SENDER_REFUSED, _answer(error)) from error
    except smtplib.SMTPNotSupportedError as error:
        raise RefusedForGood(Problem.NO_MAILBOX, str(error)) from error
    except OSError as error:
        raise TryLater(_what_is_wrong(error), _answer(error)) from error


def _judge(code: int, answer: bytes | str) -> None:
    """Tell a refusal for good from one for now."""
    text = _text(answer)
    if code >= _FOR_GOOD:
        raise RefusedForGood(_why_refused(code, text), f"{code} {text}")
    raise TryLater(Problem.LATER, f"{code} {text}")


def _why_refused(code: int, text: str) -> Problem:
    status = text.split(" ", 1)[0].partition(".")[2]
    for begin in (status, status.partition(".")[0]):
        if begin in _BY_STATUS:
            return _BY_STATUS[begin]
    return _BY_CODE.get(code, Problem.OTHER)


def _what_is_wrong(error: Exception) -> Problem:
    """Return why there was no conversation, or why it ended."""
    if isinstance(error.__context__, TimeoutError):  # smtplib calls that a lost connection
        return Problem.TOO_SLOW
    kinds: list[tuple[type[Exception], Problem]] = [
        (smtplib.SMTPAuthenticationError, Problem.PASSWORD),
        (smtplib.SMTPNotSupportedError, Problem.NO_ENCRYPTION),
        (ssl.SSLCertVerificationError, Problem.CERTIFICATE),
        (ssl.SSLError, Problem.NO_ENCRYPTION),
        (socket.gaierror, Problem.NAME_NOT_FOUND),
        (TimeoutError, Problem.TOO_SLOW),
        (smtplib.SMTPServerDisconnected, Problem.BROKE_OFF),
        (ConnectionResetError, Problem.BROKE_OFF),
        (BrokenPipeError, Problem.BROKE_OFF),
        (smtplib.SMTPResponseException, Problem.LATER),
        (OSError, Problem.NOT_REACHED),
    ]
    return next((problem for kind, problem in kinds if isinstance(error, kind)), Problem.OTHER)


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
