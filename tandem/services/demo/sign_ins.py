"""With which addresses and password one can look around in a demo programme."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Membership, Programme, Role

_FILE = "demo_password"
_EACH = {Role.COORDINATOR: 2, Role.MENTOR: 2, Role.MENTEE: 2}


@dataclass(frozen=True, kw_only=True)
class SignInCard:
    """One line of what is printed at the start."""

    role: Role
    email: str


def demo_password(instance: Path) -> str:
    """Return the password of all demo accounts of this instance; make it the first time."""
    path = instance / _FILE
    if not path.exists():
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"tandem-{secrets.token_hex(4)}", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def sign_in_cards(session: Session, programme: Programme) -> Sequence[SignInCard]:
    """Return a few people of every role, the coordinators first."""
    return [
        SignInCard(role=role, email=email)
        for role, number in _EACH.items()
        for email in session.scalars(
            sa.select(Account.email)
            .join(Membership, Membership.account_id == Account.id)
            .where(Membership.programme_id == programme.id, Membership.role == role)
            .order_by(Membership.id)
            .limit(number)
        )
    ]
