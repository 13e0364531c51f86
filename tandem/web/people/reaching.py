"""How somebody is called and reached whom staff entered: by telephone, or by an address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import Mentee, Mentor
from tandem.services import desk, own_data, permissions
from tandem.services.entering import AddressKnown
from tandem.web.access import Access, access
from tandem.web.forms import add_error, required
from tandem.web.identity import signed_in_account
from tandem.web.people import pages
from tandem.web.people.forms import AddressForm, NameForm, NoticeForm
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.get("/<key>/reach")
@access(Access.COORDINATOR)
def reach(key: str) -> ResponseReturnValue:
    """Show how somebody is reached, and what would change that."""
    if not permissions.can_write_for(signed_in_account(), pages.get_person(key).who):
        return redirect(url_for(".show", key=key), 303)
    return _page(key), 200


@bp.post("/<key>/reach/notice")
@access(Access.COORDINATOR)
def inform(key: str) -> ResponseReturnValue:
    """Write down that the privacy notice was given in person."""
    form = NoticeForm()
    if not form.validate_on_submit():
        return _page(key, notice=form), 422
    try:
        person = desk.inform(
            db.session,
            key,
            required(form.given_on.data),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except desk.NotYet:
        add_error(form.given_on, _("This day has not come yet."))
        return _page(key, notice=form), 422
    flash(
        _("Noted. %(name)s takes part; please call instead of writing.", name=person.name),
        "success",
    )
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/reach/address")
@access(Access.COORDINATOR)
def give_address(key: str) -> ResponseReturnValue:
    """Enter an address, to which the link to take over is sent."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(key, address=form), 422
    programme, actor = current_programme(), signed_in_account()
    try:
        desk.give_address(
            db.session, key, required(form.email.data), programme=programme, actor=actor
        )
    except AddressKnown as known:
        add_error(form.email, _("Somebody with this address has an account already."))
        found = desk.find_known(db.session, known, programme=programme, actor=actor)
        return _page(key, address=form, known=found), 422
    flash(_("Saved. An e-mail tells them so, with a link to take over."), "success")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/reach/name")
@access(Access.COORDINATOR)
def rename(key: str) -> ResponseReturnValue:
    """Put a name right."""
    form = NameForm()
    if not form.validate_on_submit():
        return _page(key, name=form), 422
    own_data.change_name(
        db.session,
        first_name=required(form.first_name.data),
        last_name=required(form.last_name.data),
        actor=signed_in_account(),
        programme=current_programme(),
        about=key,
    )
    flash(_("The name is changed."), "success")
    return redirect(url_for(".show", key=key), 303)


def _page(
    key: str,
    *,
    name: NameForm | None = None,
    notice: NoticeForm | None = None,
    address: AddressForm | None = None,
    known: Mentor | Mentee | None = None,
) -> str:
    person = pages.get_person(key)
    account = person.who.membership.account
    return render_template(
        "people/reach.html",
        person=person,
        name_form=name or NameForm(formdata=None, obj=account),
        notice=notice or NoticeForm(formdata=None),
        address=address or AddressForm(formdata=None),
        known=known,
    )
