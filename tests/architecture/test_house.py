"""The house rules that a test can keep: sizes, who commits, what stands where."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = {"tandem": 300, "matching": 250, "tests": 400, "templates": 120}
FILES = [
    (path, limit)
    for folder, limit in LIMIT.items()
    for path in sorted((ROOT / folder).rglob("*.*"))
    if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts
    and "vendor" not in path.parts
]  # fmt: skip
TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
    "benchmarks", "docs", "instance", "matching", "pyproject.toml", "requirements", "tandem",
    "templates", "tests",
}  # fmt: skip
NOWHERE = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}


def test_no_file_grows_past_what_one_reads_in_a_sitting():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path, _ in FILES}
    assert {path: lengths[path] for path, limit in FILES if lengths[path] > limit} == {}


def test_only_the_database_module_commits():
    callers = [path for path in (ROOT / "tandem").rglob("*.py") if ".commit()" in path.read_text()]
    assert callers == [ROOT / "tandem" / "db.py"]


def test_only_the_clock_reads_the_time():
    readers = [
        path
        for path in (ROOT / "tandem").rglob("*.py")
        if "datetime.now(" in path.read_text() or "date.today(" in path.read_text()
    ]
    assert readers == [ROOT / "tandem" / "clock.py"]


def test_only_the_settings_read_the_environment():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tandem").rglob("*.py")
        if "os.environ" in path.read_text()
    }
    assert readers <= {"tandem/config.py", "tandem/cli/serve.py"}


def test_the_top_level_holds_nothing_else(tracked_files):
    assert {path.split("/")[0] for path in tracked_files} <= TOP_LEVEL


def test_every_module_belongs_to_a_noun():
    assert not [path for path in (ROOT / "tandem").rglob("*.py") if path.name in NOWHERE]


def test_no_lock_names_an_address(tracked_files):
    for path in tracked_files:
        if path.startswith("requirements/"):
            assert "http" not in (ROOT / path).read_text()
