"""The tables of a report, each with what its figures mean; for the page, the PDF, the workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.services.reports import Told
from tandem.services.tables import Cell
from tandem.web.reports import grouped
from tandem.web.reports.wording import percent

_PEOPLE: Final = {
    "mentees_registered": _l("Mentees registered"),
    "mentees_approved": _l("Mentees approved"),
    "mentors_registered": _l("Mentors registered"),
    "mentors_approved": _l("Mentors approved"),
    "companies_vetted": _l("Companies vetted"),
}
_WAITS: Final = {
    "approval": _l("From sending the profile to its approval"),
    "tandem": _l("From approval to the tandem"),
    "meeting": _l("From both yes to the first meeting"),
}
_INVITATIONS: Final = {
    "asked": _l("Invitations sent"),
    "accepted": _l("Both said yes"),
    "declined": _l("Declined"),
    "expired": _l("Expired before both had answered"),
    "withdrawn": _l("Taken back"),
    "waiting": _l("Waiting for answers"),
}
_STATES: Final = {
    "waiting": _l("Waiting for answers"),
    "running": _l("Running, paused ones too"),
    "completed": _l("Completed"),
    "ended_early": _l("Ended early"),
    "declined": _l("Declined"),
    "expired": _l("Expired before both had answered"),
    "withdrawn": _l("Taken back"),
}
_REASONS: Final = {
    "found_work": _l("Ended early: work was found"),
    "no_time": _l("Ended early: no time any more"),
    "moved": _l("Ended early: somebody moved away"),
    "no_contact": _l("Ended early: no contact any more"),
    "did_not_fit": _l("Ended early: it did not fit"),
    "personal": _l("Ended early: personal reasons"),
    "other": _l("Ended early: other reasons"),
}
MONTHS: Final = {
    0: _l("At the end"),
    3: _l("3 months later"),
    6: _l("6 months later"),
    12: _l("12 months later"),
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """One table: the first cell of a row says what it is about, the others are figures."""

    code: str
    title: str
    meaning: list[str]
    head: list[str]
    rows: list[list[Cell]]


def tell(told: Told) -> list[Section]:
    """Return all tables of a report, in the order in which they are read."""
    return [*_of_everybody(told.figures), *(Section(**one) for one in grouped.tell(told))]


def _of_everybody(figures: dict[str, Any]) -> Iterator[Section]:
    yield _quarters(figures)
    yield _outcomes(figures)
    yield _people(figures)
    yield _waits(figures)
    yield _coverage(figures)
    yield _rounds(figures)
    yield _invitations(figures)
    yield _states(figures)
    yield _meetings(figures)
    yield _endings(figures)


def _quarters(figures: dict[str, Any]) -> Section:
    return Section(
        code="quarters",
        title=_("Running tandems at the end of each quarter"),
        meaning=[
            _(
                "A tandem runs from the day on which the second of the two said yes until it is"
                " completed or ended early; paused ones run too. New are those that began in the"
                " quarter. The last quarter is counted up to the end of the period, or to today."
            )
        ],
        head=[_("Quarter"), _("Running"), _("New")],
        rows=[
            [f"{line['quarter']}/{line['year']}", line["running"], line["new"]]
            for line in figures["quarters"]
        ],
    )


def _outcomes(figures: dict[str, Any]) -> Section:
    return Section(
        code="outcomes",
        title=_("What became of the mentees"),
        meaning=[
            _(
                "Mentees are asked at the end of a tandem and 3, 6 and 12 months later. Due are"
                " the questions whose day lies in the period; answered are those of them to which"
                " the mentee, or the coordination for them, has given an answer."
            ),
            _(
                "Work in the field is employed or self-employed work in the field of the "
                    "qualification; work at the level matches the level of the "
                    "qualification. In training means vocational training, study or a "
                    "recognition under way. Searching includes everything else."
            ),
        ],
        head=[
            _("When"), _("Due"), _("Answered"), _("Answered, %"), _("Work in the field"),
            _("Work at the level"), _("Other work"), _("In training"), _("Searching"),
        ],
        rows=[
            [
                str(MONTHS[line["months"]]), line["asked"], line["answered"],
                percent(line["answered"], line["asked"]), line["in_field"], line["at_level"],
                line["other_work"], line["learning"], line["searching"],
            ]
            for line in figures["outcomes"]
        ],
    )  # fmt: skip


def _people(figures: dict[str, Any]) -> Section:
    return Section(
        code="people",
        title=_("People and companies"),
        meaning=[
            _(
                "Everybody counts from the day on which they registered or were entered, or on"
                " which a coordinator first approved their profile or vetted their company. New"
                " are those for whom that day lies in the period; in all are those until its end,"
                " also if they have left since."
            )
        ],
        head=[_("Who"), _("New"), _("In all")],
        rows=[
            [str(_PEOPLE[line["code"]]), line["new"], line["total"]] for line in figures["people"]
        ],
    )


def _waits(figures: dict[str, Any]) -> Section:
    return Section(
        code="waits",
        title=_("Waiting times"),
        meaning=[
            _(
                "We count waits that ended in the period: at a mentee's or mentor's "
                "first approval, at a mentee's first tandem, at a tandem's first "
                "meeting. Half of them took no longer than the median, which is not "
                "shown for fewer than five waits."
            )
        ],
        head=[_("Wait"), _("Median in days"), _("Number")],
        rows=[
            [str(_WAITS[line["code"]]), line["days"], line["number"]] for line in figures["waits"]
        ],
    )


def _coverage(figures: dict[str, Any]) -> Section:
    found = figures["coverage"]
    return Section(
        code="coverage",
        title=_("Mentees with a tandem"),
        meaning=[
            _(
                "Of all mentees who were approved until the end of the period: how many have had a"
                " tandem by then, running or over."
            )
        ],
        head=[_("Mentees"), _("Number")],
        rows=[
            [_("Approved"), found["approved"]],
            [_("With a tandem"), found["with_tandem"]],
            [_("With a tandem, %"), percent(found["with_tandem"], found["approved"])],
        ],
    )


def _rounds(figures: dict[str, Any]) -> Section:
    found = figures["rounds"]
    return Section(
        code="rounds",
        title=_("Rounds and decisions"),
        meaning=[
            _(
                "Rounds whose result was taken over in the period, and proposals on which a"
                " coordinator decided in it."
            )
        ],
        head=[_("What"), _("Number")],
        rows=[
            [_("Rounds"), found["solved"]],
            [_("Proposals confirmed"), found["confirmed"]],
            [_("Proposals rejected"), found["rejected"]],
        ],
    )


def _invitations(figures: dict[str, Any]) -> Section:
    found = figures["invitations"]
    return Section(
        code="invitations",
        title=_("Invitations"),
        meaning=[
            _(
                "Invitations sent in the period, by what had become of them at its end. Each asks"
                " both people."
            )
        ],
        head=[_("What"), _("Number")],
        rows=[
            *([str(label), found[code]] for code, label in _INVITATIONS.items()),
            [_("Both said yes, %"), percent(found["accepted"], found["asked"])],
        ],
    )


def _states(figures: dict[str, Any]) -> Section:
    return Section(
        code="states",
        title=_("Tandems at the end of the period"),
        meaning=[_("All invitations and tandems so far, by how they stood at the end.")],
        head=[_("State"), _("Number")],
        rows=[[str(label), figures["states"][code]] for code, label in _STATES.items()],
    )


def _meetings(figures: dict[str, Any]) -> Section:
    found = figures["meetings"]
    return Section(
        code="meetings",
        title=_("Meetings"),
        meaning=[
            _(
                "Meetings that were written down as held and began in the period. The time between"
                " two of them is the mean over all meetings of the same tandem that follow one"
                " another in the period."
            )
        ],
        head=[_("What"), _("Number")],
        rows=[
            [_("Meetings held"), found["held"]],
            [_("Hours"), found["hours"]],
            [_("Tandems that met"), found["tandems"]],
            [_("Days between two meetings"), found["gap_days"]],
        ],
    )


def _endings(figures: dict[str, Any]) -> Section:
    found = figures["endings"]
    return Section(
        code="endings",
        title=_("How tandems ended"),
        meaning=[
            _(
                "Tandems that ended in the period. Ending early is nobody's fault; the reason is"
                " what was said when it ended."
            )
        ],
        head=[_("What"), _("Number")],
        rows=[
            [_("Completed"), found["completed"]],
            [_("Ended early"), found["early"]],
            [
                _("Ended early, %"),
                percent(found["early"], found["early"] + found["completed"]),
            ],
            *([str(label), found["reasons"][code]] for code, label in _REASONS.items()),
        ],
    )
