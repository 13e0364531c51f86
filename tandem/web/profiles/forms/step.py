"""What the forms of all steps share: several answers of a kind, languages, meeting."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, ValidationError

from tandem import taxonomy
from tandem.models import Profile
from tandem.services.profiles import StepDraft, suggest_reach
from tandem.web import codes, unsaved
from tandem.web.fields import OneOf, SomeOf, language_choices, named_choices
from tandem.web.forms import VersionedForm, add_error
from tandem.web.searches import Searched, SearchField, looks_up

LANGUAGES = 5
FARTHEST_KM = 200
_DIGITS = 9
_CEFR = {
    "A1": _l("A1: first words"),
    "A2": _l("A2: simple sentences"),
    "B1": _l("B1: everyday talk"),
    "B2": _l("B2: talk about work"),
    "C1": _l("C1: fluent"),
    "C2": _l("C2: fluent in every situation"),
}


class StepForm(VersionedForm):
    """One step of a profile."""

    is_left = False
    """Whether it shows what was sent after the session had ended, and is not saved."""

    @classmethod
    def of(cls, profile: Profile) -> Self:
        """Return the form as ``profile`` answers it, or as it was just sent, or left unsaved."""
        said = {**cls.answers(profile), "version": str(profile.version or 0)}
        left = unsaved.take()
        form = cls(data=said) if left is None else cls(formdata=left, data=said)
        form.is_left = left is not None
        form.keep_codes(profile)
        return form

    @classmethod
    def answers(cls, profile: Profile) -> dict[str, Any]:
        """Return what ``profile`` says, by the names of the fields."""
        raise NotImplementedError

    def keep_codes(self, profile: Profile) -> None:
        """Offer codes of ``profile`` that the lists do not hold."""

    def to_draft(self) -> StepDraft:
        """Return the answers; call it on a valid form only."""
        raise NotImplementedError

    @property
    def looks_up(self) -> bool:
        """Whether a search was asked for, so that nothing is to be saved yet."""
        return looks_up(self)

    def rows(self, name: str) -> list[Any]:
        """Return the fields ``name_1``, ``name_2`` and so on."""
        return [field for field in self if field.name.rpartition("_")[0] == name]

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return what was chosen in the rows of ``name``, each once."""
        return tuple(dict.fromkeys(field.data for field in self.rows(name) if field.data))


