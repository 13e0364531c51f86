from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.assign.aims import worth_under
from matching.codes import are_related, are_related_fields, prefix_lengths, shared_digits
from tests.matching.strategies import SUMS

codes = st.lists(st.text("0123456789", max_size=4), min_size=1, max_size=4)


def test_nace_has_22_sections_and_87_divisions():
    assert "".join(matching.SECTIONS) == ascii_uppercase[:22]
    assert len(matching.DIVISIONS) == 87
    assert set(matching.SECTION_OF) == {*matching.SECTIONS, *matching.DIVISIONS}


@pytest.mark.parametrize(
    ("division", "section"),
    [("01", "A"), ("33", "C"), ("35", "D"), ("47", "G"), ("62", "K"), ("86", "R"), ("99", "V")],
)
def test_a_division_belongs_to_its_section(division, section):
    assert matching.SECTION_OF[division] == section


def test_related_sections_are_two_known_ones_with_a_reason_and_stand_once():
    for (one, other), reason in matching.RELATED_SECTIONS.items():
        assert one < other
        assert {one, other} <= set(matching.SECTIONS)
        assert reason


def test_being_related_is_mutual():
    assert are_related("Q", "R")
    assert are_related("R", "Q")
    assert not are_related("A", "R")


def test_related_fields_are_narrow_ones_of_two_broad_fields_and_stand_once():
    for (one, other), reason in matching.RELATED_FIELDS.items():
        assert one < other
        assert one[:2] != other[:2]
        assert len(one) == len(other) == 3
        assert {one[:2], other[:2]} <= set(matching.BROAD_FIELDS)
        assert reason


def test_fields_are_related_by_their_narrow_one_and_mutually():
    assert are_related_fields("0541", "061")
    assert are_related_fields("0613", "0541")
    assert not are_related_fields("05", "0613")
    assert not are_related_fields("0541", "06")


@given(codes, codes)
def test_shared_digits_are_counted_from_the_left(left, right):
    lengths = prefix_lengths(left, right)
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            shared = lengths[row, column]
            assert one[:shared] == other[:shared]
            assert shared == min(len(one), len(other)) or one[shared] != other[shared]
            assert shared == shared_digits(one, other)


@given(st.sampled_from(SUMS), st.integers(0, 50), st.data())
def test_a_difference_of_worth_tells_tandems_and_points(aim, size, data):
    worth = worth_under(aim, size)
    tandems = data.draw(st.integers(-size, size))
    most = 10_000 * size
    points = data.draw(st.sampled_from([-most, most]) | st.integers(-most, most))
    assert worth.split(worth.bonus * tandems + worth.scale * points) == (tandems, points)
