"""The questions to a mentor."""

from typing import Any

from flask_babel import lazy_gettext as _l

from tandem.models import Profile
from tandem.services.profiles import MentorMeeting, MentorOffer, MentorWork
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
    work_choices,
)
from tandem.web.forms import LineField, ProseField, required
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

_PLACES = {number: str(number) for number in range(1, 6)}


class WorkForm(StepForm):
    """What a mentor does and has learned."""

    job_title = LineField(
        _l("Your function"), validators=[filled(), at_most(120)], render_kw={"dir": "auto"}
    )
    occupation = OneOf(_l("Your occupation"), required=True, choices=occupation_choices)
    sector_1 = OneOf(_l("Sector"), required=True, choices=sector_choices)
    sector_2 = OneOf(_l("Second sector"), choices=sector_choices)
    sector_3 = OneOf(_l("Third sector"), choices=sector_choices)
    level = OneOf(
        _l("Your highest qualification"),
        required=True,
        choices=lambda: named_choices(codes.LEVELS),
    )
    field_1 = OneOf(_l("Field of your qualification"), choices=field_choices)
    field_2 = OneOf(_l("Second field"), choices=field_choices)
    path_1 = OneOf(_l("First occupation"), choices=occupation_choices)
    path_2 = OneOf(_l("Second occupation"), choices=occupation_choices)
    path_3 = OneOf(_l("Third occupation"), choices=occupation_choices)

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        return {
            "job_title": profile.job_title,
            "occupation": profile.occupation,
            "level": profile.level,
            **numbered("sector", profile.sectors),
            **numbered("field", profile.fields),
            **numbered("path", profile.recognition_paths),
        }

    def keep_codes(self, profile: Profile) -> None:
        """Offer codes of ``profile`` that the lists do not hold."""
        keep([self.occupation], [profile.occupation], naming=codes.occupations)
        keep(self.rows("sector"), profile.sectors, naming=codes.sectors)
        keep(self.rows("field"), profile.fields, naming=codes.fields)
        keep(self.rows("path"), profile.recognition_paths, naming=codes.occupations)

    def to_draft(self) -> MentorWork:
        """Return the answers; call it on a valid form only."""
        return MentorWork(
            job_title=required(self.job_title.data),
            occupation=required(self.occupation.data),
            sectors=self.chosen("sector"),
            level=int(required(self.level.data)),
            fields=self.chosen("field"),
            recognition_paths=self.chosen("path"),
        )


class MentorMeetingForm(MeetingFields, LanguageStepForm):
    """Where, how and in which languages a mentor can meet."""

    gender = OneOf(_l("Your gender"), choices=lambda: named_choices(codes.GENDERS))

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says."""
        names = ("postal_code", "reach_km", "modes", "gender")
        return {name: getattr(profile, name) for name in names} | spoken(profile)

    def to_draft(self) -> MentorMeeting:
        """Return the answers; call it on a valid form only."""
        return MentorMeeting(
            languages=self.languages(),
            postal_code=required(self.postal_code.data),
            reach_km=required(self.reach_km.data),
            modes=modes_in_order(self.modes.data),
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
