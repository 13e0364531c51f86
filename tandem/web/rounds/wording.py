"""Codes about rounds in the reader's words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from tandem.models import RoundState, Side, Verdict
from tandem.services.rounds import Candidate

STATE = {
    RoundState.PREPARING: _l("In preparation"),
    RoundState.QUEUED: _l("About to be solved"),
    RoundState.RUNNING: _l("Being solved"),
    RoundState.READY: _l("Waits for decisions"),
    RoundState.ASKING: _l("Short lists are out"),
    RoundState.CANCELLED: _l("Solving was cancelled"),
    RoundState.FAILED: _l("Solving did not work"),
    RoundState.CLOSED: _l("Closed"),
}
BADGE = {
    RoundState.READY: "success",
    RoundState.CANCELLED: "warning",
    RoundState.FAILED: "danger",
}
STEP = {
    "": _l("Waiting for its turn"),
    "check": _l("Reading the profiles"),
    "score": _l("Comparing everyone with everyone"),
    "solve": _l("Looking for the best combination"),
    "prove": _l("Proving that no other is better"),
    "explain": _l("Working out reasons and alternatives"),
}
VERDICT = {Verdict.CONFIRMED: _l("Confirmed"), Verdict.REJECTED: _l("Rejected")}
LEFT_OUT = {
    "not_approved": _l("Profile waits for your approval"),
    "asked_back": _l("You asked back and wait for an answer"),
    "not_sent": _l("Profile not sent yet"),
    "paused": _l("Taking a break"),
    "company_not_vetted": _l("Company not vetted yet, or no longer taking part"),
    "no_place": _l("All places taken"),
    "in_tandem": _l("Being asked, or in a tandem"),
    "set_aside": _l("You set them aside for this round"),
    "not_waiting": _l("Has not been left without a tandem before"),
    "not_confirmed": _l("No e-mail address confirmed, and no privacy notice noted"),
    "account_closed": _l("Account closed"),
    "objected": _l("Objects to being matched"),
}
FIELD = {
    "id": _l("Key"),
    "languages": _l("Languages"),
    "sectors": _l("Sector"),
    "occupation": _l("Occupation"),
    "past_occupation": _l("Past occupation"),
    "level": _l("Level of qualification"),
    "fields": _l("Field of study or training"),
    "recognition": _l("Recognition"),
    "postal_code": _l("Place"),
    "place": _l("Place"),
    "reach_km": _l("Reach"),
    "modes": _l("Ways to meet"),
    "topics": _l("Topics"),
    "needs": _l("Needs"),
    "offers": _l("Offers"),
    "slots": _l("Times"),
    "capacity": _l("Places for mentees"),
    "gender": _l("Gender"),
    "same_gender": _l("Wish for the same gender"),
    "company": _l("Company"),
    "avoid": _l("Persons to avoid"),
    "prefer": _l("Wishes"),
    "previous": _l("Earlier mentors"),
    "waiting": _l("Rounds waited"),
}
_Words: TypeAlias = dict[str, Callable[[int], str]]
_EITHER: _Words = {
    "previous": lambda num: ngettext(
        "It has been tried with %(num)d person before.",
        "It has been tried with %(num)d people before.",
        num,
    ),
    "forbidden": lambda num: ngettext(
        "You rejected it with %(num)d person in this round.",
        "You rejected it with %(num)d people in this round.",
        num,
    ),
    "conflict": lambda num: ngettext(
        "They are kept apart from %(num)d person.",
        "They are kept apart from %(num)d people.",
        num,
    ),
    "floor": lambda num: ngettext(
        "With %(num)d person the points are too few.",
        "With %(num)d people the points are too few.",
        num,
    ),
}
_OF_MENTEES: _Words = _EITHER | {
    "taken": lambda num: ngettext(
        "%(num)d mentor would fit, but the place is needed for someone else.",
        "%(num)d mentors would fit, but their places are needed for others.",
        num,
    ),
    "language_floor": lambda num: ngettext(
        "%(num)d mentor shares no language with this person well enough.",
        "%(num)d mentors share no language with this person well enough.",
        num,
    ),
    "reach": lambda num: ngettext(
        "%(num)d mentor is too far away.", "%(num)d mentors are too far away.", num
    ),
    "same_gender": lambda num: ngettext(
        "%(num)d mentor is not of the gender wished for.",
        "%(num)d mentors are not of the gender wished for.",
        num,
    ),
    "capacity": lambda num: ngettext(
        "%(num)d mentor has no place left.", "%(num)d mentors have no place left.", num
    ),
    "nobody": lambda _num: _("There is no mentor in this round."),
}
_OF_MENTORS: _Words = _EITHER | {
    "taken": lambda num: ngettext(
        "%(num)d mentee would fit, but has a better proposal.",
        "%(num)d mentees would fit, but have better proposals.",
        num,
    ),
    "language_floor": lambda num: ngettext(
        "%(num)d mentee shares no language with this person well enough.",
        "%(num)d mentees share no language with this person well enough.",
        num,
    ),
    "reach": lambda num: ngettext(
        "%(num)d mentee is too far away.", "%(num)d mentees are too far away.", num
    ),
    "same_gender": lambda num: ngettext(
        "%(num)d mentee wishes for a mentor of another gender.",
        "%(num)d mentees wish for a mentor of another gender.",
        num,
    ),
    "capacity": lambda _num: _("All places of this person are taken."),
    "nobody": lambda _num: _("There is no mentee in this round."),
}


def step(code: str) -> str:
    """Say what the engine is at; a step that has no words yet is simply work."""
    return str(STEP.get(code, _l("Computing")))


def step_number(code: str) -> int:
    """Say which of the named steps the engine is at; 0 while it waits."""
    return list(STEP).index(code) if code in STEP else 0


def step_rows() -> list[tuple[str, None]]:
    """Name the steps of solving in their order, as the rows of a way."""
    return [(str(text), None) for text in STEP.values()]


def fields(codes: Iterable[str]) -> str:
    """Name entries of a profile."""
    return ", ".join(str(FIELD.get(code, code)) for code in codes)


def gaps(person: Candidate) -> str:
    """Name the entries that somebody lacks, each as its side calls it."""
    topics = "needs" if person.side is Side.MENTEE else "offers"
    return fields(topics if code == "topics" else code for code in person.gaps)


def left_out(people: Sequence[Candidate], side: Side) -> list[tuple[str, list[Candidate]]]:
    """Return who is not in on one side, by reason, in the order in which reasons are listed."""
    order = list(LEFT_OUT)
    mine = [each for each in people if each.side is side]
    mine.sort(key=lambda each: order.index(each.reason or ""))
    groups = groupby(mine, key=lambda each: each.reason or "")
    return [(str(LEFT_OUT[reason]), list(group)) for reason, group in groups]


def proof(aim: str) -> str:
    """Say what has been proved about a result."""
    if aim == "best":
        return str(_("It is proved that no other combination of these people has more points."))
    return str(
        _(
            "It is proved that no other combination of these people makes more tandems, "
            "or as many with more points."
        )
    )


def unmatched(reasons: Mapping[str, int], side: str) -> list[str]:
    """Say why somebody has no proposal, what weighs most first."""
    order = sorted(reasons, key=lambda rule: (rule != "taken", -reasons[rule], rule))
    words = _OF_MENTEES if side == "mentees" else _OF_MENTORS
    return [words[rule](reasons[rule]) for rule in order]
