"""Whom nobody is to bring together: exclusions in the words of the engine."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tandem.models.base import new_key
from tandem.services.rounds.candidates import Candidates
from tandem.services.rounds.keys import Keys


@dataclass(frozen=True, kw_only=True)
class KeptApart:
    """The companies of a snapshot under random keys, and whom mentees are kept apart from."""

    companies: Mapping[int, str]
    """Keys of companies by the ids of their mentors."""
    avoid: Mapping[int, Sequence[str]]
    """Entries such as ``mentor:KEY`` and ``company:KEY`` by the ids of mentees."""


def keep_apart(candidates: Candidates, *, keys: Keys) -> KeptApart:
    """Return the exclusions between people of a snapshot; others would say nothing there."""
    company_of = {each.person_id: each.company_id or 0 for each in candidates.mentors}
    drawn = {company: new_key() for company in sorted(set(company_of.values()))}
    avoid: dict[int, list[str]] = defaultdict(list)
    for mentor, mentee, company in candidates.ties.apart:
        if mentor is not None and mentor in keys.mentors:
            avoid[mentee].append(f"mentor:{keys.mentors[mentor]}")
        if company is not None and company in drawn:
            avoid[mentee].append(f"company:{drawn[company]}")
    return KeptApart(
        companies={mentor: drawn[company] for mentor, company in company_of.items()}, avoid=avoid
    )
