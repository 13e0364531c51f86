"""Say what columns and words mean, who is known already, what companies are missing."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.services import intake
from tandem.web.access import Access, access
from tandem.web.forms import BaseForm, VersionedForm
from tandem.web.identity import signed_in_account
from tandem.web.imports import wording
from tandem.web.imports.forms import (
    company_fields,
    double_fields,
    layout_fields,
    many_form,
    question_fields,
    to_answers,
    to_layout,
)
from tandem.web.imports.pages import Asked, get_asked, portion
from tandem.web.imports.views import bp
from tandem.web.scope import current_programme

_FIELDS_OF_COMPANIES = ("name", "sector", "postal_code")


@bp.get("/<key>/columns")
@access(Access.COORDINATOR)
def columns(key: str) -> ResponseReturnValue:
    """Show what the columns are taken to hold."""
    asked = get_asked(key)
    return _columns(asked, _form(asked, layout_fields(asked.import_, asked.understanding)))


@bp.post("/<key>/columns")
@access(Access.COORDINATOR)
def save_columns(key: str) -> ResponseReturnValue:
    """Have the list read again, by what the coordinator says of its columns."""
    asked = get_asked(key)
    form = many_form(layout_fields(asked.import_, asked.understanding))
    if not form.validate_on_submit():
        return _columns(asked, form), 422
    return _save(intake.lay_out, key, to_layout(form, asked.understanding), form=form)


@bp.get("/<key>/questions")
@access(Access.COORDINATOR)
def questions(key: str) -> ResponseReturnValue:
    """Ask what words mean, each kind of value once."""
    asked = get_asked(key)
    asked_now, page, pages = portion(asked.understanding.questions, _page())
    return _questions(_form(asked, question_fields(asked_now)), asked, page=page, pages=pages)


@bp.post("/<key>/questions")
@access(Access.COORDINATOR)
def save_questions(key: str) -> ResponseReturnValue:
    """Remember answers, and have the list read again by them."""
    asked = get_asked(key)
    asked_now, page, pages = portion(asked.understanding.questions, _page())
    form = many_form(question_fields(asked_now))
    if not form.validate_on_submit():
        return _questions(form, asked, page=page, pages=pages), 422
    answers = to_answers(form, asked_now)
    if not answers:
        return redirect(url_for(".show", key=key), 303)
    return _save(intake.answer, key, answers, form=form)


@bp.get("/<key>/doubles")
@access(Access.COORDINATOR)
def doubles(key: str) -> ResponseReturnValue:
    """Show who seems to be known, or to stand in the list twice."""
    asked = get_asked(key)
    people, page, pages = portion(asked.doubles, _page())
    shown = [asked.row(person) for person in people]
    return _doubles(_form(asked, double_fields(shown)), asked, rows=shown, page=page, pages=pages)


@bp.post("/<key>/doubles")
@access(Access.COORDINATOR)
def save_doubles(key: str) -> ResponseReturnValue:
    """Keep what becomes of them."""
    asked = get_asked(key)
    people, page, pages = portion(asked.doubles, _page())
    shown = [asked.row(person) for person in people]
    form = many_form(double_fields(shown))
    if not form.validate_on_submit():
        return _doubles(form, asked, rows=shown, page=page, pages=pages), 422
    chosen = {row.line: intake.Double(form[f"d{row.line}"].data) for row in shown}
    return _save(intake.choose_doubles, key, chosen, form=form)


@bp.get("/<key>/companies")
@access(Access.COORDINATOR)
def companies(key: str) -> ResponseReturnValue:
    """Ask for what companies are missing."""
    asked = get_asked(key)
    shown, page, pages = portion(asked.company_rows(), _page())
    return _companies(
        _form(asked, company_fields(shown)), asked, rows=shown, page=page, pages=pages
    )


@bp.post("/<key>/companies")
@access(Access.COORDINATOR)
def save_companies(key: str) -> ResponseReturnValue:
    """Keep what companies were missing."""
    asked = get_asked(key)
    shown, page, pages = portion(asked.company_rows(), _page())
    form = many_form(company_fields(shown))
    if not form.validate_on_submit():
        return _companies(form, asked, rows=shown, page=page, pages=pages), 422
    said = {
        row.line: {
            name: form[f"{name}{row.line}"].data
            for name in _FIELDS_OF_COMPANIES
            if name in row.gaps and form[f"{name}{row.line}"].data
        }
        for row in shown
    }
    return _save(intake.complete_companies, key, said, form=form)


@bp.get("/readings")
@access(Access.COORDINATOR)
def readings() -> ResponseReturnValue:
    """Show what earlier lists have taught."""
    known = intake.list_remembered(
        db.session, programme=current_programme(), actor=signed_in_account()
    )
    shown, page, pages = portion(known, _page())
    return render_template(
        "imports/readings.html",
        readings=shown,
        page=page,
        pages=pages,
        form=BaseForm(formdata=None),
        wording=wording,
    )


@bp.post("/readings/forget")
@access(Access.COORDINATOR)
def forget_reading() -> ResponseReturnValue:
    """Ask again from now on."""
    form = BaseForm()
    if form.validate_on_submit():
        key = request.form.get("field", ""), request.form.get("text", "")
        intake.forget_reading(
            db.session, key, programme=current_programme(), actor=signed_in_account()
        )
        flash(_("Forgotten. The next list asks again."), "success")
    return redirect(url_for(".readings"), 303)


def _page() -> int:
    return request.args.get("page", 1, type=int)


def _form(asked: Asked, fields: Mapping[str, Any]) -> VersionedForm:
    return many_form(fields, formdata=None, data={"version": str(asked.import_.version)})


def _save(
    do: Callable[..., None], key: str, what: object, *, form: VersionedForm
) -> ResponseReturnValue:
    try:
        do(
            db.session,
            key,
            what,
            programme=current_programme(),
            actor=signed_in_account(),
            seen_version=form.seen_version(),
        )
    except Stale:
        flash(_("Somebody has changed this list meanwhile. Please look again."), "warning")
    return redirect(url_for(".show", key=key), 303)


def _columns(asked: Asked, form: VersionedForm) -> str:
    return _render("imports/columns.html", asked, form=form)


def _questions(form: VersionedForm, asked: Asked, *, page: int, pages: int) -> str:
    shown, *_rest = portion(asked.understanding.questions, page)
    return _render(
        "imports/questions.html", asked, form=form, questions=shown, page=page, pages=pages
    )


def _doubles(form: VersionedForm, asked: Asked, **values: Any) -> str:
    return _render("imports/doubles.html", asked, form=form, **values)


def _companies(form: VersionedForm, asked: Asked, **values: Any) -> str:
    return _render("imports/companies.html", asked, form=form, **values)


def _render(template: str, asked: Asked, **values: Any) -> str:
    return render_template(template, import_=asked.import_, asked=asked, wording=wording, **values)
