"""Look for mails."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from tandem.web.forms import BaseForm, LineField


class MailboxForm(BaseForm):
    """Open the mailbox of one address; it only reads, so it needs no token."""

    class Meta:
        """Nothing is changed."""

        csrf = False

    to = LineField(
        _l("Mailbox of"),
        validators=[Length(max=254, message=_l("Use at most %(max)d characters."))],
        render_kw={"type": "search", "autocomplete": "off", "dir": "ltr"},
    )
