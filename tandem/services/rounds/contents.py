"""What a snapshot holds of people: the engine's fields, under random keys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from tandem import taxonomy
from tandem.models import (
    LIVE,
    Profile,
    ProfileState,
    Proposal,
    ProposalState,
    Round,
    Tandem,
    TandemState,
)
from tandem.models.base import new_key
from tandem.services.rounds.candidates import Candidate, Candidates

_TRIED = (
    TandemState.COMPLETED,
    TandemState.ENDED_EARLY,
    TandemState.DECLINED,
    TandemState.EXPIRED,
)
_SHARED = ("sectors", "occupation", "level", "fields", "reach_km", "modes", "gender")


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The random keys of one snapshot, by the ids of mentors and of mentees."""

    mentors: Mapping[int, str]
    mentees: Mapping[int, str]

    def pairs(self, ids: Iterable[Sequence[int]]) -> list[list[str]]:
        """Return pairs of a mentor and a mentee by their keys, where both have one."""
        return [
            [self.mentors[mentor], self.mentees[mentee]]
            for mentor, mentee in ids
            if mentor in self.mentors and mentee in self.mentees
        ]


def draw_keys(candidates: Candidates) -> Keys:
    """Give everyone who is in a key that means nothing elsewhere."""
    return Keys(
        mentors={each.person_id: new_key() for each in candidates.mentors},
        mentees={each.person_id: new_key() for each in candidates.mentees},
    )


def describe(
    session: Session, round_: Round, candidates: Candidates, *, keys: Keys
) -> dict[str, Any]:
    """Return the engine's whole input, apart from policy and seed."""
    profiles = _profiles(session, round_.programme_id)
    tried: dict[str, list[str]] = defaultdict(list)
    for mentor, mentee in keys.pairs(_tandems(session, round_.programme_id, _TRIED)):
        tried[mentee].append(mentor)
    return {
        "mentors": [
            _mentor(each, keys.mentors[each.person_id], profiles=profiles)
            for each in candidates.mentors
        ],
        "mentees": [
            _mentee(each, keys.mentees[each.person_id], profiles=profiles, tried=tried)
            for each in candidates.mentees
        ],
        "pinned": [],
        "forbidden": keys.pairs(_rejected(session, round_)),
        "running": [
            [keys.mentors[mentor], new_key()]
            for mentor, _ in _tandems(session, round_.programme_id, LIVE)
            if mentor in keys.mentors
        ],
    }


def _profiles(session: Session, programme_id: int) -> Mapping[int, Profile]:
    query = (
        sa.select(Profile)
        .where(Profile.programme_id == programme_id, Profile.state == ProfileState.APPROVED)
        .options(selectinload(Profile.language_skills))
        .order_by(Profile.id)
    )
    return {profile.id: profile for profile in session.scalars(query)}


def _mentor(person: Candidate, key: str, *, profiles: Mapping[int, Profile]) -> dict[str, Any]:
    profile = profiles[person.profile_id or 0]
    return _shared(profile, key) | {
        "recognition": profile.recognition_paths,
        "offers": profile.topics,
        "capacity": person.capacity,
    }


def _mentee(
    person: Candidate,
    key: str,
    *,
    profiles: Mapping[int, Profile],
    tried: Mapping[str, list[str]],
) -> dict[str, Any]:
    profile = profiles[person.profile_id or 0]
    return _shared(profile, key) | {
        "past_occupation": profile.past_occupation,
        "recognition": profile.recognition,
        "needs": profile.topics,
        "same_gender": profile.same_gender,
        "gender": profile.gender if profile.same_gender else None,
        "previous": sorted(set(tried.get(key, ()))),
    }


def _shared(profile: Profile, key: str) -> dict[str, Any]:
    place = taxonomy.locate(profile.postal_code or "")
    return {name: getattr(profile, name) for name in _SHARED} | {
        "id": key,
        "languages": profile.languages,
        "place": list(place) if place else None,
    }


def _rejected(session: Session, round_: Round) -> Sequence[Sequence[int]]:
    query = (
        sa.select(Proposal.mentor_id, Proposal.mentee_id)
        .where(
            Proposal.programme_id == round_.programme_id,
            Proposal.round_id == round_.id,
            Proposal.state == ProposalState.REJECTED,
        )
        .order_by(Proposal.id)
    )
    return [tuple(row) for row in session.execute(query)]


def _tandems(
    session: Session, programme_id: int, states: Sequence[TandemState]
) -> Sequence[Sequence[int]]:
    query = (
        sa.select(Tandem.mentor_id, Tandem.mentee_id)
        .where(Tandem.programme_id == programme_id, Tandem.state.in_(states))
        .order_by(Tandem.id)
    )
    return [tuple(row) for row in session.execute(query)]
