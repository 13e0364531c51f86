"""How to stop mails of a kind, for mail programs: one click, without signing in (RFC 8058)."""

import hashlib
import hmac
from collections.abc import Mapping
from email.policy import EmailPolicy
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.mail import kind_of
from tandem.models import Mail, Programme
from tandem.services.tokens import LinkRefused

_ADDRESSES = "list-unsubscribe"


class Unparted(EmailPolicy):
    """Writes the addresses in headers whole; the usual policy encodes what is longer than a line.

    Between two addresses a line may end.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return a header as text."""
        if name.lower() != _ADDRESSES:
            return str(super().fold(name, value))
        return f"{name}: {str(value).replace(', <', f',{self.linesep} <')}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes."""
        if name.lower() != _ADDRESSES:
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


def ways_out(
    letter: Mail, programme: Programme, *, base: str, secret_key: str
) -> Mapping[str, str]:
    """Return the headers that tell a mail program how its reader stops such mails.

    One click is for encrypted lines only; otherwise the program leads to a page. A GET stops
    nothing: scanners follow such addresses (TRUST B3).
    """
    if not kind_of(letter.kind).can_be_stopped:
        return {}
    page = f"{quote(base, safe=':/')}/{programme.slug}/notices/"
    write = f"<mailto:{quote(programme.contact_email, safe='@+')}?subject=unsubscribe>"
    if not base.startswith("https://"):
        return {"List-Unsubscribe": f"<{page}>, {write}"}
    link = f"{letter.key}.{_secret(letter, secret_key=secret_key)}"
    return {
        "List-Unsubscribe": f"<{page}stop/{link}>, {write}",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def find_stoppable(session: Session, link: str, *, programme: Programme, secret_key: str) -> Mail:
    """Return the mail whose header had this link.

    Raises
    ------
    LinkRefused
        If there is none.
    """
    key, _, secret = link.partition(".")
    letter = session.scalars(
        sa.select(Mail).where(Mail.programme_id == programme.id, Mail.key == key)
    ).one_or_none()
    if letter is None or not kind_of(letter.kind).can_be_stopped:
        raise LinkRefused
    expected = _secret(letter, secret_key=secret_key)
    if not hmac.compare_digest(expected.encode(), secret.encode()):
        raise LinkRefused
    return letter


def _secret(letter: Mail, *, secret_key: str) -> str:
    """Return what proves that somebody has this mail; it can do nothing but stop its kind."""
    bound = f"stop:{letter.key}:{letter.dedup_key}"
    return hmac.new(secret_key.encode(), bound.encode(), hashlib.sha256).hexdigest()
