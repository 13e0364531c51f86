"""The questions to a mentee."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from tandem.models import Profile
from tandem.services.profiles import MenteeMeeting, MenteeQualification, MenteeWork
from tandem.web import codes
from tandem.web.fields import (
    OneOf,
    SomeOf,
    at_most,
    field_choices,
    filled,
    named_choices,
    occupation_choices,
    sector_choices,
)
from tandem.web.forms import ProseField, required
from tandem.web.profiles.forms.step import (
    LanguageStepForm,
    MeetingFields,
    StepForm,
    keep,
    modes_in_order,
    numbered,
    spoken,
    topics_in_order,
)


class TargetForm(StepForm):
    """The work a mentee aims for."""

    occupation = OneOf(_l("The work you want"), required=True, choices=occupation_choices)
    past_occupation = OneOf(_l("The work you did before"), choices=occupation_choices)
    sector_1 = OneOf(_l("First sector"), choices=sector_choices)
    sector_2 = OneOf(_l("Second sector"), choices=sector_choices)
    sector_3 = OneOf(_l("Third sector"), choices=sector_choices)

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {
            "occupation": profile.occupation,
            "past_occupation": profile.past_occupation,
            **numbered("sector", profile.sectors),
        }

    def keep_codes(self, profile: Profile) -> None:
        """Offer codes of ``profile`` that the lists do not hold."""
        keep([self.occupation], [profile.occupation], naming=codes.occupations)
        keep([self.past_occupation], [profile.past_occupation], naming=codes.occupations)
        keep(self.rows("sector"), profile.sectors, naming=codes.sectors)

    def to_draft(self) -> MenteeWork:
        """Return the answers; call it on a valid form only."""
        return MenteeWork(
            occupation=required(self.occupation.data),
            past_occupation=self.past_occupation.data or None,
            sectors=self.chosen("sector"),
        )


class QualificationForm(LanguageStepForm):
    """What a mentee has learned, and the languages they speak."""

    level = OneOf(
        _l("Your highest qualification"),
        required=True,
        choices=lambda: named_choices(codes.LEVELS),
    )
    field_1 = OneOf(_l("Field of your qualification"), choices=field_choices)
    field_2 = OneOf(_l("Second field"), choices=field_choices)
    recognition = OneOf(
        _l("Recognition in Germany"),
        required=True,
        choices=lambda: named_choices(codes.RECOGNITION),
    )

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {
            "level": profile.level,
            "recognition": profile.recognition,
            **numbered("field", profile.fields),
            **spoken(profile),
        }

    def keep_codes(self, profile: Profile) -> None:
        """Offer codes of ``profile`` that the lists do not hold."""
        super().keep_codes(profile)
        keep(self.rows("field"), profile.fields, naming=codes.fields)

    def to_draft(self) -> MenteeQualification:
        """Return the answers; call it on a valid form only."""
        return MenteeQualification(
            level=int(required(self.level.data)),
            fields=self.chosen("field"),
            recognition=required(self.recognition.data),
            languages=self.languages(),
        )


class MenteeMeetingForm(MeetingFields, StepForm):
    """Where and how a mentee can meet, what they need, and their own wish."""

    topics = SomeOf(_l("What do you need?"), codes.TOPICS)
    about = ProseField(
        _l("Your goal"),
        validators=[filled(), at_most(600)],
        render_kw={"rows": "5", "dir": "auto"},
    )
    same_gender = BooleanField(_l("I want a mentor of my own gender only"))
    gender = OneOf(_l("Your gender"), choices=lambda: named_choices(codes.GENDERS))

    def validate_gender(self, field: Field) -> None:
        """Ask for the gender only where the wish needs it."""
        if self.same_gender.data and not field.data:
            raise ValidationError(_l("We need this for your wish, and for nothing else."))

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        names = ("postal_code", "reach_km", "modes", "topics", "about", "gender", "same_gender")
        return {name: getattr(profile, name) for name in names}

    def to_draft(self) -> MenteeMeeting:
        """Return the answers; the gender is kept only where the wish needs it."""
        wish = bool(self.same_gender.data)
        return MenteeMeeting(
            postal_code=required(self.postal_code.data),
            reach_km=required(self.reach_km.data),
            modes=modes_in_order(self.modes.data),
            topics=topics_in_order(self.topics.data),
            about=required(self.about.data),
            gender=(self.gender.data or None) if wish else None,
            same_gender=wish,
        )
