"""What is asked of people who correct or delete their data."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField
from wtforms.validators import DataRequired

from tandem.web.fields import NameFields, filled
from tandem.web.forms import BaseForm, Email, LineField


class Proof:
    """The password, unless the person has just signed in by a link."""

    password = PasswordField(
        _l("Your password"), render_kw={"autocomplete": "current-password", "dir": "ltr"}
    )


class NameForm(NameFields, BaseForm):
    """Another name."""


class EmailForm(Proof, BaseForm):
    """Another address."""

    email = LineField(
        _l("New e-mail address"),
        validators=[filled(), Email()],
        render_kw={"type": "email", "autocomplete": "email", "dir": "ltr"},
    )


class DeleteForm(Proof, BaseForm):
    """Delete everything about oneself."""


class EraseForm(BaseForm):
    """Delete everything about somebody who has asked for it."""

    asked = BooleanField(
        _l("The person has asked for this, or it must be done for another reason."),
        validators=[DataRequired(_l("Please confirm this."))],
    )
