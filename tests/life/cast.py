"""Who lives through the year: made-up tandems, thirty and one, each with ways of its own."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tandem.models import EndReason, OutcomeKind, Side
from tandem.services.outcomes import OutcomeDraft

BOTH: Final = frozenset(Side)
NOBODY: Final = frozenset[Side]()
_MENTOR, _MENTEE = frozenset({Side.MENTOR}), frozenset({Side.MENTEE})


@dataclass(frozen=True)
class Reply:
    """What somebody says to the invitation, so many days after it."""

    day: int
    yes: bool = True


@dataclass(frozen=True)
class Early:
    """An end before its time, so many days after the beginning; by nobody: a coordinator."""

    day: int
    reason: EndReason
    by: Side | None = None


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How the two of one tandem behave; days count from its beginning."""

    invited_on: int = 0
    """Days after the first day of the year."""
    mentor: Reply | None = Reply(1)
    mentee: Reply | None = Reply(1)
    withdrawn_on: int | None = None
    """Days after the invitation."""
    agree_on: int | None = 10
    months: int = 6
    every: int = 21
    """Days from one meeting to the next."""
    minutes: int = 60
    silent_from: int = 400
    plans: bool = False
    """Whether they plan their meetings here, or only write them down afterwards."""
    misses: frozenset[int] = frozenset()
    """Which of their planned meetings nobody came to."""
    answers: frozenset[Side] = BOTH
    """Who answers check-ins and surveys."""
    low: bool = False
    pause: tuple[int, int | None] | None = None
    """From which day, for how many; none: until they say so, after thirty."""
    early: Early | None = None
    closed_on: int | None = None
    wishes_to_close: bool = False
    became: tuple[OutcomeDraft | None, ...] = ()
    """What is answered at 0, 3, 6 and 12 months; nothing: no answer."""
    told_by_telephone: bool = False
    """Whether the coordination writes the answer down."""
    quiet: frozenset[Side] = NOBODY
    called: frozenset[Side] = NOBODY
    bounces: frozenset[Side] = NOBODY
    erased_on: int | None = None
    """When the mentee has everything deleted."""
    follows: "Ways | None" = None
    """In which tandem the mentee was before; none: in no other."""


_FIELD = OutcomeDraft(kind=OutcomeKind.WORK, in_field=True, at_level=True)
_BELOW = OutcomeDraft(kind=OutcomeKind.WORK, in_field=True, at_level=False)
_OTHER = OutcomeDraft(kind=OutcomeKind.WORK, in_field=False)
_OWN = OutcomeDraft(kind=OutcomeKind.SELF_EMPLOYED, in_field=True, at_level=True)
_COURSE = OutcomeDraft(kind=OutcomeKind.TRAINING)
_EXAM = OutcomeDraft(kind=OutcomeKind.RECOGNITION)
_STUDY = OutcomeDraft(kind=OutcomeKind.STUDY)
_NONE = OutcomeDraft(kind=OutcomeKind.SEARCHING)

NEVER_BEGIN: Final = (
    Ways(mentor=None, mentee=None),
    Ways(mentor=None, mentee=Reply(2)),
    Ways(mentor=Reply(2, yes=False)),
    Ways(mentor=Reply(1), mentee=Reply(5, yes=False)),
    Ways(mentee=None, withdrawn_on=4),
)
_LEFT: Final = Ways(
    early=Early(55, EndReason.NO_TIME, Side.MENTOR), every=14, became=(_NONE, _COURSE)
)
END_EARLY: Final = (
    Ways(early=Early(12, EndReason.MOVED), became=(_OTHER, _FIELD, _FIELD, _FIELD)),
    Ways(
        early=Early(40, EndReason.FOUND_WORK, Side.MENTEE),
        became=(_FIELD, _FIELD, None),
        called=_MENTEE,
        told_by_telephone=True,
        pause=(20, None),
    ),
    _LEFT,
    Ways(early=Early(75, EndReason.NO_CONTACT), silent_from=20, agree_on=None, answers=NOBODY),
    Ways(early=Early(90, EndReason.DID_NOT_FIT, Side.MENTEE), low=True, became=(_NONE, _NONE)),
    Ways(early=Early(100, EndReason.PERSONAL, Side.MENTOR), pause=(60, None), became=(_EXAM,)),
    Ways(early=Early(120, EndReason.OTHER), plans=True, misses=frozenset({2, 3}), answers=_MENTEE),
)
ARE_COMPLETED: Final = (
    Ways(closed_on=180, plans=True, became=(_FIELD, _FIELD, _FIELD)),
    Ways(closed_on=182, every=14, became=(None, _BELOW, _FIELD), answers=_MENTEE),
    Ways(closed_on=150, months=5, became=(_OTHER, _OTHER), pause=(70, 21)),
    Ways(closed_on=120, months=4, became=(_COURSE, _COURSE, _FIELD), wishes_to_close=True),
    Ways(closed_on=200, every=28, became=(_OWN,), quiet=BOTH, answers=NOBODY),
    Ways(closed_on=181, called=_MENTEE, told_by_telephone=True, became=(_NONE, _EXAM)),
    Ways(closed_on=140, agree_on=30, became=(_STUDY, None), answers=_MENTOR),
    Ways(closed_on=170, bounces=_MENTOR, became=(None, None), minutes=90),
    Ways(closed_on=160, mentor=Reply(6), became=(_FIELD,), plans=True, misses=frozenset({1})),
    Ways(closed_on=190, low=True, became=(_NONE, _OTHER), told_by_telephone=True),
)
RUN_ON: Final = (
    Ways(invited_on=200, agree_on=None),
    Ways(invited_on=230, every=14, plans=True, called=_MENTOR),
    Ways(invited_on=150, months=9, pause=(150, None)),
    Ways(invited_on=260, silent_from=15),
    Ways(invited_on=300, answers=NOBODY, quiet=_MENTEE),
    Ways(invited_on=40, erased_on=90),
    Ways(invited_on=357, agree_on=5),
    Ways(invited_on=351, mentor=Reply(7), mentee=Reply(6)),
)
AGAIN: Final = (
    Ways(follows=_LEFT, invited_on=75, closed_on=150, months=5, became=(_FIELD, _FIELD)),
)
ALL: Final = (*NEVER_BEGIN, *END_EARLY, *ARE_COMPLETED, *RUN_ON, *AGAIN)


def cast(number: int) -> tuple[Ways, ...]:
    """Return so many tandems, all, or a mentee's two and a few others."""
    if number >= len(ALL):
        return ALL
    twice = {ALL.index(each) for again in AGAIN for each in (again, again.follows)}
    others = [each for each in range(len(ALL)) if each not in twice]
    chosen = [*twice, *Random(6).sample(others, number - len(twice))]
    return tuple(ALL[each] for each in sorted(chosen))
