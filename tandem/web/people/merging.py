"""People who seem to stand here twice, and making one of two."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2

from tandem.errors import NotFound
from tandem.extensions import db
from tandem.services import duplicates, looks, people
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.people import likeness, pages, wording
from tandem.web.people.forms import MergeForm
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.get("/duplicates")
@access(Access.COORDINATOR)
def twice() -> ResponseReturnValue:
    """List who seems to stand here twice."""
    found = duplicates.find_duplicates(db.session, current_programme(), actor=signed_in_account())
    return render_template(
        "people/duplicates.html",
        found=found,
        apart=duplicates.list_distinctions(
            db.session, current_programme(), actor=signed_in_account()
        ),
        because=likeness.BECAUSE,
        wording=wording,
    ), 200


@bp.get("/merge")
@access(Access.COORDINATOR)
def compare() -> ResponseReturnValue:
    """Show two entries side by side."""
    one, other = _two()
    return _page(one, other, _form(one, other)), 200


@bp.post("/merge")
@access(Access.COORDINATOR)
def merge() -> ResponseReturnValue:
    """Make the two one person."""
    one, other = _two()
    form = _form(one, other)
    if not form.validate_on_submit():
        return _page(one, other, form), 422
    gone = other if form.kept.data == one.who.key else one
    try:
        kept = duplicates.merge(
            db.session,
            form.kept.data,
            gone.who.key,
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except duplicates.Unmergeable as refusal:
        add_error(form.kept, likeness.unmergeable(refusal, name=gone.who.name))
        return _page(*_two(), form), 422
    flash(_("The two entries are one now. Notes have been moved here."), "success")
    return redirect(url_for(".show", key=kept.who.key), 303)


@bp.post("/distinguish")
@access(Access.COORDINATOR)
def distinguish() -> ResponseReturnValue:
    """Remember that the two are two people."""
    one, other = _two()
    duplicates.distinguish(
        db.session,
        one.who.key,
        other.who.key,
        programme=current_programme(),
        actor=signed_in_account(),
    )
    flash(_("Noted: they are two people. They are no longer shown as one."), "success")
    return redirect(url_for(".twice"), 303)


@bp.post("/distinguish/undo")
@access(Access.COORDINATOR)
def confuse() -> ResponseReturnValue:
    """Look at two again who were told apart."""
    one, other = _two()
    duplicates.confuse(
        db.session,
        one.who.key,
        other.who.key,
        programme=current_programme(),
        actor=signed_in_account(),
    )
    flash(_("Taken back. If they still look alike, they are shown again."), "success")
    return redirect(url_for(".twice"), 303)


def _two() -> tuple[people.Person, people.Person]:
    """Return the two people whom the address names."""
    one, other = (pages.get_person(request.args.get(name, "")) for name in ("one", "other"))
    if one.side is not other.side or one.who.key == other.who.key:
        raise NotFound
    return one, other


def _form(one: people.Person, other: people.Person) -> MergeForm:
    form = MergeForm()
    form.kept.choices = [
        SelectChoice(each.who.key, likeness.entry(each, programme=current_programme()))
        for each in (one, other)
    ]
    return form


def _page(one: people.Person, other: people.Person, form: MergeForm) -> str:
    page = render_template(
        "people/merge.html",
        one=one,
        other=other,
        rows=likeness.side_by_side(one, other, current_programme()),
        form=form,
    )
    looks.note_look(db.session, one.who, other.who, account=signed_in_account())
    return page
