"""Ask something of the next solving, and take it back."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape

from tandem.extensions import db
from tandem.models import Adjustment
from tandem.services import rounds
from tandem.web.access import Access, access
from tandem.web.forms import required
from tandem.web.identity import signed_in_account
from tandem.web.reasons.adjustments import told
from tandem.web.rounds import forms, refusals
from tandem.web.rounds.forms import AdjustForm, UndoForm
from tandem.web.rounds.views import bp, follow, get_round, show_refused
from tandem.web.scope import current_programme


@bp.post("/<key>/adjust")
@access(Access.COORDINATOR)
def adjust(key: str) -> ResponseReturnValue:
    """Pin or rule out a pair, or set somebody aside; where asked for, solve again at once."""
    round_ = get_round(key)
    form = AdjustForm()
    if not form.validate_on_submit():
        return show_refused(round_, form)
    try:
        if form.kind.data == forms.PIN_AND_SOLVE:
            return follow(key, lambda: _ask(rounds.try_pair)(key, form))
        adjustment = _ADJUST[required(form.kind.data)](key, form)
    except rounds.Contradiction as refusal:
        flash(refusals.why_not(refusal), "warning")
        return redirect(_back(key, form), 303)
    said = escape(_("%(what)s. It counts when you solve again.")) % {"what": told(adjustment)}
    flash(said, "success")
    return redirect(_back(key, form), 303)


@bp.post("/<key>/undo")
@access(Access.COORDINATOR)
def undo(key: str) -> ResponseReturnValue:
    """Take an adjustment back; undone by somebody else before, it is just as well."""
    form = UndoForm()
    if not form.validate_on_submit():
        return show_refused(get_round(key), form)
    try:
        undone = rounds.undo(
            db.session,
            required(form.adjustment.data),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except rounds.AlreadyUndone:
        flash(_("Somebody undid this before you."), "info")
    else:
        flash(escape(_("Undone. %(what)s.")) % {"what": told(undone)}, "success")
    return redirect(url_for(".show", key=key, _anchor="asked"), 303)


def _back(key: str, form: AdjustForm) -> str:
    place = form.place()
    opened = place.get("open")
    return url_for(".show", key=key, **place, _anchor=f"row-{opened}" if opened else "asked")


def _ask(ask: Callable[..., Adjustment]) -> Callable[[str, AdjustForm], Adjustment]:
    """Return how a service is asked for what a form says of a pair."""

    def asked(key: str, form: AdjustForm) -> Adjustment:
        return ask(
            db.session,
            key,
            mentor_key=required(form.mentor.data),
            mentee_key=required(form.mentee.data),
            reason=form.reason.data or "",
            programme=current_programme(),
            actor=signed_in_account(),
        )

    return asked


def _set_aside(key: str, form: AdjustForm) -> Adjustment:
    field = form.mentee if form.kind.data == forms.SET_ASIDE_MENTEE else form.mentor
    return rounds.set_aside(
        db.session,
        key,
        person_key=required(field.data),
        reason=form.reason.data or "",
        programme=current_programme(),
        actor=signed_in_account(),
    )


_ADJUST: dict[str, Callable[[str, AdjustForm], Adjustment]] = {
    forms.PIN: _ask(rounds.pin),
    forms.FORBID: _ask(rounds.forbid),
    forms.SET_ASIDE_MENTEE: _set_aside,
    forms.SET_ASIDE_MENTOR: _set_aside,
}
