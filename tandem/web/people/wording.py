"""People and their profiles in words, for the coordinator."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import (
    CompanyState,
    Mentor,
    NoteKind,
    Profile,
    ProfileState,
    Programme,
    Side,
    TandemState,
)
from tandem.services.people import (
    Among,
    Change,
    CompanyRefused,
    Deed,
    Others,
    Person,
    TooManyTandems,
    Verdict,
    name_gaps,
)
from tandem.services.people.comparing import FIELDS
from tandem.web import codes

STATES = {
    ProfileState.DRAFT: _l("Being written"),
    ProfileState.SUBMITTED: _l("Waits for you"),
    ProfileState.RETURNED: _l("Asked back"),
    ProfileState.DECLINED: _l("Declined"),
    ProfileState.APPROVED: _l("Approved"),
    ProfileState.PAUSED: _l("Paused"),
    ProfileState.REPLACED: _l("Replaced"),
    ProfileState.WITHDRAWN: _l("Withdrawn"),
}
KINDS = {
    ProfileState.SUBMITTED: "warning",
    ProfileState.APPROVED: "success",
    ProfileState.DECLINED: "danger",
}
COMPANIES = {
    CompanyState.REGISTERED: _l("Not vetted yet"),
    CompanyState.VETTED: _l("Vetted"),
    CompanyState.DECLINED: _l("Declined"),
    CompanyState.LEFT: _l("Has left"),
}
COMPANY_KINDS = {
    CompanyState.REGISTERED: "warning",
    CompanyState.VETTED: "success",
    CompanyState.DECLINED: "danger",
}
SIDES = {Side.MENTOR: _l("Mentor"), Side.MENTEE: _l("Mentee")}
TRAVEL = {"car": _l("car"), "bus": _l("bus and train"), "bicycle": _l("bicycle")}
DEEDS = {
    "edit_profile": _l("changed by %(name)s"),
    "submit_profile": _l("sent by %(name)s"),
    "take_back_profile": _l("taken back by %(name)s"),
    "discard_profile": _l("discarded by %(name)s"),
    "correct_profile": _l("occupation found by %(name)s"),
    "approve_profile": _l("approved by %(name)s"),
    "return_profile": _l("asked back by %(name)s"),
    "decline_profile": _l("declined by %(name)s"),
    "pause_profile": _l("paused by %(name)s"),
    "resume_profile": _l("taken up again by %(name)s"),
    "withdraw_profile": _l("withdrawn by %(name)s"),
}
TANDEM_KINDS = {TandemState.INVITED: "warning", TandemState.ACTIVE: "success"}
AMONG = {
    Among.ENTERED: _l("Entered by us"),
    Among.NO_MAIL: _l("Without an e-mail address"),
    Among.UNCONFIRMED: _l("Address not confirmed"),
}
NOTES = {
    NoteKind.NOTE: _l("Note"),
    NoteKind.TALK: _l("Talk"),
    NoteKind.IMPORT: _l("From a list"),
}
ASKED_BY = {
    Side.MENTEE: _l("asked for by the mentee"),
    Side.MENTOR: _l("asked for by the mentor"),
    None: _l("because their tandem has ended"),
}
_LABELS = {
    "job_title": _l("Function"),
    "sectors": _l("Sectors"),
    "occupation": _l("Occupation"),
    "occupation_words": _l("Work in their own words"),
    "past_occupation": _l("Occupation so far"),
    "past_occupation_words": _l("Occupation so far in their own words"),
    "experience_years": _l("Years in it"),
    "level": _l("Qualification"),
    "qualification_name": _l("Name of the qualification"),
    "qualification_country": _l("Country of the qualification"),
    "fields": _l("Fields"),
    "recognition": _l("Recognition"),
    "recognition_paths": _l("Knows the recognition of"),
    "languages": _l("Languages"),
    "postal_code": _l("Place"),
    "reach_km": _l("Reach"),
    "travel": _l("Gets about by"),
    "modes": _l("Ways to meet"),
    "slots": _l("Has time"),
    "topics": _l("Topics"),
    "about": _l("Aim"),
    "prefer": _l("Would like best"),
    "capacity": _l("Places"),
    "gender": _l("Gender"),
    "same_gender": _l("Mentor of the same gender"),
    "avoid_words": _l("Would rather not meet"),
}
_LABELS_OF = {
    Side.MENTEE: {
        "occupation": _l("Occupation aimed for"),
        "sectors": _l("Sectors aimed for"),
        "topics": _l("Needs"),
    },
    Side.MENTOR: {"topics": _l("Offers"), "about": _l("Would like to pass on")},
}
_TOLD_ELSEWHERE = ("avoid_words",)
_GAPS = {
    "occupation": _l("No occupation: it counts 0."),
    "sectors": _l("No sector: it counts 0."),
    "level": _l("No level of qualification: it counts 0."),
    "fields": _l("No field of study or training: it counts 0."),
    "recognition": _l("No word about recognition: it counts 0."),
    "postal_code": _l("No place: only tandems that meet online are possible."),
}
_GAPS_OF = {
    Side.MENTEE: {"topics": _l("No needs: they count 0.")},
    Side.MENTOR: {"topics": _l("No offers: they count 0.")},
}


def state_choices() -> list[tuple[str, str]]:
    """Return the states that somebody may look for."""
    left_out = {ProfileState.REPLACED}
    return [(state.value, str(name)) for state, name in STATES.items() if state not in left_out]


def label(field: str, side: Side) -> str:
    """Name a field of a profile."""
    return str(_LABELS_OF[side].get(field) or _LABELS[field])


def rows(profile: Profile, programme: Programme) -> list[tuple[str, str]]:
    """Return everything that a profile says, term by term; what is empty is left out."""
    said = (
        (label(field, profile.side), value(field, getattr(profile, field), programme))
        for field in FIELDS[profile.side]
        if field not in _TOLD_ELSEWHERE
    )
    return [(term, text) for term, text in said if text]


def changed(
    changes: Sequence[Change], side: Side, programme: Programme
) -> list[tuple[str, str, str]]:
    """Return what was said before and what is said now, term by term."""
    return [
        (
            label(change.field, side),
            value(change.field, change.before, programme),
            value(change.field, change.after, programme),
        )
        for change in changes
    ]


def deed(done: Deed) -> str:
    """Say what somebody did to a version; the name may be of any script."""
    told = DEEDS.get(done.action, _l("changed by %(name)s"))
    return str(told) % {"name": done.name or _("the service itself")}


def gaps(profile: Profile) -> list[str]:
    """Say what is missing and what that means for a match."""
    return [_gap(profile, field) for field in name_gaps(profile)]


def is_unfound(profile: Profile | None) -> bool:
    """Whether somebody named their work in words for which nobody has found a code."""
    return profile is not None and not profile.occupation and bool(profile.occupation_words)


def _gap(profile: Profile, field: str) -> str:
    if field == "occupation" and is_unfound(profile):
        words = profile.occupation_words
        return str(_("Occupation not found: “%(words)s”. It counts 0.", words=words))
    return str(_GAPS_OF[profile.side].get(field) or _GAPS[field])


def value(field: str, given: Any, programme: Programme) -> str:
    """Say one answer; an empty text where there is none."""
    if given is None or given in ([], "", False, {}):
        return ""
    if field == "postal_code":
        return _place(given, programme)
    return str(_VALUES.get(field, str)(given))


def summary(person: Person, programme: Programme) -> str:
    """Return what tells a person apart from others: work and place."""
    profile = person.shown
    return summary_of(profile, programme) if profile else ""


def summary_of(profile: Profile, programme: Programme) -> str:
    """Return the work and the place of a profile."""
    work = profile.job_title
    if profile.side is Side.MENTEE:
        work = codes.occupation(profile.occupation) if profile.occupation else ""
        work = work or profile.occupation_words
    return ", ".join(part for part in (work, programme.place(profile.postal_code)) if part)


def others(
    found: Others, programme: Programme, *, chosen: str | None
) -> list[tuple[str, str, str, bool]]:
    """Return whom somebody may be kept apart from, to choose from."""
    named = [
        (
            f"{one.side.value}:{one.who.key}",
            one.who.name,
            ", ".join(part for part in (_company(one), summary(one, programme)) if part),
        )
        for one in found.people
    ]
    companies = [
        (f"company:{one.key}", one.name, _("Everybody of this company")) for one in found.companies
    ]
    return [(value, name, note, value == chosen) for value, name, note in (*named, *companies)]


def _company(person: Person) -> str:
    return person.who.company.name if isinstance(person.who, Mentor) else ""


def done(verdict: Verdict, name: str) -> str:
    """Say what was just decided."""
    said: dict[Verdict, str] = {
        Verdict.APPROVE: _("The profile of %(name)s is approved.", name=name),
        Verdict.RETURN: _("We have asked %(name)s back by e-mail.", name=name),
        Verdict.DECLINE: _("The profile of %(name)s is declined.", name=name),
    }
    return said[verdict]


def refusal(error: CompanyRefused | TooManyTandems) -> str:
    """Say why a profile cannot be approved as things are."""
    if isinstance(error, CompanyRefused):
        refused: str = _("The company does not take part, so nobody of it can be approved.")
        return refused
    too_many: str = ngettext(
        "The profile has fewer places than the %(num)d tandem that is live now. Ask back, or "
        "wait until it has ended.",
        "The profile has fewer places than the %(num)d tandems that are live now. Ask back, or "
        "wait until one of them has ended.",
        error.live,
    )
    return too_many


def _place(postal_code: str, programme: Programme) -> str:
    name = programme.place(postal_code)
    return postal_code if name == postal_code else f"{postal_code} {name}"


_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "sectors": codes.sectors,
    "occupation": codes.occupation,
    "past_occupation": codes.occupation,
    "level": lambda level: codes.LEVELS[level],
    "qualification_country": lambda code: get_locale().territories.get(code, code),
    "fields": codes.fields,
    "recognition": lambda state: codes.RECOGNITION[state],
    "recognition_paths": codes.occupations,
    "languages": codes.languages,
    "reach_km": lambda km: _("up to %(km)s km", km=km),
    "travel": lambda ways: codes.listed(str(TRAVEL.get(way, way)) for way in ways),
    "modes": codes.modes,
    "slots": codes.slots,
    "topics": codes.topics,
    "prefer": codes.wishes,
    "gender": lambda code: codes.GENDERS[code],
    "same_gender": lambda _wished: _("wished for"),
}
