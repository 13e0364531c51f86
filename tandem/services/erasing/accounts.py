"""Accounts of people who are erased: without a name, an address, a way in."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock
from tandem.models import Account, Membership, Mentee, Mentor, Programme, SignIn, Token
from tandem.models.base import new_key
from tandem.services.accounts import NO_MAIL, NO_PASSWORD

NO_NAME = "…"
"""Stands where a first and a last name stood."""


def hold_account(session: Session, account_id: int) -> Account:
    """Return an account that nobody else can change or erase until the transaction ends."""
    [account] = lock(session, Account, [account_id])
    return account


def forget_account(
    session: Session, account: Account, roles: Sequence[Mentor | Mentee], *, programme: Programme
) -> None:
    """Leave nobody behind the roles: the account forgets who it was.

    Where it is still needed, in another programme or by the staff, it stays, and one
    that is nobody's takes its place behind the roles.
    """
    ours = [person.membership_id for person in roles]
    others = sa.select(Membership.id).where(
        Membership.account_id == account.id, Membership.id.not_in(ours)
    )
    if session.scalar(sa.select(others.exists())) is True:
        nobody = Account(**_nothing(programme))
        session.add(nobody)
        session.flush()
        session.execute(
            sa.update(Membership).where(Membership.id.in_(ours)).values(account_id=nobody.id)
        )
        session.execute(
            sa.delete(Token).where(
                Token.account_id == account.id, Token.programme_id == programme.id
            )
        )
        return
    for model in (SignIn, Token):
        session.execute(sa.delete(model).where(model.account_id == account.id))
    for name, value in _nothing(programme).items():
        setattr(account, name, value)
    session.flush()


def _nothing(programme: Programme) -> dict[str, object]:
    return {
        "email": f"{new_key().lower()}@{NO_MAIL}",
        "first_name": NO_NAME,
        "last_name": NO_NAME,
        "password_hash": NO_PASSWORD,
        "locale": programme.default_locale,
        "confirmed_at": None,
        "disabled_at": now(),
    }
