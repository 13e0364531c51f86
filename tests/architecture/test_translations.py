"""Every sentence a person can see exists in every language we offer."""

from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tandem.web.languages import OFFERED

ROOT = Path(__file__).parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
SOURCES = [
    ("tandem/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
CATALOGUES = {
    code: ROOT / f"tandem/translations/{code}/LC_MESSAGES/messages.po"
    for code in OFFERED
    if code != "en"
}


@pytest.fixture(scope="module")
def in_use():
    found = extract_from_dir(ROOT, method_map=SOURCES, keywords=KEYWORDS, options_map=OPTIONS)
    return {message for _file, _line, message, _notes, _context in found}


@pytest.mark.parametrize("code", CATALOGUES)
def test_the_catalogue_is_complete_and_sound(code, in_use):
    with CATALOGUES[code].open("rb") as file:
        catalogue: Catalog = read_po(file, locale=code)
    translated = {message.id for message in catalogue if message.string and not message.fuzzy}
    whole = {each for each in translated if each and _all_forms(catalogue, each)}
    assert sorted(in_use - whole, key=str) == []
    assert sorted(translated - in_use - {""}, key=str) == []
    assert not [(str(message.id), errors) for message, errors in catalogue.check()]


def _all_forms(catalogue: Catalog, message: Any) -> bool:
    found = catalogue[message]
    forms = found.string if isinstance(found.string, tuple) else (found.string,)
    return all(forms)
