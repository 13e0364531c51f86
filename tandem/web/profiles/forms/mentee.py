"""The questions to a mentee, one form a step."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from tandem import taxonomy
from tandem.models import Profile
from tandem.services.profiles import (
    MenteeExperience,
    MenteeLanguages,
    MenteeMeeting,
    MenteeNeeds,
    MenteeQualification,
    MenteeWishes,
    MenteeWork,
)
from tandem.web import codes
from tandem.web.fields import (
    OneOf,
    OneOfFew,
    SomeOf,
    at_most,
    country_choices,
    field_choices,
    filled,
    named_choices,
)
from tandem.web.forms import LineField, ProseField, required
from tandem.web.profiles.forms.step import (
    LanguageStepForm,
    MaybeNumber,
    MeetingFields,
    StepForm,
    in_order,
    keep,
    met,
    modes_in_order,
    numbered,
    searched,
    spoken,
    topics_in_order,
)
from tandem.web.searches import Searched, SearchField

_MOST_YEARS = 60


class MenteeLanguagesForm(LanguageStepForm):
    """The languages a mentee speaks."""

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return spoken(profile)

    def to_draft(self) -> MenteeLanguages:
        """Return the answers; call it on a valid form only."""
        return MenteeLanguages(languages=self.languages())


class TargetForm(StepForm):
    """The work a mentee aims for."""

    occupation = SearchField(
        _l("The work you want"), source="occupations", required=True, own_words=True
    )
    sectors = SearchField(_l("Where would you like to work?"), source="sectors", most=3)

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {
            "occupation": searched(profile.occupation_words, profile.occupation),
            "sectors": Searched(codes=profile.sectors),
        }

    def to_draft(self) -> MenteeWork:
        """Return the answers; call it on a valid form only."""
        return MenteeWork(
            occupation=self.occupation.code,
            occupation_words=self.occupation.words,
            sectors=tuple(self.sectors.data or ()),
        )


class QualificationForm(StepForm):
    """What a mentee has learned, and whether it is recognised."""

    level = OneOfFew(_l("Your highest qualification"), codes.LEVELS)
    qualification_name = LineField(
        _l("What is it called there?"), validators=[at_most(160)], render_kw={"dir": "auto"}
    )
    field_1 = OneOf(_l("Field of your qualification"), choices=field_choices)
    field_2 = OneOf(_l("Second field"), choices=field_choices)
    qualification_country = OneOf(_l("In which country?"), choices=country_choices)
    recognition = OneOfFew(_l("Recognition in Germany"), codes.RECOGNITION)

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        names = ("level", "qualification_name", "qualification_country", "recognition")
        said = {name: getattr(profile, name) for name in names}
        return said | numbered("field", profile.fields)

    def keep_codes(self, profile: Profile) -> None:
        """Offer codes of ``profile`` that the lists do not hold."""
        keep(self.rows("field"), profile.fields, naming=codes.fields)

    def to_draft(self) -> MenteeQualification:
        """Return the answers; call it on a valid form only."""
        return MenteeQualification(
            level=int(required(self.level.data)),
            qualification_name=self.qualification_name.data or "",
            fields=self.chosen("field"),
            qualification_country=self.qualification_country.data or None,
            recognition=required(self.recognition.data),
        )


class ExperienceForm(StepForm):
    """The work a mentee did before."""

    past_occupation = SearchField(
        _l("The work you did before"), source="occupations", own_words=True
    )
    experience_years = MaybeNumber(_l("For how many years?"), most=_MOST_YEARS)

    def validate_experience_years(self, field: Field) -> None:
        """Ask for the work where there are years of it."""
        work = self.past_occupation
        if field.data and not (work.code or work.keeps_words or work.errors):
            raise ValidationError(_l("Please say in which work, or leave the years empty."))

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {
            "past_occupation": searched(profile.past_occupation_words, profile.past_occupation),
            "experience_years": profile.experience_years,
        }

    def to_draft(self) -> MenteeExperience:
        """Return the answers; call it on a valid form only."""
        return MenteeExperience(
            past_occupation=self.past_occupation.code,
            past_occupation_words=self.past_occupation.words,
            experience_years=self.experience_years.data,
        )


class MenteeMeetingForm(MeetingFields, StepForm):
    """Where, how and when a mentee can meet."""

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return met(profile)

    def to_draft(self) -> MenteeMeeting:
        """Return the answers; how far is suggested by how somebody gets about."""
        return MenteeMeeting(
            postal_code=required(self.postal_code.code),
            modes=modes_in_order(self.modes.data),
            travel=in_order(self.travel.data, taxonomy.TRAVEL),
            reach_km=required(self.reach()),
            slots=in_order(self.slots.data, taxonomy.SLOTS),
        )


class NeedsForm(StepForm):
    """What a mentee needs, and what for."""

    topics = SomeOf(_l("What do you need?"), codes.TOPICS)
    about = ProseField(
        _l("Your goal"),
        validators=[filled(), at_most(600)],
        render_kw={"rows": "5", "dir": "auto"},
    )

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {"topics": profile.topics, "about": profile.about}

    def to_draft(self) -> MenteeNeeds:
        """Return the answers; call it on a valid form only."""
        return MenteeNeeds(
            topics=topics_in_order(self.topics.data), about=required(self.about.data)
        )


class WishesForm(StepForm):
    """What a mentee wishes of a mentor."""

    same_gender = BooleanField(_l("I want a mentor of my own gender only"))
    gender = OneOf(_l("Your gender"), choices=lambda: named_choices(codes.GENDERS))
    avoid_words = ProseField(
        _l("Is there anybody you do not want to meet?"),
        validators=[at_most(300)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def validate_gender(self, field: Field) -> None:
        """Ask for the gender only where the wish needs it."""
        if self.same_gender.data and not field.data:
            raise ValidationError(_("We need this for your wish, and for nothing else."))

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        names = ("same_gender", "gender", "avoid_words")
        return {name: getattr(profile, name) for name in names}

    def to_draft(self) -> MenteeWishes:
        """Return the answers; the gender is kept only where the wish needs it."""
        wish = bool(self.same_gender.data)
        return MenteeWishes(
            same_gender=wish,
            gender=(self.gender.data or None) if wish else None,
            avoid_words=self.avoid_words.data or "",
        )
