"""Pages about the agreement of a tandem: writing it, agreeing to it, its document."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from tandem.errors import NotAllowed, NotFound
from tandem.extensions import db
from tandem.locales import regional
from tandem.models import AgreementState
from tandem.services import agreements, documents, tandems
from tandem.services.agreements import EndOutOfRange, NotRunning, Overtaken
from tandem.web import languages
from tandem.web.access import Access, access
from tandem.web.agreements import document, pages
from tandem.web.agreements.forms import REACHED, AgreementForm, GoalForm, WordingForm
from tandem.web.files import pdf_file
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("agreements", __name__, url_prefix="/<slug>/agreements")


@bp.get("/<key>")
@access(Access.MEMBER)
def show(key: str) -> ResponseReturnValue:
    """Show what is in force and what is proposed."""
    return pages.show(key)


@bp.get("/<key>/edit")
@access(Access.MEMBER)
def edit(key: str) -> ResponseReturnValue:
    """Ask for a wording, filled in with the latest, or with what fits the two."""
    reading = _writable(key)
    latest = reading.wordings.latest
    draft = (
        agreements.draft_of(latest)
        if latest
        else agreements.suggest(db.session, reading.tandem, current_programme())
    )
    form = AgreementForm.of(draft, number=reading.wordings.number)
    form.put_first(tandems.agreed_topics(reading.tandem))
    return pages.edit(reading, form)


@bp.post("/<key>/edit")
@access(Access.MEMBER)
def propose(key: str) -> ResponseReturnValue:
    """Take a wording and ask the other side."""
    reading = _writable(key)
    form = AgreementForm()
    form.put_first(tandems.agreed_topics(reading.tandem))
    if not form.validate_on_submit():
        return pages.edit(reading, form), 422
    seen = form.seen_version()
    try:
        written = agreements.propose(
            db.session,
            key,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
            seen_number=seen,
        )
    except EndOutOfRange as refused:
        last_day = format_date(refused.last_day, "long")
        add_error(form.ends_on, _("Choose a day from tomorrow to %(day)s.", day=last_day))
        return pages.edit(pages.read(key), form), 422
    except Overtaken:
        return pages.edit(pages.read(key), form, overtaken=True), 409
    if written.number <= seen:
        flash(_("You have changed nothing."), "info")
    else:
        flash(_("Thank you. It counts as soon as both have agreed."), "success")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/agree")
@access(Access.MEMBER)
def agree(key: str) -> ResponseReturnValue:
    """Take the yes to a wording."""
    return _answer(key, says_yes=True)


@bp.post("/<key>/drop")
@access(Access.MEMBER)
def drop(key: str) -> ResponseReturnValue:
    """Put a proposed wording aside."""
    return _answer(key, says_yes=False)


@bp.post("/<key>/goals/<goal>")
@access(Access.MEMBER)
def mark(key: str, goal: str) -> ResponseReturnValue:
    """Mark a goal as reached, or take the mark away."""
    form = GoalForm()
    if not form.validate_on_submit():
        return pages.show(key), 422
    agreements.mark_goal(
        db.session,
        key,
        goal,
        programme=current_programme(),
        actor=signed_in_account(),
        reached=form.now.data == REACHED,
    )
    return redirect(url_for("tandems.show", key=key, _anchor="goals"), 303)


@bp.get("/<key>/agreement.pdf")
@access(Access.MEMBER)
def document_(key: str) -> ResponseReturnValue:
    """Hand out the agreement in force as a tagged PDF, in the language asked for or one's own."""
    reading = pages.read(key)
    agreement = reading.wordings.in_force
    if agreement is None:
        raise NotFound
    locale = languages.of_document(languages.locale_code())
    with force_locale(regional(locale)):
        said = document.tell(reading.tandem, agreement)
    made = documents.render("agreement", said, locale=locale, made_at=document.made_at(agreement))
    return pdf_file(f"agreement-{key}-{locale}", made, language=locale)


def _writable(key: str) -> pages.Reading:
    reading = pages.read(key)
    if not reading.voices:
        raise NotAllowed
    if not reading.may_write:
        raise NotRunning
    return reading


def _answer(key: str, *, says_yes: bool) -> ResponseReturnValue:
    form = WordingForm()
    if not form.validate_on_submit():
        return pages.show(key), 422
    answer = agreements.agree if says_yes else agreements.drop
    try:
        agreement = answer(
            db.session,
            key,
            form.wording.data or "",
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except Overtaken:
        return pages.show(key, overtaken=True), 409
    said = {
        AgreementState.IN_FORCE: _("You have both agreed. It is your agreement now."),
        AgreementState.DROPPED: _("The proposed agreement has been put aside."),
    }
    flash(said.get(agreement.state, _("Thank you. It counts as soon as both have agreed.")))
    return redirect(url_for(".show", key=key), 303)
