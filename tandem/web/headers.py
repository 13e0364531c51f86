"""What every response tells the browser (TRUST C2, C3, C6)."""

from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from tandem.config import Settings
from tandem.web import languages

_YEAR = 365 * 24 * 3600
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_COMPRESSIBLE = ("text/css", "text/javascript", "image/svg+xml")
_FOUND = (200, 206, 304)
_UNREADABLE = ("\ufffd", "\0")


def init_app(app: Flask) -> None:
    """Refuse what cannot be decoded; send the headers with every answer."""
    settings: Settings = app.extensions["settings"]
    app.before_request(_refuse_undecodable)

    @app.after_request
    def add(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
        response.headers["Cache-Control"] = _caching(response)
        _make_compressible(response)
        _remember_language(response, secure=settings.is_https)
        return response


def _caching(response: Response) -> str:
    if request.endpoint == "calendars.feed" and response.status_code in _FOUND:
        return "private, no-cache"
    if request.endpoint != "static" or response.status_code not in _FOUND:
        return "no-store"
    return f"public, max-age={_YEAR}, immutable" if "v" in request.args else "public, max-age=3600"


def _make_compressible(response: Response) -> None:
    """Read styles, scripts and drawings whole, since what is streamed is sent as it is."""
    if request.endpoint == "static" and response.mimetype in _COMPRESSIBLE:
        response.direct_passthrough = False
        response.get_data()


def _remember_language(response: Response, *, secure: bool) -> None:
    chosen = languages.explicit_choice()
    if chosen is not None:
        response.set_cookie(
            languages.COOKIE, chosen, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax"
        )


def _refuse_undecodable() -> None:
    """Refuse bytes that are no text in UTF-8, and NUL in an address.

    What Werkzeug cannot decode it keeps quoted or replaces; here it is an error instead.
    """
    raw = [request.query_string]
    if request.mimetype == "application/x-www-form-urlencoded":
        raw.append(request.get_data(cache=True))
    try:
        texts = [unquote_to_bytes(part).decode() for part in raw]
    except UnicodeDecodeError as error:
        raise BadRequest from error
    if "\0" in texts[0] or any(mark in request.path for mark in _UNREADABLE):
        raise BadRequest
    if any(_UNREADABLE[0] in text for each in request.form.listvalues() for text in each):
        raise BadRequest
