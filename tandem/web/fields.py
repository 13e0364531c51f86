"""Fields that several forms ask for: an account, a postal code, codes from the lists."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.fields import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.form import BaseForm as AnyForm
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tandem import taxonomy
from tandem.services.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, AccountDraft
from tandem.web.forms import Email, LineField
from tandem.web.languages import locale_code

Choices: TypeAlias = list[Any]

_REQUIRED = _l("Please fill this in.")
_CHOOSE = _l("Please choose one.")
_UNKNOWN = _l("This is not on the list.")


def filled() -> DataRequired:
    """Return the check that something was entered."""
    return DataRequired(_REQUIRED)


def chosen() -> DataRequired:
    """Return the check that one of a list was chosen."""
    return DataRequired(_CHOOSE)


def at_most(longest: int) -> Length:
    """Return the check that a text is not too long."""
    return Length(max=longest, message=_l("Use at most %(max)d characters."))


class PostalCode:
    """Check that there is such a postal code in Germany."""

    def __call__(self, _form: AnyForm, field: Field) -> None:
        """Refuse what is none."""
        if not taxonomy.is_postal_code(field.data or ""):
            raise ValidationError(_l("This is not a German postal code. It has five digits."))


class OneOf(SelectField):
    """One code from a list; the empty line is no code."""

    def __init__(self, label: Any, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(
            label,
            validators=[chosen()] if required else [],
            **kwargs,
        )
        self.invalid_choice_message = _UNKNOWN

    def process_data(self, value: Any) -> None:
        """Take no answer as the empty line."""
        super().process_data("" if value is None else value)

    def keep(self, code: str | None, name: str) -> None:
        """Offer a code that the list does not hold but the person has, so that it stays."""
        choices: Choices = list(self.choices or [])
        if code and code not in {choice.value for choice in choices}:
            self.choices = [*choices, SelectChoice(code, name)]


class OneOfFew(RadioField):
    """One code of a few, all in sight."""

    def __init__(
        self, label: Any, codes: Mapping[Any, Any], *, required: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(
            label,
            validators=[chosen()] if required else [],
            choices=lambda: [SelectChoice(str(code), str(name)) for code, name in codes.items()],
            **kwargs,
        )
        self.invalid_choice_message = _UNKNOWN

    def process_data(self, value: Any) -> None:
        """Take no answer as none."""
        super().process_data("" if value is None else value)

    def pre_validate(self, form: AnyForm) -> None:
        """Say that one is to be chosen before saying that nothing is not on the list."""
        if self.data:
            super().pre_validate(form)


class SomeOf(SelectMultipleField):
    """Some codes of a few, all in sight as checkboxes."""

    widget: Any = ListWidget(prefix_label=False)
    option_widget: Any = CheckboxInput()

    def __init__(
        self, label: Any, codes: Mapping[str, Any], *, required: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(
            label,
            validators=[DataRequired(_l("Please choose at least one."))] if required else [],
            choices=lambda: [SelectChoice(code, str(name)) for code, name in codes.items()],
            **kwargs,
        )
        self.invalid_choice_message = _UNKNOWN


class NameFields:
    """What somebody is called."""

    first_name = LineField(
        _l("First name"),
        validators=[filled(), at_most(80)],
        render_kw={"autocomplete": "given-name", "dir": "auto"},
    )
    last_name = LineField(
        _l("Last name"),
        validators=[filled(), at_most(80)],
        render_kw={"autocomplete": "family-name", "dir": "auto"},
    )


class EmailAddress:
    """How to reach somebody by mail."""

    email = LineField(
        _l("E-mail address"),
        validators=[filled(), Email()],
        render_kw={"type": "email", "autocomplete": "email", "dir": "ltr"},
    )


class NewPassword:
    """A password of one's own choice."""

    password = PasswordField(
        _l("Password"),
        validators=[
            filled(),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                _l("Use between %(min)d and %(max)d characters."),
            ),
        ],
        render_kw={"autocomplete": "new-password", "dir": "ltr"},
    )


class PrivacyTick:
    """That the privacy notice was read."""

    privacy = BooleanField(
        _l("I have read the privacy notice"),
        validators=[DataRequired(_l("Please read the privacy notice and tick this box."))],
    )


class AccountFields(NameFields, EmailAddress, NewPassword, PrivacyTick):
    """What everybody gives who registers."""

    def to_account(self) -> AccountDraft:
        """Return what was entered about the account; call it on a valid form only."""
        return AccountDraft(
            email=self.email.data or "",
            first_name=self.first_name.data or "",
            last_name=self.last_name.data or "",
            password=self.password.data or "",
            locale=locale_code(),
        )


def sector_choices() -> Choices:
    """Return the sectors of the economy, section by section."""
    return _grouped(taxonomy.sectors(locale_code()))


def work_choices() -> Choices:
    """Return the fields of work, the wider groups of occupations, by major group."""
    return _grouped(taxonomy.occupations(locale_code(), digits=2))


def field_choices() -> Choices:
    """Return the fields of education, by broad field."""
    return _grouped(taxonomy.fields(locale_code()))


def language_choices() -> Choices:
    """Return the languages that the forms offer."""
    named = taxonomy.languages(locale_code())
    return [_nothing(), *(SelectChoice(each.code, each.name) for each in named)]


def country_choices() -> Choices:
    """Return all countries by name."""
    named = taxonomy.countries(locale_code())
    return [_nothing(), *(SelectChoice(each.code, each.name) for each in named)]


def named_choices(names: Mapping[Any, Any]) -> Choices:
    """Return a short list of codes after an empty line."""
    return [_nothing(), *(SelectChoice(str(code), str(name)) for code, name in names.items())]


def _grouped(groups: Sequence[taxonomy.Group]) -> Choices:
    return [
        _nothing(),
        *(
            SelectChoice(entry.code, entry.name, optgroup=group.name)
            for group in groups
            for entry in group.entries
        ),
    ]


def _nothing() -> SelectChoice:
    return SelectChoice("", _("Please choose"))
