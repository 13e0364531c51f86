"""Companies in words."""

from flask_babel import gettext as _

from tandem.models import CompanyState


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
