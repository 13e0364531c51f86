"""What is told of a table by group gives no small number away (docs/decisions/0007)."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.services.reports.small import FEWEST, publish

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30))


def said(columns):
    """Return what is published as something that can be compared."""
    told = publish(columns)
    rows = tuple((row["label"], tuple(row["cells"])) for row in told["rows"])
    return rows, tuple(told["rest"]), tuple(told["totals"])


def hidden(told, place, labels):
    """Return the groups of a column whose numbers are not told; where nothing is left, none."""
    if told[1][place] == 0:
        return []
    shown = {label for label, cells in told[0] if cells[place] is not None}
    return [label for label in labels if label not in shown]


@pytest.mark.parametrize(("groups", "most"), [(2, 14), (3, 14), (4, 7), (5, 5)])
def test_who_tries_every_table_finds_no_hidden_number(groups, most):
    """Whoever knows the rule, the groups and all that is told still cannot tell a number."""
    labels = "abcde"[:groups]
    possible = defaultdict(list)
    for counts in product(range(most + 1), repeat=groups):
        possible[said({"one": dict(zip(labels, counts, strict=True))})].append(counts)
    for told, tables in possible.items():
        [total] = told[2]
        if total > most:
            continue  # larger numbers than were tried would be possible too
        for label in hidden(told, 0, labels):
            values = {table[labels.index(label)] for table in tables}
            assert len(values) > 1, (told, label, values)


def test_columns_that_show_a_group_do_not_uncover_another_column():
    """Each number of a column with a row for every group, tried as above."""
    labels, open_ones = "abc", {"a": 9, "b": 8, "c": 7}
    possible = defaultdict(set)
    for counts in product(range(8), repeat=3):
        table = {"open": open_ones, "one": dict(zip(labels, counts, strict=True))}
        possible[said(table)].add(counts)
    for told, tables in possible.items():
        if 0 < told[2][1] < 8:
            for label in hidden(told, 1, labels):
                index = labels.index(label)
                cells = dict(told[0])[label]
                assert cells[1] is None
                assert len({table[index] for table in tables}) > 1, (told, label)


@given(st.dictionaries(st.sampled_from(["x", "y", "z"]), COUNTS, min_size=1))
def test_no_small_number_is_told_and_columns_sum_to_their_totals(columns):
    told = publish(columns)
    for place, counts in enumerate(columns.values()):
        cells = [row["cells"][place] for row in told["rows"]]
        assert not [cell for cell in cells if cell is not None and 0 < cell < FEWEST]
        assert told["totals"][place] == sum(counts.values())
        assert sum(cell or 0 for cell in cells) + told["rest"][place] == told["totals"][place]


@given(COUNTS)
def test_what_is_left_over_is_nobody_or_enough_to_hide_among(counts):
    told = publish({"one": counts})
    [rest], [total] = told["rest"], told["totals"]
    assert rest == 0 or rest >= FEWEST or rest == total


@given(st.permutations(list("abcde")), st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_hidden_numbers_may_be_exchanged_without_a_trace(order, numbers):
    """The reason why the rule holds: what is told does not change with who has which number."""
    counts = dict(zip("abcde", numbers, strict=True))
    told = said({"one": counts})
    left = hidden(told, 0, "abcde")
    moved = sorted(left, key=order.index)
    exchanged = counts | {here: counts[there] for here, there in zip(left, moved, strict=True)}
    assert said({"one": exchanged}) == told


def test_a_group_with_nobody_may_be_told():
    told = publish({"approved": {"a": 9, "b": 8}, "began": {"a": 9}})
    assert {row["label"]: row["cells"] for row in told["rows"]} == {"a": [9, 9], "b": [8, 0]}


def test_the_smallest_that_is_not_small_goes_with_a_small_one():
    told = publish({"one": {"a": 20, "b": 6, "c": 1}})
    assert told["rows"] == [{"label": "a", "cells": [20]}]
    assert told["rest"] == [7]
