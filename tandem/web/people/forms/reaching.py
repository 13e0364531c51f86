"""Say how somebody is reached: that they were given the notice, or their address."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, ValidationError

from tandem.web.fields import NameFields, filled
from tandem.web.forms import BaseForm, Email, LineField

_FIRST_YEAR = 2000


class NoticeForm(BaseForm):
    """On which day somebody was given the privacy notice in person."""

    given_on = DateField(_l("Given on"), validators=[filled()])

    def validate_given_on(self, field: DateField) -> None:
        """Refuse days that nobody means."""
        if field.data is not None and field.data < date(_FIRST_YEAR, 1, 1):
            raise ValidationError(_l("This day cannot be right."))


class NameForm(NameFields, BaseForm):
    """What somebody is called, put right."""


class AddressForm(BaseForm):
    """The address of somebody who had none."""

    email = LineField(
        _l("E-mail address"),
        validators=[filled(), Email()],
        render_kw={"type": "email", "autocomplete": "off", "dir": "ltr"},
    )
