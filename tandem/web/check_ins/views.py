"""Pages with questions to each side while a tandem runs, and what is done with the answers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import CheckIn, CheckInState
from tandem.services import check_ins, tandems
from tandem.services.permissions import can_answer_for
from tandem.services.tandems.letters import other, person_on
from tandem.web.access import Access, access
from tandem.web.check_ins import wording
from tandem.web.check_ins.forms import AttendForm, CheckInForm
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("check_ins", __name__, url_prefix="/<slug>/check-ins")


@bp.get("/<key>")
@access(Access.MEMBER)
def show(key: str) -> ResponseReturnValue:
    """Ask one side, or show what they said; an old link leads to the questions of today."""
    check_in = _get(key)
    if check_in.state is CheckInState.LAPSED:
        newer = check_ins.find_open(db.session, check_in.tandem, check_in.side)
        if newer is not None:
            return redirect(url_for(".show", key=newer.key), 303)
    return _page(check_in, CheckInForm(formdata=None))


@bp.post("/<key>")
@access(Access.MEMBER)
def answer(key: str) -> ResponseReturnValue:
    """Take the answers; once sent they stand."""
    check_in = _get(key)
    form = CheckInForm()
    if not form.validate_on_submit():
        return _page(check_in, form), 422
    try:
        check_ins.answer(
            db.session,
            key,
            form.to_answers(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except check_ins.AlreadyAnswered:
        return _page(_get(key), form, overtaken=True), 409
    if tandems.side_of(signed_in_account(), check_in.tandem) is None:
        flash(_("Written down."), "success")
        return redirect(_record(check_in), 303)
    flash(_("Thank you. The coordination reads your answers."), "success")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/attend")
@access(Access.COORDINATOR)
def attend(key: str) -> ResponseReturnValue:
    """Note that somebody has seen to the answers."""
    check_in = _get(key)
    if AttendForm().validate_on_submit():
        check_ins.attend_to(
            db.session, key, programme=current_programme(), actor=signed_in_account()
        )
        flash(_("Noted. It no longer waits for you."), "success")
    return redirect(_record(check_in), 303)


def _get(key: str) -> CheckIn:
    return check_ins.get_check_in(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def _record(check_in: CheckIn) -> str:
    return url_for("tandems.show", key=check_in.tandem.key, _anchor="check-ins")


def _page(check_in: CheckIn, form: CheckInForm, *, overtaken: bool = False) -> str:
    actor, tandem = signed_in_account(), check_in.tandem
    who, across = (person_on(tandem, side) for side in (check_in.side, other(check_in.side)))
    return render_template(
        f"check_ins/{_template(check_in, form)}.html",
        check_in=check_in,
        tandem_key=tandem.key,
        who=who,
        across=across,
        is_own=tandems.side_of(actor, tandem) is not None,
        is_called=can_answer_for(actor, who),
        said=wording.said(check_in) if check_in.answered_at else [],
        form=form,
        typed=form.remark.data if overtaken else "",
        overtaken=overtaken,
    )


def _template(check_in: CheckIn, form: CheckInForm) -> str:
    if check_in.state is CheckInState.ANSWERED:
        return "answered"
    is_over = check_in.state is CheckInState.LAPSED and not form.is_submitted()
    return "over" if is_over else "show"
