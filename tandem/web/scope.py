"""Which programme a request is about: the first part of its path."""

from typing import Any

from flask import Flask, current_app, g, has_request_context

from tandem.extensions import db
from tandem.models import Programme
from tandem.services import programmes


def current_programme() -> Programme:
    """Return the programme in whose pages this request is; only for such pages."""
    programme = g.programme
    assert isinstance(programme, Programme)  # noqa: S101 - the route has a slug
    return programme


def init_app(app: Flask) -> None:
    """Take the slug out of every address of a programme, and put it into those we make."""
    app.url_value_preprocessor(_pull)
    app.url_defaults(_inject)


def _pull(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.programme = None
    if values is not None and "slug" in values:
        g.programme = programmes.get_programme(db.session, values.pop("slug"))


def _inject(endpoint: str, values: dict[str, Any]) -> None:
    if "slug" in values or not has_request_context():
        return
    programme = g.get("programme")
    if programme is not None and endpoint_has_slug(endpoint):
        values["slug"] = programme.slug


def endpoint_has_slug(endpoint: str) -> bool:
    """Whether the address of ``endpoint`` begins with a programme."""
    return current_app.url_map.is_endpoint_expecting(endpoint, "slug")
