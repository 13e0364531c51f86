"""The questions to a mentor."""

from typing import Any

from flask_babel import lazy_gettext as _l

from tandem import taxonomy
from tandem.models import Profile
from tandem.services.profiles import MentorMeeting, MentorOffer, MentorQualification, MentorWork
from tandem.web import codes
from tandem.web.fields import (
    OneOf,
    OneOfFew,
    SomeOf,
    at_most,
    field_choices,
    filled,
    named_choices,
    work_choices,
)
from tandem.web.forms import LineField, ProseField, required
from tandem.web.profiles.forms.step import (
    LanguageStepForm,
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

_PLACES = {number: str(number) for number in range(1, 6)}


class WorkForm(StepForm):
    """What a mentor does."""

    job_title = LineField(
        _l("Your function"), validators=[filled(), at_most(120)], render_kw={"dir": "auto"}
    )
    occupation = SearchField(
        _l("Your occupation"), source="occupations", required=True, own_words=True
    )
    sectors = SearchField(_l("Which sectors do you know?"), source="sectors", most=3, required=True)

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {
            "job_title": profile.job_title,
            "occupation": searched(profile.occupation_words, profile.occupation),
            "sectors": Searched(codes=profile.sectors),
        }

    def to_draft(self) -> MentorWork:
        """Return the answers; call it on a valid form only."""
        return MentorWork(
            job_title=required(self.job_title.data),
            occupation=self.occupation.code,
            occupation_words=self.occupation.words,
            sectors=tuple(self.sectors.data or ()),
        )


class MentorQualificationForm(StepForm):
    """What a mentor has learned."""

    level = OneOfFew(_l("Your highest qualification"), codes.LEVELS)
    field_1 = OneOf(_l("Field of your qualification"), choices=field_choices)
    field_2 = OneOf(_l("Second field"), choices=field_choices)
    paths = SearchField(
        _l("In which occupations do you know how a foreign qualification is recognised?"),
        source="occupations",
        most=3,
    )

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        paths = Searched(codes=profile.recognition_paths)
        return {"level": profile.level, "paths": paths, **numbered("field", profile.fields)}

    def keep_codes(self, profile: Profile) -> None:
        """Offer fields of ``profile`` that the list does not hold."""
        keep(self.rows("field"), profile.fields, naming=codes.fields)

    def to_draft(self) -> MentorQualification:
        """Return the answers; call it on a valid form only."""
        return MentorQualification(
            level=int(required(self.level.data)),
            fields=self.chosen("field"),
            recognition_paths=tuple(self.paths.data or ()),
        )


class MentorMeetingForm(MeetingFields, LanguageStepForm):
    """Where, how, when and in which languages a mentor can meet."""

    postal_code = SearchField(_l("Where would you meet?"), source="places", required=True)
    gender = OneOf(_l("Your gender"), choices=lambda: named_choices(codes.GENDERS))

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return met(profile) | spoken(profile) | {"gender": profile.gender}

    def to_draft(self) -> MentorMeeting:
        """Return the answers; how far is suggested by how somebody gets about."""
        return MentorMeeting(
            languages=self.languages(),
            postal_code=required(self.postal_code.code),
            modes=modes_in_order(self.modes.data),
            travel=in_order(self.travel.data, taxonomy.TRAVEL),
            reach_km=required(self.reach()),
            slots=in_order(self.slots.data, taxonomy.SLOTS),
            gender=self.gender.data or None,
        )


class OfferForm(StepForm):
    """What a mentor offers, and whom they would like best."""

    topics = SomeOf(_l("What can you help with?"), codes.TOPICS)
    capacity = OneOf(
        _l("How many mentees at a time?"), required=True, choices=lambda: named_choices(_PLACES)
    )
    about = ProseField(
        _l("What would you like to pass on?"),
        validators=[at_most(600)],
        render_kw={"rows": "5", "dir": "auto"},
    )
    wish_1 = OneOf(_l("First field of work"), choices=work_choices)
    wish_2 = OneOf(_l("Second field of work"), choices=work_choices)
    wish_3 = OneOf(_l("Third field of work"), choices=work_choices)
    needs = SomeOf(_l("Somebody who needs help with"), codes.TOPICS, required=False)

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        said = {name: getattr(profile, name) for name in ("topics", "capacity", "about")}
        wished = {"needs": _wished(profile, "need")}
        return said | wished | numbered("wish", _wished(profile, "occupation"))

    def keep_codes(self, profile: Profile) -> None:
        """Offer more places than the list holds to those who have them, and their own wishes."""
        if profile.capacity is not None:
            self.capacity.keep(str(profile.capacity), str(profile.capacity))
        keep(self.rows("wish"), _wished(profile, "occupation"), naming=codes.occupations)

    def to_draft(self) -> MentorOffer:
        """Return the answers; call it on a valid form only."""
        return MentorOffer(
            topics=topics_in_order(self.topics.data),
            capacity=int(required(self.capacity.data)),
            about=self.about.data or "",
            prefer=(
                *(f"occupation:{code}" for code in self.chosen("wish")),
                *(f"need:{code}" for code in topics_in_order(self.needs.data)),
            ),
        )


def _wished(profile: Profile, kind: str) -> list[str]:
    """Return the codes of one kind that a mentor wishes for."""
    return [wish.removeprefix(f"{kind}:") for wish in profile.prefer if wish.startswith(f"{kind}:")]
