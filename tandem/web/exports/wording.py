"""The columns of exported lists, in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from tandem.models import CompanyState, ProposalState
from tandem.services.exports.lists import COMPANY, PROPOSAL, TANDEM
from tandem.services.tables import Cell
from tandem.web import codes

_HEADS = {
    "name": _l("Company"),
    "sector": _l("Sector"),
    "postal_code": _l("Postal code"),
    "website": _l("Website"),
    "phone": _l("Telephone"),
    "mentors": _l("Mentors"),
    "state": _l("State"),
    "mentee": _l("Mentee"),
    "mentor": _l("Mentor"),
    "company": _l("Company"),
    "asked_on": _l("Asked on"),
    "started_on": _l("Begun on"),
    "ended_on": _l("Ended on"),
    "decided": _l("Decided by"),
    "score": _l("Points"),
}
_COMPANIES = {
    CompanyState.REGISTERED: _l("Not vetted yet"),
    CompanyState.VETTED: _l("Vetted"),
    CompanyState.DECLINED: _l("Declined"),
    CompanyState.LEFT: _l("Has left"),
}
_PROPOSALS = {
    ProposalState.OPEN: _l("Undecided"),
    ProposalState.CONFIRMED: _l("Confirmed"),
    ProposalState.REJECTED: _l("Rejected"),
    ProposalState.STALE: _l("Out of date"),
}
_STATES: Mapping[Sequence[str], Mapping[str, Any]] = {
    COMPANY: {state.value: name for state, name in _COMPANIES.items()},
    TANDEM: {state.value: name for state, name in codes.TANDEMS.items()},
    PROPOSAL: {state.value: name for state, name in _PROPOSALS.items()},
}
CRITERIA = list(codes.CRITERION)


def companies(rows: Iterable[list[Cell]]) -> Iterable[list[Cell]]:
    """Return companies under a row of names, their sectors named."""
    yield _head(COMPANY)
    at = COMPANY.index("sector")
    for row in _with_states(COMPANY, rows):
        yield [*row[:at], codes.sector(str(row[at])), *row[at + 1 :]]


def tandems(rows: Iterable[list[Cell]]) -> Iterable[list[Cell]]:
    """Return tandems under a row of names."""
    yield _head(TANDEM)
    yield from _with_states(TANDEM, rows)


def proposals(rows: Iterable[list[Cell]]) -> Iterable[list[Cell]]:
    """Return proposals with their points under a row of names."""
    yield [*_head(PROPOSAL), *(str(name) for name in codes.CRITERION.values())]
    yield from _with_states(PROPOSAL, rows)


def _head(columns: Sequence[str]) -> list[Cell]:
    return [str(_HEADS[column]) for column in columns]


def _with_states(columns: Sequence[str], rows: Iterable[list[Cell]]) -> Iterable[list[Cell]]:
    at = columns.index("state")
    for row in rows:
        yield [*row[:at], str(_STATES[columns][str(row[at])]), *row[at + 1 :]]
