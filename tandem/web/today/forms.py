"""What a coordinator writes down on the day's page and on the page of a tandem."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, ValidationError
from wtforms.validators import AnyOf, DataRequired, Length, Optional, Regexp

from tandem.models import Programme
from tandem.services import notes, todos
from tandem.services.programmes import today
from tandem.web.fields import at_most, filled
from tandem.web.forms import BaseForm, LineField, ProseField, required

_FIRST_YEAR = 2000
_LAST_YEAR = 2100
_KEY = Regexp(r"\A[A-Za-z0-9_-]{1,24}\Z")
TODAY, TANDEM = "today", "tandem"


class SupportForm(BaseForm):
    """What was done for a tandem, and on which day."""

    talked_on = DateField(
        _l("Day"), validators=[DataRequired(_l("Please enter a day."))], id="support-day"
    )
    text = ProseField(
        _l("What was said or done?"),
        validators=[filled(), at_most(notes.LONGEST)],
        render_kw={"rows": "3", "dir": "auto"},
        id="support-text",
    )

    def validate_talked_on(self, field: DateField) -> None:
        """Refuse days that nobody means."""
        if field.data is not None and field.data < date(_FIRST_YEAR, 1, 1):
            raise ValidationError(_l("This day cannot be right."))

    def to_draft(self) -> notes.NoteDraft:
        """Return what was written; call it on a valid form only."""
        return notes.NoteDraft(text=required(self.text.data), talked_on=self.talked_on.data)


class RemoveForm(BaseForm):
    """Remove one note."""

    which = HiddenField(validators=[DataRequired(), _KEY])


class TodoForm(BaseForm):
    """What to do by when."""

    text = LineField(
        _l("What is to be done?"),
        validators=[filled(), at_most(todos.LONGEST)],
        render_kw={"dir": "auto", "autocomplete": "off"},
        id="todo-text",
    )
    due_on = DateField(
        _l("By when?"), validators=[DataRequired(_l("Please enter a day."))], id="todo-due"
    )
    tandem = HiddenField(validators=[Optional(), _KEY])

    def validate_due_on(self, field: DateField) -> None:
        """Refuse days that nobody means."""
        if field.data is not None and not _FIRST_YEAR <= field.data.year <= _LAST_YEAR:
            raise ValidationError(_l("This day cannot be right."))

    def to_draft(self) -> todos.TodoDraft:
        """Return what was written; call it on a valid form only."""
        return todos.TodoDraft(
            text=required(self.text.data),
            due_on=required(self.due_on.data),
            tandem_key=self.tandem.data or "",
        )


class TickForm(BaseForm):
    """Tick a to-do off or take that back, and return to where its reader was."""

    back = HiddenField(validators=[AnyOf((TODAY, TANDEM))], default=TODAY)


class InsteadForm(BaseForm):
    """Who could come instead, by the key of the mentor's address."""

    mentor = HiddenField(validators=[filled(), Length(max=24), _KEY])


def new_todo(programme: Programme, *, tandem_key: str = "") -> TodoForm:
    """Return an empty form for a to-do, due tomorrow."""
    tomorrow = today(programme) + timedelta(days=1)
    return TodoForm(formdata=None, due_on=tomorrow, tandem=tandem_key)


def new_support(programme: Programme) -> SupportForm:
    """Return an empty form for what was done today."""
    return SupportForm(formdata=None, talked_on=today(programme))
