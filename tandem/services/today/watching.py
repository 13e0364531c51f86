"""Which tandems need somebody to look at them today, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tandem.clock import now
from tandem.models import RUNNING, Programme, TandemState
from tandem.services.agreements.finding import SIGN_WITHIN
from tandem.services.closings import NEAR
from tandem.services.programmes import local_day, today
from tandem.services.today.encounters import Encounter
from tandem.services.today.pairs import NEVER_BEGAN, Pair

SOON = timedelta(days=3)
"""How long before its end an invitation is among those that expire soon."""
GRACE = timedelta(days=7)
"""How much longer than the agreed rhythm two people may not have met."""
CARED_FOR = timedelta(days=7)
"""How long a note about a tandem says that somebody has looked after it."""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An invitation with the days that are left to answer it; 0: until tonight."""

    pair: Pair
    days_left: int


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A tandem that has not met for too long."""

    pair: Pair
    days: int
    """Since the last meeting or, where there was none, since the beginning."""
    held: Sequence[Encounter]


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A tandem whose last meeting somebody missed."""

    pair: Pair
    day: date


@dataclass(frozen=True, kw_only=True)
class Unsigned:
    """A tandem that should have agreed on something by now."""

    pair: Pair
    days: int
    """Since it began."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A tandem to be closed: its last day comes or has passed, or one of the two wishes it."""

    pair: Pair
    last_day: date
    days_left: int


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What there is to look after among the tandems of a programme, most pressing first."""

    expiring: Sequence[Invitation]
    invited: int
    """How many invitations are open in all."""
    silent: Sequence[Silence]
    missed: Sequence[Missed]
    unsigned: Sequence[Unsigned]
    ending: Sequence[Ending]
    came_to_nothing: Sequence[Pair]
    """Of mentees who could get somebody else, their last invitation that came to nothing."""


def watch(
    pairs: Sequence[Pair], encounters: Mapping[int, Sequence[Encounter]], programme: Programme
) -> Watch:
    """Sort tandems by what they need."""
    day = today(programme)
    running = [pair for pair in pairs if pair.state in RUNNING]
    active = [pair for pair in running if pair.state is TandemState.ACTIVE]
    alone = [pair for pair in active if not _is_cared_for(pair, day)]
    asked = [pair for pair in pairs if pair.state is TandemState.INVITED]
    return Watch(
        expiring=_expiring(asked, programme, day),
        invited=len(asked),
        silent=_silent(alone, encounters, programme, day=day),
        missed=_missed(alone, encounters, programme),
        unsigned=_unsigned(active, programme, day),
        ending=_ending(running, programme, day),
        came_to_nothing=_came_to_nothing(pairs, day),
    )


def longest_silence(pair: Pair, programme: Programme) -> timedelta:
    """Return for how long two people may not meet before somebody asks them."""
    if pair.every_weeks is None:
        return timedelta(days=programme.silent_days)
    return timedelta(weeks=pair.every_weeks) + GRACE


def _is_cared_for(pair: Pair, day: date) -> bool:
    return pair.supported_on is not None and pair.supported_on > day - CARED_FOR


def _expiring(asked: Iterable[Pair], programme: Programme, day: date) -> Sequence[Invitation]:
    found = [
        Invitation(pair=pair, days_left=(local_day(pair.expires_at, programme) - day).days)
        for pair in asked
        if now() <= pair.expires_at
    ]
    soon = [each for each in found if each.days_left <= SOON.days]
    return sorted(soon, key=lambda each: (each.days_left, each.pair.id))


def _began_on(pair: Pair, programme: Programme) -> date:
    assert pair.started_at is not None  # noqa: S101 - the check both_said_yes says so
    return local_day(pair.started_at, programme)


def _silent(
    alone: Iterable[Pair],
    encounters: Mapping[int, Sequence[Encounter]],
    programme: Programme,
    *,
    day: date,
) -> Sequence[Silence]:
    found = []
    for pair in alone:
        held = [each for each in encounters.get(pair.id, ()) if each.was_held]
        since = [_began_on(pair, programme)]
        since += [local_day(each.starts_at, programme) for each in held[-1:]]
        since += [pair.paused_until] if pair.paused_until and pair.paused_until <= day else []
        if day - max(since) > longest_silence(pair, programme):
            found.append(Silence(pair=pair, days=(day - max(since)).days, held=held))
    return sorted(found, key=lambda each: (-each.days, each.pair.id))


def _missed(
    alone: Iterable[Pair], encounters: Mapping[int, Sequence[Encounter]], programme: Programme
) -> Sequence[Missed]:
    last = [(pair, each) for pair in alone for each in encounters.get(pair.id, ())[-1:]]
    found = [
        Missed(pair=pair, day=local_day(each.starts_at, programme))
        for pair, each in last
        if not each.was_held
    ]
    return sorted(found, key=lambda each: (each.day, each.pair.id))


def _unsigned(active: Iterable[Pair], programme: Programme, day: date) -> Sequence[Unsigned]:
    found = [
        Unsigned(pair=pair, days=(day - _began_on(pair, programme)).days)
        for pair in active
        if pair.every_weeks is None
    ]
    late = [each for each in found if each.days >= SIGN_WITHIN.days]
    return sorted(late, key=lambda each: (-each.days, each.pair.id))


def _ending(running: Iterable[Pair], programme: Programme, day: date) -> Sequence[Ending]:
    found = [(pair, pair.ends_on(_began_on(pair, programme), programme)) for pair in running]
    soon = [
        Ending(pair=pair, last_day=last, days_left=(last - day).days)
        for pair, last in found
        if pair.is_wished or last <= day + NEAR
    ]
    return sorted(soon, key=lambda each: (each.last_day, each.pair.id))


def _came_to_nothing(pairs: Sequence[Pair], day: date) -> Sequence[Pair]:
    ours = [pair for pair in pairs if pair.state in NEVER_BEGAN and pair.mentee_waits]
    last = {pair.mentee_id: pair for pair in ours}
    return [pair for pair in last.values() if not _is_cared_for(pair, day)]
