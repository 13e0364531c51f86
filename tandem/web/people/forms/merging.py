"""Make two entries one person."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired

from tandem.web.forms import BaseForm


class MergeForm(BaseForm):
    """Which of two entries stays."""

    kept = RadioField(
        _l("Which entry stays?"),
        choices=[],
        validators=[DataRequired(_l("Please choose one."))],
    )
