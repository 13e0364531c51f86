"""Write down a talk or a remark; say who is to be kept apart."""

import re
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import AnyOf, DataRequired, Optional, Regexp

from tandem.models import Mentor, Side
from tandem.services.exclusions import ExclusionDraft
from tandem.services.notes import LONGEST, NoteDraft
from tandem.services.people import Person
from tandem.web.fields import at_most, filled
from tandem.web.forms import BaseForm, LineField, ProseField, required

_FIRST_YEAR = 2000
_OTHER = re.compile(r"(mentee|mentor|company):[A-Za-z0-9_-]{1,24}\Z")


class NoteForm(BaseForm):
    """A note; with a day it is about a talk."""

    talked_on = DateField(_l("Day of the talk"), validators=[Optional()])
    text = ProseField(
        _l("What is worth knowing"),
        validators=[filled(), at_most(LONGEST)],
        render_kw={"rows": "4", "dir": "auto"},
    )

    def validate_talked_on(self, field: DateField) -> None:
        """Refuse days that nobody means."""
        if field.data is not None and field.data < date(_FIRST_YEAR, 1, 1):
            raise ValidationError(_l("This day cannot be right."))

    def to_draft(self) -> NoteDraft:
        """Return what was written; call it on a valid form only."""
        return NoteDraft(text=self.text.data or "", talked_on=self.talked_on.data)


class RemoveForm(BaseForm):
    """Remove one note, or let two people be brought together again."""

    which = HiddenField(validators=[DataRequired(), Regexp(r"\A[A-Za-z0-9_-]{1,24}\Z")])


class FindForm(BaseForm):
    """Look for whom somebody is to be kept apart from; it only reads, so it needs no token."""

    class Meta:
        """Nothing is changed."""

        csrf = False

    name = LineField(
        _l("Name"),
        validators=[at_most(160)],
        render_kw={"autocomplete": "off", "dir": "auto"},
    )


class ApartForm(BaseForm):
    """Who is not to be brought together, and whose wish that is."""

    other = RadioField(
        _l("Keep apart from"),
        validate_choice=False,
        choices=[],
        validators=[DataRequired(_l("Please choose one.")), Regexp(_OTHER)],
    )
    whole_company = BooleanField(_l("The same for everybody of this company"))
    asked_by = RadioField(
        _l("Who asked for it?"),
        choices=[
            SelectChoice(Side.MENTEE.value, _l("The mentee")),
            SelectChoice(Side.MENTOR.value, _l("The mentor")),
        ],
        default=Side.MENTEE.value,
        validators=[AnyOf([side.value for side in Side], _l("Please choose one."))],
    )

    def to_draft(self, person: Person) -> ExclusionDraft:
        """Return who is to be kept apart from ``person``; call it on a valid form only."""
        kind, _, key = required(self.other.data).partition(":")
        asked_by = Side(self.asked_by.data)
        if isinstance(person.who, Mentor):
            company = self.whole_company.data
            return ExclusionDraft(
                mentee_key=key,
                mentor_key="" if company else person.who.key,
                company_key=person.who.company.key if company else "",
                asked_by=asked_by,
            )
        return ExclusionDraft(
            mentee_key=person.who.key,
            mentor_key=key if kind == "mentor" else "",
            company_key=key if kind == "company" else "",
            asked_by=asked_by,
        )
