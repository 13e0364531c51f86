"""`tandem taxonomy import-esco` as somebody types it."""

import pytest
from click.testing import CliRunner

from tandem.cli import tandem
from tandem.taxonomy import esco

HEADER = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
GOOD = HEADER + 'Occupation,uri,7212,Schweißer/Schweißerin,"Lichtbogenschweißer\nFugenhobler"\n'


@pytest.fixture(name="download")
def download_fixture(tmp_path):
    folder = tmp_path / "download"
    folder.mkdir()
    (folder / "occupations_de.csv").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture(name="instance")
def instance_fixture(tmp_path, monkeypatch):
    monkeypatch.setenv("TANDEM_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def run(*arguments):
    return CliRunner().invoke(tandem, ["taxonomy", "import-esco", *map(str, arguments)])


def test_what_was_imported_is_told_and_written(download, instance):
    done = run(download)
    path = instance / esco.FILE
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{path}: 4 names of occupations in de\n"
    assert path.read_text(encoding="utf-8").splitlines()[1] == (
        "7212\tde\tSchweißer\tSchweißerin\tLichtbogenschweißer\tFugenhobler"
    )


def test_bad_files_are_listed_and_the_former_import_stands(download, instance):
    run(download)
    before = (instance / esco.FILE).read_bytes()
    bad = download / "occupations_en.csv"
    bad.write_text(HEADER + "Occupation,uri,12,welder,\nSkill,uri,7212,,\n", encoding="utf-8")
    done = run(download)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{bad}:2: iscoGroup: '12' is no unit group, expected the four digits of a unit group "
        "of ISCO-08",
        f"{bad}:3: conceptType: 'Skill' is no occupation, expected Occupation",
        f"{bad}:3: preferredLabel: is empty, expected a label",
    ]
    assert (instance / esco.FILE).read_bytes() == before


def test_nothing_is_written_where_nothing_was(tmp_path, instance):
    done = run(tmp_path)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{tmp_path}: file: has no file with occupations, expected")
    assert not (instance / esco.FILE).exists()


def test_a_folder_that_cannot_be_written_is_told(download, instance):
    instance.mkdir()
    (instance / esco.FILE).mkdir()
    done = run(download)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{instance / esco.FILE}: cannot be written")
