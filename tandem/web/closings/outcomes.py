"""What became of a mentee: one question, by a link without signing in or on the page."""

from flask import current_app, flash, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.config import Settings
from tandem.errors import Stale
from tandem.extensions import db
from tandem.models import Outcome
from tandem.services import outcomes, tokens
from tandem.services.permissions import is_person
from tandem.web.access import Access, access
from tandem.web.closings import wording
from tandem.web.closings.forms import OutcomeForm
from tandem.web.closings.views import bp
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

_LINK = "outcome_link"
_LONGEST = 200


@bp.get("/outcomes/answer/<link>")
@access(Access.PUBLIC)
def keep_outcome_link(link: str) -> ResponseReturnValue:
    """Take the secret of a question out of the address of the page (TRUST B3).

    The page is in the language in which the mail was.
    """
    browser[_LINK] = link[:_LONGEST]
    return redirect(url_for(".ask", lang=_language()), 303)


@bp.get("/outcomes/answer")
@access(Access.PUBLIC)
def ask() -> ResponseReturnValue:
    """Show the one question that a link asks; that changes nothing."""
    try:
        found = _find()
    except (tokens.LinkRefused, outcomes.NothingAsked):
        return _over()
    return _question(found, OutcomeForm(formdata=None))


@bp.post("/outcomes/answer")
@access(Access.PUBLIC)
def answer_by_link() -> ResponseReturnValue:
    """Take the answer, and use the link up."""
    form = OutcomeForm()
    try:
        if not form.validate_on_submit():
            return _question(_find(), form), 422
        outcomes.answer_by_link(
            db.session,
            _kept(),
            form.to_draft(),
            programme=current_programme(),
            secret_key=_secret(),
        )
    except (tokens.LinkRefused, outcomes.NothingAsked):
        return _over()
    browser.pop(_LINK, None)
    return redirect(url_for(".thank"), 303)


@bp.get("/outcomes/thanks")
@access(Access.PUBLIC)
def thank() -> ResponseReturnValue:
    """Thank whoever answered."""
    return render_template("closings/thanks.html")


@bp.get("/outcomes/<key>")
@access(Access.MEMBER)
def outcome(key: str) -> ResponseReturnValue:
    """Ask a mentee, or let a coordinator write down what they said."""
    found = _get(key)
    form = OutcomeForm(formdata=None, version=found.version, **wording.values_of(found))
    return _page(found, form)


@bp.post("/outcomes/<key>")
@access(Access.MEMBER)
def answer_outcome(key: str) -> ResponseReturnValue:
    """Take the answer; where somebody else was faster, show both."""
    found, form = _get(key), OutcomeForm()
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        outcomes.answer_outcome(
            db.session,
            key,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
            seen_version=form.seen_version(),
        )
    except Stale:
        found = _get(key)
        form.version.data = str(found.version)
        return _page(found, form, overtaken=True), 409
    flash(_("Thank you, we have noted it.") if _is_own(found) else _("Written down."), "success")
    return redirect(url_for("tandems.show", key=found.tandem.key), 303)


def _find() -> Outcome:
    return outcomes.find_question(
        db.session, _kept(), programme=current_programme(), secret_key=_secret()
    )


def _get(key: str) -> Outcome:
    return outcomes.get_outcome(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def _is_own(found: Outcome) -> bool:
    return is_person(signed_in_account(), found.tandem.mentee)


def _page(found: Outcome, form: OutcomeForm, *, overtaken: bool = False) -> str:
    return render_template(
        "closings/outcome.html",
        outcome=found,
        form=form,
        is_own=_is_own(found),
        overtaken=overtaken,
        wording=wording,
    )


def _question(found: Outcome, form: OutcomeForm) -> str:
    return render_template("closings/question.html", outcome=found, form=form)


def _over() -> ResponseReturnValue:
    return render_template("closings/link_over.html"), 410


def _language() -> str | None:
    try:
        return _find().tandem.mentee.membership.account.locale
    except (tokens.LinkRefused, outcomes.NothingAsked):
        return None


def _kept() -> str:
    return str(browser.get(_LINK, ""))


def _secret() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.secret_key
