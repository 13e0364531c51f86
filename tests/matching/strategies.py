"""Inputs for property-based tests: small, and often degenerate on purpose."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import matching

SUMS = ("most", "best")
"""Aims that are the largest sum of something."""
aims = st.sampled_from(SUMS)


@st.composite
def problems(draw: st.DrawFn, most_mentees: int = 4):
    """Scores with many ties, pairs shut out, places from none to more than enough, pins."""
    shape = draw(st.integers(0, 3)), draw(st.integers(0, most_mentees))
    scores = draw(arrays(np.int16, shape, elements=st.sampled_from([0, 1, 2500, 5000, 10_000])))
    allowed = draw(arrays(np.bool_, shape, elements=st.sampled_from([True, True, False])))
    capacity = draw(arrays(np.int64, shape[:1], elements=st.integers(0, 3)))
    pins: list[tuple[int, int]] = []
    for column in range(shape[1]):
        rows = [
            row
            for row in np.flatnonzero(allowed[:, column]).tolist()
            if sum(pin[0] == row for pin in pins) < capacity[row]
        ]
        if rows and draw(st.integers(0, 5)) == 0:
            pins.append((draw(st.sampled_from(rows)), column))
    return {"scores": scores, "allowed": allowed, "capacity": capacity, "pinned": tuple(pins)}


languages = st.dictionaries(
    st.sampled_from(["de", "en", "ar"]), st.sampled_from(matching.CEFR), min_size=1, max_size=3
)
sectors = st.lists(st.sampled_from(["A", "C", "R", "10", "86", "87", "62"]), max_size=3)
occupations = st.none() | st.sampled_from(["2", "22", "221", "2212", "2211", "2221", "3115", "0"])
fields = st.lists(st.sampled_from(["07", "071", "0713", "0711", "0912", "00"]), max_size=2)
places = st.none() | st.tuples(
    st.sampled_from([0.0, 3000.0, 20_000.0]), st.sampled_from([0.0, 4000.0, 25_000.0])
)
needs = st.frozensets(st.sampled_from(matching.NEEDS), max_size=4)
modes = st.none() | st.frozensets(st.sampled_from(matching.MODES), min_size=1)
both = {
    "languages": languages,
    "sectors": sectors.map(tuple),
    "occupation": occupations,
    "level": st.none() | st.sampled_from(matching.LEVELS),
    "fields": fields.map(tuple),
    "place": places,
    "reach_km": st.none() | st.sampled_from([0, 5, 12.5, 40]),
    "modes": modes,
    "slots": st.none() | st.frozensets(st.sampled_from(matching.SLOTS[:4])),
    "gender": st.none() | st.sampled_from(matching.GENDERS),
}
mentors = st.builds(
    matching.Mentor,
    id=st.just("M"),
    recognition=st.lists(st.sampled_from(["2", "221", "31"]), max_size=2).map(tuple),
    capacity=st.sampled_from([0, 1, 1, 2]),
    offers=needs,
    company=st.none() | st.sampled_from(["K1", "K2"]),
    avoid=st.just(()) | st.just(("mentee:E1",)),
    prefer=st.lists(st.sampled_from(["occupation:22", "need:network"]), max_size=2).map(tuple),
    **both,
)
mentees = st.builds(
    matching.Mentee,
    id=st.just("E"),
    past_occupation=occupations,
    recognition=st.none() | st.sampled_from(matching.RECOGNITION),
    same_gender=st.sampled_from([False, False, True]),
    needs=needs,
    waiting=st.sampled_from([0, 1, 2, 3, 9]),
    prefer=st.lists(st.sampled_from(["M0", "M1", "M2", "M3", "M9"]), max_size=5).map(tuple),
    previous=st.just(()) | st.just(("M0",)),
    avoid=st.just(()) | st.sampled_from([("company:K1",), ("mentor:M1",)]),
    **both,
)


def numbered(people, letter: str):
    """Give people ids in a row: M0, M1, ..."""
    return people.map(lambda ps: [replace(p, id=f"{letter}{i}") for i, p in enumerate(ps)])


rounds = st.tuples(
    numbered(st.lists(mentors, max_size=4), "M"), numbered(st.lists(mentees, max_size=5), "E")
)
policies = st.builds(
    lambda aim, floor, dropped: matching.Policy(
        aim=aim,
        floor=floor,
        rules={
            rule: matching.DEFAULT_PARAMETERS.get(rule, True)
            for rule in matching.RULES
            if rule not in dropped
        },
    ),
    aims,
    st.sampled_from([0, 2000]),
    st.frozensets(st.sampled_from(matching.RULES), max_size=8),
)
