"""Tandems in words: who is across, what speaks for the two, how much time is left."""

from zoneinfo import ZoneInfo

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.clock import now
from tandem.models import Programme, Side, Tandem, TandemState
from tandem.services.tandems import Card, View, standing
from tandem.web import codes, reasons

VIEWS = {
    View.WAITING: _l("Waiting for answers"),
    View.RUNNING: _l("Running"),
    View.OVER: _l("Ended"),
}
EMPTY = {
    View.WAITING: _l("No invitation is open."),
    View.RUNNING: _l("No tandem is running yet. One begins when both have said yes."),
    View.OVER: _l("No tandem has ended yet."),
}
KINDS = {
    TandemState.INVITED: "warning",
    TandemState.ACTIVE: "success",
    TandemState.COMPLETED: "success",
}
SIDES = {Side.MENTOR: _l("Mentor"), Side.MENTEE: _l("Mentee")}


def across(tandem: Tandem, side: Side | None) -> str:
    """Return the first name of who is across from one side; empty for a coordinator."""
    if side is None:
        return ""
    return (tandem.mentee if side is Side.MENTOR else tandem.mentor).first_name


def ended_by(tandem: Tandem) -> str:
    """Say who ended a tandem early."""
    return str(SIDES[tandem.ended_by] if tandem.ended_by else _("Coordination"))


def last_day(tandem: Tandem) -> str:
    """Return until when both are asked: Thursday, December 3, 2026."""
    day: str = format_date(tandem.expires_at, "full")
    return day


def days_left(tandem: Tandem, programme: Programme) -> int:
    """Return after how many days the invitation ends, by the calendar of the programme."""
    zone = ZoneInfo(programme.zone)
    return (tandem.expires_at.astimezone(zone).date() - now().astimezone(zone).date()).days


def time_left(tandem: Tandem, programme: Programme) -> str:
    """Say how much time there is to answer."""
    if standing(tandem) is TandemState.EXPIRED:
        over: str = _("time is over")
        return over
    days = days_left(tandem, programme)
    if days <= 0:
        today: str = _("until tonight")
        return today
    said: str = ngettext("%(num)d day left", "%(num)d days left", days)
    return said


def role(card: Card) -> str:
    """Say in a few words what the person across does or aims for."""
    if card.side is Side.MENTOR:
        return card.job_title
    return codes.occupation(card.occupation) if card.occupation else ""


def rows(card: Card, programme: Programme) -> list[tuple[str, str]]:
    """Return what may be known of the person across, term by term."""
    if card.side is Side.MENTOR:
        said = [
            (_("Sector"), codes.sectors(card.sectors)),
            (_("Place"), _place(card, programme)),
            (_("Languages"), codes.languages(dict(card.languages))),
            (_("Offers"), codes.topics(card.offers)),
        ]
    else:
        said = [
            (_("Goal"), card.goals),
            (_("Languages"), codes.languages(dict(card.languages))),
            (_("Distance"), _distance(card.distance_km)),
        ]
    return [(term, text) for term, text in said if text]


def why(tandem: Tandem, reader: Side | None) -> list[reasons.Reason]:
    """Say what speaks for the two, as it was when they were proposed."""
    names = (
        {"mentee": tandem.mentee.name, "mentor": tandem.mentor.name}
        if reader is None
        else {"mentee": tandem.mentee.first_name, "mentor": tandem.mentor.first_name}
    )
    return reasons.sentences(tandem.decision.proposal.facts, **names, reader=reader)


def _place(card: Card, programme: Programme) -> str:
    town, distance = programme.place(card.postal_code), _distance(card.distance_km)
    if not town:
        return ""
    return f"{town} ({distance})" if distance else town


def _distance(km: int | None) -> str:
    if km is None:
        return ""
    said: str = _("close to you") if km < 1 else _("about %(km)s km from you", km=km)
    return said
