"""Every mail in German and English, as it was read and found good (F)."""

import re
from pathlib import Path

import pytest

from tandem import mail
from tests.mail.renew import FOLDER, LOCALES, TEMPLATES, kinds, snapshot
from tests.mail.samples import NOTICES, rendered

SOURCES = Path(mail.__file__).parents[1]
_TOLD = re.compile(r'tell_staff\([^)]*kind="([a-z_]+)"')
_ADDRESS = re.compile(r"[^\s<>\"]*__BASE__[^\s<>\"]*")
_FITS = 78

EVERY = [(kind, locale) for kind in kinds() for locale in LOCALES]


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_a_mail_reads_as_it_did(kind, locale):
    """If a template or a translation was changed: ``python -m tests.mail.renew``, and read it."""
    path = FOLDER / f"{kind}.{locale}.txt"
    assert path.read_text(encoding="utf-8") == snapshot(kind, locale)


def test_there_is_no_snapshot_of_a_mail_that_is_no_more():
    names = {path.name for path in FOLDER.glob("*.txt")}
    assert names == {f"{kind}.{locale}.txt" for kind, locale in EVERY}


def test_of_every_mail_it_is_known_why_it_comes_and_how_to_stop_it():
    assert set(kinds()) == mail.KINDS.keys()


def each_way():
    """Return every mail in every language and in each of its ways."""
    return [way for kind, locale in EVERY for way in rendered(kind, locale)]


def test_a_mail_is_whole():
    for way in each_way():
        assert 0 < len(way.subject) < _FITS
        assert "\n" not in way.subject
        for text in (way.subject, way.text, way.html):
            for odd in ("{{", "}}", "%(", "{%", "None", "Undefined", "()", " ,", " ."):
                assert odd not in text, (odd, text)


def test_text_and_html_say_the_same():
    for way in each_way():
        body, _, footer = way.text.partition(mail.SIGNATURE)
        paragraphs = [*body.strip().split("\n\n"), *footer.strip().split("\n\n")]
        shown = re.findall(r"<p>(?:<a[^>]*>)?(.*?)(?:</a>)?</p>", way.html, re.DOTALL)
        assert [" ".join(text.split()) for text in shown] == [_escaped(each) for each in paragraphs]


def test_no_measure_keeps_a_mail_wider_than_a_phone():
    for way in each_way():
        assert set(re.findall(r'(?<!-)width[=:]\s*"?([^";]+)', way.html)) <= {
            "100%",
            "device-width, initial-scale=1",
        }


def _escaped(text):
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


def test_an_address_stands_alone_so_that_it_becomes_a_link():
    for way in each_way():
        for address in set(_ADDRESS.findall(way.text)):
            assert f"\n{address}\n" in way.text
            assert f'<a href="{address}">' in way.html


def test_the_footer_says_why_and_how_to_stop_it():
    for kind, locale in EVERY:
        footers = {way.text.partition(mail.SIGNATURE)[2] for way in rendered(kind, locale)}
        [footer] = footers
        why, stop, *page = footer.strip().split("\n\n")
        assert why != stop
        assert "Tandem Dithmarschen" in why or mail.KINDS[kind].why is mail.Why.ASKED_FOR_LINK
        switch = "__BASE__/dithmarschen/notices/"
        assert (page == [switch]) == mail.KINDS[kind].can_be_stopped


def test_everything_that_is_told_to_those_who_coordinate_has_a_sentence():
    told = {
        kind
        for path in SOURCES.rglob("*.py")
        for kind in _TOLD.findall(path.read_text(encoding="utf-8"))
    }
    assert told
    assert told <= set(NOTICES)
    assert {path.stem for path in (TEMPLATES / "notices").glob("*.txt")} == set(NOTICES)


def test_no_notice_is_told_without_a_sentence():
    assert not mail.has_notice("nothing_of_the_kind")
    assert all(mail.has_notice(kind) for kind in NOTICES)
