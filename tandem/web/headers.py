"""What every response tells the browser (TRUST C2, C3, C6)."""

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
        response.headers["Cache-Control"] = _caching()
        _remember_language(response, secure=settings.is_https)
        return response


def _caching() -> str:
    if request.endpoint != "static":
        return "no-store"
    return f"public, max-age={_YEAR}, immutable" if "v" in request.args else "public, max-age=3600"


def _remember_language(response: Response, *, secure: bool) -> None:
    chosen = languages.explicit_choice()
    if chosen is not None:
        response.set_cookie(
            languages.COOKIE, chosen, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax"
        )


def _refuse_undecodable() -> None:
    in_address = [request.path, *request.args, *request.args.values()]
    in_form = [*request.form, *(text for texts in request.form.listvalues() for text in texts)]
    if any(mark in text for mark in _UNREADABLE for text in in_address):
        raise BadRequest
    if any(_UNREADABLE[0] in text for text in in_form):
        raise BadRequest
