"""Pages about tandems: the invitation, the answers, the tandem itself, and the list."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.models import Side, Tandem, TandemState
from tandem.services import permissions, tandems
from tandem.web import codes
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.panels import panels_of
from tandem.web.scope import current_programme
from tandem.web.tandems import wording
from tandem.web.tandems.forms import NO, YES, AnswerForm, SaidForm, WithdrawForm

bp = Blueprint("tandems", __name__, url_prefix="/<slug>/tandems")


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List tandems, those that wait for answers first; if there are none, those that run."""
    wanted = request.args.get("view")
    view = next((each for each in tandems.View if each.value == wanted), None)
    listing = tandems.list_tandems(
        db.session,
        current_programme(),
        actor=signed_in_account(),
        view=view,
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "tandems/index.html", listing=listing, views=tandems.View, codes=codes, wording=wording
    )


@bp.get("/<key>")
@access(Access.MEMBER)
def show(key: str) -> ResponseReturnValue:
    """Show a tandem as far as this person may see it; ask for their answer."""
    form = AnswerForm(formdata=None, answer=NO if request.args.get("answer") == NO else YES)
    return _page(key, form), 200


@bp.post("/<key>/answer")
@access(Access.PARTICIPANT)
def answer(key: str) -> ResponseReturnValue:
    """Take a yes or a no."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(key, form), 422
    try:
        tandem = tandems.answer(
            db.session,
            key,
            programme=current_programme(),
            actor=signed_in_account(),
            **form.to_answer(),
        )
    except (tandems.AnswerTooLate, Stale):
        return _page(key, AnswerForm(formdata=None, answer=YES), overtaken=True), 409
    flash(_thanks(tandem), "success")
    return redirect(url_for("tandems.show", key=key), 303)


@bp.post("/<key>/withdraw")
@access(Access.COORDINATOR)
def withdraw(key: str) -> ResponseReturnValue:
    """Take an invitation back."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _page(key, withdrawing=form), 422
    try:
        tandems.withdraw(
            db.session,
            key,
            programme=current_programme(),
            actor=signed_in_account(),
            reason=form.reason.data or "",
            seen_version=form.seen_version(),
        )
    except (tandems.AnswerTooLate, Stale):
        again = WithdrawForm(formdata=None, reason=form.reason.data)
        return _page(key, withdrawing=again, overtaken=True), 409
    flash(_("The invitation has been taken back. Both know by e-mail."), "success")
    return redirect(url_for("tandems.show", key=key), 303)


def _page(
    key: str,
    form: AnswerForm | None = None,
    *,
    withdrawing: WithdrawForm | None = None,
    overtaken: bool = False,
) -> str:
    actor = signed_in_account()
    tandem = tandems.get_tandem(db.session, key, programme=current_programme(), actor=actor)
    side = None if withdrawing else tandems.side_of(actor, tandem)
    if side is None:
        withdrawing = withdrawing or WithdrawForm(formdata=None)
        return _for_coordinator(tandem, withdrawing, overtaken=overtaken)
    form = form or AnswerForm(formdata=None)
    return _for_participant(tandem, side, form, overtaken=overtaken)


def record_page(key: str, *, said: SaidForm | None = None, overtaken: bool = False) -> str:
    """Return the record of a tandem, with what was said as it was just sent."""
    tandem = tandems.get_tandem(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
    return _for_coordinator(tandem, WithdrawForm(formdata=None), said=said, overtaken=overtaken)


def _for_coordinator(
    tandem: Tandem, form: WithdrawForm, *, said: SaidForm | None = None, overtaken: bool = False
) -> str:
    form.version.data = form.version.data or str(tandem.version)
    declined = tandem.state is TandemState.DECLINED
    return render_template(
        "tandems/record.html",
        tandem=tandem,
        form=form,
        said_forms=_said_forms(tandem, said),
        written_down=_written_down(tandem),
        declined_by=tandems.who_declined(db.session, tandem) if declined else None,
        overtaken=overtaken,
        panels=panels_of(tandem, None),
        codes=codes,
        wording=wording,
    )


def _said_forms(tandem: Tandem, sent: SaidForm | None) -> list[SaidForm]:
    """Return a form for each side that is still asked, and is called instead of written to."""
    if tandems.standing(tandem) is not TandemState.INVITED:
        return []
    actor = signed_in_account()
    forms = []
    for side, person in ((Side.MENTEE, tandem.mentee), (Side.MENTOR, tandem.mentor)):
        if permissions.can_answer_for(actor, person) and not tandems.side_of(actor, tandem):
            form = sent if sent and sent.side is side else SaidForm.of(side, formdata=None)
            form.version.data = form.version.data or str(tandem.version)
            forms.append(form)
    return forms


def _written_down(tandem: Tandem) -> Mapping[Side, str]:
    was_called = any(each.informed_at is not None for each in (tandem.mentee, tandem.mentor))
    return tandems.who_wrote_down(db.session, tandem) if was_called else {}


def _for_participant(tandem: Tandem, side: Side, form: AnswerForm, *, overtaken: bool) -> str:
    form.version.data = form.version.data or str(tandem.version)
    form.answer.data = NO if form.answer.data == NO else YES
    said_yes = tandem.mentor_yes_at if side is Side.MENTOR else tandem.mentee_yes_at
    return render_template(
        f"tandems/{_template(tandem, form)}.html",
        card=tandems.card(tandem, side),
        key=tandem.key,
        side=side,
        started_at=tandem.started_at,
        ended_at=tandem.ended_at,
        state=tandems.standing(tandem),
        said_yes=said_yes,
        last_day=wording.last_day(tandem),
        me=tandem.mentor if side is Side.MENTOR else tandem.mentee,
        reasons=wording.why(tandem, side),
        form=form,
        overtaken=overtaken,
        panels=panels_of(tandem, side),
        codes=codes,
        wording=wording,
    )


def _template(tandem: Tandem, form: AnswerForm) -> str:
    if tandem.shows_contact_data:
        return "tandem"
    if tandems.standing(tandem) is not TandemState.INVITED:
        return "over"
    return "decline" if form.answer.data == NO else "invitation"


def _thanks(tandem: Tandem) -> str:
    said: dict[TandemState, str] = {
        TandemState.ACTIVE: _("You have both said yes. You are a tandem now."),
        TandemState.DECLINED: _("Thank you for your answer."),
    }
    waiting: str = _("Thank you. We will write to you as soon as both have answered.")
    return said.get(tandem.state, waiting)
