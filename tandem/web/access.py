"""Every view says who may reach it; one that says nothing stops the app from starting."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tandem.errors import NotAllowed, NotFound
from tandem.web import unsaved
from tandem.web.identity import Identity, identity

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

_LEVELS = "tandem.access"


class Access(Enum):
    """Who may reach a view. Which thing they may touch is for the services."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    MEMBER = "member"
    """Anyone who is something in the programme."""
    PARTICIPANT = "participant"
    """Mentors and mentees of the programme."""
    COORDINATOR = "coordinator"


def access(level: Access) -> Callable[[View], View]:
    """Mark a view with the least that its visitor must be."""

    def mark(view: View) -> View:
        view.access = level  # type: ignore[attr-defined]
        return view

    return mark


def access_table(app: Flask) -> dict[str, Access]:
    """Return each endpoint's access level.

    Raises
    ------
    LookupError
        If a view does not say who may reach it.
    """
    table = {"static": Access.PUBLIC}
    for endpoint, view in app.view_functions.items():
        level = getattr(view, "access", table.get(endpoint))
        if level is None:
            raise LookupError(f"{endpoint}: mark the view with @access(...)")
        table[endpoint] = level
    return table


def init_app(app: Flask) -> None:
    """Check that every view is marked, and enforce the marks on every request."""
    app.extensions[_LEVELS] = access_table(app)
    app.before_request(_enforce)


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    level = current_app.extensions[_LEVELS][request.endpoint]
    if level is Access.PUBLIC:
        return None
    person = identity()
    if person is None:
        here = request.full_path.rstrip("?") if request.method == "GET" else unsaved.keep()
        return redirect(url_for("auth.sign_in", next=here), 303)
    if level is not Access.SIGNED_IN:
        _require(person, level)
    return None


def _require(person: Identity, level: Access) -> None:
    """Refuse who lacks the role; who is nothing in this programme does not even learn of it."""
    if not person.roles_in(g.programme):
        raise NotFound
    allowed = {
        Access.MEMBER: True,
        Access.PARTICIPANT: person.is_mentor or person.is_mentee,
        Access.COORDINATOR: person.is_coordinator,
    }
    if not allowed[level]:
        raise NotAllowed
