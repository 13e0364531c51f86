"""Meetings on the page of a tandem: the next one, what is to be written down, all of them."""

from flask import g

from tandem.extensions import db
from tandem.models import RUNNING, Meeting, Side, Tandem
from tandem.services import meetings, tandems
from tandem.services.meetings import Diary
from tandem.web import codes
from tandem.web.identity import signed_in_account
from tandem.web.meetings import wording
from tandem.web.meetings.forms import LogForm, MeetingForm, SettleForm
from tandem.web.meetings.pages import can_plan
from tandem.web.panels import Panel, Place


def panel(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return the next meeting and the form to log one, or all of them for a coordinator."""
    if tandem.started_at is None:
        return None
    diary = _diary(tandem)
    if side is None:
        return _for_coordinator(tandem, diary)
    card = tandems.card(tandem, side)
    asked = diary.asked[0] if diary.asked and tandem.state in RUNNING else None
    return Panel(
        template="meetings/panel.html",
        values={
            "key": tandem.key,
            "side": side,
            "diary": diary,
            "first": card.first_name if card else "",
            "email": card.contact.email if card and card.contact else None,
            "runs": can_plan(tandem),
            "asked": asked,
            "asked_form": SettleForm.of(asked, side) if asked else None,
            "next": _next(tandem, diary, side) if tandem.state in RUNNING else None,
            "log_form": LogForm(formdata=None) if tandem.state in RUNNING else None,
            "wording": wording,
            "codes": codes,
        },
    )


def past(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return what stands beside: every meeting so far, and the way to one's own calendar."""
    if tandem.started_at is None or side is None:
        return None
    diary = _diary(tandem)
    return Panel(
        template="meetings/past.html",
        values={"diary": diary, "goes_on": tandem.is_live, "wording": wording},
        place=Place.ASIDE,
    )


def _diary(tandem: Tandem) -> Diary:
    """Return a tandem's meetings, asked for once a page."""
    known: dict[int, Diary] = g.setdefault("diaries", {})
    if tandem.id not in known:
        known[tandem.id] = meetings.diary(db.session, tandem)
    return known[tandem.id]


def _for_coordinator(tandem: Tandem, diary: Diary) -> Panel:
    return Panel(
        template="meetings/record.html",
        values={
            "key": tandem.key,
            "diary": diary,
            "plans": can_plan(tandem) and bool(tandems.voices(signed_in_account(), tandem)),
            "mentor": tandem.mentor.first_name,
            "mentee": tandem.mentee.first_name,
            "wording": wording,
        },
    )


def _next(tandem: Tandem, diary: Diary, side: Side) -> dict[str, object] | None:
    if not diary.upcoming:
        return None
    meeting: Meeting = diary.upcoming[0]
    return {
        "meeting": meeting,
        "accepts": can_plan(tandem) and meetings.can_accept(meeting, (side,)),
        "form": MeetingForm(formdata=None, version=str(meeting.version)),
    }
