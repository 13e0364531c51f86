"""What is asked of mentees who register."""

from tandem.web.fields import AccountFields
from tandem.web.forms import BaseForm


class RegisterForm(AccountFields, BaseForm):
    """Register as a mentee."""
