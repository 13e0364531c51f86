"""Correct who a company is."""

from typing import Any, Self

from tandem.models import Company
from tandem.services.companies import Correction
from tandem.web.companies.forms.describing import CompanyFields
from tandem.web.forms import VersionedForm, required
from tandem.web.searches import Searched, looks_up


class CorrectForm(CompanyFields, VersionedForm):
    """Name, sector and place; how to reach it is the company's own to change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("size", "website", "phone"):
            del self[name]

    @classmethod
    def of(cls, company: Company) -> Self:
        """Return the form as ``company`` stands there, or as it was just sent."""
        return cls(
            data={
                "company": company.name,
                "sector": Searched(codes=[company.sector]),
                "postal_code": Searched(company.postal_code, [company.postal_code]),
                "version": str(company.version),
            }
        )

    @property
    def looks_up(self) -> bool:
        """Whether a search was asked for, so that nothing is to be saved yet."""
        return looks_up(self)

    def to_correction(self) -> Correction:
        """Return what was entered; call it on a valid form only."""
        return Correction(
            name=required(self.company.data),
            sector=required(self.sector.code),
            postal_code=required(self.postal_code.code),
            seen_version=self.seen_version(),
        )
