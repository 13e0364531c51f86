"""Plan a meeting; write down what became of one."""

from datetime import date, timedelta
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import DateField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import StopValidation

from tandem.models import Meeting, Mood, Side, Way
from tandem.services import meetings
from tandem.services.meetings import Became, Held, Plan, Said
from tandem.web import codes
from tandem.web.fields import OneOfFew, at_most, filled
from tandem.web.forms import BaseForm, LineField, VersionedForm, required
from tandem.web.meetings import wording
from tandem.web.said_by import STAFF, SaidBy

TODAY, YESTERDAY, OTHER_DAY = "today", "yesterday", "other"
YES, NO = "yes", "no"
USUAL_MINUTES = 60
_NO_DAY = _l("Please enter the day.")
_WAYS = {way.value: name for way, name in codes.WAYS.items()}
_MOODS = {mood.value: name for mood, name in wording.MOODS.items()}


class _Length(OneOfFew):
    """How long a meeting is; what it was before stays on offer."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, wording.LENGTHS, default=str(USUAL_MINUTES), **kwargs)

    def keep(self, minutes: int) -> None:
        """Offer a length that is none of the usual ones."""
        if minutes not in wording.LENGTHS:
            choices: list[Any] = list(self.choices or [])
            self.choices = [*choices, SelectChoice(str(minutes), wording.length(minutes))]


class PlanForm(VersionedForm):
    """When, how and where to meet."""

    day = DateField(_l("Day"), validators=[filled()])
    hour = TimeField(_l("Start time"), validators=[filled()])
    minutes = _Length(_l("How long?"))
    way = OneOfFew(_l("How?"), _WAYS, default=Way.IN_PERSON.value)
    place = LineField(
        _l("Place, or address of the video call"),
        validators=[at_most(200)],
        render_kw={"dir": "auto"},
    )
    topic = LineField(
        _l("What do you want to talk about?"), validators=[at_most(200)], render_kw={"dir": "auto"}
    )

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """Return the form filled in with what is planned."""
        begins = wording.begins(meeting)
        form = cls(
            formdata=None,
            data={
                "day": begins.date(),
                "hour": begins.time(),
                "minutes": meeting.minutes,
                "way": meeting.way.value,
                "place": meeting.place,
                "topic": meeting.topic,
                "version": str(meeting.version),
            },
        )
        form.minutes.keep(meeting.minutes)
        return form

    def to_plan(self) -> Plan:
        """Return what was entered; call it on a valid form only."""
        return Plan(
            day=required(self.day.data),
            hour=required(self.hour.data),
            minutes=int(self.minutes.data),
            way=Way(self.way.data),
            place=self.place.data or "",
            topic=self.topic.data or "",
        )


class _SaidFields(SaidBy):
    """What one side says of a meeting, for the coordination alone."""

    mood = OneOfFew(_l("How was it?"), _MOODS, required=False)
    remark = LineField(
        _l("One line about it"), validators=[at_most(300)], render_kw={"dir": "auto"}
    )

    def validate_said_by(self, field: OneOfFew) -> None:
        """Refuse what nobody felt: the coordination was not there."""
        if field.data == STAFF and (self.mood.data or self.remark.data):
            raise ValidationError(_l("Choose who says how it was, or leave that empty."))

    def to_said(self) -> Said:
        """Return it; call it on a valid form only."""
        mood = self.mood.data
        return Said(by=self.side, mood=Mood(mood) if mood else None, remark=self.remark.data or "")


class _IfAnother:
    """Ask for the day where it is neither today nor yesterday."""

    def __call__(self, form: "LogForm", field: DateField) -> None:
        """Refuse no day, or what is none; elsewhere mind nothing."""
        field.errors = []
        if form.when.data == OTHER_DAY and field.data is None:
            raise ValidationError(_NO_DAY)
        raise StopValidation


class LogForm(_SaidFields, BaseForm):
    """Write down that two people met: three taps."""

    when = OneOfFew(
        _l("When?"),
        {TODAY: _l("Today"), YESTERDAY: _l("Yesterday"), OTHER_DAY: _l("Another day")},
        default=TODAY,
    )
    day = DateField(_l("On which day?"), validators=[_IfAnother()])
    way = OneOfFew(_l("How?"), _WAYS, default=Way.IN_PERSON.value)
    minutes = _Length(_l("How long?"))

    def to_held(self, today: date) -> Held:
        """Return what was entered; call it on a valid form only."""
        days = {TODAY: today, YESTERDAY: today - timedelta(days=1), OTHER_DAY: self.day.data}
        return Held(
            day=required(days[self.when.data]),
            way=Way(self.way.data),
            minutes=int(self.minutes.data),
            said=self.to_said(),
        )


class SettleForm(_SaidFields, VersionedForm):
    """Say whether a meeting took place, how, and how it was."""

    happened = OneOfFew(
        _l("Did it take place?"), {YES: _l("Yes, we met"), NO: _l("No")}, default=YES
    )
    way = OneOfFew(_l("How?"), _WAYS)
    minutes = _Length(_l("How long?"))

    @classmethod
    def of(cls, meeting: Meeting, side: Side | None, *, version: int | None = None) -> Self:
        """Return the form filled in with what is known, and what this side said."""
        mood = meetings.mood_of(meeting, side) if side else None
        missed = meeting.state.value == "missed"
        form = cls(
            formdata=None,
            data={
                "happened": NO if missed else YES,
                "way": meeting.way.value,
                "minutes": meeting.minutes,
                "mood": mood.value if mood else None,
                "remark": meetings.remark_of(meeting, side) if side else "",
                "version": str(version or meeting.version),
            },
        )
        form.minutes.keep(meeting.minutes)
        return form

    def to_became(self) -> Became:
        """Return what was entered; call it on a valid form only."""
        return Became(
            happened=self.happened.data == YES,
            way=Way(self.way.data),
            minutes=int(self.minutes.data),
            said=self.to_said(),
        )


class MeetingForm(SaidBy, VersionedForm):
    """One button about a meeting: accept it, call it off, strike it out."""
