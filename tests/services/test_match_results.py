"""Results of a matching as text, and the options beside the lists."""

import csv
import io
import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from matching import Mentee, Mentor, Policy
from tandem.services.matchmaking.match_lists import MatchOutcome, match_lists
from tandem.services.matchmaking.options import check_pairs, read_pairs, read_policy
from tandem.services.matchmaking.problems import InputRefused, Problem
from tandem.services.matchmaking.result_table import to_table
from tandem.services.matchmaking.results import render, to_csv, to_json, to_xlsx, write_whole

CRITERIA = ("occupation", "sector")


def outcome(**changes):
    result = {
        "proposals": [
            {
                "mentor": "M1",
                "mentee": "E1",
                "score": 4500,
                "parts": {"occupation": 2500, "sector": 2000},
                "margin": 300,
                "alternatives": [],
            },
            {
                "mentor": "=M2",
                "mentee": "E2",
                "score": 2000,
                "parts": {"occupation": 0, "sector": 2000},
                "margin": None,
                "alternatives": [],
            },
        ],
        "unmatched": {
            "mentees": [{"id": "E3", "reasons": {"reach": 2, "taken": 1}, "changes": []}],
            "mentors": [{"id": "M3", "reasons": {"new_rule": 4}, "changes": []}],
        },
        "tandems": 2,
        "score": 6500,
        "seed": 7,
        "engine": "1",
        "digest": "abc",
        "set_aside": [{"id": "E4", "side": "mentee", "field": "languages", "problem": "missing"}],
    }
    return MatchOutcome(criteria=CRITERIA, result=result | changes)


def test_json_is_the_whole_result():
    assert json.loads(to_json(outcome())) == outcome().result


def test_csv_has_a_row_for_each_proposal_and_a_column_for_each_criterion():
    assert list(csv.reader(io.StringIO(to_csv(outcome()).decode()))) == [
        ["mentor", "mentee", "score", "occupation", "sector", "margin"],
        ["M1", "E1", "4500", "2500", "2000", "300"],
        ["'=M2", "E2", "2000", "0", "2000", ""],
    ]


def test_csv_of_no_proposals_still_has_its_header():
    assert to_csv(outcome(proposals=[])) == b"mentor,mentee,score,occupation,sector,margin\n"


def test_a_workbook_has_the_proposals_and_who_is_left_on_sheets_of_their_own():
    book = load_workbook(io.BytesIO(to_xlsx(outcome())))
    assert [[list(row) for row in sheet.values] for sheet in book] == [
        [
            ["mentor", "mentee", "score", "occupation", "sector", "margin"],
            ["M1", "E1", 4500, 2500, 2000, 300],
            ["=M2", "E2", 2000, 0, 2000, None],
        ],
        [
            ["side", "id", "reason", "count"],
            ["mentee", "E3", "reach", 2],
            ["mentee", "E3", "taken", 1],
            ["mentor", "M3", "new_rule", 4],
            ["mentee", "E4", "languages: missing", None],
        ],
    ]
    assert book.sheetnames == ["proposals", "unmatched"]
    assert book["proposals"]["A3"].data_type == "s"


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("json", lambda: to_json(outcome()).encode()),
        ("csv", lambda: to_csv(outcome())),
        ("table", lambda: to_table(outcome(), width=100).encode()),
    ],
)
def test_each_format_is_rendered_as_itself(form, written):
    assert render(outcome(), form) == written()


def test_the_table_names_criteria_totals_and_reasons_in_words():
    assert to_table(outcome(), width=100).splitlines() == [
        "mentor  mentee  score  margin  occupation  sector",
        "M1      E1       4500     300        2500    2000",
        "=M2     E2       2000       -           0    2000",
        "",
        "2 tandems, 6500 points in all (of at most 10000 each), seed 7",
        "",
        "Mentees without a tandem: 1",
        "  E3: too far away and not both online: 2; would fit, but went to others: 1",
        "",
        "Mentors without a tandem: 1",
        "  M3: new_rule: 4",
        "",
        "Set aside: 1",
        "  mentee E4: languages is missing",
    ]


