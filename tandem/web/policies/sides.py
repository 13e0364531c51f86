"""Two policies, or two aims, side by side."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from markupsafe import escape

from tandem.errors import NotFound
from tandem.extensions import db
from tandem.models import PolicyVersion
from tandem.services import policies, rounds
from tandem.services.matchmaking import previews
from tandem.services.matchmaking.previews import Outcome
from tandem.services.policies import AIMS, Terms
from tandem.web import terms as words
from tandem.web.context import number
from tandem.web.identity import signed_in_account
from tandem.web.policies import pages, wording
from tandem.web.policies.forms import PolicyForm, SidesForm
from tandem.web.policies.wording import Row
from tandem.web.scope import current_programme

IN_FORCE, DRAFT = "in-force", "draft"
_VERSIONS = 20
_PAIRS = 50


def page(a: str, b: str, *, entered: PolicyForm | None = None, worked_out: bool = False) -> str:
    """Return the page that compares two policies and, worked out, what would come of them now.

    A side is ``in-force``, ``aim-<aim>`` (the one in force with another aim), the number of a
    version, or ``draft``: what was entered.
    """
    programme, actor = current_programme(), signed_in_account()
    versions = policies.list_versions(db.session, programme, actor=actor, most=_VERSIONS)
    in_force = policies.current_of(versions)
    choices = _choices(in_force, versions, draft=entered.to_terms() if entered else None)
    a, b = a or IN_FORCE, b or _other_aim(policies.terms(in_force))
    form = SidesForm(formdata=None, data={"a": a, "b": b})
    form.offer([(code, name) for code, (name, _terms) in choices.items()])
    if a not in choices or b not in choices:
        raise NotFound
    tried = [choices[a][1], choices[b][1]]
    trial = None
    if worked_out:
        round_ = rounds.open_round_of(db.session, programme, actor=actor)
        trial = pages.try_on(programme, round_, *tried)
    return render_template(
        "policies/compare.html",
        form=form,
        entered=entered.sent() if entered else [],
        names=[choices[a][0], choices[b][0]],
        terms=tried,
        differences=wording.differences(*tried),
        **_side_by_side(trial),
        words=words,
        wording=wording,
    )


def _choices(
    in_force: PolicyVersion, versions: Sequence[PolicyVersion], *, draft: Terms | None
) -> dict[str, tuple[str, Terms]]:
    """Return what can be compared: code to name and terms."""
    now = policies.terms(in_force)
    found = {IN_FORCE: (_("In force: version %(number)s", number=in_force.number), now)}
    if draft is not None:
        found[DRAFT] = (_("As entered by you"), draft)
    for aim in AIMS:
        if aim != now.aim:
            name = _("In force, with the aim: %(aim)s", aim=words.AIM[aim])
            found[f"aim-{aim}"] = (name, replace(now, aim=aim))
    for version in versions:
        if version is not in_force:
            found[str(version.number)] = (wording.version(version), policies.terms(version))
    return found


def _other_aim(terms: Terms) -> str:
    return f"aim-{next(aim for aim in reversed(AIMS) if aim != terms.aim)}"


def _side_by_side(trial: pages.Trial | None) -> dict[str, Any]:
    if trial is None or trial.problem:
        return {"problem": trial.problem if trial else None, "figures": []}
    a, b = trial.outcomes
    changes = previews.compare(a, b)
    return {
        "problem": None,
        "figures": [
            Row(_("Tandems"), number(a.tandems), number(b.tandems)),
            Row(_("Mentees with a proposal"), _share(a), _share(b)),
            Row(_("Points together"), number(a.points), number(b.points)),
            Row(_("Points of a pair on average"), _figure(a.mean), _figure(b.mean)),
            Row(_("Weakest pair"), _weakest(a, trial), _weakest(b, trial)),
            Row(_("Pairs that the other has not"), *_own_pairs(a, b)),
        ],
        "pairs": [
            (
                trial.people[each.mentee],
                trial.people.get(each.before or ""),
                trial.people.get(each.after or ""),
            )
            for each in changes[:_PAIRS]
        ],
        "more": len(changes[_PAIRS:]),
        "comparable": a.terms.weights == b.terms.weights,
    }


def _own_pairs(a: Outcome, b: Outcome) -> tuple[str, str]:
    ours, theirs = set(a.pairs.items()), set(b.pairs.items())
    return number(len(ours - theirs)), number(len(theirs - ours))


def _share(outcome: Outcome) -> str:
    return str(
        _("none")
        if outcome.coverage is None
        else _("%(figure)s%%", figure=number(outcome.coverage))
    )


def _figure(value: int | None) -> str:
    return str(_("none")) if value is None else number(value)


def _weakest(outcome: Outcome, trial: pages.Trial) -> str:
    mentee = outcome.weakest
    if mentee is None:
        return str(_("none"))
    pair = wording.pair(mentee, outcome.pairs[mentee], trial.people)
    points = number(outcome.scores[mentee])
    return escape(str(_("%(pair)s, %(points)s points"))) % {"pair": pair, "points": points}
