"""In which language a page speaks, and which languages there are."""

from dataclasses import dataclass
from urllib.parse import quote

from babel import Locale
from flask import g, request
from flask_babel import get_locale

from tandem.locales import language_of, regional
from tandem.web.identity import identity

DEFAULT = "de"
DEFAULT_ZONE = "Europe/Berlin"
OFFERED = ("de", "en")
OF_DOCUMENTS = (*OFFERED, "ar")
"""Languages in which agreements and certificates can be taken along."""
COOKIE = "tandem_language"
_ARGUMENT = "lang"
_OF_DOCUMENT = "language"


@dataclass(frozen=True)
class Language:
    """A language by its own name."""

    code: str

    @property
    def name(self) -> str:
        """What those who speak it call it."""
        return Locale.parse(self.code).get_display_name(self.code) or self.code

    @property
    def direction(self) -> str:
        """``rtl`` where its script runs from right to left, else ``ltr``."""
        return Locale.parse(self.code).text_direction


@dataclass(frozen=True)
class Choice(Language):
    """One entry of the language switch."""

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


def chosen_locale() -> str:
    """Return the locale whose formats go with the language of this page."""
    return regional(choose())


def explicit_choice() -> str | None:
    """Return the language that the visitor picked on this request, if they did."""
    chosen = request.args.get(_ARGUMENT)
    return chosen if chosen in OFFERED else None


def picked_before() -> str | None:
    """Return the language that the visitor once picked in this browser."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in OFFERED else None


def of_document(usual: str) -> str:
    """Return the language that a document was asked for in, else the ``usual`` one."""
    chosen = request.args.get(_OF_DOCUMENT)
    return chosen if chosen in OF_DOCUMENTS else usual


def of_documents() -> list[Language]:
    """Return the languages in which a document can be had."""
    return [Language(code) for code in OF_DOCUMENTS]


def zone() -> str:
    """Return the time zone of the programme that the page is about, or the usual one."""
    programme = g.get("programme")
    return programme.zone if programme else DEFAULT_ZONE


def locale_code() -> str:
    """Return the code of the language in use, such as ``de``."""
    return language_of(str(get_locale() or DEFAULT))


def direction() -> str:
    """Return ``rtl`` where the script in use runs from right to left, else ``ltr``."""
    return Language(locale_code()).direction


def switch() -> list[Choice]:
    """Return the language switch of this page; a choice keeps the page."""
    current = locale_code()
    path = quote(request.path) if request.method == "GET" else ""
    return [
        Choice(
            code=code,
            url=f"{path}?{_ARGUMENT}={code}",
            active=code == current,
        )
        for code in OFFERED
    ]
