"""Policies in the reader's words."""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from tandem.models import PolicyVersion
from tandem.services.matchmaking.previews import Change
from tandem.services.policies import Terms
from tandem.services.rounds import Candidate
from tandem.web import codes, terms
from tandem.web.context import number

NO_NUMBER = _l("Please enter a whole number.")
MEANING = {
    "occupation": _l("How close the mentor's work is to the work the mentee wants to do."),
    "sector": _l("Whether the mentor works in a sector in which the mentee looks for work."),
    "needs": _l("How much of what the mentee asks for the mentor offers."),
    "qualification": _l(
        "Similar level and field of training, and a mentor who knows the way to recognition."
    ),
    "language": _l("How well both speak a language in which they can work."),
    "reach": _l("How near they live to each other, or that both can meet online."),
    "wishes": _l("Whom the mentee put first on the short list, and what the mentor wished for."),
    "availability": _l("How many times of the week they share."),
    "waiting": _l("In how many rounds the mentee was left without a tandem."),
}
AIM_MEANING = {
    "most": _l("Among all ways to make that many tandems, the one with the most points."),
    "best": _l("The most points all in all; pairs that are too weak are not made."),
    "fair": _l(
        "As many tandems as possible; then the weakest pair is made as strong as possible,"
        " then the next weakest, and so on."
    ),
}


class Row(NamedTuple):
    """One thing in which two policies differ, or what came of them does."""

    label: str
    a: str
    b: str


def summary(changes: list[Change]) -> str:
    """Say in a few words what a policy changes."""
    if not changes:
        return str(_("With this, all pairs stay as they are."))
    moved = sum(each.before is not None and each.after is not None for each in changes)
    lost = sum(each.after is None for each in changes)
    gained = sum(each.before is None for each in changes)
    said = [
        moved and ngettext("%(num)d pair changes.", "%(num)d pairs change.", moved),
        lost
        and ngettext(
            "%(num)d mentee would be left without a proposal.",
            "%(num)d mentees would be left without a proposal.",
            lost,
        ),
        gained
        and ngettext(
            "%(num)d mentee would get a proposal.", "%(num)d mentees would get a proposal.", gained
        ),
    ]
    return " ".join(str(sentence) for sentence in said if sentence)


def change(each: Change, people: Mapping[str, Candidate]) -> Markup:
    """Say what is otherwise for one mentee."""
    names = {
        "mentee": _named(each.mentee, people),
        "before": _named(each.before, people),
        "after": _named(each.after, people),
    }
    if each.after is None:
        text = _("%(mentee)s would be left without a proposal (now: %(before)s).")
    elif each.before is None:
        text = _("%(mentee)s would get a proposal: %(after)s.")
    else:
        text = _("%(mentee)s would move from %(before)s to %(after)s.")
    return escape(str(text)) % names


def pair(mentee: str | None, mentor: str | None, people: Mapping[str, Candidate]) -> Markup:
    """Name two people."""
    names = {"mentee": _named(mentee, people), "mentor": _named(mentor, people)}
    return escape(str(_("%(mentee)s and %(mentor)s"))) % names


def differences(a: Terms, b: Terms) -> list[Row]:
    """Say where two policies differ, term by term."""
    rows = [
        Row(str(name), number(a.weights.get(code, 0)), number(b.weights.get(code, 0)))
        for code, name in codes.CRITERION.items()
    ]
    rows += [
        Row(str(name), terms.rule(a, code), terms.rule(b, code))
        for code, name in terms.RULE.items()
    ]
    rows.append(Row(_("Kilometres for those who do not say"), _km(a), _km(b)))
    rows.append(Row(_("Aim"), terms.aim(a), terms.aim(b)))
    return [row for row in rows if row.a != row.b]


def version(each: PolicyVersion) -> str:
    """Name a version for a list to choose from."""
    if each.is_trial:
        return str(_("Version %(number)s, only tried", number=each.number))
    return str(_("Version %(number)s", number=each.number))


def _km(said: Terms) -> str:
    return number(round(said.reach_km))


def _named(key: str | None, people: Mapping[str, Candidate]) -> Markup:
    return Markup("<bdi>{}</bdi>").format(people[key].name if key else "")
