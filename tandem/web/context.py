"""What every template may use."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import get_datetime_format
from babel.numbers import format_decimal
from flask import Flask, g, request, url_for
from flask_babel import format_date, format_time, get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from tandem import taxonomy
from tandem.extensions import db
from tandem.services import standings
from tandem.services.permissions import is_called
from tandem.web import codes, languages
from tandem.web.identity import Identity, identity

_BELONGS_TO = {
    "agreements": "tandems",
    "desk": "people",
    "digests": "settings",
    "imports": "people",
    "policies": "rounds",
    "proposals": "rounds",
    "shortlists": "rounds",
    "todos": "today",
    "undelivered": "today",
}
"""Pages that are reached through those of another noun."""


@dataclass(frozen=True)
class Entry:
    """One link of the navigation."""

    label: str
    url: str
    active: bool = False


def init_app(app: Flask) -> None:
    """Give the templates their globals and filters."""
    app.context_processor(_about_the_request)
    app.jinja_env.globals["CRITERION"] = codes.CRITERION
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["document_languages"] = languages.of_documents
    app.jinja_env.globals["is_called"] = is_called
    app.jinja_env.globals["taxonomy"] = taxonomy
    app.jinja_env.filters["number"] = number
    app.jinja_env.filters["slot"] = codes.slot
    app.jinja_env.filters["weekday"] = codes.weekday
    app.jinja_env.filters["day"] = format_date
    app.jinja_env.filters["moment"] = moment


def asset(path: str) -> str:
    """Return the address of a static file, with a mark that changes with its content."""
    folder = Path(__file__).parents[1] / "static"
    return url_for("static", filename=path, v=_mark(folder / path))


@cache
def _mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def number(value: int) -> str:
    """Return a whole number as the reader's language writes it."""
    return format_decimal(value, locale=languages.locale_code())


def moment(at: datetime) -> str:
    """Return a day and a minute of it as the reader writes them: 3 Dec 2026, 17:30."""
    pattern = str(get_datetime_format("medium", locale=get_locale()))
    return pattern.format(format_time(at, "short"), format_date(at, "medium"))


def _about_the_request() -> dict[str, Any]:
    programme = g.get("programme")
    person = identity()
    return {
        "programme": programme,
        "identity": person,
        "locale": languages.locale_code(),
        "direction": languages.direction(),
        "languages": languages.switch(),
        "navigation": _navigation(person) if programme else [],
        "footer_links": _legal() if programme else [],
        "home_url": url_for("programmes.start") if programme else url_for("programmes.index"),
        "sign_out_form": FlaskForm(formdata=None),
    }


def _navigation(person: Identity | None) -> list[Entry]:
    if person is not None and person.is_coordinator:
        return [
            _entry(_("Today"), "today.index"),
            _entry(_("People"), "people.index"),
            _entry(_("Companies"), "companies.index"),
            _entry(_("Rounds"), "rounds.index"),
            _entry(_("Tandems"), "tandems.index"),
            _entry(_("Reports"), "reports.index"),
            _entry(_("Settings"), "settings.show"),
        ]
    if person is not None and (person.is_mentor or person.is_mentee):
        company = [_entry(_("My company"), "company.show")] if person.is_mentor else []
        return [
            _entry(_("Where things stand"), "programmes.home"),
            *_running(person),
            _entry(_("My profile"), "profiles.show"),
            *company,
            _entry(_("My data"), "own_data.show"),
        ]
    return []


def _running(person: Identity) -> list[Entry]:
    """Lead to the tandem that runs; whoever has several finds them where things stand.

    A page that says what went wrong asks the database nothing more.
    """
    if g.get("is_refusal"):
        return []
    keys = standings.find_running(db.session, actor=person.account, programme=g.programme)
    if len(keys) != 1:
        return []
    here = request.endpoint == "tandems.show" and request.view_args == {"key": keys[0]}
    return [Entry(_("My tandem"), url_for("tandems.show", key=keys[0]), active=here)]


def _legal() -> list[Entry]:
    return [
        _entry(_("Imprint"), "programmes.imprint"),
        _entry(_("Privacy"), "programmes.privacy"),
        _entry(_("Accessibility"), "programmes.accessibility"),
    ]


def _entry(label: str, endpoint: str) -> Entry:
    noun = (request.endpoint or "").partition(".")[0]
    here = _BELONGS_TO.get(noun, noun) == endpoint.partition(".")[0]
    exact = endpoint.startswith("programmes.")
    return Entry(label, url_for(endpoint), request.endpoint == endpoint if exact else here)
