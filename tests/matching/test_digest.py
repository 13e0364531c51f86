import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

import matching
from matching.digest import canonical, fingerprint
from tests.matching.people import POLICY, mentee, mentor
from tests.matching.strategies import rounds

TEAM = [mentor("M1"), mentor("M2", sectors=("86",))]
ASKED = [mentee("E1"), mentee("E2"), mentee("E3", sectors=("86",))]
GIVEN: dict[str, Any] = {"mentors": TEAM, "mentees": ASKED, "policy": POLICY}
DIGEST = matching.match(**GIVEN).digest


@given(rounds)
def test_the_same_input_gives_the_same_digest_in_any_order(people):
    mentors, mentees = people
    one = matching.match(mentors, mentees, POLICY)
    assert matching.match(mentors[::-1], mentees[::-1], POLICY).digest == one.digest
    assert len(one.digest) == 64


@pytest.mark.parametrize(
    "changed",
    [
        {"seed": 1},
        {"policy": matching.Policy(version=2)},
        {"pinned": [("M1", "E1")]},
        {"forbidden": [("M9", "E9")]},
        {"running": [("M9", "E9")]},
        {"mentors": TEAM[:1]},
        {"mentees": [*ASKED[:2], replace(ASKED[2], slots=frozenset({"mo-am"}))]},
        {"mentees": [*ASKED[:2], replace(ASKED[2], waiting=1)]},
        {"mentees": [*ASKED[:2], replace(ASKED[2], prefer=("M1",))]},
        {"mentees": [*ASKED, mentee("E4", place=(math.nan, 0))]},
    ],
)
def test_whatever_goes_in_changes_the_digest(changed):
    assert matching.match(**GIVEN | changed).digest != DIGEST


def test_a_digest_stays_what_it_was():
    """It may change with the engine's version, and must then be changed here."""
    assert (matching.ENGINE, DIGEST) == ("tandem-matching 3", KNOWN)


def test_canonical_json_knows_one_way_to_write_a_value():
    assert canonical({"b": (1.0, 2), "a": {"y", "x"}}) == '{"a":["x","y"],"b":[1,2]}'
    assert canonical([math.nan, 0.5, None, True, "ü"]) == '[NaN,0.5,null,true,"\\u00fc"]'
    assert canonical(object()) == '"<object>"'


def test_a_fingerprint_is_a_sha_256():
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_kind_of_text_is_text():
    class Name(str):
        __slots__ = ()

    assert canonical(Name("M1")) == '"M1"'


KNOWN = "e164de71c7add104d3a2ba7ac5512fbac4de119d2174fbabca203ad2bd9d406d"
