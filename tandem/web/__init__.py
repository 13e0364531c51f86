"""HTTP: blueprints, forms and what they share."""

from flask import Flask

from tandem.config import Settings
from tandem.web import (
    access,
    auth,
    companies,
    context,
    errors,
    exports,
    headers,
    health,
    imports,
    mails,
    mentees,
    own_data,
    people,
    policies,
    profiles,
    programmes,
    proposals,
    rounds,
    scope,
    searching,
    shortlists,
    tandems,
)


def init_app(app: Flask) -> None:
    """Attach every blueprint and the rules that hold for all of them."""
    settings: Settings = app.extensions["settings"]
    for blueprint in (
        auth.bp,
        health.bp,
        programmes.bp,
        companies.bp,
        companies.own_bp,
        mentees.bp,
        profiles.bp,
        profiles.desk_bp,
        own_data.bp,
        searching.bp,
        people.bp,
        imports.bp,
        rounds.bp,
        proposals.bp,
        shortlists.bp,
        policies.bp,
        tandems.bp,
        exports.bp,
    ):
        app.register_blueprint(blueprint)
    if settings.shows_mail:
        app.register_blueprint(mails.bp)
    errors.init_app(app)
    scope.init_app(app)
    access.init_app(app)
    context.init_app(app)
    headers.init_app(app)
