"""HTTP: blueprints, forms and what they share."""

from flask import Flask

from tandem.config import Settings
from tandem.web import (
    access,
    agreements,
    auth,
    check_ins,
    closings,
    companies,
    context,
    digests,
    errors,
    exports,
    headers,
    health,
    imports,
    mails,
    meetings,
    mentees,
    own_data,
    panels,
    people,
    policies,
    profiles,
    programmes,
    proposals,
    reports,
    rounds,
    scope,
    searching,
    settings,
    shortlists,
    tandems,
    today,
)

PANELS: tuple[panels.MakePanel, ...] = (
    tandems.course,
    today.instead,
    closings.thanks,
    meetings.panel,
    meetings.past,
    check_ins.panel,
    agreements.goals,
    agreements.terms,
    closings.panel,
    today.panel,
    tandems.ways_out,
)
"""What stands on the page of a tandem, in this order."""


def init_app(app: Flask) -> None:
    """Attach every blueprint and the rules that hold for all of them."""
    deployed: Settings = app.extensions["settings"]
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
        agreements.bp,
        meetings.bp,
        meetings.calendars_bp,
        check_ins.bp,
        closings.bp,
        reports.bp,
        today.bp,
        today.todos_bp,
        settings.bp,
        digests.bp,
        mails.undelivered_bp,
        exports.bp,
    ):
        app.register_blueprint(blueprint)
    if deployed.shows_mail:
        app.register_blueprint(mails.bp)
    errors.init_app(app)
    scope.init_app(app)
    access.init_app(app)
    context.init_app(app)
    panels.init_app(app, PANELS)
    headers.init_app(app)
