"""`tandem policy` as somebody types it."""

import pytest
from click.testing import CliRunner

import matching
from tandem.cli.policy import policy


def run(*arguments):
    return CliRunner().invoke(policy, [str(argument) for argument in arguments])


@pytest.fixture(name="good")
def good_fixture(tmp_path):
    path = tmp_path / "good.toml"
    path.write_text('aim = "best"\nfloor = 4000\n[rules]\nlanguage_floor = "A2"\n')
    return path


@pytest.fixture(name="bad")
def bad_fixture(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text("[weights]\nsector = 9000\n")
    return path


def test_the_default_policy_is_shown_in_full():
    done = run("show")
    assert (done.exit_code, done.stderr) == (0, "")
    assert matching.Policy.from_toml(done.stdout) == matching.Policy()


def test_a_file_is_shown_with_what_it_leaves_out(good):
    shown = matching.Policy.from_toml(run("show", good).stdout)
    assert shown == matching.Policy.from_toml(good.read_text())
    assert f"occupation = {matching.DEFAULT_WEIGHTS['occupation']}" in run("show", good).stdout


def test_a_bad_file_is_not_shown(bad):
    done = run("show", bad)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{bad}:1: policy: weights: sum to 9000, not to 10000, expected" in done.stderr


def test_each_file_is_checked(good, bad, tmp_path):
    assert run("check", good).stdout == f"{good}: valid\n"
    done = run("check", bad, good, tmp_path / "none.toml")
    assert done.exit_code == 2
    assert done.stdout == f"{good}: valid\n"
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        str(bad),
        str(tmp_path / "none.toml"),
    ]


def test_something_has_to_be_checked():
    assert "Missing argument" in run("check").stderr
