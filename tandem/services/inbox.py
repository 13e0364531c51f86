"""The outbox as an inbox: every mail as its reader gets it, where no mail can leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.config import Settings
from tandem.errors import NotFound
from tandem.models import Mail, Token
from tandem.services.mails import filled
from tandem.services.tokens import secret_of


class Paragraph(NamedTuple):
    """A paragraph of a mail; an address stands alone in its own."""

    text: str
    is_link: bool


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail, opened."""

    mail: Mail
    paragraphs: Sequence[Paragraph]


def list_mails(session: Session, *, to_address: str = "", most: int = 100) -> Sequence[Mail]:
    """Return the newest mails, or the newest to one address."""
    query = sa.select(Mail).order_by(Mail.id.desc()).limit(most)
    if to_address:
        query = query.where(Mail.to_address == to_address.lower())
    return session.scalars(query).all()


def open_mail(session: Session, key: str, *, settings: Settings) -> Letter:
    """Return a mail with working links; their secret part is derived now and not kept.

    Raises
    ------
    NotFound
        If there is none under this key.
    """
    query = (
        sa.select(Mail)
        .where(Mail.key == key)
        .options(joinedload(Mail.token).joinedload(Token.account))
    )
    mail = session.scalars(query).one_or_none()
    if mail is None:
        raise NotFound
    base = settings.public_base_url
    secret = secret_of(mail.token, secret_key=settings.secret_key) if mail.token else ""
    texts = filled(mail.text, base, secret).strip().split("\n\n")
    return Letter(
        mail=mail,
        paragraphs=[
            Paragraph(text, text.startswith(f"{base}/") and " " not in text) for text in texts
        ],
    )
