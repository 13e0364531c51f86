"""Stopping mails by the link in their header: a page to look at, one request that acts."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from tandem.config import Settings
from tandem.extensions import csrf, db
from tandem.locales import regional
from tandem.models import Mail
from tandem.services import unwanted
from tandem.services.tokens import LinkRefused
from tandem.web.access import Access, access
from tandem.web.digests.views import bp
from tandem.web.scope import current_programme

_FIELD, _CLICK = "List-Unsubscribe", "One-Click"


@bp.get("/stop/<link>")
@access(Access.PUBLIC)
def ask_stop(link: str) -> ResponseReturnValue:
    """Ask whether mails of a kind shall stop; that changes nothing."""
    try:
        letter = unwanted.find_unwanted(
            db.session, link, programme=current_programme(), secret_key=_secret()
        )
    except LinkRefused:
        return _refused()
    return _page(letter, link, stopped=False)


@bp.post("/stop/<link>")
@csrf.exempt  # a mail program sends it without a session; the link says all that counts
@access(Access.PUBLIC)
def stop(link: str) -> ResponseReturnValue:
    """Stop mails of a kind, as RFC 8058 asks for it: no cookie, no question, no redirect."""
    if request.form.get(_FIELD) != _CLICK:
        return ask_stop(link)
    try:
        letter = unwanted.stop(
            db.session, link, programme=current_programme(), secret_key=_secret()
        )
    except LinkRefused:
        return _refused()
    return _page(letter, link, stopped=True)


def _page(letter: Mail, link: str, *, stopped: bool) -> str:
    """Return the page in the language in which the mail was."""
    with force_locale(regional(letter.locale)):
        return render_template(
            "digests/stop.html",
            is_digest=unwanted.is_digest(letter),
            link=link,
            stopped=stopped,
            field=_FIELD,
            click=_CLICK,
        )


def _refused() -> ResponseReturnValue:
    return render_template("digests/stop_refused.html"), 410


def _secret() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.secret_key
