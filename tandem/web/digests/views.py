"""How often somebody wants to be told, and how to stop it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import digests, mails
from tandem.services.permissions import can_coordinate
from tandem.web.access import Access, access
from tandem.web.digests.forms import RemindersForm, RhythmForm
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("digests", __name__, url_prefix="/<slug>/notices")


@bp.get("/")
@access(Access.MEMBER)
def show() -> ResponseReturnValue:
    """Show which mails come, and the switches for those that need not."""
    return _page(), 200


@bp.post("/rhythm")
@access(Access.COORDINATOR)
def choose_rhythm() -> ResponseReturnValue:
    """Say how often one who coordinates wants to be told."""
    form = RhythmForm()
    if not form.validate_on_submit():
        return _page(form), 422
    digests.choose_rhythm(
        db.session, form.to_rhythm(), programme=current_programme(), actor=signed_in_account()
    )
    flash(_("Saved. It holds from now on."), "success")
    return redirect(url_for("digests.show"), 303)


@bp.post("/reminders")
@access(Access.PARTICIPANT)
def choose_reminders() -> ResponseReturnValue:
    """Turn reminders on or off."""
    form = RemindersForm()
    if not form.validate_on_submit():
        return _page(), 422
    wanted = form.is_wanted()
    mails.choose_reminders(
        db.session, wanted=wanted, programme=current_programme(), actor=signed_in_account()
    )
    flash(_("Reminders are on again.") if wanted else _("Reminders are off."), "success")
    return redirect(url_for("digests.show"), 303)


def _page(form: RhythmForm | None = None) -> str:
    actor, programme = signed_in_account(), current_programme()
    if can_coordinate(actor, programme.id) and form is None:
        rhythm = digests.get_rhythm(db.session, programme=programme, actor=actor)
        form = RhythmForm(formdata=None, rhythm=rhythm.value)
    return render_template(
        "digests/show.html", form=form, is_quiet=mails.wants_quiet(actor, programme)
    )
