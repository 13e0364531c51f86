"""What a company is asked about itself."""

from typing import Any, Self
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from tandem.models import Company, CompanySize
from tandem.services.companies import CompanyChange
from tandem.web.companies import wording
from tandem.web.fields import OneOf, OneOfFew, at_most, filled, language_choices
from tandem.web.forms import LineField, ProseField, VersionedForm, required
from tandem.web.searches import Searched, SearchField, looks_up

_LANGUAGES = 3


class CompanyFields:
    """What a company is, where, and how to reach it."""

    company = LineField(
        _l("Name of the company"),
        validators=[filled(), at_most(120)],
        render_kw={"autocomplete": "organization", "dir": "auto"},
    )
    sector = SearchField(_l("What does the company do?"), source="sectors", required=True)
    size = OneOfFew(
        _l("How many people work there?"),
        {size.value: name for size, name in wording.SIZES.items()},
    )
    postal_code = SearchField(_l("Where is the company?"), source="places", required=True)
    website = LineField(
        _l("Website"),
        validators=[at_most(200)],
        render_kw={"type": "url", "autocomplete": "url", "dir": "ltr"},
    )
    phone = LineField(
        _l("Telephone"),
        validators=[at_most(40)],
        render_kw={"type": "tel", "autocomplete": "tel", "dir": "ltr", "class": "t-short"},
    )

    def validate_sector(self, field: SearchField) -> None:
        """Take a division: a whole section says too little about one company."""
        if field.code and not field.code.isdigit():
            raise ValidationError(_l("This is not on the list."))

    def validate_website(self, field: Field) -> None:
        """Take http and https only; complete what people leave out."""
        if not field.data:
            return
        if ":" not in field.data:
            field.data = f"https://{field.data}"
        if not _is_web_address(field.data) or len(field.data) > 200:
            raise ValidationError(
                _l("This is not a web address. It should look like https://example.org.")
            )

    def validate_phone(self, field: Field) -> None:
        """Take what can be dialled."""
        number = field.data or ""
        if number and not (set(number) <= _DIALLED and any(sign.isdigit() for sign in number)):
            raise ValidationError(
                _l("This is not a telephone number. It should look like 0481 123456.")
            )


_DIALLED = set("0123456789 +-/().")


class DescribeForm(CompanyFields, VersionedForm):
    """Change what a company says about itself and offers to tandems."""

    internships = BooleanField(_l("We offer internships or trial days"))
    vacancies = ProseField(
        _l("Open positions"), validators=[at_most(600)], render_kw={"rows": "4", "dir": "auto"}
    )
    language_1 = OneOf(_l("First language"), choices=language_choices)
    language_2 = OneOf(_l("Second language"), choices=language_choices)
    language_3 = OneOf(_l("Third language"), choices=language_choices)

    @classmethod
    def of(cls, company: Company) -> Self:
        """Return the form as ``company`` answers it, or as it was just sent."""
        said: dict[str, Any] = {
            name: getattr(company, name)
            for name in ("website", "phone", "internships", "vacancies")
        }
        chosen = enumerate(company.export_languages[:_LANGUAGES], start=1)
        return cls(
            data={
                **said,
                **{f"language_{number}": code for number, code in chosen},
                "company": company.name,
                "sector": Searched(codes=[company.sector]),
                "size": company.size.value if company.size else None,
                "postal_code": Searched(company.postal_code, [company.postal_code]),
                "version": str(company.version),
            }
        )

    @property
    def looks_up(self) -> bool:
        """Whether a search was asked for, so that nothing is to be saved yet."""
        return looks_up(self)

    @property
    def languages(self) -> list[OneOf]:
        """The fields for languages of export markets."""
        return [self.language_1, self.language_2, self.language_3]

    def to_change(self) -> CompanyChange:
        """Return what was entered; call it on a valid form only."""
        spoken = [field.data for field in self.languages if field.data]
        return CompanyChange(
            name=required(self.company.data),
            sector=required(self.sector.code),
            size=CompanySize(required(self.size.data)),
            postal_code=required(self.postal_code.code),
            website=self.website.data or "",
            phone=self.phone.data or "",
            internships=bool(self.internships.data),
            vacancies=self.vacancies.data or "",
            export_languages=list(dict.fromkeys(spoken)),
            seen_version=self.seen_version(),
        )


def _is_web_address(text: str) -> bool:
    """Whether ``text`` is an http or https address of a public name, without a sign-in."""
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in {"http", "https"}
            and "." in (parts.hostname or "").strip(".")
            and parts.username is None
            and (parts.port is None or parts.port > 0)
            and not any(character.isspace() or character in '<>"\\' for character in text)
        )
    except ValueError:
        return False
