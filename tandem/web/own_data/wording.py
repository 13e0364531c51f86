"""One's own data in plain words."""

from collections.abc import Sequence

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import Look, ProposalState

PROPOSALS = {
    ProposalState.OPEN: _l("Suggested; nobody has decided yet"),
    ProposalState.CONFIRMED: _l("Confirmed by a person"),
    ProposalState.REJECTED: _l("Rejected by a person"),
    ProposalState.STALE: _l("Out of date"),
}


def not_proven() -> str:
    """Say that a password is not the right one."""
    return str(_("This is not your password. If you have none, let us send you a link."))


def looks(found: Sequence[Look]) -> list[tuple[str, str]]:
    """Return who looked and on which day, each once a day."""
    rows = [(look.account.name, format_date(look.created_at, "long")) for look in found]
    return list(dict.fromkeys(rows))
