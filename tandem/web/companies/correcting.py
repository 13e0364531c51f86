"""Correct who a company is, as a coordinator."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.models import Company
from tandem.services import companies
from tandem.web import codes
from tandem.web.access import Access, access
from tandem.web.companies import wording
from tandem.web.companies.forms import CorrectForm
from tandem.web.companies.views import bp
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme


@bp.route("/<key>/correct", methods=["GET", "POST"])
@access(Access.COORDINATOR)
def correct(key: str) -> ResponseReturnValue:
    """Ask what a company is called, what it does and where it is."""
    programme, actor = current_programme(), signed_in_account()
    company = companies.get_company(db.session, key, actor=actor, programme=programme)
    form = CorrectForm.of(company)
    if form.looks_up or not form.validate_on_submit():
        return _page(company, form), 422 if form.errors else 200
    try:
        companies.correct(db.session, key, form.to_correction(), actor=actor, programme=programme)
    except Stale:
        now = companies.get_company(db.session, key, actor=actor, programme=programme)
        form.version.data = str(now.version)
        return _page(now, form, overtaken=True), 409
    flash(_("Saved. The company sees it at once."), "success")
    return redirect(url_for("companies.show", key=key), 303)


def _page(company: Company, form: CorrectForm, *, overtaken: bool = False) -> str:
    return render_template(
        "companies/correct.html",
        company=company,
        form=form,
        overtaken=overtaken,
        codes=codes,
        wording=wording,
    )
