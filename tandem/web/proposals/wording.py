"""Proposals in the reader's words: what another pair would cost, and who would move."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from tandem.models import Profile, Proposal, Verdict
from tandem.web import codes
from tandem.web.context import number
from tandem.web.reasons import costs
from tandem.web.reasons.costs import Faces, named
from tandem.web.scope import current_programme

VERDICT = {Verdict.CONFIRMED: _l("Confirmed"), Verdict.REJECTED: _l("Rejected")}
REASONS = {
    Verdict.CONFIRMED: {
        "work": _l("Their fields of work fit."),
        "help": _l("The mentor offers what the mentee needs most."),
        "talked": _l("We talked to both, and both would like it."),
        "wished": _l("The mentee wished for this mentor."),
        "near": _l("They can meet easily."),
        "waited": _l("The mentee has waited for long."),
    },
    Verdict.REJECTED: {
        "other": _l("Another mentor suits this mentee better."),
        "far": _l("The way to each other is too long."),
        "language": _l("They lack a language in which both can talk about work."),
        "time": _l("One of the two has no time at present."),
        "refused": _l("One of the two told us that it does not suit them."),
        "known": _l("They know each other in another role."),
    },
}
"""Frequent reasons; what is kept with the decision is the sentence."""
_MODES = {"in_person": _l("in person"), "online": _l("online")}
"""Ways to meet, within a sentence."""
_FEW_TIMES = 5
price = costs.price


def moves(alternative: Mapping[str, Any], faces: Faces) -> list[Markup]:
    """Say who else would go where; the mentee in question is the first who moves."""
    return [_move(move, faces) for move in alternative["moves"][1:]]


def _move(move: Mapping[str, str | None], faces: Faces) -> Markup:
    names = {"mentee": named(move["mentee"], faces), "mentor": named(move["to_mentor"], faces)}
    if move["to_mentor"] is None:
        text = _("%(mentee)s would be left without a proposal.")
    elif move["from_mentor"] is None:
        text = _("%(mentee)s would get a proposal, with %(mentor)s.")
    else:
        text = _("%(mentee)s would go to %(mentor)s.")
    return escape(str(text)) % names


def margin(points: int | None) -> str:
    """Say how firmly a pair belongs to the best result."""
    if points is None:
        return str(_("This pair belongs to the best result whatever its own points."))
    if points == 0:
        return str(_("Another result without this pair is just as good."))
    return str(
        ngettext(
            "Even with %(points)s point less, this pair would belong to the best result.",
            "Even with %(points)s points less, this pair would belong to the best result.",
            points,
            points=number(points),
        )
    )


def keys_of(alternatives: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the keys of everyone whom the alternatives mention."""
    found: set[str | None] = {each["mentor"] for each in alternatives}
    for move in (move for each in alternatives for move in each["moves"]):
        found |= {move["mentee"], move["from_mentor"], move["to_mentor"]}
    return {key for key in found if key}


def mentee_rows(proposal: Proposal) -> list[tuple[str, str]]:
    """Return what there is to know of a mentee besides the criteria, term by term."""
    profile = proposal.mentee_profile
    rows = [
        (_("worked as"), _occupation(profile.past_occupation)),
        (_("recognition"), str(codes.RECOGNITION.get(profile.recognition or "", ""))),
    ]
    return [(term, value) for term, value in rows if value]


def mentor_rows(proposal: Proposal, free_places: int) -> list[tuple[str, str]]:
    """Return what there is to know of a mentor besides the criteria, term by term."""
    rows = [
        (_("works as"), proposal.mentor_profile.job_title),
        (_("company"), proposal.mentor.company.name),
        (_("free places"), number(free_places)),
    ]
    return [(term, value) for term, value in rows if value]


def criteria(proposal: Proposal, weights: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return both people side by side, criterion by criterion, with the points."""
    shown = _side_by_side(proposal)
    return [
        {
            "code": code,
            "label": str(codes.CRITERION[code]),
            "mentee": shown[code][0] or _("not said"),
            "mentor": shown[code][1] or _("not said"),
            "points": proposal.parts.get(code, 0),
            "weight": weights[code],
        }
        for code in codes.CRITERION
        if weights.get(code)
    ]


def _side_by_side(proposal: Proposal) -> dict[str, tuple[str, str]]:
    theirs, ours = proposal.mentee_profile, proposal.mentor_profile
    values = {fact["criterion"]: fact["values"] for fact in proposal.facts}
    return {
        "sector": (codes.sectors(theirs.sectors), codes.sectors(ours.sectors)),
        "occupation": (_occupation(theirs.occupation), _occupation(ours.occupation)),
        "qualification": (_level(theirs.level), _level(ours.level)),
        "needs": (codes.topics(theirs.topics), codes.topics(ours.topics)),
        "language": (codes.languages(theirs.languages), codes.languages(ours.languages)),
        "reach": (_meeting(theirs), _meeting(ours)),
        "wishes": (_rank(values.get("wishes", {}).get("rank")), codes.wishes(ours.prefer)),
        "availability": (_times(theirs.slots), _times(ours.slots)),
        "waiting": (_waited(values.get("waiting", {}).get("rounds", 0)), _("does not count")),
    }


def _rank(rank: int | None) -> str:
    return str(_("place %(rank)s on the short list", rank=rank)) if rank else ""


def _waited(rounds: int) -> str:
    return str(ngettext("%(num)d round", "%(num)d rounds", rounds))


def _level(level: int | None) -> str:
    return str(codes.LEVELS[level]) if level else ""


def _occupation(code: str | None) -> str:
    return codes.occupation(code) if code else ""


def _meeting(profile: Profile) -> str:
    where = _where(profile.postal_code, profile.reach_km)
    modes = codes.listed(str(name) for code, name in _MODES.items() if code in profile.modes)
    return ", ".join(part for part in (where, modes) if part)


def _times(slots: Sequence[str]) -> str:
    """Name a few times of the week, or say how many they are."""
    if len(slots) <= _FEW_TIMES:
        return codes.slots(slots)
    return str(ngettext("%(num)d time of the week", "%(num)d times of the week", len(slots)))


def _where(postal_code: str | None, reach_km: int | None) -> str:
    place = current_programme().place(postal_code)
    if not place or reach_km is None:
        return place
    return str(_("%(place)s, up to %(km)s km", place=place, km=number(reach_km)))
