"""Pages about meetings: proposing, answering, moving, writing down what became of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import NotAllowed, Stale
from tandem.extensions import db
from tandem.models import Meeting, Side
from tandem.services import calendars, meetings, tandems
from tandem.services.meetings import Elapsed, NotYet, TooEarly, TooFar
from tandem.services.programmes import today
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.meetings import pages
from tandem.web.meetings.forms import LogForm, MeetingForm, PlanForm, SettleForm
from tandem.web.said_by import called
from tandem.web.scope import current_programme

bp = Blueprint("meetings", __name__, url_prefix="/<slug>")


@bp.get("/diary/<key>/plan")
@access(Access.MEMBER)
def plan(key: str) -> ResponseReturnValue:
    """Ask when and where the two want to meet."""
    tandem = pages.read_pair(key)
    if not tandems.voices(signed_in_account(), tandem):
        raise NotAllowed
    if not pages.can_plan(tandem):
        raise meetings.NotRunning
    return pages.plan(tandem, PlanForm(formdata=None))


@bp.post("/diary/<key>/plan")
@access(Access.MEMBER)
def propose(key: str) -> ResponseReturnValue:
    """Suggest a meeting to the other side."""
    form = PlanForm()
    if not form.validate_on_submit():
        return pages.plan(pages.read_pair(key), form), 422
    try:
        meetings.propose(db.session, key, plan=form.to_plan(), **_who())
    except (Elapsed, TooFar) as error:
        pages.refuse(form, error)
        return pages.plan(pages.read_pair(key), form), 422
    flash(_("Your suggestion is on its way. You get an e-mail with the answer."), "success")
    return _to_tandem(key)


@bp.get("/diary/<key>/log")
@access(Access.MEMBER)
def ask_log(key: str) -> ResponseReturnValue:
    """Ask when two people met, how, and how it was."""
    tandem, form = pages.read_pair(key), LogForm(formdata=None)
    form.offer(called(tandem))
    return pages.log(tandem, form)


@bp.post("/diary/<key>/log")
@access(Access.MEMBER)
def log(key: str) -> ResponseReturnValue:
    """Write down that two people met."""
    form = LogForm()
    form.offer(called(pages.read_pair(key)))
    if not form.validate_on_submit():
        return pages.log(pages.read_pair(key), form), 422
    held = form.to_held(today(current_programme()))
    try:
        meetings.log(db.session, key, held=held, **_who())
    except (NotYet, TooEarly) as error:
        pages.refuse(form, error)
        return pages.log(pages.read_pair(key), form), 422
    flash(_("The meeting is written down. Thank you."), "success")
    return _to_tandem(key)


@bp.get("/meetings/<key>")
@access(Access.MEMBER)
def show(key: str) -> ResponseReturnValue:
    """Show one meeting."""
    return pages.show(pages.read(key))


@bp.get("/meetings/<key>/entry.ics")
@access(Access.MEMBER)
def entry(key: str) -> ResponseReturnValue:
    """Give one meeting as a file for a calendar; a coordinator gets it as the mentor would."""
    meeting = pages.read(key)
    side = tandems.side_of(signed_in_account(), meeting.tandem) or Side.MENTOR
    text = calendars.published([(meeting, meeting.tandem, side)], programme=current_programme())
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(text, mimetype="text/calendar", headers=headers)


@bp.post("/meetings/<key>/accept")
@access(Access.MEMBER)
def accept(key: str) -> ResponseReturnValue:
    """Say yes to what the other side suggested."""
    done = _("It is settled. Both of you get an e-mail with the entry for the calendar.")
    return _press(key, meetings.accept, done)


@bp.post("/meetings/<key>/call-off")
@access(Access.MEMBER)
def call_off(key: str) -> ResponseReturnValue:
    """Call a planned meeting off."""
    done = _("The meeting is called off, and the other side is told.")
    form = MeetingForm()
    form.offer(called(pages.read(key).tandem), asks=False)
    return _press(key, partial(meetings.call_off, said_by=form.side), done, form=form)


@bp.post("/meetings/<key>/strike")
@access(Access.MEMBER)
def strike(key: str) -> ResponseReturnValue:
    """Take back what was written down by mistake."""
    return _press(key, meetings.strike, _("The entry is struck out."))


@bp.get("/meetings/<key>/move")
@access(Access.MEMBER)
def ask_move(key: str) -> ResponseReturnValue:
    """Ask for another time of a planned meeting."""
    meeting = pages.read(key)
    if not pages.can_move(meeting, tandems.voices(signed_in_account(), meeting.tandem)):
        return redirect(url_for("meetings.show", key=key), 303)
    return pages.plan(meeting.tandem, PlanForm.of(meeting), meeting=meeting)


@bp.post("/meetings/<key>/move")
@access(Access.MEMBER)
def move(key: str) -> ResponseReturnValue:
    """Suggest another time of a planned meeting."""
    form, meeting = PlanForm(), pages.read(key)
    form.minutes.keep(meeting.minutes)
    if not form.validate_on_submit():
        return pages.plan(meeting.tandem, form, meeting=meeting), 422
    try:
        moved = meetings.move(
            db.session, key, plan=form.to_plan(), seen_version=form.seen_version(), **_who()
        )
    except (Elapsed, TooFar) as error:
        pages.refuse(form, error)
        return pages.plan(meeting.tandem, form, meeting=pages.read(key)), 422
    except Stale:
        return _overtaken(form, pages.read(key))
    flash(_("Your suggestion is on its way. You get an e-mail with the answer."), "success")
    return _to_tandem(moved.tandem.key)


@bp.get("/meetings/<key>/log")
@access(Access.MEMBER)
def ask_settle(key: str) -> ResponseReturnValue:
    """Ask what became of a meeting."""
    meeting = pages.read(key)
    side = tandems.side_of(signed_in_account(), meeting.tandem)
    if not pages.can_settle(meeting, side):
        return redirect(url_for("meetings.show", key=key), 303)
    form = SettleForm.of(meeting, side)
    form.offer(called(meeting.tandem))
    return pages.settle(meeting, form)


@bp.post("/meetings/<key>/log")
@access(Access.MEMBER)
def settle(key: str) -> ResponseReturnValue:
    """Write down what became of a meeting, or put that right."""
    form, meeting = SettleForm(), pages.read(key)
    form.offer(called(meeting.tandem))
    form.minutes.keep(meeting.minutes)
    if not form.validate_on_submit():
        return pages.settle(meeting, form), 422
    try:
        settled = meetings.settle(
            db.session, key, became=form.to_became(), seen_version=form.seen_version(), **_who()
        )
    except Stale:
        meeting = pages.read(key)
        form.version.data = str(meeting.version)
        return pages.settle(meeting, form, overtaken=True), 409
    flash(_("That is written down. Thank you."), "success")
    return _to_tandem(settled.tandem.key)


def _press(
    key: str, act: Callable[..., Meeting], done: str, *, form: MeetingForm | None = None
) -> ResponseReturnValue:
    """Do what one button stands for; show how things stand now where they had changed."""
    form = form or MeetingForm()
    if not form.validate_on_submit():
        return pages.show(pages.read(key)), 422
    try:
        meeting = act(db.session, key, seen_version=form.seen_version(), **_who())
    except (Stale, Elapsed):
        return pages.show(pages.read(key), overtaken=True), 409
    flash(done, "success")
    return _to_tandem(meeting.tandem.key)


def _overtaken(form: PlanForm, meeting: Meeting) -> ResponseReturnValue:
    """Show what somebody else made of a plan, and keep what was entered."""
    if meeting.state not in meetings.PLANNED:
        return pages.show(meeting, overtaken=True), 409
    form.version.data = str(meeting.version)
    return pages.plan(meeting.tandem, form, meeting=meeting, overtaken=True), 409


def _who() -> dict[str, Any]:
    return {"programme": current_programme(), "actor": signed_in_account()}


def _to_tandem(key: str) -> ResponseReturnValue:
    return redirect(url_for("tandems.show", key=key), 303)
