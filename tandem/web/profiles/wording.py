"""A profile in words: its steps, its answers, its state."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from tandem.models import Profile, Programme, Side
from tandem.services.profiles import STEPS, missing
from tandem.web import codes

Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class StepView:
    """One step of a profile, as the page to check it shows it."""

    code: str
    label: str
    rows: Rows
    is_complete: bool


def titles(side: Side) -> Mapping[str, str]:
    """Return what each step asks, in order."""
    if side is Side.MENTEE:
        return {
            "languages": _("Which languages do you speak?"),
            "work": _("Which work would you like to do?"),
            "qualification": _("What have you learned?"),
            "experience": _("Which work have you done?"),
            "meeting": _("Where, how and when can you meet?"),
            "needs": _("What would help you?"),
            "wishes": _("What do you wish for?"),
        }
    return {
        "work": _("What is your work?"),
        "qualification": _("What have you learned?"),
        "meeting": _("How, and in which languages, can you meet?"),
        "offer": _("What would you like to offer?"),
    }


def labels(side: Side) -> Mapping[str, str]:
    """Return a short name of each step, in order."""
    names = {
        "languages": _("Languages"),
        "work": _("Work"),
        "qualification": _("Qualification"),
        "experience": _("Experience"),
        "meeting": _("Meeting"),
        "needs": _("What you need"),
        "wishes": _("Wishes"),
        "offer": _("Offer"),
    }
    return {step: names[step] for step in STEPS[side]}


def journey(side: Side) -> list[str]:
    """Return the short names of all steps, the last of which is to check and send."""
    return [*labels(side).values(), _("Check and send")]


def steps(profile: Profile, programme: Programme) -> list[StepView]:
    """Return the steps of ``profile`` with their answers."""
    open_ = missing(profile)
    rows = (
        _mentee(profile, programme) if profile.side is Side.MENTEE else _mentor(profile, programme)
    )
    return [
        StepView(code, label, [row for row in rows[code] if row[1]], code not in open_)
        for code, label in labels(profile.side).items()
    ]


def _mentee(profile: Profile, programme: Programme) -> dict[str, Rows]:
    return {
        "languages": [(_("Languages"), codes.languages(profile.languages))],
        "work": [
            (_("The work you want"), _occupation(profile.occupation, profile.occupation_words)),
            (_("Sectors"), codes.sectors(profile.sectors)),
        ],
        "qualification": [
            (_("Your highest qualification"), _level(profile)),
            (_("What it is called there"), profile.qualification_name),
            (_("Fields"), codes.fields(profile.fields)),
            (_("Country"), _country(profile)),
            (
                _("Recognition in Germany"),
                str(codes.RECOGNITION.get(profile.recognition or "", "")),
            ),
        ],
        "experience": [
            (
                _("The work you did before"),
                _occupation(profile.past_occupation, profile.past_occupation_words),
            ),
            (_("Years in this work"), _years(profile)),
        ],
        "meeting": _meeting(profile, programme),
        "needs": [
            (_("What you need"), codes.topics(profile.topics)),
            (_("Your goal"), profile.about),
        ],
        "wishes": [
            (
                _("Your wish"),
                _("A mentor of my own gender only") if profile.same_gender else "",
            ),
            (_("Your gender"), _gender(profile)),
            (_("Whom you do not want to meet"), profile.avoid_words),
        ],
    }


def _mentor(profile: Profile, programme: Programme) -> dict[str, Rows]:
    return {
        "work": [
            (_("Your function"), profile.job_title),
            (_("Your occupation"), _occupation(profile.occupation, profile.occupation_words)),
            (_("Sectors"), codes.sectors(profile.sectors)),
        ],
        "qualification": [
            (_("Your highest qualification"), _level(profile)),
            (_("Fields"), codes.fields(profile.fields)),
            (
                _("You know how these occupations are recognised"),
                codes.occupations(profile.recognition_paths),
            ),
        ],
        "meeting": [
            (_("Languages"), codes.languages(profile.languages)),
            *_meeting(profile, programme),
            (_("Your gender"), _gender(profile)),
        ],
        "offer": [
            (_("What you can help with"), codes.topics(profile.topics)),
            (_("Mentees at a time"), str(profile.capacity or "")),
            (_("What you would like to pass on"), profile.about),
            (_("Whom you would like best"), codes.wishes(profile.prefer)),
        ],
    }


def _meeting(profile: Profile, programme: Programme) -> Rows:
    place = programme.place(profile.postal_code)
    if place and place != profile.postal_code:
        place = f"{profile.postal_code} {place}"
    reach = profile.reach_km
    return [
        (_("Place"), place),
        (_("Reach"), "" if reach is None else _("%(km)d km", km=reach)),
        (_("Ways to meet"), codes.modes(profile.modes)),
        (_("How you get about"), codes.travel(profile.travel)),
        (_("When you have time"), codes.slots(profile.slots)),
    ]


def _occupation(code: str | None, words: str = "") -> str:
    name = codes.occupation(code) if code else ""
    if name and words and words != name:
        return str(_("%(occupation)s (“%(words)s”)", occupation=name, words=words))
    return name or words


def _country(profile: Profile) -> str:
    code = profile.qualification_country
    return codes.country(code) if code else ""


def _years(profile: Profile) -> str:
    years = profile.experience_years
    return "" if years is None else str(years)


def _level(profile: Profile) -> str:
    return str(codes.LEVELS[profile.level]) if profile.level else ""


def _gender(profile: Profile) -> str:
    return str(codes.GENDERS.get(profile.gender or "", ""))
