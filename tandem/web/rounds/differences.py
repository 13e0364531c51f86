"""What a trial would change, for its page: in words, as a picture, pair by pair."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from tandem.extensions import db
from tandem.models import Round, Snapshot
from tandem.services import policies, rounds
from tandem.services.rounds import Difference, Face
from tandem.web.reasons.adjustments import told
from tandem.web.reasons.costs import price
from tandem.web.rounds import changes
from tandem.web.rounds.forms import StepForm, TrialForm

_MOST_DRAWN = 12
_LONGEST_LABEL = 14
Line: TypeAlias = tuple[int, int, str]


class Picture(NamedTuple):
    """Two columns of names, and who is tied to whom: before, after, or both."""

    mentees: Sequence[str]
    mentors: Sequence[str]
    lines: Sequence[Line]


def show(round_: Round, trial: Snapshot) -> str:
    """Return the page of the trial that waits."""
    difference = rounds.difference(db.session, round_, trial)
    form = TrialForm(formdata=None)
    form.number.data = str(trial.number)
    supposed = difference.supposed
    comparable = policies.weights(trial.policy_version) == policies.weights(
        difference.policy_before
    )
    return render_template(
        "rounds/difference.html",
        round=round_,
        trial=trial,
        difference=difference,
        changes=[*difference.of("gone"), *difference.of("new"), *difference.of("moved")],
        summary=summary(difference, comparable=comparable),
        comparable=comparable,
        picture=draw(difference),
        supposed=suppose(supposed) if supposed else None,
        told=told,
        form=form,
        step_form=StepForm(),
        price=price,
    )


def summary(difference: Difference, *, comparable: bool) -> str:
    """Say what it comes to: what it costs or brings all in all.

    Points of two different weightings cannot be compared; then only tandems count.
    """
    if not difference.changes:
        return str(_("Every pair stays as it is."))
    if not comparable:
        return _in_tandems(difference.tandems_after - difference.tandems_before)
    cost = {
        "tandems": difference.tandems_before - difference.tandems_after,
        "score": difference.points_before - difference.points_after,
    }
    return price(cost)


def _in_tandems(more: int) -> str:
    if more > 0:
        return str(ngettext("One tandem more than now.", "%(num)d tandems more than now.", more))
    if more < 0:
        return str(ngettext("One tandem fewer than now.", "%(num)d tandems fewer than now.", -more))
    return str(_("As many tandems as now."))


def suppose(supposed: rounds.Supposed) -> dict[str, Markup]:
    """Say what is supposed, and whom to ask before it can be so."""
    faces = {"mentee": supposed.mentee, "mentor": supposed.mentor}
    change = {"rule": supposed.kind, "mentee": "mentee", "mentor": "mentor"}
    return {
        "what": changes.supposition(change, faces),
        "ask": changes.whom_to_ask(change, faces),
    }


def draw(difference: Difference) -> Picture | None:
    """Return the changes as two columns with lines, where there are few enough to see."""
    steps = difference.changes
    if not 0 < len(steps) <= _MOST_DRAWN:
        return None
    mentors: dict[str, str] = {}
    lines: list[Line] = []
    for at, step in enumerate(steps):
        for pairing, state in ((step.before, "gone"), (step.after, "new")):
            if pairing is None:
                continue
            key = pairing.mentor.person_key
            mentors.setdefault(key, label(pairing.mentor))
            lines.append((at, list(mentors).index(key), state))
    return Picture([label(step.mentee) for step in steps], list(mentors.values()), lines)


def label(face: Face) -> str:
    """Return a name as short as a picture needs it."""
    first, _space, last = face.name.rpartition(" ")
    short = f"{first} {last[:1]}." if first else last
    return short if len(short) <= _LONGEST_LABEL else short[: _LONGEST_LABEL - 1] + "…"
