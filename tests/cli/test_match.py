"""`tandem match` as somebody types it."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tandem.cli import match as command
from tandem.cli.match import ProgressBar, match
from tandem.services.tables import write_xlsx

PEOPLE = Path(__file__).parents[2].parent / "shared" / "data" / "people"


@pytest.fixture(name="lists")
def lists_fixture(tmp_path):
    mentors, mentees = tmp_path / "mentors.csv", tmp_path / "mentees.csv"
    mentors.write_text("id;languages;place;sectors\nM1;de:C2;25746;86\nM2;de:C2;25746;R\n")
    mentees.write_text("id;languages;place;sectors\nE1;de:B2;25746;86\nE2;de:A1;25746;86\n")
    return str(mentors), str(mentees)


def run(*arguments):
    return CliRunner().invoke(match, [str(argument) for argument in arguments])


def test_the_table_goes_to_standard_output(lists):
    done = run(*lists)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert re.search(r"^M1 +E1 ", done.stdout, re.MULTILINE)
    assert "E2: no shared language at the level asked for: 2" in done.stdout


def test_json_has_the_keys_of_the_contract(lists):
    result = json.loads(run(*lists, "--format", "json", "--seed", 5).stdout)
    assert set(result) == {
        "proposals",
        "unmatched",
        "tandems",
        "score",
        "seed",
        "engine",
        "digest",
        "set_aside",
    }
    assert set(result["proposals"][0]) == {
        "mentor",
        "mentee",
        "score",
        "parts",
        "margin",
        "alternatives",
    }
    assert set(result["unmatched"]) == {"mentees", "mentors"}
    assert result["seed"] == 5


def test_csv_has_the_columns_of_the_contract(lists):
    rows = list(csv.DictReader(io.StringIO(run(*lists, "--format", "csv").stdout)))
    assert list(rows[0])[:3] == ["mentor", "mentee", "score"]
    assert list(rows[0])[-1] == "margin"
    assert sum(int(rows[0][name]) for name in list(rows[0])[3:-1]) == int(rows[0]["score"])


def test_pins_and_forbidden_pairs_are_kept(lists):
    pinned = json.loads(run(*lists, "--pin", "M2:E1", "--format", "json").stdout)
    assert pinned["proposals"][0]["mentor"] == "M2"
    forbidden = json.loads(run(*lists, "--forbid", "M1:E1", "--format", "json").stdout)
    assert forbidden["proposals"][0]["mentor"] == "M2"


def test_a_policy_decides_what_counts(lists, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text("[weights]\nsector = 10000\n[rules]\nlanguage_floor = 'A1'\n")
    result = json.loads(run(*lists, "--policy", policy, "--format", "json").stdout)
    assert result["tandems"] == 2
    assert result["proposals"][0]["parts"] == {"sector": 10000}


def test_the_same_input_gives_the_same_output(lists):
    assert run(*lists, "--format", "json").stdout == run(*lists, "--format", "json").stdout


def test_the_result_can_go_to_a_file_and_nothing_to_the_terminal(lists, tmp_path):
    out = tmp_path / "result.csv"
    done = run(*lists, "--format", "csv", "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert out.read_text().startswith("mentor,mentee,score,")


def test_bad_lists_end_with_status_2_every_problem_and_no_file(lists, tmp_path):
    mentors, mentees = lists
    Path(mentors).write_text("id;languages\nM1;de:C9\nM1;de\n")
    out = tmp_path / "result.json"
    done = run(mentors, mentees, "--format", "json", "--out", out, "--pin", "nobody")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert not out.exists()
    assert done.stderr.splitlines() == [
        f"{mentors}:2: languages: 'de:C9' has no known level, expected ISO 639 codes with"
        " CEFR levels A1 to C2, such as de:B2|ar:C1",
        f"{mentors}:3: languages: 'de' has no known level, expected ISO 639 codes with"
        " CEFR levels A1 to C2, such as de:B2|ar:C1",
        f"{mentors}:3: id: 'M1' is doubled (first in line 2), expected an id of its own",
        "--pin: 'nobody': is no pair, expected MENTOR:MENTEE",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--pin", "M9:E1"], "mentor 'M9' is unknown"),
        (["--forbid", "M1:E9"], "mentee 'E9' is unknown"),
        (["--pin", "M1:E1", "--forbid", "M1:E1"], "is forbidden too"),
        (["--policy", "none.toml"], "none.toml:1: policy: cannot be read"),
        (["--format", "ods"], "'ods' is not one of 'table', 'csv', 'json', 'xlsx'"),
        (["--seed", "-1"], "-1 is not in the range"),
        (["--seed", "x"], "'x' is not a valid integer"),
        (["--out", "no/such/folder/out.json"], "cannot be written (No such file or directory)"),
    ],
)
def test_bad_options_end_with_status_2_and_a_message(lists, arguments, said):
    done = run(*lists, *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_a_list_is_never_overwritten_by_the_result(lists):
    before = Path(lists[1]).read_text()
    done = run(*lists, "--out", lists[1])
    assert done.exit_code == 2
    assert "is one of the lists" in done.stderr
    assert Path(lists[1]).read_text() == before


def save(path, *sheets):
    with path.open("wb") as file:
        write_xlsx(file, dict(sheets))
    return str(path)


def test_workbooks_are_read_as_csv_files_are(lists, tmp_path):
    mentors, mentees = (
        save(
            tmp_path / f"{number}.xlsx",
            ("People", list(csv.reader(io.StringIO(Path(path).read_text()), delimiter=";"))),
        )
        for number, path in enumerate(lists)
    )
    from_csv = run(*lists, "--format", "json")
    assert run(mentors, mentees, "--format", "json").stdout == from_csv.stdout


def test_the_result_can_be_a_workbook(lists, tmp_path):
    out = tmp_path / "result.xlsx"
    assert run(*lists, "--format", "xlsx", "--out", out).exit_code == 0
    [header, *rows] = load_workbook(out)["proposals"].values
    as_csv = run(*lists, "--format", "csv").stdout.splitlines()
    assert [",".join(map(str, header)), *(",".join(map(str, row)) for row in rows)] == as_csv


def test_a_workbook_does_not_go_to_a_terminal(lists, monkeypatch):
    monkeypatch.setattr(command, "is_terminal", lambda stream: True)
    done = run(*lists, "--format", "xlsx")
    assert done.exit_code == 2
    assert "--out: is missing for a workbook" in done.stderr


def test_problems_of_a_workbook_name_its_sheet_where_there_are_several(lists, tmp_path):
    rows = [["id", "languages", "place"], ["M1", "de:C2", 25746], ["M2", "de:C9", 1067.5]]
    path = save(tmp_path / "all.xlsx", ("Notes", [["call back"]]), ("People", rows))
    assert run(path, lists[1]).stderr.splitlines() == [
        f"{path}:People:3: languages: 'de:C9' has no known level, expected ISO 639 codes with"
        " CEFR levels A1 to C2, such as de:B2|ar:C1",
        f"{path}:People:3: place: '1067.5' is unknown, expected a German postal code of five"
        " digits, leading zero included",
    ]


def test_two_sheets_of_people_are_one_too_many(lists, tmp_path):
    rows = [["id", "languages"], ["M1", "de:C2"]]
    path = save(tmp_path / "all.xlsx", ("A", rows), ("B", rows))
    assert run(path, lists[1]).stderr.splitlines() == [
        f"{path}:1: file: lists people on several sheets ('A', 'B'), expected one sheet with an"
        " id and languages"
    ]


def test_what_is_no_workbook_is_refused_in_words(lists, tmp_path):
    workbook = tmp_path / "mentors.xlsx"
    workbook.write_bytes(b"PK\x03\x04")
    done = run(workbook, lists[1])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{workbook}:1: file: is damaged, expected a workbook")


def test_no_bar_is_drawn_where_standard_error_is_no_terminal(lists, monkeypatch):
    monkeypatch.setattr(ProgressBar, "patience_seconds", 0.0)
    assert run(*lists).stderr == ""


def test_on_a_terminal_a_bar_is_drawn_after_a_while_and_wiped_away(monkeypatch, capsys):
    monkeypatch.setattr(command, "is_terminal", lambda stream: True)
    bar = ProgressBar()
    bar.show("scores", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(ProgressBar, "patience_seconds", 0.0)
    bar.show("scores", 1, 2)
    bar.show("scores", 1, 2)
    drawn = capsys.readouterr().err
    assert drawn == f"\rscores       [{'#' * 15:<30}]  50 %"
    bar.clear()
    assert capsys.readouterr().err == f"\r{' ' * (len(drawn) - 1)}\r"
    bar.show("scores", 0, 0)
    assert "  0 %" in capsys.readouterr().err


def test_the_table_is_as_wide_as_the_terminal(lists, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(command, "is_terminal", lambda stream: True)
    assert "    occupation " in run(*lists).stdout


def test_the_command_starts_without_web_database_or_settings():
    code = (
        "import sys, tandem.cli.match\n"
        "print(sorted({'flask', 'sqlalchemy', 'werkzeug', 'tandem.config'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not PEOPLE.is_dir(), reason="the shared lists are not on this machine")
def test_the_shared_lists_are_matched_with_points_that_sum_up():
    done = run(PEOPLE / "mentors.csv", PEOPLE / "mentees.csv", "--format", "json")
    result = json.loads(done.stdout)
    assert result["tandems"] == len(result["proposals"]) > 0
    assert all(sum(p["parts"].values()) == p["score"] for p in result["proposals"])
    assert result["score"] == sum(p["score"] for p in result["proposals"])
    matched = {proposal["mentee"] for proposal in result["proposals"]}
    left = {person["id"] for person in result["unmatched"]["mentees"]}
    assert len(matched | left) == 100
    assert all(person["reasons"] for person in result["unmatched"]["mentees"])
