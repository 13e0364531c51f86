"""The questions of a profile, one form a step."""

from collections.abc import Mapping

from tandem.models import Side
from tandem.web.profiles.forms.mentee import MenteeMeetingForm, QualificationForm, TargetForm
from tandem.web.profiles.forms.mentor import MentorMeetingForm, OfferForm, WorkForm
from tandem.web.profiles.forms.step import StepForm

FORMS: Mapping[Side, Mapping[str, type[StepForm]]] = {
    Side.MENTEE: {
        "work": TargetForm,
        "qualification": QualificationForm,
        "meeting": MenteeMeetingForm,
    },
    Side.MENTOR: {"work": WorkForm, "meeting": MentorMeetingForm, "offer": OfferForm},
}

__all__ = ["FORMS", "StepForm"]
