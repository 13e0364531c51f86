"""Structure of the codes people are described with: no names, no words.

References
----------
.. [1] Eurostat, NACE Rev. 2.1: statistical classification of economic activities, 2023
   (Commission Delegated Regulation (EU) 2023/137); WZ 2025 has the same divisions.
.. [2] ILO, International Standard Classification of Occupations, ISCO-08.
.. [3] UNESCO, ISCED Fields of Education and Training 2013 (ISCED-F 2013).
.. [4] Council of Europe, Common European Framework of Reference for Languages.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FIRST_AND_LAST_DIVISION: Final = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (46, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 60),
    "K": (61, 63),
    "L": (64, 66),
    "M": (68, 68),
    "N": (69, 75),
    "O": (77, 82),
    "P": (84, 84),
    "Q": (85, 85),
    "R": (86, 88),
    "S": (90, 93),
    "T": (94, 96),
    "U": (97, 98),
    "V": (99, 99),
}
_NOT_A_DIVISION: Final = {34, 40, 44, 45, 48, 54, 57, 67, 76, 83, 89}

SECTION_OF: Final[dict[str, str]] = {section: section for section in _FIRST_AND_LAST_DIVISION} | {
    f"{division:02d}": section
    for section, (first, last) in _FIRST_AND_LAST_DIVISION.items()
    for division in range(first, last + 1)
    if division not in _NOT_A_DIVISION
}
"""NACE 2.1 section of every division, and of every section letter itself."""

SECTIONS: Final = tuple(_FIRST_AND_LAST_DIVISION)
DIVISIONS: Final = tuple(code for code in SECTION_OF if code.isdigit())

RELATED_SECTIONS: Final[dict[tuple[str, str], str]] = {
    ("A", "C"): "food and wood works take what farms and forests grow; the same machines",
    ("B", "C"): "works for building materials and chemicals stand on extraction",
    ("C", "D"): "both run plants and employ electricians, fitters and process engineers",
    ("C", "F"): "metal, wood and electrical trades work in the hall and on the site",
    ("C", "H"): "stores and dispatch are the same work in a factory and at a carrier",
    ("D", "E"): "public utilities often supply energy, water and waste disposal together",
    ("D", "F"): "wind, solar and pipe installers build what suppliers run",
    ("E", "F"): "pipes, sewers and clean-up are civil works",
    ("F", "M"): "developers and managers of buildings work with builders",
    ("F", "N"): "architects and engineers plan what builders build",
    ("G", "H"): "trade and logistics share stores, purchasing and dispatch",
    ("G", "I"): "shops and restaurants both serve customers and sell food",
    ("I", "S"): "tourism joins hotels, culture and leisure",
    ("J", "K"): "media and computing share digital products and their makers",
    ("K", "N"): "programming and technical consultancy share projects and people",
    ("L", "M"): "lending and insuring property is finance for real estate",
    ("L", "N"): "accounting, tax and law serve finance and need the same training",
    ("N", "O"): "business services are sold and bought by the same clients",
    ("N", "Q"): "research and higher teaching share their careers",
    ("O", "P"): "offices of either kind work with files, contracts and the public",
    ("Q", "R"): "day care, social pedagogy and training for care lie between both",
    ("R", "U"): "care at home and domestic help meet in the same households",
    ("S", "T"): "clubs, associations and culture share venues and volunteers",
}
"""Pairs of sections close enough to count a quarter, each with its reason."""

RELATED_FIELDS: Final[dict[tuple[str, str], str]] = {
    ("011", "031"): "teaching and the social sciences share psychology and its students",
    ("011", "092"): "social pedagogy lies between teaching and social work",
    ("021", "032"): "media production and journalism make the same papers, films and sites",
    ("021", "061"): "digital media are designed by one and programmed by the other",
    ("021", "073"): "interior, landscape and industrial design border on architecture",
    ("022", "031"): "history, philosophy and the social sciences share questions and archives",
    ("023", "032"): "editing and publishing are work with language",
    ("031", "041"): "economics and business administration share method and employers",
    ("031", "092"): "psychology and sociology lead into social work and counselling",
    ("041", "054"): "actuaries and analysts of finance are mathematicians by training",
    ("041", "061"): "business informatics is taught and practised in both",
    ("041", "071"): "industrial engineering joins both",
    ("041", "101"): "hotels, restaurants and travel are run as businesses",
    ("041", "104"): "logistics is taught as business and as transport",
    ("042", "103"): "police and security work apply the law",
    ("051", "081"): "plant and animal production rest on biology",
    ("051", "091"): "laboratories of medicine employ biologists and the other way round",
    ("052", "085"): "environmental science and protection share their subject",
    ("053", "071"): "chemical and process engineering rest on chemistry and physics",
    ("053", "091"): "pharmacy and medical physics rest on chemistry and physics",
    ("054", "061"): "informatics grew out of mathematics, and data work needs both",
    ("061", "071"): "electronics and automation are half software",
    ("071", "104"): "vehicles are built in one and run in the other",
    ("072", "081"): "food is grown in one and processed in the other",
    ("072", "082"): "wood is grown in one and worked in the other",
    ("084", "091"): "veterinary and human medicine share methods and drugs",
}
"""Pairs of narrow ISCED-F fields from different broad ones that are close enough to count."""

CEFR: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
LEVELS: Final = tuple(range(1, 9))
NEEDS: Final = (
    "network",
    "applications",
    "interview",
    "recognition",
    "technical_german",
    "work_culture",
    "further_training",
    "leadership",
    "self_employment",
    "internship",
)
RECOGNITION: Final = ("none", "applied", "partial", "full", "not_needed")
RECOGNITION_DONE: Final = ("full", "not_needed")
"""States in which nobody has to know a recognition path any more."""
MODES: Final = ("in_person", "online")
GENDERS: Final = ("f", "m", "x")
SLOTS: Final = tuple(
    f"{day}-{part}"
    for day in ("mo", "tu", "we", "th", "fr", "sa", "su")
    for part in ("am", "pm", "eve")
)
BROAD_FIELDS: Final = tuple(f"{broad:02d}" for broad in range(11))
"""The eleven broad fields of ISCED-F: 00 generic to 10 services."""


def are_related(one: str, other: str) -> bool:
    """Whether two different NACE sections stand in the published table."""
    return (one, other) in RELATED_SECTIONS or (other, one) in RELATED_SECTIONS


def are_related_fields(one: str, other: str) -> bool:
    """Whether the narrow fields of two ISCED-F codes stand in the published table."""
    narrow = one[:3], other[:3]
    return narrow in RELATED_FIELDS or narrow[::-1] in RELATED_FIELDS


def prefix_lengths(left: Sequence[str], right: Sequence[str]) -> NDArray[np.intp]:
    """Count the leading digits that codes of up to four digits share.

    Returns
    -------
    int array, shape (len(left), len(right))
        0 to 4; a shorter code shares at most its own length.

    Examples
    --------
    >>> prefix_lengths(["2212", "22"], ["2211", "2212"])
    array([[3, 4],
           [2, 2]])
    """
    same = _digits(left, fill="<")[:, None, :] == _digits(right, fill=">")[None, :, :]
    lengths: NDArray[np.intp] = np.logical_and.accumulate(same, axis=2).sum(axis=2)
    return lengths


def shared_digits(one: str, other: str) -> int:
    """Count the leading digits that two codes share: :func:`prefix_lengths` for one pair.

    Examples
    --------
    >>> shared_digits("2212", "2211"), shared_digits("22", "2212"), shared_digits("", "22")
    (3, 2, 0)
    """
    same = (ours == theirs for ours, theirs in zip(one, other, strict=False))
    return sum(1 for _ in takewhile(bool, same))


def _digits(codes: Sequence[str], *, fill: str) -> NDArray[np.uint8]:
    joined = "".join(code.ljust(4, fill) for code in codes)
    return np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(len(codes), 4)
