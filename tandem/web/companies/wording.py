"""Companies in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.errors import Conflict
from tandem.models import CompanySize, CompanyState
from tandem.services import colleagues
from tandem.services.companies import Progress

SIZES: Mapping[CompanySize, Any] = {
    CompanySize.MICRO: _l("Up to 9, or you alone"),
    CompanySize.SMALL: _l("10 to 49"),
    CompanySize.MEDIUM: _l("50 to 249"),
    CompanySize.LARGE: _l("250 or more"),
}
PROGRESS: Mapping[Progress, tuple[Any, str]] = {
    Progress.INVITED: (_l("invited"), "warning"),
    Progress.TELLING: (_l("profile not sent yet"), "info"),
    Progress.READING: (_l("profile is being read"), "info"),
    Progress.TAKING_PART: (_l("takes part"), "success"),
    Progress.NOT_NOW: (_l("not taking part now"), "info"),
}
"""How far a mentor has come, and the colour that goes with it."""


def state(value: CompanyState) -> str:
    """Name the state of a company."""
    names: dict[CompanyState, str] = {
        CompanyState.REGISTERED: _("to vet"),
        CompanyState.VETTED: _("takes part"),
        CompanyState.DECLINED: _("declined"),
        CompanyState.LEFT: _("has left"),
    }
    return names[value]


def kind(value: CompanyState) -> str:
    """Return the colour that goes with a state."""
    return {
        CompanyState.REGISTERED: "warning",
        CompanyState.VETTED: "success",
        CompanyState.DECLINED: "danger",
        CompanyState.LEFT: "info",
    }[value]


def refusal(error: Conflict) -> str:
    """Say why an invitation was not sent."""
    if isinstance(error, colleagues.OnTheList):
        return str(_("Somebody with this address is on your list already."))
    if isinstance(error, colleagues.TooSoon):
        return str(_("We have sent an e-mail within the last day. Please try again tomorrow."))
    if isinstance(error, colleagues.TooManyWaiting):
        return str(
            _("Many invitations are still open. Take some back, or wait until they are accepted.")
        )
    if isinstance(error, colleagues.NotVettedYet):
        return str(_("You can invite colleagues once the coordination has said yes to you."))
    return str(_("This has changed meanwhile. Please look again."))
