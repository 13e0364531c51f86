"""Figures of a programme for any period, and the report of a year that is over."""

from tandem.services.reports.outcomes import CLASSES
from tandem.services.reports.periods import (
    EARLIEST,
    LATEST,
    Period,
    Preset,
    preset,
    whole_year,
)
from tandem.services.reports.small import FEWEST
from tandem.services.reports.yearly import (
    QUESTIONS,
    Told,
    YearNotOver,
    fix_year,
    is_over,
    list_fixed,
    tell,
)

__all__ = [
    "CLASSES",
    "EARLIEST",
    "FEWEST",
    "LATEST",
    "QUESTIONS",
    "Period",
    "Preset",
    "Told",
    "YearNotOver",
    "fix_year",
    "is_over",
    "list_fixed",
    "preset",
    "tell",
    "whole_year",
]
