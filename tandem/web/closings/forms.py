"""Close a tandem; say how it was; say what became of a mentee."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Optional

from tandem.models import Again, OutcomeKind, Side
from tandem.services.closings import ClosingDraft, SurveyDraft
from tandem.services.outcomes import WORK, OutcomeDraft
from tandem.web.closings import wording
from tandem.web.fields import OneOfFew, at_most
from tandem.web.forms import BaseForm, ProseField, VersionedForm, add_error, required

_LONGEST_NOTE, _LONGEST_REMARK = 4000, 1000


class CloseForm(BaseForm):
    """The closing talk, as far as there was one."""

    talked_on = DateField(_l("Day of the closing talk"), validators=[Optional()])
    text = ProseField(
        _l("What was said"),
        validators=[at_most(_LONGEST_NOTE)],
        render_kw={"rows": "5", "dir": "auto"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for words where a talk has a day."""
        if not super().validate(extra_validators):
            return False
        if self.talked_on.data and not self.text.data:
            add_error(self.text, _("Please write a line about the talk, or leave the day empty."))
            return False
        return True

    def to_draft(self) -> ClosingDraft:
        """Return what was entered; call it on a valid form only."""
        return ClosingDraft(text=self.text.data or "", talked_on=self.talked_on.data)


class SurveyForm(BaseForm):
    """How the tandem was, for the coordination alone."""

    satisfied = OneOfFew(_l("How satisfied are you with your tandem?"), wording.CONTENT)
    reached = OneOfFew(_l("Did you reach what you wanted?"), wording.REACHED)
    supported = OneOfFew(_l("Did you feel well supported by us?"), wording.SUPPORTED)
    again = OneOfFew("", wording.AGAIN)
    remark = ProseField(
        _l("What should we keep, what should we do better?"),
        validators=[at_most(_LONGEST_REMARK)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    @classmethod
    def of(cls, side: Side, **values: Any) -> "SurveyForm":
        """Return the form with the question about the future that one side is asked."""
        form = cls(**values)
        form.again.label.text = wording.ASKED_AGAIN[side]
        return form

    def to_draft(self) -> SurveyDraft:
        """Return what was answered; call it on a valid form only."""
        return SurveyDraft(
            satisfied=int(required(self.satisfied.data)),
            reached=int(required(self.reached.data)),
            supported=int(required(self.supported.data)),
            again=Again(self.again.data),
            remark=self.remark.data or "",
        )


class OutcomeForm(VersionedForm):
    """What a mentee does now; of work also whether it fits."""

    kind = OneOfFew(_l("What are you doing now?"), wording.KINDS)
    in_field = OneOfFew(_l("Is it in the field you trained in?"), wording.FITS, required=False)
    at_level = OneOfFew(
        _l("Is it at the level of your qualification?"), wording.FITS, required=False
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Of work, ask also whether it fits."""
        if not super().validate(extra_validators):
            return False
        if OutcomeKind(self.kind.data) in WORK:
            for field in (self.in_field, self.at_level):
                if not field.data:
                    add_error(field, _("Please choose one."))
        return not self.errors

    def to_draft(self) -> OutcomeDraft:
        """Return what was answered; call it on a valid form only."""
        return OutcomeDraft(
            kind=OutcomeKind(self.kind.data),
            in_field=wording.FIT_OF[self.in_field.data or ""],
            at_level=wording.FIT_OF[self.at_level.data or ""],
        )
