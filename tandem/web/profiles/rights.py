"""What people may do with their own data, done by a coordinator on their word."""

from collections.abc import Callable

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import looks, own_data, profiles
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.profiles import asking
from tandem.web.profiles.desk import bp
from tandem.web.scope import current_programme


@bp.get("/<key>/data.zip")
@access(Access.COORDINATOR)
def data(key: str) -> ResponseReturnValue:
    """Hand over everything that is held about somebody, for them."""
    actor, programme = signed_in_account(), current_programme()
    content = own_data.export(db.session, actor=actor, programme=programme, about=key)
    looks.note_look(db.session, asking.Whose(key).versions().person, account=actor)
    headers = {"Content-Disposition": f'attachment; filename="{programme.slug}-data.zip"'}
    return Response(content, mimetype="application/zip", headers=headers)


@bp.post("/<key>/pause")
@access(Access.COORDINATOR)
def pause(key: str) -> ResponseReturnValue:
    """Write down that somebody takes a break from rounds."""
    return _done(key, profiles.pause, _("Noted: they take a break, and no round includes them."))


@bp.post("/<key>/resume")
@access(Access.COORDINATOR)
def resume(key: str) -> ResponseReturnValue:
    """Write down that somebody comes back from a break."""
    return _done(key, profiles.resume, _("Noted: they take part in the next round."))


@bp.post("/<key>/object")
@access(Access.COORDINATOR)
def object_(key: str) -> ResponseReturnValue:
    """Write down that somebody objects to being matched."""
    done = _("Noted: from now on no round includes them. They can take that back at any time.")
    return _done(key, own_data.object_to_matching, done)


@bp.post("/<key>/object/undo")
@access(Access.COORDINATOR)
def take_objection_back(key: str) -> ResponseReturnValue:
    """Write down that somebody takes their objection back."""
    return _done(key, own_data.take_objection_back, _("Noted: rounds include them again."))


def _done(key: str, act: Callable[..., object], done: str) -> ResponseReturnValue:
    act(db.session, actor=signed_in_account(), programme=current_programme(), about=key)
    flash(done, "success")
    return redirect(url_for("people.show", key=key, _anchor="protection"), 303)
