"""What coordinators set for their programme."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, IntegerField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from tandem.services.settings import NAMES, RANGES, Settings
from tandem.web.fields import at_most, filled
from tandem.web.forms import BaseForm, Email, LineField, ProseField

_DIGITS = 4


class NumberField(IntegerField):
    """A whole number, typed or picked; what is none is said so in plain words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a short number; longer ones are none that anybody means."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            raise ValueError(_l("Please enter a whole number."))
        self.data = int(text)


def _number(name: str, label: LazyString) -> NumberField:
    least, most = RANGES[name]
    return NumberField(
        label,
        validators=[
            InputRequired(_l("Please fill this in.")),
            NumberRange(least, most, _l("Please enter a number from %(min)s to %(max)s.")),
        ],
        render_kw={"inputmode": "numeric", "min": str(least), "max": str(most)},
    )


class SettingsForm(BaseForm):
    """The rhythm, whom to ask, and who answers for the data."""

    mark = HiddenField(validators=[Length(max=24)])
    invitation_days = _number("invitation_days", _l("Days to answer an invitation"))
    reminder_days = _number("reminder_days", _l("Days until a reminder"))
    check_in_first_days = _number("check_in_first_days", _l("Days until the first check-in"))
    check_in_days = _number("check_in_days", _l("Days between further check-ins"))
    tandem_months = _number("tandem_months", _l("Months that a tandem usually lasts"))
    silent_days = _number("silent_days", _l("Days without a meeting until a tandem is silent"))
    contact_name = LineField(
        _l("Name of the coordination"),
        validators=[filled(), at_most(80)],
        render_kw={"dir": "auto"},
    )
    contact_phone = LineField(
        _l("Telephone"), validators=[filled(), at_most(40)], render_kw={"dir": "ltr"}
    )
    contact_email = LineField(
        _l("E-mail"),
        validators=[filled(), at_most(254), Email()],
        render_kw={"dir": "ltr", "autocapitalize": "none"},
    )
    address = ProseField(
        _l("Postal address"), validators=[filled(), at_most(300)], render_kw={"rows": "3"}
    )
    protection_officer = ProseField(
        _l("Data protection officer"), validators=[at_most(300)], render_kw={"rows": "3"}
    )
    legal_basis = ProseField(_l("Legal basis"), validators=[at_most(600)], render_kw={"rows": "3"})

    def validate_reminder_days(self, field: Field) -> None:
        """Refuse a reminder after the end."""
        days = self.invitation_days.data
        if days is not None and field.data is not None and field.data > days:
            raise ValidationError(_l("The reminder must come before the invitation ends."))

    def validate_contact_phone(self, field: Field) -> None:
        """Refuse what nobody can dial."""
        if not any(character.isdigit() for character in field.data or ""):
            raise ValidationError(_l("Please enter a telephone number."))

    @classmethod
    def showing(cls, settings: Settings) -> "SettingsForm":
        """Return the form with these settings."""
        values = {name: getattr(settings, name) for name in NAMES}
        return cls(formdata=None, mark=settings.mark, **values)

    def to_draft(self) -> Settings:
        """Return what was entered; call it on a valid form only."""
        return Settings(**{name: self[name].data for name in NAMES})
