"""The survey at the end: asked of each side, read by the coordinators alone."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import Side, TandemState
from tandem.services import closings, outcomes
from tandem.services.closings import Asked
from tandem.services.tandems.letters import other, person_on
from tandem.web.access import Access, access
from tandem.web.closings import wording
from tandem.web.closings.forms import SurveyForm
from tandem.web.closings.views import bp
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme


@bp.get("/surveys/<key>")
@access(Access.MEMBER)
def survey(key: str) -> ResponseReturnValue:
    """Ask one side how the tandem was, or show what they said."""
    asked = _get(key)
    return _page(asked, SurveyForm.of(asked.survey.side, formdata=None))


@bp.post("/surveys/<key>")
@access(Access.MEMBER)
def answer_survey(key: str) -> ResponseReturnValue:
    """Take the answers; once sent they stand."""
    asked = _get(key)
    form = SurveyForm.of(asked.survey.side)
    if not form.validate_on_submit():
        return _page(asked, form), 422
    try:
        closings.answer_survey(
            db.session,
            key,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except closings.AnsweredAlready:
        return _page(_get(key), form, overtaken=True), 409
    if not asked.is_own:
        flash(_("Written down."), "success")
        return redirect(url_for("tandems.show", key=asked.tandem.key), 303)
    flash(_("Thank you. The coordination reads your answers."), "success")
    return redirect(_onwards(asked), 303)


@bp.post("/surveys/<key>/attend")
@access(Access.COORDINATOR)
def attend_to_survey(key: str) -> ResponseReturnValue:
    """Note that somebody took up what was said of the future."""
    closings.attend_to_survey(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
    flash(_("Noted."), "success")
    return redirect(url_for("tandems.show", key=_get(key).tandem.key), 303)


def _get(key: str) -> Asked:
    return closings.get_survey(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def _page(asked: Asked, form: SurveyForm, *, overtaken: bool = False) -> str:
    side = asked.survey.side
    return render_template(
        f"closings/{'answered' if asked.survey.answered_at else 'survey'}.html",
        survey=asked.survey,
        tandem_key=asked.tandem.key,
        is_own=asked.is_own,
        is_called=asked.is_called,
        is_early=asked.tandem.state is TandemState.ENDED_EARLY,
        who=person_on(asked.tandem, side),
        across=person_on(asked.tandem, other(side)),
        said=wording.said(asked.survey) if asked.survey.answered_at else [],
        typed=form.remark.data if overtaken else "",
        overtaken=overtaken,
        form=form,
    )


def _onwards(asked: Asked) -> str:
    """Return where to go on: a mentee to the one question that is left, others to the tandem."""
    if asked.survey.side is Side.MENTEE:
        waiting = [
            each
            for each in outcomes.outcomes_of(db.session, asked.tandem)
            if each.answered_at is None
        ]
        if waiting:
            return url_for("closings.outcome", key=waiting[-1].key)
    return url_for("tandems.show", key=asked.tandem.key)
