"""What made-up people have learnt and do: occupations with the fields and sectors they go with.

One line per occupation: ISCO-08 code; how often among mentees and among mentors; whether it is
regulated in Germany, so that nobody may work in it without recognition; EQF levels from-to;
ISCED-F fields; NACE 2.1 divisions, the most usual first.

References
----------
Codes by ISCO-08, ISCED-F 2013 and NACE 2.1. Fields and sectors follow the definitions of the
occupations; the frequencies are the authors' own guesses, chosen so that health, crafts,
engineering, teaching and trade lead, as among those who seek recognition of a qualification.
"""

from dataclasses import dataclass
from typing import Final

from matching.simulate.dice import Loaded


@dataclass(frozen=True)
class Career:
    """An occupation and what goes with it; attributes as in the table."""

    occupation: str
    mentees: int
    mentors: int
    regulated: bool
    levels: tuple[int, ...]
    fields: tuple[str, ...]
    sectors: tuple[str, ...]


def _read(line: str) -> Career:
    occupation, mentees, mentors, regulated, levels, fields, sectors = line.split()
    low, high = map(int, levels.split("-"))
    return Career(
        occupation,
        int(mentees),
        int(mentors),
        regulated == "yes",
        tuple(range(low, high + 1)),
        tuple(fields.split("|")),
        tuple(sectors.split("|")),
    )


CAREERS: Final = tuple(
    map(
        _read,
        """\
1120 2 12 no 6-7 0413 70|46|25
1211 2 6 no 6-7 0412|0411 64|70
1212 2 8 no 6-7 0413 78|84|70
1321 3 8 no 5-7 0715|0413 25|28|10
1323 2 6 no 5-7 0732 41|42
1324 2 5 no 5-6 0413|1041 52|46
1342 1 6 no 6-7 0413|0913 86|87
1420 3 6 no 4-6 0416 47|46
2113 2 2 no 6-8 0531 20|72
2131 2 2 no 6-8 0511 72|01
2141 5 7 no 6-7 0715|0711 28|71
2142 8 7 no 6-7 0732 71|42|41
2144 6 6 no 6-7 0715 28|71|29
2149 2 3 no 6-7 0713|0715 35|71
2151 6 6 no 6-7 0713|0714 27|35|71
2161 5 4 yes 6-7 0731 71
2166 3 3 no 5-6 0211 73|74
2211 6 3 yes 7-7 0912 86
2212 6 3 yes 7-8 0912 86
2221 14 9 yes 5-6 0913 86|87
2222 2 2 yes 5-6 0913 86
2250 1 1 yes 7-7 0841 75
2261 3 2 yes 7-7 0911 86
2262 4 3 yes 7-7 0916 47|86
2264 4 4 yes 5-6 0915 86
2310 3 4 no 7-8 0114|0314 85|72
2320 2 4 no 6-7 0114 85
2330 8 7 yes 6-7 0114|0541|0231 85
2341 6 5 yes 6-7 0113 85
2342 5 6 yes 5-6 0112 88|85
2411 6 5 no 5-7 0411 69|64
2421 3 7 no 6-7 0413 70|84
2423 2 7 no 5-7 0413 78|84
2431 4 4 no 5-6 0414 73|46
2511 3 4 no 6-7 0613|0612 62
2512 7 7 no 6-7 0613 62|26
2513 3 3 no 5-6 0613|0211 62|73
2522 3 3 no 5-6 0612 62|63
2611 5 4 yes 7-7 0421 69|84
2631 3 3 no 6-7 0311 64|84
2634 2 3 yes 6-7 0313 86|88
2635 4 9 yes 6-6 0923 88|87|84
2642 2 2 no 6-6 0321 58|60
2643 3 2 no 6-7 0231 74
3112 3 3 no 4-5 0732 42|71
3113 4 4 no 4-5 0713 27|43|35
3115 5 4 no 4-5 0715 28|33
3212 3 2 yes 4-5 0914 86
3213 3 2 yes 4-5 0916 47
3221 7 4 yes 3-4 0913 86|87
3256 4 3 yes 3-4 0914|0913 86
3313 4 4 no 4-5 0411 69|64
3322 3 4 no 4-5 0414|0416 46|47
3343 4 5 no 4-5 0415 82|84|70
3412 3 4 no 4-6 0923|0922 88|87
3434 2 2 no 4-5 1013 56|55
3512 3 3 no 4-5 0612|0613 62|63
4110 5 5 no 3-4 0415 82|84|46
5120 6 3 no 2-4 1013 56|55
5131 3 2 no 2-4 1013 56|55
5141 4 2 no 3-4 1012 96
5223 8 4 no 2-4 0416 47
5311 5 3 no 3-4 0922 88|85
5321 7 4 no 2-4 0921|0913 87|86
7112 3 2 no 2-4 0732 41|43
7115 3 3 no 3-4 0732|0722 43|16|31
7126 4 4 no 3-4 0732|0715 43
7131 3 2 no 2-4 0732 43
7212 3 2 no 2-4 0715 25|30
7223 3 3 no 3-4 0715 25|28
7231 6 4 no 3-4 0716 47|33
7233 4 3 no 3-4 0715 33|28
7411 6 5 no 3-4 0713 43|27
7512 3 2 no 3-4 0721 10
7531 4 2 no 2-4 0723 14|13
8160 2 2 no 2-3 0721 10|11
8332 5 2 no 2-3 1041 49|53
9412 2 1 no 1-2 1013 56
6130 3 2 no 3-4 0811 01
""".splitlines(),
    )
)

OF_MENTEES: Final = Loaded({career: career.mentees for career in CAREERS})
OF_MENTORS: Final = Loaded({career: career.mentors for career in CAREERS})

AKIN: Final = {
    career.occupation: Loaded(
        {
            other: other.mentees
            for other in CAREERS
            if other.occupation[:2] == career.occupation[:2]
            or set(other.fields) & set(career.fields)
        }
    )
    for career in CAREERS
}
"""Where people go from an occupation: the same group of ISCO, or a field they have learnt."""

IN_SECTOR: Final = {
    sector: Loaded({other: other.mentors for other in CAREERS if sector in other.sectors})
    for career in CAREERS
    for sector in career.sectors
}
"""Who works at a company of a division."""
