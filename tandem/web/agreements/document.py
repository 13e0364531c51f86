"""The agreement as a document: everything it says, as plain text."""

from datetime import datetime
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from tandem.models import Agreement, Tandem
from tandem.web.agreements import wording
from tandem.web.scope import current_programme


def tell(tandem: Tandem, agreement: Agreement) -> dict[str, Any]:
    """Return what the template needs: sentences and rows of plain text."""
    programme = current_programme()
    return {
        "title": str(_("Tandem agreement")),
        "lead": str(
            _("%(programme)s in %(region)s", programme=programme.name, region=programme.region)
        ),
        "footer": str(
            _("%(programme)s, %(place)s", programme=programme.name, place=programme.place_name)
        ),
        "people": _people(tandem, agreement),
        "goals": [wording.goal(each) for each in agreement.goals],
        "facts": [[str(term), text] for term, text in wording.facts(agreement)],
        "confidential": [wording.confidential(), *_own_words(agreement)],
        "words": _words(),
    }


def made_at(agreement: Agreement) -> datetime:
    """Return since when an agreement is in force."""
    return max(each for each in (agreement.mentor_yes_at, agreement.mentee_yes_at) if each)


def _people(tandem: Tandem, agreement: Agreement) -> list[dict[str, str]]:
    rows = [
        ("mentee", _("Mentee"), tandem.mentee.name, "", agreement.mentee_yes_at),
        (
            "mentor",
            _("Mentor"),
            tandem.mentor.name,
            tandem.mentor.company.name,
            agreement.mentor_yes_at,
        ),
    ]
    return [
        {
            "side": side,
            "role": str(role),
            "name": name,
            "company": company,
            "agreed": str(_("agreed on %(day)s", day=format_date(said_at, "long"))),
        }
        for side, role, name, company, said_at in rows
    ]


def _own_words(agreement: Agreement) -> list[str]:
    return [line for line in agreement.confidentiality.split("\n") if line.strip()]


def _words() -> dict[str, str]:
    said = {
        "goals": _("What we want to reach"),
        "how": _("How we do it"),
        "confidentiality": _("What stays between us"),
        "agreed": _("Both have agreed"),
        "change": _(
            "This is a shared understanding, not a contract. Both can change it together at any"
            " time, on the page of the tandem."
        ),
    }
    return {code: str(text) for code, text in said.items()}
