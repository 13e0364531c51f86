"""Asking step by step, whoever writes: the person themselves, or staff who entered them."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tandem.errors import Conflict, NotFound, Stale
from tandem.extensions import db
from tandem.services import profiles
from tandem.web.identity import signed_in_account
from tandem.web.profiles import hints, wording
from tandem.web.profiles.forms import FORMS, StepForm
from tandem.web.scope import current_programme


@dataclass(frozen=True)
class Whose:
    """Whose profile is written: one's own, or that of the person with a key."""

    key: str = ""

    def versions(self) -> profiles.Versions:
        """Return the versions of the profile."""
        return profiles.get_versions(
            db.session, signed_in_account(), current_programme(), about=self.key
        )

    def page(self) -> str:
        """Return the address of the whole profile."""
        return url_for("desk.show", key=self.key) if self.key else url_for("profiles.show")

    def step(self, step: str) -> str:
        """Return the address of one step."""
        if self.key:
            return url_for("desk.edit", key=self.key, step=step)
        return url_for("profiles.edit", step=step)

    def after(self, step: str, order: list[str]) -> str:
        """Return the address that follows a step."""
        following = order[order.index(step) + 1 :]
        return self.step(following[0]) if following else self.page()

    def before(self, step: str, order: list[str]) -> str:
        """Return the address before a step."""
        earlier = order[: order.index(step)]
        return self.step(earlier[-1]) if earlier else self.page()


OWN = Whose()


def ask(step: str, whose: Whose) -> ResponseReturnValue:
    """Ask the questions of one step, and save the answers."""
    versions = whose.versions()
    profile = versions.to_edit()
    forms = FORMS[profile.side]
    if step not in forms:
        raise NotFound
    if not versions.can_edit:
        raise Conflict
    form = forms[step].of(profile)
    if form.looks_up:
        return _page(step, form, whose=whose), 200
    if not form.validate_on_submit():
        return _page(step, form, whose=whose), 422 if form.errors else 200
    try:
        profiles.save_step(
            db.session,
            form.to_draft(),
            actor=signed_in_account(),
            programme=current_programme(),
            seen_version=form.seen_version(),
            about=whose.key,
        )
    except Stale:
        return _overtaken(step, form, whose=whose), 409
    return redirect(whose.after(step, list(forms)), 303)


def _page(step: str, form: StepForm, *, whose: Whose, stored: wording.Rows | None = None) -> str:
    versions = whose.versions()
    profile = versions.to_edit()
    side = profile.side
    return render_template(
        f"profiles/{side.value}_{step}.html",
        form=form,
        profile=profile,
        hints=hints,
        titles=wording.titles(side),
        labels=wording.journey(side),
        number=list(FORMS[side]).index(step) + 1,
        step=step,
        back_url=whose.before(step, list(FORMS[side])),
        stored=stored,
        written_for=versions.person if whose.key else None,
    )


def _overtaken(step: str, form: StepForm, *, whose: Whose) -> str:
    """Show what is stored beside what was entered; saving again is then a choice."""
    profile = whose.versions().to_edit()
    form.version.data = str(profile.version or 0)
    found = wording.steps(profile, current_programme())
    stored = next(view.rows for view in found if view.code == step)
    return _page(step, form, whose=whose, stored=stored)
