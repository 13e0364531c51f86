"""What is asked of a company that registers."""

from collections.abc import Iterator

from wtforms import Field

from tandem.models import CompanySize
from tandem.services.companies import CompanyDraft
from tandem.web.companies.forms.describing import CompanyFields
from tandem.web.fields import AccountFields
from tandem.web.forms import BaseForm, required
from tandem.web.searches import looks_up

_COMPANY = ("company", "sector", "size", "postal_code", "website", "phone")


class RegisterForm(AccountFields, CompanyFields, BaseForm):
    """Register a company together with its first mentor."""

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields in the order of the page: the company first."""
        return iter(sorted(super().__iter__(), key=lambda field: field.name not in _COMPANY))

    @property
    def looks_up(self) -> bool:
        """Whether a search was asked for, so that nothing is to be saved yet."""
        return looks_up(self)

    def to_company(self) -> CompanyDraft:
        """Return what was entered about the company; call it on a valid form only."""
        return CompanyDraft(
            name=required(self.company.data),
            sector=required(self.sector.code),
            size=CompanySize(required(self.size.data)),
            postal_code=required(self.postal_code.code),
            website=self.website.data or "",
            phone=self.phone.data or "",
        )
