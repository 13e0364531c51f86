"""Turn what is refused into a page with the right status, in the reader's language."""

import logging

from flask import Flask, g, has_request_context, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from tandem.errors import Conflict, DomainError, NotAllowed, NotFound
from tandem.extensions import db

_STATUS: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409}


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _refuse)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.logger.addFilter(_without_address)


def _without_address(record: logging.LogRecord) -> bool:
    """Name a page in the log by its rule: an address may hold a secret (TRUST B3)."""
    if has_request_context() and request.url_rule is not None:
        record.msg = str(record.msg).replace(request.path, request.url_rule.rule)
    return True


def _refuse(error: DomainError) -> ResponseReturnValue:
    status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
    return _page(status)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, advice=_("This form has expired. Go back, reload the page and try again."))


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        return "Bad request", 400, {"Content-Type": "text/plain"}
    return _page(error.code or 500)


def _busy(error: OperationalError) -> ResponseReturnValue:
    """Tell apart a database that is busy from one that is broken."""
    text = str(error.orig)
    if "locked" not in text and "timeout" not in text and "deadlock" not in text:
        raise error
    return _page(503)


def _page(status: int, *, advice: str | None = None) -> ResponseReturnValue:
    db.session.rollback()
    if not hasattr(g, "programme"):
        g.programme = None
    g.is_refusal = True
    title, standard = _wording().get(status, _wording()[500])
    return render_template("errors/refused.html", heading=title, advice=advice or standard), status


def _wording() -> dict[int, tuple[str, str]]:
    return {
        400: (_("This request could not be read"), _("Go back and try again.")),
        403: (_("You have no access to this page"), _("Sign in with another account, or ask us.")),
        404: (
            _("There is nothing here"),
            _("The address may be mistyped, or the thing is no longer there."),
        ),
        405: (_("This cannot be done here"), _("Go back and try again.")),
        409: (
            _("This can no longer be done"),
            _("Someone else was faster, or things have changed. Go back and look again."),
        ),
        413: (_("That is too much at once"), _("Shorten what you entered and try again.")),
        500: (
            _("Something went wrong on our side"),
            _("Nothing you entered before was lost. Please try again in a moment."),
        ),
        503: (_("We are busy just now"), _("Please try again in a moment.")),
    }
