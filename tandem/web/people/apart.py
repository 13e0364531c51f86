"""Who is not to be brought together with a person."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import exclusions, people
from tandem.web.access import Access, access
from tandem.web.forms import add_error, required
from tandem.web.identity import signed_in_account
from tandem.web.people import pages, wording
from tandem.web.people.forms import ApartForm, FindForm, RemoveForm
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.get("/<key>/apart")
@access(Access.COORDINATOR)
def apart(key: str) -> ResponseReturnValue:
    """Look for whom a person is to be kept apart from."""
    form = ApartForm(formdata=None, asked_by=pages.get_person(key).side.value)
    return _page(key, form), 200


@bp.post("/<key>/apart")
@access(Access.COORDINATOR)
def keep_apart(key: str) -> ResponseReturnValue:
    """Keep two apart from now on."""
    person = pages.get_person(key)
    form = ApartForm()
    if not form.validate_on_submit():
        return _page(key, form), 422
    draft = form.to_draft(person)
    try:
        exclusions.exclude(
            db.session, draft, programme=current_programme(), actor=signed_in_account()
        )
    except exclusions.ExcludedAlready:
        add_error(form.other, _("They are kept apart already."))
        return _page(key, form), 422
    flash(_("Noted. No round will bring them together."), "success")
    return redirect(url_for(".show", key=key, _anchor="apart"), 303)


@bp.post("/<key>/apart/lift")
@access(Access.COORDINATOR)
def lift(key: str) -> ResponseReturnValue:
    """Let two be brought together again."""
    pages.get_person(key)
    form = RemoveForm()
    if not form.validate_on_submit():
        return pages.show(key), 422
    exclusions.lift(
        db.session,
        required(form.which.data),
        programme=current_programme(),
        actor=signed_in_account(),
    )
    flash(_("Allowed again. The next round may bring them together."), "success")
    return redirect(url_for(".show", key=key, _anchor="apart"), 303)


def _page(key: str, form: ApartForm) -> str:
    person = pages.get_person(key)
    find_form = FindForm(formdata=request.args)
    name = (find_form.name.data or "") if find_form.validate() else ""
    found = _find(person, name) if name else people.Others(people=(), companies=())
    return render_template(
        "people/apart.html",
        person=person,
        rows=wording.others(found, current_programme(), chosen=form.other.data),
        form=form,
        find_form=find_form,
        searched=bool(name),
        wording=wording,
    )


def _find(person: people.Person, name: str) -> people.Others:
    return people.find_others(
        db.session, current_programme(), person.side, name=name, actor=signed_in_account()
    )
