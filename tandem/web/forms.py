"""What all forms share."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectMultipleField

from tandem.text import Unclean, clean, clean_address, clean_line

Value = TypeVar("Value")


def required(value: Value | None) -> Value:
    """Return what a valid form is known to hold."""
    if value is None:
        raise ValueError("read only once the form is valid")
    return value


def add_error(field: Field, message: str) -> None:
    """Show ``message`` beside a field, for a rule that only the domain could check."""
    field.errors = [*field.errors, message]


class LineField(StringField):
    """A line of text, cleaned (TRUST D1)."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Clean what was typed; refuse what nobody types."""
        self.data = _cleaned(clean_line, valuelist)


class ProseField(TextAreaField):
    """Text of more than one line, cleaned (TRUST D1)."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Clean what was typed; refuse what nobody types."""
        self.data = _cleaned(clean, valuelist)


def _cleaned(cleaning: Any, valuelist: Sequence[Any]) -> str:
    try:
        return str(cleaning(valuelist[0])) if valuelist else ""
    except Unclean as error:
        raise ValueError(_l("This text holds characters that cannot be stored.")) from error


class Email:
    """Check an e-mail address and bring it into its one normal form."""

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Refuse what is no address."""
        try:
            field.data = clean_address(field.data or "")
        except Unclean as error:
            raise ValidationError(
                _l("This is not an e-mail address. It should look like name@example.org.")
            ) from error


class BaseForm(FlaskForm):
    """A form without access to the database: it checks shape, not facts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            many = getattr(field, "takes_many", isinstance(field, SelectMultipleField))
            if not many and len(request.form.getlist(field.name)) > 1:
                raise BadRequest


class VersionedForm(BaseForm):
    """A form that knows which version of the thing its reader was looking at."""

    version = HiddenField()

    def seen_version(self) -> int:
        """Return the version that the reader saw; 0 where it was tampered with."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
