"""Write down an agreement, agree to it, mark goals."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import AnyOf, Regexp

from tandem.services.agreements import (
    LONGEST_CONFIDENTIALITY,
    LONGEST_CONTACT,
    LONGEST_GOAL,
    MOST_GOALS,
    AgreementDraft,
)
from tandem.text import clean_line
from tandem.web import codes
from tandem.web.agreements import wording
from tandem.web.fields import OneOf, SomeOf, at_most, filled
from tandem.web.forms import BaseForm, LineField, ProseField, VersionedForm, required

REACHED, OPEN = "reached", "open"


def _rhythms() -> list[Any]:
    return [SelectChoice(str(weeks), wording.rhythm(weeks)) for weeks in wording.RHYTHMS]


class AgreementForm(VersionedForm):
    """What a tandem wants to reach, how often it meets, until when."""

    topics = SomeOf(_l("What do you want to reach together?"), codes.TOPICS, required=False)
    own_goals = ProseField(
        _l("Goals in your own words"),
        validators=[at_most(MOST_GOALS * (LONGEST_GOAL + 1))],
        render_kw={"rows": "3", "dir": "auto"},
    )
    every_weeks = OneOf(_l("How often do you meet?"), required=True, choices=_rhythms)
    ends_on = DateField(_l("Until when?"), validators=[filled()])
    ways = SomeOf(_l("How do you meet?"), {way.value: name for way, name in codes.WAYS.items()})
    contact = LineField(
        _l("How do you reach each other between meetings?"),
        validators=[at_most(LONGEST_CONTACT)],
        render_kw={"dir": "auto"},
    )
    confidentiality = ProseField(
        _l("What else stays between you two?"),
        validators=[at_most(LONGEST_CONFIDENTIALITY)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    @classmethod
    def of(cls, draft: AgreementDraft, *, number: int) -> Self:
        """Return the form as a draft fills it in; ``number`` is that of the latest wording."""
        return cls(
            formdata=None,
            data={
                "version": str(number),
                "topics": list(draft.topics),
                "own_goals": "\n".join(draft.own_goals),
                "every_weeks": str(draft.every_weeks),
                "ends_on": draft.ends_on,
                "ways": [way.value for way in draft.ways],
                "contact": draft.contact,
                "confidentiality": draft.confidentiality,
            },
        )

    def put_first(self, topics: Sequence[str]) -> None:
        """Offer these topics before the others."""
        choices: list[Any] = list(self.topics.choices or [])
        choices.sort(key=lambda choice: choice.value not in topics)
        self.topics.choices = choices

    def validate_topics(self, _field: SomeOf) -> None:
        """Ask for some goals, but not for too many."""
        goals = len(self._topics()) + len(self._lines())
        if not goals:
            raise ValidationError(_l("Please choose or write at least one goal."))
        if goals > MOST_GOALS:
            raise ValidationError(_l("These are more than six goals. Keep the most important."))

    def validate_own_goals(self, _field: ProseField) -> None:
        """Keep each goal short enough to be read at a glance."""
        if any(len(line) > LONGEST_GOAL for line in self._lines()):
            raise ValidationError(_l("One of these lines is too long. Use at most 200 characters."))

    def to_draft(self) -> AgreementDraft:
        """Return what was written; call it on a valid form only."""
        ends_on: date = required(self.ends_on.data)
        return AgreementDraft(
            topics=self._topics(),
            own_goals=self._lines(),
            every_weeks=int(self.every_weeks.data),
            ends_on=ends_on,
            ways=tuple(way for way in codes.WAYS if way.value in (self.ways.data or [])),
            contact=self.contact.data or "",
            confidentiality=self.confidentiality.data or "",
        )

    def _topics(self) -> tuple[str, ...]:
        chosen = self.topics.data or []
        return tuple(code for code in codes.TOPICS if code in chosen)

    def _lines(self) -> tuple[str, ...]:
        lines = (clean_line(line) for line in (self.own_goals.data or "").split("\n"))
        return tuple(dict.fromkeys(line for line in lines if line))


class WordingForm(BaseForm):
    """Say something to one wording, named by its key."""

    wording = HiddenField(validators=[Regexp(r"\A[A-Za-z0-9_-]{1,24}\Z")])


class GoalForm(BaseForm):
    """Mark a goal as reached, or take the mark away."""

    now = HiddenField(validators=[AnyOf([REACHED, OPEN])])
