"""The end of a tandem in words: what is asked, what was answered, what a certificate says."""

from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import Outcome, OutcomeKind, Programme, Side, Source, Survey
from tandem.services.closings import Certificate
from tandem.services.documents import isolate
from tandem.services.outcomes import WORK
from tandem.web.context import number

CONTENT = {
    "5": _l("Very satisfied"),
    "4": _l("Satisfied"),
    "3": _l("Partly"),
    "2": _l("Not so satisfied"),
    "1": _l("Not satisfied at all"),
}
REACHED = {
    "5": _l("Yes, all of it"),
    "4": _l("Most of it"),
    "3": _l("Some of it"),
    "2": _l("Little"),
    "1": _l("Nothing yet"),
}
SUPPORTED = {
    "5": _l("Very well"),
    "4": _l("Well"),
    "3": _l("Partly"),
    "2": _l("Hardly"),
    "1": _l("Not at all"),
}
AGAIN = {"yes": _l("Yes, gladly"), "later": _l("Perhaps later"), "no": _l("No")}
ASKED_AGAIN = {
    Side.MENTOR: _l("Would you accompany somebody again?"),
    Side.MENTEE: _l("Would you like to become a mentor yourself one day?"),
}
SIDES = {Side.MENTOR: _l("Mentor"), Side.MENTEE: _l("Mentee")}
KINDS = {
    OutcomeKind.WORK.value: _l("I work"),
    OutcomeKind.SELF_EMPLOYED.value: _l("I have my own business"),
    OutcomeKind.TRAINING.value: _l("I am in vocational training"),
    OutcomeKind.STUDY.value: _l("I study"),
    OutcomeKind.RECOGNITION.value: _l("I am having my qualification recognised"),
    OutcomeKind.SEARCHING.value: _l("I am looking for work"),
    OutcomeKind.OTHER.value: _l("Something else"),
}
"""As the mentee says it."""
DOES = {
    OutcomeKind.WORK: _l("Work"),
    OutcomeKind.SELF_EMPLOYED: _l("Own business"),
    OutcomeKind.TRAINING: _l("Vocational training"),
    OutcomeKind.STUDY: _l("Studies"),
    OutcomeKind.RECOGNITION: _l("Recognition of the qualification"),
    OutcomeKind.SEARCHING: _l("Looking for work"),
    OutcomeKind.OTHER: _l("Something else"),
}
"""As others say it."""
FIELD: dict[bool | None, Any] = {
    True: _l("in the field of their training"),
    False: _l("in another field"),
}
LEVEL: dict[bool | None, Any] = {
    True: _l("at the level of the qualification"),
    False: _l("not at the level of the qualification"),
}
FITS = {"yes": _l("Yes"), "no": _l("No"), "unsure": _l("I am not sure")}
FIT_OF: dict[str, bool | None] = {"yes": True, "no": False, "unsure": None, "": None}


def said(survey: Survey) -> list[tuple[str, str]]:
    """Return what was answered, term by term."""
    again = (
        _("Would accompany somebody again") if survey.side is Side.MENTOR else _("Become a mentor")
    )
    rows: list[tuple[str, Any]] = [
        (_("Satisfaction"), CONTENT[str(survey.satisfied)]),
        (_("Goals reached"), REACHED[str(survey.reached)]),
        (_("Well supported"), SUPPORTED[str(survey.supported)]),
        (again, AGAIN[survey.again.value] if survey.again else ""),
    ]
    return [(term, str(text)) for term, text in rows if text]


def when(outcome: Outcome) -> str:
    """Say about which time a question is: at the end, or so many months after it."""
    if not outcome.months:
        at_once: str = _("At the end")
        return at_once
    later: str = ngettext("%(num)d month later", "%(num)d months later", outcome.months)
    return later


def does(outcome: Outcome) -> str:
    """Say what a mentee does now, and how far it fits what they learned."""
    if outcome.kind is None:
        return ""
    parts = [str(DOES[outcome.kind])]
    if outcome.kind in WORK:
        fits = (FIELD.get(outcome.in_field), LEVEL.get(outcome.at_level))
        parts += [str(each) for each in fits if each]
    return "; ".join(parts)


def source(outcome: Outcome) -> str:
    """Say who told it."""
    if outcome.source is Source.COORDINATOR:
        by_staff: str = _("written down by the coordination")
        return by_staff
    own: str = _("told by the mentee")
    return own


def values_of(outcome: Outcome) -> dict[str, str]:
    """Return what was answered as the form holds it."""
    fits = {fit: word for word, fit in FIT_OF.items() if word}
    works = outcome.kind in WORK
    return {
        "kind": outcome.kind.value if outcome.kind else "",
        "in_field": fits[outcome.in_field] if works else "",
        "at_level": fits[outcome.at_level] if works else "",
    }


def certificate(made: Certificate, programme: Programme) -> dict[str, Any]:
    """Return what a certificate says, in the language that is spoken at the moment."""
    mentor = made.side is Side.MENTOR
    called, place = isolate(programme.name), isolate(programme.place_name)
    title = _("Certificate of engagement") if mentor else _("Certificate of participation")
    return {
        "title": title,
        "author": programme.place_name,
        "side": made.side.value,
        "name": isolate(made.name),
        "said": _engaged(programme) if mentor else _took_part(programme),
        "facts": [[term, text] for term, text in _facts(made) if text],
        "thanks": _thanks(made.side),
        "dated": _("%(place)s, %(day)s", place=place, day=format_date(made.ended_on, "long")),
        "signed": isolate(programme.contact_name),
        "signature": _("Coordination of %(programme)s", programme=called),
        "footer": _("%(programme)s, offered by %(place)s", programme=called, place=place),
    }


def _facts(made: Certificate) -> list[tuple[str, str]]:
    """Return when it was and how often the two met; where nobody wrote that down, not."""
    met = made.meetings > 0
    return [
        (_("From"), format_date(made.began_on, "long")),
        (_("To"), format_date(made.ended_on, "long")),
        (_("Meetings"), number(made.meetings) if met else ""),
        (_("Hours together"), number((made.minutes + 30) // 60) if met else ""),
    ]


def _engaged(programme: Programme) -> str:
    said: str = _(
        "has accompanied a skilled person from abroad as a mentor in %(programme)s, "
        "on their way to qualified work in %(region)s.",
        programme=isolate(programme.name),
        region=isolate(programme.region),
    )
    return said


def _took_part(programme: Programme) -> str:
    said: str = _(
        "has taken part as a mentee in %(programme)s, a mentoring programme for skilled people "
        "from abroad on their way to qualified work in %(region)s.",
        programme=isolate(programme.name),
        region=isolate(programme.region),
    )
    return said


def _thanks(side: Side) -> str:
    words: dict[Side, str] = {
        Side.MENTOR: _("We thank you for your time and for opening doors."),
        Side.MENTEE: _("We thank you for your trust and wish you every success."),
    }
    return words[side]
