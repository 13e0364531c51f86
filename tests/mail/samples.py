"""Every mail as somebody could get it: made-up people, and each way that a template can go."""

from types import SimpleNamespace
from typing import Any

from tandem import mail

_MENTOR, _MENTEE = {"reader": "mentor"}, {"reader": "mentee"}
NOTICES = (
    "call_mentee_invitation",
    "call_mentee_news",
    "call_mentee_reminder",
    "call_mentor_invitation",
    "call_mentor_news",
    "call_mentor_reminder",
    "check_in_low",
    "closing_near",
    "closing_wished",
    "invitation_declined",
    "invitation_expired",
    "tandem_ended",
    "tandem_left",
    "tandem_paused",
)
_LAST_DAYS = {"en": "Thursday, 3 December 2026", "de": "Donnerstag, 3. Dezember 2026"}
_MEETING = {"day": "3.12.2026", "hour": "17:00", "minutes": 60, "place": "Café am Markt, Heide"}


def _line(kind: str) -> SimpleNamespace:
    return SimpleNamespace(
        kind=kind, tandem_key="tandem-key", mentor="Uwe Thiessen", mentee="Rima Darwazeh"
    )


VARIANTS: dict[str, list[dict[str, Any]]] = {
    "company_contact": [{"former": "Uwe Thiessen"}, {"former": None}],
    "digest": [
        {"count": 1, "lines": [_line("invitation_declined")]},
        {"count": 60, "lines": [_line(kind) for kind in NOTICES]},
    ],
    "invitation": [_MENTOR, _MENTEE],
    "meeting_accepted": [{"did_it": True, "way": "video"}, {"did_it": False, "place": ""}],
    "meeting_cancelled": [
        {"did_it": True},
        {"did_it": False},
        {"did_it": False, "by_first_name": None},
    ],
    "meeting_moved": [
        {"did_it": True, "way": "phone", "place": "0481 000"},
        {"did_it": False, "topic": ""},
    ],
    "outcome": [{"months": 0}, {"months": 3}],
    "profile_approved": [
        {"occupation": None},
        {"occupation": "Electronics mechanics", "words": "I mend machines"},
    ],
    "profile_declined": [{"keeps": True}, {"keeps": False}],
    "tandem_active": [
        _MENTOR,
        _MENTEE | {"other_company": "Elektro Nord GmbH"},
        _MENTOR | {"other_email": None},
    ],
    "tandem_ended": [{"is_own": True}, {"is_own": False}],
    "tandem_paused": [{"until": "3.12.2026"}, {"until": None}],
    "thanks": [_MENTOR, _MENTEE],
    "unused_account": [{"is_last": False}, {"is_last": True}],
}
"""What a mail says differently, by its kind; what is not named here says one thing only."""


def rendered(kind: str, locale: str) -> list[mail.Content]:
    """Return a kind of mail in a language, in each of its ways."""
    return [
        mail.render(kind, locale, **_values(locale) | each) for each in VARIANTS.get(kind, [{}])
    ]


def _values(locale: str) -> dict[str, Any]:
    programme = SimpleNamespace(
        slug="dithmarschen",
        name="Tandem Dithmarschen",
        place_name="Kreis Dithmarschen",
        contact_name="Svenja Marschkamp",
        contact_email="tandem@programme.example",
        contact_phone="0481 000",
    )
    company = SimpleNamespace(
        name="Elektro Nord GmbH",
        key="company-key",
        decision_reason="Sie liegt außerhalb des Kreises.",
    )
    return _MEETING | {
        "programme": programme,
        "person": SimpleNamespace(first_name="Rima" if locale == "en" else "Jörg"),
        "base": mail.BASE,
        "token": SimpleNamespace(key="token-key"),
        "company": company,
        "colleague": "Uwe Thiessen",
        "staff": "Svenja Marschkamp",
        "former": None,
        "reason": "Bitte nennen Sie uns Ihren Beruf.",
        "keeps": False,
        "reader": "mentee",
        "tandem_key": "tandem-key",
        "shortlist_key": "shortlist-key",
        "survey_key": "survey-key",
        "check_in_key": "check-in-key",
        "other_first_name": "Uwe",
        "other_name": "Uwe Thiessen",
        "other_email": "uwe@people.example",
        "other_company": None,
        "by_first_name": "Uwe",
        "did_it": False,
        "way": "in_person",
        "topic": "Bewerbung",
        "months": 3,
        "last_day": _LAST_DAYS[locale],
        "ends_on": _LAST_DAYS[locale],
        "until": None,
        "is_own": False,
        "is_last": False,
    }