def test_on_a_narrow_terminal_the_criteria_stand_below_their_pair():
    table = to_table(outcome(), width=45)
    assert table.splitlines()[:3] == [
        "mentor  mentee  score  margin",
        "M1      E1       4500     300",
        "    occupation 2500, sector 2000",
    ]
    assert max(map(len, table.splitlines()[:5])) <= 45


def test_the_table_says_so_when_no_tandem_is_possible():
    nobody: dict[str, list[dict[str, str]]] = {"mentees": [], "mentors": []}
    table = to_table(outcome(proposals=[], tandems=1, unmatched=nobody, set_aside=[]), width=100)
    assert table.splitlines()[0] == "No tandem is possible."
    assert table.splitlines()[2].startswith("1 tandem, ")
    assert len(table.splitlines()) == 3


def test_a_file_is_written_whole_and_readable_as_others_are(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    write_whole(path, b"new\n")
    assert path.read_text() == "new\n"
    other = tmp_path / "other"
    other.write_text("")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [other, path]


def test_a_file_that_cannot_be_replaced_stands_and_nothing_is_left_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    path.write_text("old")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path):
    path, link = tmp_path / "out.json", tmp_path / "link"
    path.write_text("old")
    link.symlink_to(path)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_what_is_no_regular_file_is_written_into(tmp_path):
    device = tmp_path / "device"
    device.symlink_to("/dev/null")
    write_whole(device, b"gone")
    assert device.is_char_device()


POLICY = """
version = 3
[weights]
sector = 4000
needs = 6000
"""


def policy_problems(path):
    problems: list[Problem] = []
    assert read_policy(path, problems) == Policy()
    return [str(problem).removeprefix(str(path)) for problem in problems]


def test_a_policy_is_read_from_its_file(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xef\xbb\xbf" + POLICY.encode())
    problems: list[Problem] = []
    assert read_policy(path, problems).weights == {"needs": 6000, "sector": 4000}
    assert problems == []


def test_without_a_file_the_default_policy_holds():
    assert read_policy(None, []) == Policy()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[weights]\nsector = \n", ":2: policy: not TOML: "),
        (b"[weights]\nsector = 1\n", ":1: policy: weights: sum to 1, not to 10000, expected"),
        (b"colour = 1\n", ":1: policy: unknown key: 'colour', expected a policy in TOML"),
        (b"\xff\n", ":1: policy: 'utf-8' codec can't decode"),
        (b"#" * (2**20 + 1), ":1: policy: file is too large"),
        (b"aim = " + b"[" * 100_000, ":1: policy: is nested too deeply, expected"),
    ],
)
def test_a_bad_policy_is_refused_with_the_reason(tmp_path, text, said):
    path = tmp_path / "policy.toml"
    path.write_bytes(text)
    [problem] = policy_problems(path)
    assert problem.startswith(said)


LINES = st.sampled_from(
    (
        "[weights]",
        "[rules]",
        "sector = 10000",
        "reach = []",
        "language_floor = {}",
        "aim = 1",
        "weights = 3",
        "floor = nan",
        "reach_km = 1979-05-27",
        "version = true",
        "a.b = ''",
        "[[",
    )
)


@given(st.lists(LINES, max_size=5))
def test_any_policy_is_read_or_refused_in_words(tmp_path_factory, lines):
    path = tmp_path_factory.getbasetemp() / "policy.toml"
    path.write_text("\n".join(lines))
    problems: list[Problem] = []
    read_policy(path, problems)
    assert len(problems) <= 1


def test_a_policy_that_cannot_be_opened_is_a_problem(tmp_path):
    assert policy_problems(tmp_path / "none")[0].startswith(
        ":1: policy: cannot be read (No such file"
    )


