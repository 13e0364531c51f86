"""How often somebody wants to be told."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import AnyOf

from tandem.models import Rhythm
from tandem.web.forms import BaseForm

_ON, _OFF = "on", "off"


class RhythmForm(BaseForm):
    """Once a day, at once, or never."""

    rhythm = RadioField(
        _l("How often shall we write to you?"),
        choices=[
            SelectChoice(Rhythm.DAILY.value, _l("Once a day, at seven in the morning")),
            SelectChoice(Rhythm.AT_ONCE.value, _l("At once, each time")),
            SelectChoice(Rhythm.NEVER.value, _l("Never; I look at the page Today")),
        ],
    )

    def to_rhythm(self) -> Rhythm:
        """Return what was chosen."""
        return Rhythm(self.rhythm.data)


class RemindersForm(BaseForm):
    """Reminders on or off; a button each."""

    reminders = HiddenField(validators=[AnyOf([_ON, _OFF])])

    def is_wanted(self) -> bool:
        """Whether they are to be on."""
        return bool(self.reminders.data == _ON)