class MaybeNumber(IntegerField):
    """A whole number that may stay empty."""

    def __init__(self, label: Any, *, most: int, **kwargs: Any) -> None:
        super().__init__(
            label,
            validators=[_up_to(most)],
            render_kw={"inputmode": "numeric", "class": "t-tiny"},
            **kwargs,
        )

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was typed; nothing is no number."""
        self.data = None
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            raise ValueError(_("Please enter a whole number."))
        self.data = int(text)


def _up_to(most: int) -> Callable[[Any, Field], None]:
    def check(_form: Any, field: Field) -> None:
        if field.data is not None and field.data > most:
            raise ValidationError(_("Enter a number from %(min)d to %(max)d.", min=0, max=most))

    return check


class MeetingFields:
    """Where, how and when somebody can meet."""

    postal_code = SearchField(_l("Where do you live?"), source="places", required=True)
    modes = SomeOf(_l("How can you meet?"), codes.MODES)
    travel = SomeOf(_l("How do you get about?"), codes.TRAVEL, required=False)
    reach_km = MaybeNumber(_l("How many kilometres can you travel?"), most=FARTHEST_KM)
    slots = SomeOf(
        _l("When do you usually have time?"),
        {slot: slot for slot in taxonomy.SLOTS},
        required=False,
    )

    def validate_reach_km(self, field: Field) -> None:
        """Ask how far only where nothing else says so."""
        if not field.errors and self.reach() is None:
            raise ValidationError(_l("Please enter how far, or tick how you get about."))

    def validate_modes(self, field: Field) -> None:
        """Refuse to meet in person only, but nowhere."""
        nowhere = self.reach_km.data == 0 and bool(self.travel.data)
        if nowhere and list(field.data or ()) == ["in_person"]:
            raise ValidationError(
                _l("You get about, but travel 0 km. Enter how far, or tick “online” too.")
            )

    def reach(self) -> int | None:
        """Return how far somebody travels: what they say, else what their ways suggest."""
        if self.reach_km.data is not None:
            return int(self.reach_km.data)
        suggested = suggest_reach(in_order(self.travel.data, taxonomy.TRAVEL))
        return 0 if suggested is None and list(self.modes.data or ()) == ["online"] else suggested


class LanguageFields:
    """Up to five languages, each with its level."""

    language_1 = OneOf(_l("Language 1"), required=True, choices=language_choices)
    level_1 = OneOf(_l("Level in language 1"), choices=lambda: named_choices(_CEFR))
    language_2 = OneOf(_l("Language 2"), choices=language_choices)
    level_2 = OneOf(_l("Level in language 2"), choices=lambda: named_choices(_CEFR))
    language_3 = OneOf(_l("Language 3"), choices=language_choices)
    level_3 = OneOf(_l("Level in language 3"), choices=lambda: named_choices(_CEFR))
    language_4 = OneOf(_l("Language 4"), choices=language_choices)
    level_4 = OneOf(_l("Level in language 4"), choices=lambda: named_choices(_CEFR))
    language_5 = OneOf(_l("Language 5"), choices=language_choices)
    level_5 = OneOf(_l("Level in language 5"), choices=lambda: named_choices(_CEFR))


class LanguageStepForm(LanguageFields, StepForm):
    """A step in which languages are asked."""

    def language_rows(self) -> list[tuple[OneOf, OneOf]]:
        """Return the rows: a language and its level."""
        return list(zip(self.rows("language"), self.rows("level"), strict=True))

    def languages(self) -> dict[str, str]:
        """Return the languages with their levels."""
        return {
            language.data: level.data for language, level in self.language_rows() if language.data
        }

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check row by row that each language has a level and stands there once."""
        valid = bool(super().validate(extra_validators))
        seen: set[str] = set()
        for language, level in self.language_rows():
            problem = _problem(language, level, seen=seen)
            if problem is not None:
                add_error(*problem)
                valid = False
            seen.add(language.data or "")
        return valid

    def keep_codes(self, profile: Profile) -> None:
        """Offer languages that the list does not hold."""
        super().keep_codes(profile)
        for field, code in zip(self.rows("language"), profile.languages, strict=False):
            field.keep(code, codes.language(code))


def _problem(language: Field, level: Field, *, seen: set[str]) -> tuple[Field, str] | None:
    if language.errors or level.errors:
        return None
    if language.data and language.data in seen:
        return language, _("You have chosen this language twice.")
    if language.data and not level.data:
        return level, _("Please choose how well you speak it.")
    if level.data and not language.data:
        return language, _("Please choose the language.")
    return None


def numbered(name: str, values: Sequence[str]) -> dict[str, str]:
    """Return several answers by the names of their fields."""
    return {f"{name}_{number}": value for number, value in enumerate(values, start=1)}


def spoken(profile: Profile) -> dict[str, str]:
    """Return the languages of ``profile`` by the names of their fields."""
    known = profile.languages
    return numbered("language", list(known)) | numbered("level", list(known.values()))


def keep(fields: Sequence[OneOf], values: Sequence[str | None], *, naming: Any) -> None:
    """Offer what stands in a profile but not on the list."""
    for field, code in zip(fields, values, strict=False):
        if code:
            field.keep(code, naming([code]))


def in_order(chosen: Sequence[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    """Return what was ticked, each once, in the usual order."""
    return tuple(code for code in known if code in (chosen or ()))


def topics_in_order(chosen: Sequence[str] | None) -> tuple[str, ...]:
    """Return the topics that were ticked."""
    return in_order(chosen, taxonomy.NEEDS)


def modes_in_order(chosen: Sequence[str] | None) -> tuple[str, ...]:
    """Return the ways to meet that were ticked."""
    return in_order(chosen, taxonomy.MODES)


def searched(words: str, code: str | None) -> Searched:
    """Return the one code of a profile, found by these words."""
    return Searched(words, [code] if code else [])


def met(profile: Profile) -> dict[str, Any]:
    """Return where, how and when ``profile`` can meet, by the names of the fields."""
    names = ("modes", "travel", "reach_km", "slots")
    code = profile.postal_code
    return {name: getattr(profile, name) for name in names} | {
        "postal_code": searched(code or "", code)
    }
