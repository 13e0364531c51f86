"""Register a company; look at companies and vet them."""

from math import ceil

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Conflict
from tandem.extensions import db
from tandem.models import Company, CompanyState, Mentor
from tandem.services import companies
from tandem.web import codes
from tandem.web.access import Access, access
from tandem.web.companies import wording
from tandem.web.companies.forms import ColleagueForm, DecisionForm, RegisterForm
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("companies", __name__, url_prefix="/<slug>/companies")

_ON_A_PAGE = 50


@bp.route("/register", methods=["GET", "POST"])
@access(Access.PUBLIC)
def register() -> ResponseReturnValue:
    """Register; the answer is the same for known and unknown addresses (TRUST B2)."""
    form = RegisterForm()
    if not form.looks_up and form.validate_on_submit():
        companies.register(
            db.session, form.to_company(), form.to_account(), programme=current_programme()
        )
        return redirect(url_for("programmes.check_mail"), 303)
    return render_template("companies/register.html", form=form), 422 if form.errors else 200


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the companies, those to vet first."""
    actor, programme = signed_in_account(), current_programme()
    counts = companies.count_companies(db.session, actor=actor, programme=programme)
    pages = max(1, ceil(sum(counts.values()) / _ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    entries = companies.list_companies(
        db.session,
        actor=actor,
        programme=programme,
        offset=(page - 1) * _ON_A_PAGE,
        limit=_ON_A_PAGE,
    )
    return render_template(
        "companies/index.html",
        waiting=counts[CompanyState.REGISTERED],
        codes=codes,
        entries=entries,
        page=page,
        pages=pages,
        wording=wording,
    )


@bp.get("/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Show a company and its mentors, and ask for a decision."""
    return _page(key, DecisionForm(formdata=None)), 200


@bp.post("/<key>/decide")
@access(Access.COORDINATOR)
def decide(key: str) -> ResponseReturnValue:
    """Vet a company, or decline it with a reason."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(key, form), 422
    try:
        company = companies.decide(
            db.session,
            key,
            form.to_decision(),
            actor=signed_in_account(),
            programme=current_programme(),
        )
    except Conflict:
        form = DecisionForm(formdata=None)
        return _page(key, form, overtaken=True), 409
    if company.is_vetted:
        flash(_("%(company)s takes part now.", company=company.name), "success")
    else:
        flash(_("%(company)s was declined.", company=company.name), "success")
    return redirect(url_for("companies.show", key=company.key), 303)


@bp.post("/<key>/contact")
@access(Access.COORDINATOR)
def name_contact(key: str) -> ResponseReturnValue:
    """Name who speaks for a company."""
    company = companies.get_company(
        db.session, key, actor=signed_in_account(), programme=current_programme()
    )
    form = ColleagueForm.among(_possible_contacts(company))
    if form.validate_on_submit():
        mentor = companies.name_contact(
            db.session, key, form.key(), actor=signed_in_account(), programme=current_programme()
        )
        flash(_("%(name)s speaks for this company now.", name=mentor.name), "success")
        return redirect(url_for("companies.show", key=key), 303)
    return _page(key, DecisionForm(formdata=None), contact_form=form), 422


def _possible_contacts(company: Company) -> list[Mentor]:
    mentors = companies.list_mentors(db.session, company)
    return [each for each in mentors if companies.can_speak(each) and not each.is_contact]


def _page(
    key: str,
    form: DecisionForm,
    *,
    overtaken: bool = False,
    contact_form: ColleagueForm | None = None,
) -> str:
    company = companies.get_company(
        db.session, key, actor=signed_in_account(), programme=current_programme()
    )
    form.version.data = form.version.data or str(company.version)
    return render_template(
        "companies/show.html",
        company=company,
        mentors=companies.list_mentors(db.session, company),
        form=form,
        contact_form=contact_form
        or ColleagueForm.among(_possible_contacts(company), formdata=None),
        overtaken=overtaken,
        codes=codes,
        wording=wording,
    )
