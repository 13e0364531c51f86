"""Who is asking: Flask-Login behind a module of our own.

What the cookie holds is a random token; the database knows its hash. Deleting the row
ends the session, whatever cookies were copied before (TRUST B4).
"""

from dataclasses import dataclass, field

from flask import g, session
from flask_login import current_user, login_user, logout_user

from tandem.clock import now
from tandem.extensions import db, login_manager
from tandem.models import Account, Programme, Role
from tandem.services import accounts
from tandem.web import unsaved


@dataclass(frozen=True, eq=False)
class Identity:
    """A signed-in person, as Flask-Login wants to see them."""

    account: Account
    token: str = field(repr=False)

    is_active = True
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what the cookie holds: the session's token, never the account's id."""
        return self.token

    @property
    def name(self) -> str:
        """The whole name."""
        return self.account.name

    @property
    def is_coordinator(self) -> bool:
        """Whether the person coordinates the programme of this page."""
        return Role.COORDINATOR in self._roles

    @property
    def is_mentor(self) -> bool:
        """Whether the person is a mentor in the programme of this page."""
        return Role.MENTOR in self._roles

    @property
    def is_mentee(self) -> bool:
        """Whether the person is a mentee in the programme of this page."""
        return Role.MENTEE in self._roles

    @property
    def _roles(self) -> set[Role]:
        return self.roles_in(g.get("programme"))

    def roles_in(self, programme: Programme | None) -> set[Role]:
        """Return what the person is in ``programme``."""
        if programme is None:
            return set()
        return {
            membership.role
            for membership in self.account.memberships
            if membership.programme_id == programme.id
        }


def identity() -> Identity | None:
    """Return who is asking, or none for a visitor who has not signed in."""
    person = current_user._get_current_object()  # noqa: SLF001 - the proxy's own way out
    return person if isinstance(person, Identity) else None


def signed_in_account() -> Account:
    """Return the account behind this request; only for views that require one."""
    person = identity()
    assert person is not None  # noqa: S101 - the access table says so
    return person.account


def begin_session(account: Account) -> None:
    """Sign ``account`` in, in this browser, under a session that did not exist before."""
    _forget_session()
    token = accounts.open_session(db.session, account)
    unsaved.begin_again(account)
    session.permanent = Role.COORDINATOR not in {each.role for each in account.memberships}
    login_user(Identity(account, token))


def end_session() -> None:
    """End the session of this browser, on the server too."""
    _forget_session()
    session.clear()


def _forget_session() -> None:
    person = identity()
    if person is not None:
        accounts.close_session(db.session, person.token)
    logout_user()


@login_manager.user_loader
def _load(token: str) -> Identity | None:
    sign_in = accounts.find_session(db.session, token, now=now())
    return Identity(sign_in.account, token) if sign_in else None
