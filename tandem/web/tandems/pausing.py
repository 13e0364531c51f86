"""A break of a tandem, and going on again."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.models import RUNNING, Tandem, TandemState
from tandem.services import tandems
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.said_by import called
from tandem.web.scope import current_programme
from tandem.web.tandems import wording
from tandem.web.tandems.forms import BreakForm, GoOnForm
from tandem.web.tandems.views import bp


@bp.get("/<key>/pause")
@access(Access.MEMBER)
def pause_form(key: str) -> ResponseReturnValue:
    """Ask until when."""
    tandem = get_tandem(key)
    if tandem.state not in RUNNING:
        return over(tandem)
    until = tandem.paused_until if tandem.state is TandemState.PAUSED else None
    form = _form(tandem, formdata=None, until=until, seen=tandems.break_seen(tandem))
    return _page(tandem, form)


@bp.post("/<key>/pause")
@access(Access.MEMBER)
def pause(key: str) -> ResponseReturnValue:
    """Take a break, or change it."""
    tandem = get_tandem(key)
    form = _form(tandem)
    if not form.validate_on_submit():
        return _page(tandem, form), 422
    try:
        tandems.pause(
            db.session,
            key,
            programme=current_programme(),
            actor=signed_in_account(),
            until=form.until.data,
            seen=form.seen.data or "",
            said_by=form.side,
        )
    except tandems.BadDay:
        add_error(form.until, _("Choose a day from tomorrow on, within a year."))
        return _page(tandem, form), 422
    except Stale:
        return _overtaken(get_tandem(key), form), 409
    except tandems.NotRunning:
        return over(get_tandem(key))
    flash(_("Noted: a break. Whoever did not know is told by e-mail."), "success")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/resume")
@access(Access.MEMBER)
def resume(key: str) -> ResponseReturnValue:
    """Go on after a break."""
    tandem = get_tandem(key)
    form = GoOnForm()
    form.offer(called(tandem), asks=False)
    if form.validate_on_submit():
        try:
            tandems.resume(
                db.session,
                key,
                programme=current_programme(),
                actor=signed_in_account(),
                said_by=form.side,
            )
        except tandems.NotRunning:
            return over(tandem)
        flash(_("The tandem goes on."), "success")
    return redirect(url_for(".show", key=key), 303)


def get_tandem(key: str) -> Tandem:
    """Return a tandem that the visitor may know of."""
    return tandems.get_tandem(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def over(tandem: Tandem) -> ResponseReturnValue:
    """Lead to the tandem, and say that nothing was changed there."""
    flash(_("This tandem is not running at present. Nothing was changed."), "warning")
    return redirect(url_for(".show", key=tandem.key), 303)


def _form(tandem: Tandem, **values: Any) -> BreakForm:
    form = BreakForm(**values)
    form.offer(called(tandem))
    return form


def _overtaken(tandem: Tandem, form: BreakForm) -> str:
    """Show what holds by now beside what was just entered (TRUST E17)."""
    form.seen.data = tandems.break_seen(tandem)
    return _page(tandem, form, overtaken=True)


def _page(tandem: Tandem, form: BreakForm, *, overtaken: bool = False) -> str:
    side = tandems.side_of(signed_in_account(), tandem)
    return render_template(
        "tandems/pause.html",
        tandem=tandem,
        across=wording.across(tandem, side),
        form=form,
        overtaken=overtaken,
    )
