"""What the pages of a round are given to show."""

from flask import render_template

from tandem.extensions import db
from tandem.models import Round
from tandem.services import rounds
from tandem.web.identity import signed_in_account
from tandem.web.rounds import wording
from tandem.web.rounds.forms import RoundForm, StepForm
from tandem.web.scope import current_programme


def index(form: RoundForm) -> str:
    """Return the page of all rounds."""
    programme = current_programme()
    found = rounds.list_rounds(db.session, programme, actor=signed_in_account())
    return render_template("rounds/index.html", rounds=found, form=form, wording=wording)


def solve(round_: Round) -> str:
    """Return the page of a round that is being solved."""
    return render_template("rounds/solve.html", round=round_, form=StepForm(), wording=wording)
