"""Two entries that may be one person, in words."""

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import Mentor, Programme
from tandem.services.duplicates import Because, Unmergeable
from tandem.services.people import Person
from tandem.web.people import wording

BECAUSE = {Because.MAIL: _l("Same e-mail address"), Because.NAME: _l("Similar name")}


def unmergeable(refusal: Unmergeable, *, name: str) -> str:
    """Say why two entries cannot become one."""
    said: dict[str, str] = {
        "live": _(
            "%(name)s is in a live tandem under the entry that would go. Keep that entry, or "
            "wait until the tandem has ended.",
            name=name,
        ),
        "contact": _(
            "%(name)s speaks for a company under the entry that would go. Keep that entry, or "
            "have the company handed over first.",
            name=name,
        ),
    }
    return said.get(refusal.code) or _("One of the two was merged already.")


def entry(person: Person, *, programme: Programme) -> str:
    """Name an entry so that it can be told from the other."""
    day = format_date(person.who.created_at, "medium")
    parts = (person.who.name, _address(person), wording.summary(person, programme), day)
    return ", ".join(part for part in parts if part)


def side_by_side(one: Person, other: Person, programme: Programme) -> list[tuple[str, str, str]]:
    """Return what both entries say, term by term."""
    left, right = (dict(_rows(each, programme)) for each in (one, other))
    terms = [*left, *(term for term in right if term not in left)]
    return [(term, left.get(term, ""), right.get(term, "")) for term in terms]


def _rows(person: Person, programme: Programme) -> list[tuple[str, str]]:
    who = person.who
    shown = person.shown
    return [
        (_("Name"), who.name),
        (_("E-mail address"), _address(person)),
        *([(_("Company"), who.company.name)] if isinstance(who, Mentor) else []),
        (_("Entered on"), format_date(who.created_at, "long")),
        (_("Profile"), str(wording.STATES[shown.state]) if shown else ""),
        *(wording.rows(shown, programme) if shown else []),
    ]


def _address(person: Person) -> str:
    account = person.who.membership.account
    return account.email if account.has_email else ""
