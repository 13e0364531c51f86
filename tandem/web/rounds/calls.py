"""A call to companies: the kinds of mentors that a round lacks, without a word about mentees."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tandem.extensions import db
from tandem.services import rounds
from tandem.web.access import Access, access
from tandem.web.rounds import kinds
from tandem.web.rounds.views import bp, get_round


@bp.get("/<key>/call")
@access(Access.COORDINATOR)
def call(key: str) -> ResponseReturnValue:
    """Show the call, to be printed; before anything is known there is only the round."""
    round_ = get_round(key)
    snapshot = rounds.solved_snapshot(db.session, round_)
    insights = rounds.read_insights(snapshot) if snapshot else None
    if insights is None or not insights.recruit:
        return redirect(url_for(".show", key=key), 303)
    return render_template("rounds/call.html", round=round_, wanted=insights.recruit, kinds=kinds)
