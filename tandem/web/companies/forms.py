"""What is asked about companies."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError

from tandem.services.companies import CompanyDecision, CompanyDraft
from tandem.web.fields import AccountFields, OneOf, PostalCode, at_most, filled, sector_choices
from tandem.web.forms import BaseForm, LineField, ProseField, VersionedForm

_VET, _DECLINE = "vet", "decline"
_COMPANY = ("company", "sector", "postal_code", "website")


class RegisterForm(AccountFields, BaseForm):
    """Register a company together with its first mentor."""

    company = LineField(
        _l("Name of the company"),
        validators=[filled(), at_most(120)],
        render_kw={"autocomplete": "organization", "dir": "auto"},
    )
    sector = OneOf(_l("Sector"), required=True, choices=sector_choices)
    postal_code = LineField(
        _l("Postal code of the company"),
        validators=[filled(), PostalCode()],
        render_kw={"inputmode": "numeric", "class": "t-short", "dir": "ltr"},
    )
    website = LineField(
        _l("Website"),
        validators=[at_most(200)],
        render_kw={"type": "url", "autocomplete": "url", "dir": "ltr"},
    )

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

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields in the order of the page: the company first."""
        return iter(sorted(super().__iter__(), key=lambda field: field.name not in _COMPANY))

    def to_company(self) -> CompanyDraft:
        """Return what was entered about the company; call it on a valid form only."""
        return CompanyDraft(
            name=self.company.data or "",
            sector=self.sector.data or "",
            postal_code=self.postal_code.data or "",
            website=self.website.data or "",
        )


class DecisionForm(VersionedForm):
    """Vet a company, or decline it with a reason."""

    verdict = RadioField(
        _l("Your decision"),
        choices=lambda: [(_VET, _("It takes part")), (_DECLINE, _("It does not take part"))],
        validators=[filled()],
        validate_choice=True,
    )
    reason = ProseField(
        _l("Reason"),
        validators=[at_most(500)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def validate_reason(self, field: Field) -> None:
        """Ask for the reason of a no."""
        if self.verdict.data == _DECLINE and not field.data:
            raise ValidationError(_l("Say why, in a sentence the company can understand."))

    def to_decision(self) -> CompanyDecision:
        """Return the decision; call it on a valid form only."""
        return CompanyDecision(
            vetted=self.verdict.data == _VET,
            reason=self.reason.data or "",
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
