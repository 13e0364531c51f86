"""What the page of a policy is given to show."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from tandem.extensions import db
from tandem.models import PolicyVersion, Programme, Round
from tandem.services import policies, rounds
from tandem.services.matchmaking import previews
from tandem.services.policies import Terms
from tandem.web import terms as words
from tandem.web.identity import signed_in_account
from tandem.web.policies import wording
from tandem.web.policies.forms import PolicyForm
from tandem.web.scope import current_programme

_VERSIONS = 12
_CHANGES = 5
_SEED = 0
"""Decides between equal results, the same way each time somebody looks."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What came of policies on the people of now, or why nothing did: a code."""

    people: Any
    outcomes: list[previews.Outcome]
    problem: str | None = None


def try_on(programme: Programme, round_: Round | None, *tried: Terms) -> Trial:
    """Match the people of now under each policy, while no transaction is held open.

    Everything else that the page needs from the database must have been read before.
    """
    gathering = rounds.gather(db.session, round_, programme=programme, actor=signed_in_account())
    db.session.close()
    if not gathering.can_be_matched:
        return Trial(people=gathering.people, outcomes=[], problem="nobody")
    if not previews.is_quick(gathering.content, [terms.aim for terms in tried]):
        return Trial(people=gathering.people, outcomes=[], problem="too_many")
    written = [policies.write_terms(terms, number=0) for terms in tried]
    try:
        outcomes = [previews.preview(gathering.content, each, seed=_SEED) for each in written]
    except previews.NotSolved:
        return Trial(people=gathering.people, outcomes=[], problem="refused")
    return Trial(people=gathering.people, outcomes=outcomes)


def edit(
    form: PolicyForm | None = None, *, start: int | None = None, draft: Terms | None = None
) -> str:
    """Return the page on which a policy is changed, with what a draft would change."""
    programme, actor = current_programme(), signed_in_account()
    versions = policies.list_versions(db.session, programme, actor=actor, most=_VERSIONS)
    in_force = policies.current_of(versions)
    base = in_force
    if start is not None:
        base = policies.get_version(db.session, start, programme=programme, actor=actor)
    form = form or PolicyForm.of(policies.terms(base), number=in_force.number)
    round_ = rounds.open_round_of(db.session, programme, actor=actor)
    return _render(form, versions, in_force=in_force, base=base, round_=round_, draft=draft)


def overtaken(form: PolicyForm, draft: Terms) -> str:
    """Return the page that shows both what was entered and what somebody else adopted."""
    db.session.rollback()
    programme, actor = current_programme(), signed_in_account()
    versions = policies.list_versions(db.session, programme, actor=actor, most=_VERSIONS)
    in_force = policies.current_of(versions)
    form.version.data = str(in_force.number)
    round_ = rounds.open_round_of(db.session, programme, actor=actor)
    rows = wording.differences(policies.terms(in_force), draft)
    return _render(form, versions, in_force=in_force, round_=round_, overtaken=rows)


def _render(
    form: PolicyForm,
    versions: Any,
    *,
    in_force: PolicyVersion,
    round_: Round | None,
    base: PolicyVersion | None = None,
    draft: Terms | None = None,
    overtaken: list[wording.Row] | None = None,
) -> str:
    trial, used = None, in_force
    if draft is not None:
        if round_ is not None:
            solved_with = rounds.used_policy(db.session, round_)
            used = rounds.policy_after(solved_with, current=in_force)
        trial = try_on(current_programme(), round_, policies.terms(used), draft)
    return render_template(
        "policies/edit.html",
        form=form,
        versions=versions,
        in_force=in_force,
        used=used,
        base=base or in_force,
        round=round_,
        overtaken=overtaken,
        **_seen(trial),
        words=words,
        wording=wording,
    )


def _seen(trial: Trial | None) -> dict[str, Any]:
    """Return what a preview tells: figures before and after, and who would move."""
    if trial is None or trial.problem:
        return {"problem": trial.problem if trial else None, "before": None, "after": None}
    before, after = trial.outcomes
    changes = list(previews.compare(before, after))
    return {
        "problem": None,
        "before": before,
        "after": after,
        "said": wording.summary(changes),
        "changes": [wording.change(each, trial.people) for each in changes[:_CHANGES]],
        "more": len(changes[_CHANGES:]),
    }
