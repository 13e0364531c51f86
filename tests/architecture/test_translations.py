"""Every sentence a person can see exists in every language we offer, documents in some more."""

from datetime import date
from pathlib import Path
from typing import Any

import flask_babel
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tandem.models import Side, TandemState, Way
from tandem.services.agreements import MOST_GOALS
from tandem.services.closings import Certificate
from tandem.web import codes
from tandem.web.agreements import document
from tandem.web.agreements import wording as of_agreements
from tandem.web.closings import wording as of_closings
from tandem.web.languages import OF_DOCUMENTS, OFFERED
from tests.support import agreeing, pairs

ROOT = Path(__file__).parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
SOURCES = [
    ("tandem/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
TRANSLATED = [code for code in OFFERED if code != "en"]
ONLY_DOCUMENTS = [code for code in OF_DOCUMENTS if code not in OFFERED]
MET: dict[str, Any] = {
    "began_on": date(2026, 1, 7),
    "ended_on": date(2026, 7, 7),
    "meetings": 3,
    "minutes": 180,
}


class Asked:
    """Stands in for a catalogue, and notes what is looked up in it."""

    def __init__(self):
        self.messages = set()

    def ugettext(self, message):
        self.messages.add(message)
        return message

    def ungettext(self, one, many, _number):
        self.messages.add((one, many))
        return many


@pytest.fixture(scope="module")
def in_use():
    found = extract_from_dir(ROOT, method_map=SOURCES, keywords=KEYWORDS, options_map=OPTIONS)
    return {message for _file, _line, message, _notes, _context in found}


@pytest.fixture
def in_documents(app, make, monkeypatch):
    """What agreements and certificates say, whatever was agreed on."""
    asked = Asked()
    programme = make.programme()
    tandem = pairs.tandem(
        make,
        make.mentor(programme),
        make.mentee(programme),
        TandemState.ACTIVE,
        by=make.coordinator(programme),
    )
    topics = tuple(codes.TOPICS)
    written = [
        agreeing.agreed(make, tandem, topics=topics[first::2], own_goals=(), ways=tuple(Way))
        for first in (0, 1)
    ]
    with app.test_request_context():
        flask_babel.g.programme = programme
        monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _: asked)
        for each in written:
            document.tell(tandem, each)
        for weeks in of_agreements.RHYTHMS:
            of_agreements.rhythm(weeks)
        for side in Side:
            made = Certificate(side=side, name="Ada", locale="en", **MET)
            of_closings.certificate(made, programme)
    return asked.messages


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_catalogue_is_complete_and_sound(code, in_use):
    compare(catalogue_of(code), in_use)


@pytest.mark.parametrize("code", ONLY_DOCUMENTS)
def test_a_language_of_documents_has_their_sentences_and_no_others(code, in_documents):
    assert len(codes.TOPICS) <= 2 * MOST_GOALS
    compare(catalogue_of(code), in_documents)


def catalogue_of(code: str) -> Catalog:
    path = ROOT / f"tandem/translations/{code}/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=code)


def compare(catalogue: Catalog, in_use: set[Any]) -> None:
    translated = {message.id for message in catalogue if message.string and not message.fuzzy}
    whole = {each for each in translated if each and _all_forms(catalogue, each)}
    assert sorted(in_use - whole, key=str) == []
    assert sorted(translated - in_use - {""}, key=str) == []
    assert not [(str(message.id), errors) for message, errors in catalogue.check()]


def _all_forms(catalogue: Catalog, message: Any) -> bool:
    found = catalogue[message]
    forms = found.string if isinstance(found.string, tuple) else (found.string,)
    every = len(forms) == (catalogue.num_plurals if isinstance(message, tuple) else 1)
    return every and all(forms)
