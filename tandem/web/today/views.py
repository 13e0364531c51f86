"""The day of a coordinator: what waits, and how the programme stands."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import Side, Tandem
from tandem.services import notes, rounds, tandems, today
from tandem.web.access import Access, access
from tandem.web.forms import BaseForm, add_error, required
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme
from tandem.web.today import pages
from tandem.web.today.forms import InsteadForm, RemoveForm, SupportForm

bp = Blueprint("today", __name__, url_prefix="/<slug>/today")


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """Show what waits today."""
    return pages.index()


@bp.post("/<key>/remind")
@access(Access.COORDINATOR)
def remind(key: str) -> ResponseReturnValue:
    """Remind those who have not answered an invitation."""
    _tandem(key)
    if not BaseForm().validate_on_submit():
        return pages.index(), 422
    try:
        reminded = tandems.remind_now(
            db.session, key, programme=current_programme(), actor=signed_in_account()
        )
    except tandems.RemindedToday:
        flash(_("They were reminded today. Once a day is enough; better call."), "info")
    except tandems.NobodyToRemind:
        flash(_("No reminder can be sent to them by e-mail. Please call."), "warning")
    except tandems.AnswerTooLate:
        flash(_("This invitation is no longer open."), "info")
    else:
        flash(_REMINDED[tuple(reminded)](), "success")
    return redirect(url_for(".index"), 303)


_REMINDED: dict[tuple[Side, ...], Callable[[], str]] = {
    (Side.MENTOR,): lambda: str(_("The mentor has been reminded.")),
    (Side.MENTEE,): lambda: str(_("The mentee has been reminded.")),
    (Side.MENTOR, Side.MENTEE): lambda: str(_("Both have been reminded.")),
}


@bp.post("/<key>/support")
@access(Access.COORDINATOR)
def support(key: str) -> ResponseReturnValue:
    """Write down what was done for a tandem."""
    tandem, form = _tandem(key), SupportForm()
    if not form.validate_on_submit():
        return render_template("today/support.html", tandem=tandem, form=form), 422
    try:
        notes.add_tandem_note(
            db.session,
            key,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except notes.NotYet:
        add_error(form.talked_on, _("This day has not come yet."))
        return render_template("today/support.html", tandem=tandem, form=form), 422
    flash(_("Noted. Only the coordination reads it."), "success")
    return redirect(url_for("tandems.show", key=key, _anchor="support"), 303)


@bp.post("/<key>/support/remove")
@access(Access.COORDINATOR)
def remove_support(key: str) -> ResponseReturnValue:
    """Remove a note about a tandem for good."""
    tandem, form = _tandem(key), RemoveForm()
    if not form.validate_on_submit():
        return render_template("today/support.html", tandem=tandem, form=pages.support_form()), 422
    notes.remove_note(
        db.session,
        required(form.which.data),
        programme=current_programme(),
        actor=signed_in_account(),
    )
    flash(_("The note is removed."), "success")
    return redirect(url_for("tandems.show", key=key, _anchor="support"), 303)


@bp.post("/<key>/instead")
@access(Access.COORDINATOR)
def instead(key: str) -> ResponseReturnValue:
    """Open a round for those who wait, with the next best pair pinned."""
    tandem, form = _tandem(key), InsteadForm()
    if not form.validate_on_submit():
        return pages.index(), 422
    try:
        round_ = today.open_round_with(
            db.session,
            pages.round_name(),
            mentor_key=required(form.mentor.data),
            mentee_key=tandem.mentee.key,
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except rounds.RoundOpen:
        flash(_("There is an open round by now. Pin the two there."), "info")
        return redirect(url_for("rounds.index"), 303)
    except rounds.Contradiction:
        flash(_("These two cannot be brought together as things are now."), "warning")
        return redirect(url_for("tandems.show", key=key), 303)
    flash(_("A round is open for those who wait, and the two are pinned in it."), "success")
    return redirect(url_for("rounds.show", key=round_.key), 303)


def _tandem(key: str) -> Tandem:
    return tandems.get_tandem(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
