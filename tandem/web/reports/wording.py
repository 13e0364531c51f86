"""The words of a report: its period, its finding, its most important figures."""

from typing import Any

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import Programme
from tandem.services.programmes import local_day, today
from tandem.services.reports import FEWEST, Period, Preset, Told, is_over
from tandem.services.tables import Cell
from tandem.web.context import number

PRESETS = {
    Preset.THIS_YEAR: _l("This year"),
    Preset.LAST_YEAR: _l("Last year"),
    Preset.THIS_QUARTER: _l("This quarter"),
    Preset.LAST_QUARTER: _l("Last quarter"),
    Preset.THIS_MONTH: _l("This month"),
    Preset.LAST_MONTH: _l("Last month"),
}
NOT_TOLD = "\u2013"


def shown(cell: Cell) -> str:
    """Return a cell as the reader's language writes it; a dash where nothing is told."""
    if cell is None:
        return NOT_TOLD
    return str(format_decimal(cell)) if isinstance(cell, int | float) else str(cell)


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole per cent; none of nothing."""
    return round(100 * part / whole) if whole else None


def period(of: Period) -> str:
    """Name a period: a year, or its first and last day."""
    if of.year is not None:
        return str(of.year)
    return str(
        _(
            "%(first)s to %(last)s",
            first=format_date(of.first, "medium"),
            last=format_date(of.last, "medium"),
        )
    )


def name(told: Told, programme: Programme) -> str:
    """Say which report this is, and as of when."""
    return str(_("%(report)s, %(state)s", report=title(told), state=_as_of(told, programme)))


def title(told: Told) -> str:
    """Say which report this is."""
    of = period(told.period)
    if told.period.year is not None:
        return str(_("Yearly report %(year)s", year=of))
    return str(_("Report %(period)s", period=of))


def _as_of(told: Told, programme: Programme) -> str:
    if told.fixed_at is not None:
        day = local_day(told.fixed_at, programme)
        return str(_("final since %(day)s", day=format_date(day, "long")))
    return str(_("as of %(day)s", day=format_date(today(programme), "long")))


def can_be_fixed(told: Told, programme: Programme) -> bool:
    """Whether this is a year that is over and has not been fixed."""
    year = told.period.year
    return told.fixed_at is None and year is not None and is_over(year, programme)


def finding(told: Told) -> str:
    """Say the most important in one sentence."""
    new = told.figures["new_tandems"]
    last = told.figures["outcomes"][-1]
    if last["answered"] >= FEWEST:
        return str(
            ngettext(
                "One new tandem, and %(share)s%% of the mentees who answered work in their field"
                " a year later.",
                "%(num)d new tandems, and %(share)s%% of the mentees who answered work in their"
                " field a year later.",
                new,
                share=number(percent(last["in_field"], last["answered"]) or 0),
            )
        )
    return str(
        ngettext(
            "One new tandem; tandems running at the end: %(running)s.",
            "%(num)d new tandems; tandems running at the end: %(running)s.",
            new,
            running=number(told.figures["states"]["running"]),
        )
    )


def tiles(told: Told) -> list[tuple[str, str, str]]:
    """Return the most important figures: label, figure, note."""
    asked, meetings = told.figures["invitations"], told.figures["meetings"]
    first = next(wait for wait in told.figures["waits"] if wait["code"] == "meeting")
    return [
        (str(_("new tandems")), number(told.figures["new_tandems"]), _compared(told)),
        (
            str(_("of the invitations: both said yes")),
            _percents(percent(asked["accepted"], asked["asked"])),
            str(
                _(
                    "%(count)s of %(total)s",
                    count=number(asked["accepted"]),
                    total=number(asked["asked"]),
                )
            ),
        ),
        (str(_("from both yes to the first meeting")), _days(first), _median(first)),
        (str(_("meetings")), number(meetings["held"]), _rhythm(meetings)),
    ]


def _compared(told: Told) -> str:
    before = number(told.figures["new_tandems_before"])
    if told.period.year is not None:
        return str(_("%(year)s: %(count)s", year=told.period.year - 1, count=before))
    return str(_("in the period before: %(count)s", count=before))


def _percents(share: int | None) -> str:
    return NOT_TOLD if share is None else str(_("%(figure)s%%", figure=number(share)))


def _days(wait: dict[str, Any]) -> str:
    if wait["days"] is None:
        return NOT_TOLD
    return str(ngettext("%(num)s day", "%(num)s days", round(wait["days"])))


def _median(wait: dict[str, Any]) -> str:
    if wait["days"] is None:
        return str(_("fewer than five tandems"))
    return str(_("median of %(count)s", count=number(wait["number"])))


def _rhythm(meetings: dict[str, Any]) -> str:
    if meetings["gap_days"] is None:
        return ""
    days = round(meetings["gap_days"])
    return str(ngettext("on average every day", "on average every %(num)d days", days))
