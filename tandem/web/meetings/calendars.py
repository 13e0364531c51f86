"""The secret address of one's own calendar: opened, renewed and closed, and what it gives."""

import hashlib
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from tandem.config import Settings
from tandem.extensions import db
from tandem.models import Calendar
from tandem.services import calendars
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("calendars", __name__)


@bp.get("/<slug>/my-calendar/")
@access(Access.PARTICIPANT)
def show() -> ResponseReturnValue:
    """Show the address, or offer one."""
    calendar = calendars.my_calendar(db.session, **_who())
    return render_template(
        "meetings/calendar.html",
        calendar=calendar,
        address=_address(calendar) if calendar else None,
        form=FlaskForm(formdata=None),
    )


@bp.post("/<slug>/my-calendar/open")
@access(Access.PARTICIPANT)
def open_() -> ResponseReturnValue:
    """Give a new address; the one before ends."""
    calendars.open_calendar(db.session, **_who())
    flash(_("This is your address. Keep it to yourself."), "success")
    return redirect(url_for("calendars.show"), 303)


@bp.post("/<slug>/my-calendar/close")
@access(Access.PARTICIPANT)
def close() -> ResponseReturnValue:
    """Take the address away."""
    calendars.close_calendar(db.session, **_who())
    flash(_("The address is gone. Whoever had it reads nothing any more."), "success")
    return redirect(url_for("calendars.show"), 303)


@bp.get("/calendar/<link>.ics")
@access(Access.PUBLIC)
def feed(link: str) -> ResponseReturnValue:
    """Give all meetings to the calendar of who knows the address."""
    calendar = calendars.find_calendar(db.session, link, secret_key=_settings().secret_key)
    text = calendars.read_calendar(db.session, calendar)
    calendars.note_reading(db.session, calendar)
    response = Response(text, mimetype="text/calendar")
    response.set_etag(hashlib.sha256(text.encode()).hexdigest())
    return response.make_conditional(request)


def _address(calendar: Calendar) -> str:
    """Return where a calendar finds the meetings; from the settings, never from the request."""
    link = calendars.link_of(calendar, secret_key=_settings().secret_key)
    return _settings().public_base_url + url_for("calendars.feed", link=link)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _who() -> dict[str, Any]:
    return {"programme": current_programme(), "actor": signed_in_account()}
