"""Which period a report is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField, ValidationError
from wtforms.form import BaseForm as AnyForm
from wtforms.validators import InputRequired

from tandem.services.reports import EARLIEST, LATEST, Period
from tandem.web.fields import filled
from tandem.web.forms import BaseForm, add_error, required


class SaneYear:
    """Check that a day lies in years of which there may be reports."""

    def __call__(self, _form: AnyForm, field: Field) -> None:
        """Refuse days of other times."""
        if not EARLIEST <= field.data <= LATEST:
            raise ValidationError(_l("Choose a day between the years 2000 and 2200."))


class PeriodForm(BaseForm):
    """From the first day to the last; it only reads, so it needs no token."""

    class Meta:
        """Nothing is changed."""

        csrf = False

    first = DateField(_l("From"), validators=[filled(), SaneYear()])
    last = DateField(_l("To"), validators=[filled(), SaneYear()])

    @classmethod
    def showing(cls, period: Period) -> "PeriodForm":
        """Return the form as it stands for a period."""
        return cls(formdata=None, data={"first": period.first, "last": period.last})

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check also that the last day does not come before the first."""
        valid = bool(super().validate(extra_validators))
        if valid and _day(self.first) > _day(self.last):
            add_error(self.last, _l("The last day comes before the first."))
            return False
        return valid

    def to_period(self) -> Period:
        """Return the period; call it on a valid form only."""
        return Period(first=_day(self.first), last=_day(self.last))


def _day(field: DateField) -> date:
    day: date = required(field.data)
    return day


class FixForm(BaseForm):
    """One button that fixes the report of a year."""

    year = IntegerField(_l("Year"), validators=[InputRequired()])

    def to_year(self) -> int:
        """Return the year; call it on a valid form only."""
        year: int = required(self.year.data)
        return year
