"""The agreement as a document: everything it says, as plain text."""

from datetime import datetime
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from tandem.models import Agreement, Tandem
from tandem.services.documents import isolate
from tandem.web.agreements import wording
from tandem.web.scope import current_programme


def tell(tandem: Tandem, agreement: Agreement) -> dict[str, Any]:
    """Return what the template needs: sentences and rows of plain text."""
    return {
        "title": str(_("Tandem agreement")),
        "lead": _who(),
        "footer": _who(),
        "people": _people(tandem, agreement),
        "goals": [isolate(wording.goal(each)) for each in agreement.goals],
        "facts": [[str(term), isolate(text)] for term, text in wording.facts(agreement)],
        "confidential": [wording.confidential(), *_own_words(agreement)],
        "words": _words(),
    }


def made_at(agreement: Agreement) -> datetime:
    """Return since when an agreement is in force."""
    return max(each for each in (agreement.mentor_yes_at, agreement.mentee_yes_at) if each)


def _who() -> str:
    programme = current_programme()
    return str(
        _(
            "%(programme)s, %(place)s",
            programme=isolate(programme.name),
            place=isolate(programme.place_name),
        )
    )


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
            "name": isolate(name),
            "company": isolate(company),
            "agreed": str(_("agreed on %(day)s", day=format_date(said_at, "long"))),
        }
        for side, role, name, company, said_at in rows
    ]


def _own_words(agreement: Agreement) -> list[str]:
    return [isolate(line) for line in agreement.confidentiality.split("\n") if line.strip()]


def _words() -> dict[str, str]:
    said = {
        "goals": _("What you want to reach"),
        "how": _("How you go about it"),
        "confidentiality": _("What stays between you"),
        "agreed": _("Both have agreed"),
        "change": _(
            "This is a shared understanding, not a contract. Both can change it together at any"
            " time, on the page of the tandem."
        ),
    }
    return {code: str(text) for code, text in said.items()}
