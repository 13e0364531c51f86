"""What is asked of people who sign in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import DataRequired

from tandem.web.fields import NewPassword, PrivacyTick
from tandem.web.forms import BaseForm, Email, LineField


class SignInForm(BaseForm):
    """Sign in with address and password."""

    email = LineField(
        _l("E-mail address"),
        validators=[DataRequired(), Email()],
        render_kw={"type": "email", "autocomplete": "username", "dir": "ltr"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired()],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )


class AskLinkForm(BaseForm):
    """Ask for a link that signs in."""

    email = LineField(
        _l("E-mail address"),
        validators=[DataRequired(), Email()],
        render_kw={"type": "email", "autocomplete": "username", "dir": "ltr"},
    )


class WelcomeForm(NewPassword, PrivacyTick, BaseForm):
    """Take over an account that somebody else entered."""
