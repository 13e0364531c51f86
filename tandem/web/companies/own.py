"""The page of a company for its own mentors, and what the one who speaks for it can do."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Conflict, NotAllowed, Stale
from tandem.extensions import db
from tandem.services import colleagues, companies
from tandem.services.companies import OwnCompany
from tandem.web import codes
from tandem.web.access import Access, access
from tandem.web.companies import wording
from tandem.web.companies.forms import ColleagueForm, DescribeForm, InviteForm
from tandem.web.forms import BaseForm, add_error
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("company", __name__, url_prefix="/<slug>/company")


@bp.get("/")
@access(Access.PARTICIPANT)
def show() -> ResponseReturnValue:
    """Show the company and its mentors."""
    return render_template("companies/own.html", own=_own(), codes=codes, wording=wording)


@bp.route("/edit", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def edit() -> ResponseReturnValue:
    """Change what the company says about itself."""
    own = _spoken_for()
    form = DescribeForm.of(own.company)
    if form.looks_up or not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("companies/edit.html", own=own, form=form), status
    try:
        companies.describe(
            db.session, form.to_change(), actor=signed_in_account(), programme=current_programme()
        )
    except Stale:
        form.version.data = str(_own().company.version)
        return render_template("companies/edit.html", own=own, form=form, overtaken=True), 409
    flash(_("Saved."), "success")
    return _back()


@bp.route("/invite", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def invite() -> ResponseReturnValue:
    """Invite a colleague; the answer is the same for known and unknown addresses (TRUST B2)."""
    own = _spoken_for()
    form = InviteForm()
    if form.validate_on_submit():
        try:
            colleagues.invite(
                db.session,
                form.to_invitation(),
                actor=signed_in_account(),
                programme=current_programme(),
            )
        except Conflict as error:
            add_error(form.email, wording.refusal(error))
        else:
            flash(_("We are sending the invitation."), "success")
            return _back()
    status = 422 if form.errors else 200
    return render_template("companies/invite.html", own=own, form=form), status


@bp.post("/invitations/<key>/again")
@access(Access.PARTICIPANT)
def invite_again(key: str) -> ResponseReturnValue:
    """Send an invitation once more."""
    try:
        colleagues.send_again(
            db.session, key, actor=signed_in_account(), programme=current_programme()
        )
    except Conflict as error:
        flash(wording.refusal(error), "warning")
    else:
        flash(_("We are sending the invitation again."), "success")
    return _back()


@bp.post("/invitations/<key>/withdraw")
@access(Access.PARTICIPANT)
def withdraw(key: str) -> ResponseReturnValue:
    """Take an invitation back."""
    try:
        colleagues.withdraw(
            db.session, key, actor=signed_in_account(), programme=current_programme()
        )
    except Conflict as error:
        flash(wording.refusal(error), "warning")
    else:
        flash(_("The invitation is taken back. Its link no longer works."), "success")
    return _back()


@bp.route("/hand-over", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def hand_over() -> ResponseReturnValue:
    """Let a colleague speak for the company."""
    own = _spoken_for()
    form = ColleagueForm.among(own.successors)
    if form.validate_on_submit():
        mentor = companies.hand_over(
            db.session, form.key(), actor=signed_in_account(), programme=current_programme()
        )
        flash(_("%(name)s speaks for your company now.", name=mentor.name), "success")
        return _back()
    status = 422 if form.errors else 200
    return render_template("companies/hand_over.html", own=own, form=form), status


@bp.route("/release", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def release() -> ResponseReturnValue:
    """Take a colleague who works elsewhere now off the list."""
    own = _spoken_for()
    form = ColleagueForm.among(own.others)
    if form.validate_on_submit():
        mentor = companies.release(
            db.session, form.key(), actor=signed_in_account(), programme=current_programme()
        )
        flash(_("%(name)s is no longer on your list.", name=mentor.name), "success")
        return _back()
    status = 422 if form.errors else 200
    return render_template("companies/release.html", own=own, form=form), status


@bp.route("/part", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def part() -> ResponseReturnValue:
    """Leave the company as one of its mentors."""
    own, form = _own(), BaseForm()
    if own.me.is_contact:
        raise Conflict
    if form.validate_on_submit():
        companies.part(db.session, actor=signed_in_account(), programme=current_programme())
        flash(
            _("You are no longer on the list of a company. Please say where you work."), "success"
        )
        return redirect(url_for("company.edit"), 303)
    return render_template("companies/part.html", own=own, form=form)


@bp.route("/leave", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def leave() -> ResponseReturnValue:
    """Take the whole company out of the programme."""
    own, form = _spoken_for(), BaseForm()
    if not own.company.is_vetted:
        raise Conflict
    if form.validate_on_submit():
        companies.leave(db.session, actor=signed_in_account(), programme=current_programme())
        flash(_("Your company has left the programme. Thank you."), "success")
        return _back()
    return render_template("companies/leave.html", own=own, form=form)


def _own() -> OwnCompany:
    return companies.get_own(db.session, actor=signed_in_account(), programme=current_programme())


def _spoken_for() -> OwnCompany:
    """Return the company of whoever asks, if they speak for it."""
    own = _own()
    if not own.me.is_contact:
        raise NotAllowed
    return own


def _back() -> ResponseReturnValue:
    return redirect(url_for("company.show"), 303)
