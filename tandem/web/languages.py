"""In which language a page speaks, and which languages there are."""

from dataclasses import dataclass
from urllib.parse import quote

from babel import Locale
from flask import g, request
from flask_babel import get_locale

from tandem.web.identity import identity

DEFAULT = "de"
DEFAULT_ZONE = "Europe/Berlin"
OFFERED = ("de", "en")
COOKIE = "tandem_language"
_ARGUMENT = "lang"


@dataclass(frozen=True)
class Language:
    """One entry of the language switch."""

    code: str
    name: str
    url: str
    active: bool


def choose() -> str:
    """Return the language of this page: by explicit choice, then account, then browser."""
    chosen = request.args.get(_ARGUMENT) or request.cookies.get(COOKIE)
    if chosen in OFFERED:
        return chosen
    person = identity()
    if person is not None and person.account.locale in OFFERED:
        return person.account.locale
    programme = g.get("programme")
    default = programme.default_locale if programme else DEFAULT
    return request.accept_languages.best_match(OFFERED, default) or default


def explicit_choice() -> str | None:
    """Return the language that the visitor picked on this request, if they did."""
    chosen = request.args.get(_ARGUMENT)
    return chosen if chosen in OFFERED else None


def picked_before() -> str | None:
    """Return the language that the visitor once picked in this browser."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in OFFERED else None


def zone() -> str:
    """Return the time zone of the programme that the page is about, or the usual one."""
    programme = g.get("programme")
    return programme.zone if programme else DEFAULT_ZONE


def locale_code() -> str:
    """Return the code of the language in use, such as ``de``."""
    return str(get_locale() or DEFAULT)


def direction() -> str:
    """Return ``rtl`` where the script in use runs from right to left, else ``ltr``."""
    return Locale.parse(locale_code()).text_direction


def switch() -> list[Language]:
    """Return the language switch of this page; a choice keeps the page."""
    current = locale_code()
    path = quote(request.path) if request.method == "GET" else ""
    return [
        Language(
            code=code,
            name=Locale.parse(code).get_display_name(code) or code,
            url=f"{path}?{_ARGUMENT}={code}",
            active=code == current,
        )
        for code in OFFERED
    ]
