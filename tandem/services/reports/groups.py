"""Figures of a year by group: gender, language, place, and points of the matching."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import LanguageSkill, Outcome, Profile, ProfileState, Side, TandemState
from tandem.services.matchmaking.groups import main_language
from tandem.services.reports.found import Found
from tandem.services.reports.outcomes import CLASSES, classify
from tandem.services.reports.pairs import Pair
from tandem.services.reports.small import publish

BANDS: Final = (0, 5000, 6500, 8000)
"""From how many points on a band begins."""
_DECIDED: Final = (ProfileState.APPROVED, ProfileState.PAUSED, ProfileState.REPLACED)


class Mentee(NamedTuple):
    """To which groups a mentee belongs by one version of the profile; empty: not told."""

    id: int
    gender: str
    language: str
    place: str


_KINDS: Final[Mapping[str, Callable[[Mentee], str]]] = {
    "gender": lambda mentee: mentee.gender,
    "language": lambda mentee: mentee.language,
    "place": lambda mentee: mentee.place,
}


def count_groups(session: Session, found: Found) -> dict[str, Any]:
    """Return the tables by group of a whole year, small numbers left out, in plain values.

    Every column counts what happened within the year, so that two years share nobody.
    """
    versions = _versions(session, found)
    now_known = _newest(versions.values())
    answers = _last_answers(session, found)
    columns: dict[str, list[Mentee | None]] = {
        "approved": [now_known.get(who.id) for who in found.mentees if found.is_in(who.approved_at)]
    }
    for code, belongs in _of_tandems(found, answers).items():
        columns[code] = [
            versions.get(pair.mentee_profile_id) for pair in found.pairs if belongs(pair)
        ]
    tables: dict[str, Any] = {
        kind: publish(
            {
                code: Counter(read(who) if who is not None else "" for who in people)
                for code, people in columns.items()
            }
        )
        for kind, read in _KINDS.items()
    }
    return {**tables, "scores": _scores(found, answers)}


def _of_tandems(found: Found, answers: Mapping[int, str]) -> dict[str, Callable[[Pair], bool]]:
    """Return which tandems each column counts, beside that of people who were approved."""
    return {
        "began": lambda pair: found.is_in(pair.started_at),
        "early": lambda pair: pair.state is TandemState.ENDED_EARLY and found.is_in(pair.ended_at),
        "in_field": lambda pair: answers.get(pair.id) == "in_field",
    }


def _scores(found: Found, answers: Mapping[int, str]) -> dict[str, Any]:
    """Return what became of mentees by the points with which their tandem was proposed."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in CLASSES}
    for pair in found.pairs:
        if pair.id in answers:
            band = BANDS[bisect_right(BANDS, pair.score) - 1]
            counts[answers[pair.id]][str(band)] += 1
    return publish(counts)


def _last_answers(session: Session, found: Found) -> dict[int, str]:
    """Return the class of the last answer in the year, by the id of the tandem."""
    query = (
        sa.select(Outcome.tandem_id, Outcome.kind, Outcome.in_field)
        .where(
            Outcome.programme_id == found.programme.id,
            Outcome.answered_at >= found.since,
            Outcome.answered_at < found.until,
        )
        .order_by(Outcome.months, Outcome.id)
    )
    return {
        tandem: classify(kind, in_field=in_field)
        for tandem, kind, in_field in session.execute(query)
        if kind is not None
    }


def _versions(session: Session, found: Found) -> dict[int, Mentee]:
    """Return to which groups mentees belong, by the id of the version that says so."""
    spoken: dict[int, dict[str, str]] = {}
    skills = (
        sa.select(LanguageSkill.profile_id, LanguageSkill.language, LanguageSkill.level)
        .where(LanguageSkill.programme_id == found.programme.id)
        .order_by(LanguageSkill.id)
    )
    for profile, language, level in session.execute(skills):
        spoken.setdefault(profile, {})[language] = level
    query = (
        sa.select(Profile.id, Profile.mentee_id, Profile.gender, Profile.postal_code)
        .where(Profile.programme_id == found.programme.id, Profile.side == Side.MENTEE)
        .order_by(Profile.state.in_(_DECIDED), Profile.number, Profile.id)
    )
    return {
        profile: Mentee(
            mentee,
            gender or "",
            main_language(spoken[profile]) if profile in spoken else "",
            found.programme.place(postal_code),
        )
        for profile, mentee, gender, postal_code in session.execute(query)
        if mentee is not None
    }


def _newest(versions: Iterable[Mentee]) -> dict[int, Mentee]:
    """Return each mentee once, by their id: the newest version that was approved, if any was."""
    return {each.id: each for each in versions}
