"""Agreements in words, the same on the page and in the document."""

from collections.abc import Sequence

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from tandem.models import Agreement, Goal
from tandem.services.agreements import AgreementDraft, draft_of
from tandem.web import codes

RHYTHMS = range(1, 9)


def rhythm(every_weeks: int) -> str:
    """Say how often two people meet."""
    said: str = ngettext("Every week", "Every %(num)d weeks", every_weeks)
    return said


def goal(each: Goal) -> str:
    """Name a goal."""
    return str(codes.TOPICS.get(each.topic, each.topic)) if each.topic else each.text


def confidential() -> str:
    """Return the sentence that every agreement has."""
    said: str = _(
        "What you tell each other stays between you two. You pass it on only if the other agrees,"
        " or if somebody is in danger."
    )
    return said


def facts(agreement: Agreement) -> list[tuple[str, str]]:
    """Return what a wording says besides the goals, term by term."""
    said = [
        (_("Meetings"), rhythm(agreement.every_weeks)),
        (_("Time together"), period(agreement)),
        (_("How you meet"), codes.ways(agreement.ways)),
        (_("How you reach each other"), agreement.contact),
    ]
    return [(term, text) for term, text in said if text]


def period(agreement: Agreement) -> str:
    """Say from when to when an agreement counts."""
    said: str = _(
        "%(start)s to %(end)s",
        start=format_date(agreement.begins_on, "long"),
        end=format_date(agreement.ends_on, "long"),
    )
    return said


def in_short(agreement: Agreement) -> str:
    """Say how often two people meet, and until when."""
    said: str = _(
        "%(rhythm)s, until %(day)s.",
        rhythm=rhythm(agreement.every_weeks),
        day=format_date(agreement.ends_on, "long"),
    )
    return said


def agreed_on(agreement: Agreement) -> str:
    """Return the day on which the second of the two agreed."""
    said = max(each for each in (agreement.mentor_yes_at, agreement.mentee_yes_at) if each)
    day: str = format_date(said, "long")
    return day


def differences(mine: AgreementDraft, theirs: Agreement) -> list[str]:
    """Name the points in which a draft differs from a wording."""
    other = draft_of(theirs)
    points = [
        (_("Goals"), (mine.topics, mine.own_goals), (other.topics, other.own_goals)),
        (_("Meetings"), mine.every_weeks, other.every_weeks),
        (_("Time together"), mine.ends_on, other.ends_on),
        (_("How you meet"), mine.ways, other.ways),
        (_("How you reach each other"), mine.contact, other.contact),
        (_("Confidentiality"), mine.confidentiality, other.confidentiality),
    ]
    return [str(term) for term, ours, others in points if ours != others]


def reached(goals: Sequence[Goal]) -> str:
    """Say how many goals are reached."""
    done = sum(each.reached_on is not None for each in goals)
    said: str = _("%(done)s of %(all)s reached", done=done, all=len(goals))
    return said
