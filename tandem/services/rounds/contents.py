"""What a snapshot holds of people: the engine's fields, under random keys."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import taxonomy
from tandem.models import (
    Choice,
    LanguageSkill,
    Profile,
    ProfileState,
    Round,
    Shortlist,
)
from tandem.models.base import new_key
from tandem.services.rounds.candidates import Candidate, Candidates
from tandem.services.rounds.kept_apart import KeptApart, keep_apart
from tandem.services.rounds.keys import Keys
from tandem.services.rounds.ties import Pair

_FEW = 100
"""Up to so many people are looked up one by one rather than with their whole programme."""
_SHARED = ("sectors", "occupation", "level", "fields", "reach_km", "modes", "gender", "slots")
_OF_ONE_SIDE = (
    "postal_code",
    "recognition_paths",
    "topics",
    "prefer",
    "past_occupation",
    "recognition",
    "same_gender",
)


def describe(
    session: Session, round_: Round, candidates: Candidates, *, keys: Keys
) -> dict[str, Any]:
    """Return the engine's whole input, apart from policy and seed.

    Pins of people who take no part, or for whom there is no place, are not in it.
    """
    said = _Said(
        profiles=_profiles(session, round_.programme_id, candidates),
        tried=_tried(candidates, keys),
        wishes=_wishes(session, round_, keys),
        apart=keep_apart(candidates, keys=keys),
    )
    ties = candidates.ties
    return {
        "mentors": [
            _mentor(each, keys.mentors[each.person_id], said=said) for each in candidates.mentors
        ],
        "mentees": [
            _mentee(each, keys.mentees[each.person_id], said=said) for each in candidates.mentees
        ],
        "pinned": keys.pairs(_with_places(candidates)),
        "forbidden": keys.pairs(ties.banned),
        "running": [
            [keys.mentors[mentor], new_key()]
            for mentor, _ in ties.running
            if mentor in keys.mentors
        ],
    }


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What people said, and what is known of mentees, by the ids and keys of a snapshot."""

    profiles: Mapping[int, sa.Row[*tuple[Any, ...]]]
    tried: Mapping[str, Sequence[str]]
    wishes: Mapping[int, Sequence[str]]
    apart: KeptApart


def _with_places(candidates: Candidates) -> list[Pair]:
    """Return the pins for which there is still a place, and that nobody has ruled out."""
    places = {each.person_id: each.places for each in candidates.mentors}
    mentees = {each.person_id for each in candidates.mentees}
    ruled_out = set(candidates.ties.banned)
    used: Counter[int] = Counter()
    kept = []
    for mentor, mentee in candidates.ties.pinned:
        is_open = mentee in mentees and (mentor, mentee) not in ruled_out
        if is_open and used[mentor] < places.get(mentor, 0):
            used[mentor] += 1
            kept.append((mentor, mentee))
    return kept


def _profiles(
    session: Session, programme_id: int, candidates: Candidates
) -> Mapping[int, sa.Row[*tuple[Any, ...]]]:
    spoken = LanguageSkill.language + ":" + LanguageSkill.level
    languages = (
        sa.select(sa.func.aggregate_strings(spoken, " "))
        .where(LanguageSkill.profile_id == Profile.id)
        .scalar_subquery()
    )
    said = (getattr(Profile, name) for name in (*_SHARED, *_OF_ONE_SIDE))
    query = (
        sa.select(Profile.id, languages.label("languages"), *said)
        .where(Profile.programme_id == programme_id, Profile.state == ProfileState.APPROVED)
        .where(_are_in(candidates))
        .order_by(Profile.id)
    )
    return {row.id: row for row in session.execute(query)}


def _are_in(candidates: Candidates) -> sa.ColumnElement[bool]:
    people = [*candidates.mentors, *candidates.mentees]
    if len(people) > _FEW:
        return sa.true()
    return Profile.id.in_([each.profile_id for each in people])


def _mentor(person: Candidate, key: str, *, said: _Said) -> dict[str, Any]:
    profile = said.profiles[person.profile_id or 0]
    return _shared(profile, key) | {
        "recognition": profile.recognition_paths,
        "offers": profile.topics,
        "prefer": profile.prefer,
        "capacity": person.capacity,
        "company": said.apart.companies.get(person.person_id),
    }


def _mentee(person: Candidate, key: str, *, said: _Said) -> dict[str, Any]:
    profile = said.profiles[person.profile_id or 0]
    return _shared(profile, key) | {
        "past_occupation": profile.past_occupation,
        "recognition": profile.recognition,
        "needs": profile.topics,
        "same_gender": profile.same_gender,
        "gender": profile.gender if profile.same_gender else None,
        "previous": sorted(set(said.tried.get(key, ()))),
        "avoid": list(said.apart.avoid.get(person.person_id, ())),
        "waiting": person.waiting,
        "prefer": said.wishes.get(person.person_id, []),
    }


def _shared(profile: sa.Row[*tuple[Any, ...]], key: str) -> dict[str, Any]:
    place = taxonomy.locate(profile.postal_code or "")
    return {name: getattr(profile, name) for name in _SHARED} | {
        "id": key,
        "languages": dict(skill.split(":") for skill in sorted((profile.languages or "").split())),
        "place": list(place) if place else None,
    }


def _tried(candidates: Candidates, keys: Keys) -> Mapping[str, Sequence[str]]:
    tried: dict[str, list[str]] = defaultdict(list)
    for mentor, mentee in keys.pairs(candidates.ties.tried):
        tried[mentee].append(mentor)
    return tried


def _wishes(session: Session, round_: Round, keys: Keys) -> Mapping[int, Sequence[str]]:
    """Return each mentee's last ranking in this round: keys of mentors, the first choice first.

    A mentor who is not in keeps the rank under a key that means nobody, so that the second
    choice stays the second.
    """
    query = (
        sa.select(Shortlist.mentee_id, Shortlist.id, Choice.mentor_id)
        .outerjoin(Choice, (Choice.shortlist_id == Shortlist.id) & Choice.rank.is_not(None))
        .where(
            Shortlist.programme_id == round_.programme_id,
            Shortlist.round_id == round_.id,
            Shortlist.answered_at.is_not(None),
        )
        .order_by(Shortlist.id, Choice.rank)
    )
    lists: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for mentee, shortlist, mentor in session.execute(query):
        ranking = lists[mentee][shortlist]
        if mentor is not None:
            ranking.append(keys.mentors.get(mentor) or new_key())
    return {mentee: each[max(each)] for mentee, each in lists.items()}
