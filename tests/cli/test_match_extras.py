"""What `tandem match` tells beside the pairs: alternatives, differences, whom to recruit."""

import json
import re

import pytest
from click.testing import CliRunner

from tandem.cli.match import match
from tandem.services.matchmaking import earlier


@pytest.fixture(name="lists")
def lists_fixture(tmp_path):
    mentors, mentees = tmp_path / "mentors.csv", tmp_path / "mentees.csv"
    mentors.write_text(
        "id,languages,place,sectors,occupation\n"
        "M1,de:C2,25746,86,2212\nM2,de:C2,25746,85,2341\nM3,de:C2,80331,86,2212\n"
    )
    mentees.write_text(
        "id,languages,place,sectors,occupation\n"
        "E1,de:B2,25746,86,2212\nE2,de:B2,25746,85,2341\nE3,de:B2|en:C1,25746,62,2512\n"
    )
    return mentors, mentees


def run(*arguments):
    return CliRunner().invoke(match, [str(argument) for argument in arguments])


def as_json(*arguments):
    done = run(*arguments, "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_there_are_as_many_alternatives_as_asked_for(lists):
    assert [len(one["alternatives"]) for one in as_json(*lists)["proposals"]] == [1, 1]
    none = as_json(*lists, "--alternatives", 0)
    assert [one["alternatives"] for one in none["proposals"]] == [[], []]
    assert as_json(*lists, "--alternatives", 5) == as_json(*lists)


def test_the_table_lists_alternatives_with_their_cost_if_asked(lists, monkeypatch):
    plain, asked = run(*lists).stdout, run(*lists, "--alternatives", 1).stdout
    assert "    or M2:" not in plain
    first = as_json(*lists)["proposals"][0]["alternatives"][0]
    assert re.search(
        rf"^M1 +E1 .*\n +or M2: score {first['score']}, costs 0 tandems and"
        rf" {first['cost']['score']} points$",
        asked,
        re.MULTILINE,
    )


def test_without_room_for_columns_alternatives_stand_below_the_parts(lists, monkeypatch):
    monkeypatch.setattr("tandem.cli.match._WIDTH_OF_FILES", 50)
    lines = run(*lists, "--alternatives", 1).stdout.splitlines()
    alternatives = [line for line in lines if line.startswith("    or M")]
    assert lines[1].split()[:2] == ["M1", "E1"]
    assert lines[2].startswith("    occupation ")
    assert lines.index(alternatives[0]) < [line[:2] for line in lines].index("M2")
    assert len(alternatives) == 2


def test_the_aim_of_the_command_line_counts_more_than_the_policy_s(lists, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text("aim = 'best'\nfloor = 9000\n")
    assert as_json(*lists, "--policy", policy)["tandems"] == 0
    assert as_json(*lists, "--policy", policy, "--aim", "most")["tandems"] == 2
    assert "is not one of" in run(*lists, "--aim", "luck").stderr


def test_nothing_differs_from_the_same_result(lists, tmp_path):
    before = tmp_path / "before.json"
    run(*lists, "--format", "json", "--out", before)
    assert as_json(*lists, "--what-if", before)["what_if"] == {
        "tandems": 0,
        "score": 0,
        "same": 2,
        "moves": [],
    }


def test_a_difference_tells_totals_and_who_moves(lists, tmp_path):
    before = tmp_path / "before.json"
    run(*lists, "--format", "json", "--out", before)
    asked = (*lists, "--pin", "M1:E3", "--what-if", before)
    now = as_json(*asked)
    earlier_score = json.loads(before.read_text())["score"]
    assert now["what_if"] == {
        "tandems": 0,
        "score": now["score"] - earlier_score,
        "same": 1,
        "moves": [
            {"mentee": "E1", "from_mentor": "M1", "to_mentor": None},
            {"mentee": "E3", "from_mentor": None, "to_mentor": "M1"},
        ],
    }
    table = run(*asked).stdout
    assert (
        f"Since the earlier result: +0 tandems, {now['score'] - earlier_score:+d} points,"
        " 1 pair the same\n  E1: M1 -> nobody\n  E3: nobody -> M1\n"
    ) in table


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 200_000, "is nested too deeply"),
        ("[]", "has no proposals, tandems and score"),
        ('{"proposals": [], "tandems": 1}', "has no proposals, tandems and score"),
        ('{"proposals": [{"mentor": 1}], "tandems": 1, "score": 2}', "has a proposal without"),
        (None, "cannot be read (No such file or directory)"),
        ("x" * 2000, "is too large"),
    ],
)
def test_what_is_no_result_is_refused(lists, tmp_path, monkeypatch, content, said):
    if said == "is too large":
        monkeypatch.setattr(earlier, "MAX_RESULT_BYTES", 1000)
    path = tmp_path / "before.json"
    if content is not None:
        path.write_text(content)
    done = run(*lists, "--what-if", path, "--pin", "nobody")
    assert (done.exit_code, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{path}:1: --what-if: {said}")
    assert first.endswith(", expected a result as --format json writes it")
    assert second.startswith("--pin")


def test_who_would_add_most_is_told_with_exact_gains(lists):
    result = as_json(*lists, "--recruit")
    [kind] = result["recruit"]
    assert (kind["tandems"], kind["for"]) == (1, ["E3"])
    assert kind["mentor"]["place"] == "25746"
    assert kind["mentor"]["languages"] == {"de": "C2", "en": "C2"}
    with_one_more = lists[0].read_text() + "M4,de:C2|en:C2,25746,K,25\n"
    lists[0].write_text(with_one_more)
    assert as_json(*lists)["tandems"] == result["tandems"] + kind["tandems"]
    assert as_json(*lists)["score"] == result["score"] + kind["score"]


def test_the_table_says_whom_to_recruit_and_for_whom(lists):
    table = run(*lists, "--recruit").stdout
    assert "Mentors to recruit: the best 1 of 1 kinds\n  +1 tandems, +" in table
    assert " points for E3: occupation 25, sectors K, languages de:C2|en:C2, place" in table


def test_where_nobody_is_left_nobody_is_to_be_recruited(lists):
    lists[1].write_text("id,languages,place\nE1,de:B2,25746\n")
    assert as_json(*lists, "--recruit")["recruit"] == []
    assert "the best 0 of 0 kinds" in run(*lists, "--recruit").stdout


def test_the_table_says_what_would_place_somebody(lists):
    table = run(*lists).stdout
    [e3], [m3] = as_json(*lists)["unmatched"].values()
    assert (e3["changes"][0]["rule"], m3["changes"][0]["rule"]) == ("capacity", "reach")
    assert "    to place: lift 'no free place' by 1 place(s) for M" in table
    assert (
        "    to place: lift 'too far away and not both online' by"
        f" {m3['changes'][0]['step']} km for M3:E3, costs nothing to others\n"
    ) in table


def test_a_wish_to_lift_has_no_unit_and_its_cost_is_told(lists):
    lists[1].write_text(
        "id,languages,place,avoid\nE1,de:B2,25746,\nE2,de:B2,25746,\n"
        "E3,de:B2,80331,mentor:M3\nE4,de:B2,25746,\n"
    )
    [e3] = [one for one in as_json(*lists)["unmatched"]["mentees"] if one["id"] == "E3"]
    assert e3["changes"][0]["rule"] == "conflict"
    assert "to place: lift 'excluded on request' for M3:E3, costs nothing to others" in (
        run(*lists).stdout
    )


def test_stability_tells_for_each_pair_how_often_it_stands(lists):
    result = as_json(*lists, "--stability", 20)
    shares = result["stability"]["pairs"]
    made = {(one["mentor"], one["mentee"]) for one in result["proposals"]}
    assert {(one["mentor"], one["mentee"]) for one in shares} == made
    assert [one["share"] for one in shares] == [1.0, 1.0]
    assert "stability" not in as_json(*lists)
    table = run(*lists, "--stability", 20).stdout
    assert "How often each pair stands, of 20 weightings\n  M1 E1: 100 %\n" in table
    assert "0 is not in the range" in run(*lists, "--stability", 0).stderr
