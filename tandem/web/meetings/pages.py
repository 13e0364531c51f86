"""The pages about one meeting, and about the next one, with what each reader may do there."""

from collections.abc import Collection

from flask import render_template

from tandem.errors import Conflict
from tandem.extensions import db
from tandem.models import RUNNING, Meeting, MeetingState, Side, Tandem
from tandem.services import meetings, tandems
from tandem.services.meetings import PLANNED, WRITTEN_DOWN
from tandem.services.tandems.letters import other, person_on
from tandem.web import codes
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.meetings import wording
from tandem.web.meetings.forms import LogForm, MeetingForm, PlanForm, SettleForm
from tandem.web.said_by import called
from tandem.web.scope import current_programme


def read(key: str) -> Meeting:
    """Return a meeting that this reader may know of."""
    return meetings.get_meeting(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def read_pair(key: str) -> Tandem:
    """Return a tandem that has begun, if this reader may know of it."""
    return meetings.get_pair(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def show(meeting: Meeting, *, overtaken: bool = False) -> str:
    """Render what is known of a meeting, and what can be done about it."""
    actor, tandem = signed_in_account(), meeting.tandem
    side, sides = tandems.side_of(actor, tandem), tandems.voices(actor, tandem)
    ahead = meeting.state in PLANNED and not meetings.has_begun(meeting)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        tandem=tandem,
        side=side,
        mood=meetings.mood_of(meeting, side) if side else None,
        remark=meetings.remark_of(meeting, side) if side else "",
        proposer=proposer(meeting),
        cancelled=meeting.state is MeetingState.CANCELLED,
        accepts=ahead and can_plan(tandem) and meetings.can_accept(meeting, sides),
        moves=can_move(meeting, sides),
        ends=ahead,
        settles=can_settle(meeting, side),
        form=MeetingForm(formdata=None, version=str(meeting.version)),
        accepter=across(tandem, [meeting.proposed_by] if meeting.proposed_by else []),
        called=called(tandem) if ahead else {},
        overtaken=overtaken,
        wording=wording,
        codes=codes,
    )


def plan(
    tandem: Tandem, form: PlanForm, *, meeting: Meeting | None = None, overtaken: bool = False
) -> str:
    """Render the form for a new meeting, or for another time of one."""
    actor = signed_in_account()
    return render_template(
        "meetings/plan.html",
        tandem=tandem,
        across=across(tandem, tandems.voices(actor, tandem)),
        meeting=meeting,
        form=form,
        overtaken=overtaken,
        wording=wording,
    )


def log(tandem: Tandem, form: LogForm) -> str:
    """Render the form in which somebody writes down that two people met."""
    side = tandems.side_of(signed_in_account(), tandem)
    return render_template("meetings/log.html", tandem=tandem, side=side, form=form)


def settle(meeting: Meeting, form: SettleForm, *, overtaken: bool = False) -> str:
    """Render the form in which somebody says what became of a meeting."""
    return render_template(
        "meetings/settle.html",
        meeting=meeting,
        side=tandems.side_of(signed_in_account(), meeting.tandem),
        form=form,
        strikes=meeting.state in WRITTEN_DOWN,
        strike_form=MeetingForm(formdata=None, version=str(meeting.version)),
        overtaken=overtaken,
        wording=wording,
    )


def refuse(form: PlanForm | LogForm, error: Conflict) -> None:
    """Say beside the day what is wrong with it."""
    add_error(form.day, str(wording.REFUSALS[type(error)]))


def can_plan(tandem: Tandem) -> bool:
    """Whether the two can plan meetings now."""
    return tandem.state.value == "active"


def can_move(meeting: Meeting, sides: Collection[Side]) -> bool:
    """Whether who speaks for these sides can suggest another time."""
    return meeting.state in PLANNED and bool(sides) and can_plan(meeting.tandem)


def can_settle(meeting: Meeting, side: Side | None) -> bool:
    """Whether this side, or a coordinator, can say what became of a meeting."""
    known = meeting.state in WRITTEN_DOWN
    asked = meeting.state in PLANNED and meetings.has_begun(meeting)
    return (known or asked) and (side is None or meeting.tandem.state in RUNNING)


def across(tandem: Tandem, sides: Collection[Side]) -> str:
    """Return the first name of whom a meeting is suggested to."""
    return person_on(tandem, other(next(iter(sides), Side.MENTOR))).first_name


def proposer(meeting: Meeting) -> str | None:
    """Return the first name of who asked for a meeting, or moved it last."""
    by = meeting.proposed_by
    return person_on(meeting.tandem, by).first_name if by else None