def test_pairs_are_read_once_each_and_what_is_no_pair_is_said():
    problems: list[Problem] = []
    texts = ["M1:E1", "M2:E1", "M1:E1", "M1", ":E1", "M1:", "a:b:c"]
    assert read_pairs("--pin", texts, problems) == [("M1", "E1"), ("M2", "E1")]
    assert [str(problem) for problem in problems] == [
        f"--pin: '{text}': is no pair, expected MENTOR:MENTEE" for text in texts[3:]
    ]


def pair_problems(*, pinned=(), forbidden=(), limited=True):
    mentors = [Mentor(id="M1"), Mentor(id="M2", capacity=0)]
    mentees = [Mentee(id="E1"), Mentee(id="E2")]
    problems: list[Problem] = []
    check_pairs(mentors, mentees, problems, pinned=pinned, forbidden=forbidden, limited=limited)
    return [str(problem) for problem in problems]


def test_pairs_of_people_in_the_lists_are_fine():
    assert pair_problems(pinned=[("M1", "E1")], forbidden=[("M1", "E2"), ("M2", "E1")]) == []


def test_unknown_people_in_pairs_are_all_named():
    assert pair_problems(pinned=[("M9", "E9")], forbidden=[("M1", "E8")]) == [
        "--pin: M9:E9: mentor 'M9' is unknown, expected an id of the mentors",
        "--pin: M9:E9: mentee 'E9' is unknown, expected an id of the mentees",
        "--forbid: M1:E8: mentee 'E8' is unknown, expected an id of the mentees",
    ]


def test_pins_that_cannot_all_hold_are_named():
    said = pair_problems(
        pinned=[("M1", "E1"), ("M2", "E1"), ("M1", "E2")], forbidden=[("M1", "E2")]
    )
    assert said == [
        "--pin: M1:E2: is forbidden too, expected one of both",
        "--pin: E1: mentee is pinned to 2 mentors, expected at most one",
        "--pin: M1: mentor is pinned to 2 mentees, expected at most the capacity of 1",
        "--pin: M2: mentor is pinned to 1 mentees, expected at most the capacity of 0",
    ]


def test_capacity_does_not_bind_pins_where_the_policy_lets_it_go():
    assert pair_problems(pinned=[("M2", "E1")], limited=False) == []


def write_lists(folder):
    mentors, mentees = folder / "mentors.csv", folder / "mentees.csv"
    mentors.write_text("id,languages,place\nM1,de:C2,25746\nM2,de:C2,80331\n")
    mentees.write_text("id,languages,place\nE1,de:B2,25746\nE2,de:A1,25746\nE3,,25746\n")
    return mentors, mentees


def test_people_of_two_files_are_matched(tmp_path):
    outcome = match_lists(*write_lists(tmp_path))
    assert outcome.result["tandems"] == 1
    assert [p["mentor"] + p["mentee"] for p in outcome.result["proposals"]] == ["M1E1"]
    assert [entry["id"] for entry in outcome.result["set_aside"]] == ["E3"]
    assert sum(outcome.result["proposals"][0]["parts"].values()) == outcome.result["score"]
    assert tuple(outcome.result["proposals"][0]["parts"]) == outcome.criteria


def test_problems_of_all_files_and_options_come_together(tmp_path):
    mentors, mentees = write_lists(tmp_path)
    mentors.write_text("id\nM1\n")
    with pytest.raises(InputRefused) as refused:
        match_lists(
            mentors, mentees.with_name("none"), policy_path=tmp_path / "policy", pins=["M1"]
        )
    assert len(refused.value.problems) == 4
    assert str(refused.value).count("\n") == 3


def test_a_pin_against_a_rule_is_refused_as_the_engine_says_it(tmp_path):
    with pytest.raises(InputRefused, match="pinned M2:E1 is against reach"):
        match_lists(*write_lists(tmp_path), pins=["M2:E1"])
