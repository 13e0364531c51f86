"""Tables by group that do not give small numbers away (docs/decisions/0007)."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

FEWEST: Final = 5
"""A number of fewer people is not published; a mean of fewer answers neither."""

Counts: TypeAlias = Mapping[str, int]
"""How many of each group, by its label; a group that is not named counts none."""


def publish(columns: Mapping[str, Counts]) -> dict[str, Any]:
    """Return what of a table may be read by everybody, in plain values.

    Parameters
    ----------
    columns : mapping of code to counts
        Each parts other people or tandems into the same groups.

    Returns
    -------
    dict
        ``columns`` (their codes); ``rows`` (each with ``label`` and ``cells``, None where a
        number is not told); ``rest`` and ``totals``, one number for each column. A column's
        cells and its rest sum to its total. Groups of which nothing is told have no row.

    Notes
    -----
    Rows stand in an order that follows from what is told.
    """
    labels = sorted({label for counts in columns.values() for label in counts})
    told = [_told(counts, labels) for counts in columns.values()]
    rows = [(label, [column.get(label) for column in told]) for label in labels]
    kept = [(label, cells) for label, cells in rows if any(cells)]
    kept.sort(key=lambda row: [-(cell or 0) for cell in row[1]])
    totals = [sum(counts.values()) for counts in columns.values()]
    return {
        "columns": list(columns),
        "rows": [{"label": label, "cells": cells} for label, cells in kept],
        "rest": [total - sum(column.values()) for total, column in zip(totals, told, strict=True)],
        "totals": totals,
    }


def _told(counts: Counts, labels: list[str]) -> dict[str, int]:
    """Return the counts of one column that may be told, by label.

    With every small number goes the smallest that is not small, and all that equal it. So the
    hidden numbers are never all the same, and could be exchanged among their groups without
    any change in what is told: none of them can be worked out. Where all are small, nothing
    of the column is told.
    """
    found = {label: counts.get(label, 0) for label in labels}
    small = [count for count in found.values() if 0 < count < FEWEST]
    enough = [count for count in found.values() if count >= FEWEST]
    if not small:
        return found
    if not enough:
        return {}
    return {label: count for label, count in found.items() if count == 0 or count > min(enough)}
