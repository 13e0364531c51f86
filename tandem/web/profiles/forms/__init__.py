"""The questions of a profile, one form a step."""

from collections.abc import Mapping

from tandem.models import Side
from tandem.web.profiles.forms.mentee import (
    ExperienceForm,
    MenteeLanguagesForm,
    MenteeMeetingForm,
    NeedsForm,
    QualificationForm,
    TargetForm,
    WishesForm,
)
from tandem.web.profiles.forms.mentor import (
    MentorMeetingForm,
    MentorQualificationForm,
    OfferForm,
    WorkForm,
)
from tandem.web.profiles.forms.step import StepForm

FORMS: Mapping[Side, Mapping[str, type[StepForm]]] = {
    Side.MENTEE: {
        "languages": MenteeLanguagesForm,
        "work": TargetForm,
        "qualification": QualificationForm,
        "experience": ExperienceForm,
        "meeting": MenteeMeetingForm,
        "needs": NeedsForm,
        "wishes": WishesForm,
    },
    Side.MENTOR: {
        "work": WorkForm,
        "qualification": MentorQualificationForm,
        "meeting": MentorMeetingForm,
        "offer": OfferForm,
    },
}

__all__ = ["FORMS", "StepForm"]
