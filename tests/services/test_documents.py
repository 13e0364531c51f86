"""Documents: tagged, in the reader's language, and never taken for markup."""

from datetime import UTC, datetime
from typing import Any

import pytest
import typst

from tandem.services import documents

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
EMPTY = {"head": ["", "A"], "rows": []}
WORDS = (
    "contents round policy policy_lead proof proposals proposals_lead decisions adjustments "
    "trials left_out nobody_left_out limits"
)


def record(locale="en", **values):
    table = {"head": ["A", "B"], "rows": [["x", "1"]]}
    wide = {"head": ["", "B", "C", "D", "E"], "rows": []}
    said = {
        "title": "Record",
        "lead": "Lead",
        "footer": "Footer",
        "words": {word: word for word in WORDS.split()},
        "facts": [["Seed", "7"]],
        "weights": table,
        "rules": ["A rule"],
        "aim": "Aim",
        "proof": ["Proved."],
        "proposals": wide,
        "figures": ["None."],
        "decisions": wide,
        "adjustments": {"head": ["A", "B", "C", "D"], "rows": []},
        "trials": wide,
        "left_out": {"head": ["A", "B", "C"], "rows": []},
        "limits": ["Limits."],
    }
    return documents.render("record", said | values, locale=locale, made_at=AT)


def test_a_document_is_tagged_and_says_title_and_language():
    made = record()
    assert made.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Lang", b"/MarkInfo", b"pdfuaid"):
        assert mark in made


def test_the_same_input_gives_the_same_bytes():
    assert record() == record()
    assert record() != record(lead="Another")


@pytest.mark.parametrize(
    "text",
    [
        "#let x = 1",
        "$ ] [ }",
        "\\ ` * _ @ <",
        '#import "/etc/passwd"',
        "مريم ندياي",
        "ትግርኛ",
        "Żółć",
    ],
)
def test_what_people_write_is_text_and_nothing_else(text):
    rows = [["1", text, text, "1", text]]
    made = record(proposals={"head": ["", "B", "C", "D", "E"], "rows": rows})
    assert b"pdfuaid" in made


def test_letters_without_a_font_do_not_stop_a_document():
    made = record(lead="😀 中文")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" not in made


def test_a_broken_template_is_seen():
    with pytest.raises(typst.TypstError):
        documents.render("record", {"title": "x"}, locale="en", made_at=AT)


@pytest.mark.parametrize("locale", ["ar", "fa_AF", "de"])
def test_the_language_of_the_reader_is_the_documents(locale):
    made = record(locale=locale)
    assert f"/Lang({locale.partition('_')[0]})".encode() in made


@pytest.mark.parametrize("locale", ["ar", "de"])
@pytest.mark.parametrize("length", [1, 80, 120])
def test_a_certificate_has_one_page_whatever_the_names(locale, length):
    long = ("Hohenlohe-Waldenburg " * 10)[:length]
    facts = [[term, "24. November 2026"] for term in ("From", "To", "Meetings", "Hours")]
    places = ("title", "name", "dated", "signed", "signature", "footer")
    said: dict[str, Any] = dict.fromkeys(places, long)
    said |= {"said": long * 2, "thanks": "Thanks", "side": "mentor", "facts": facts}
    made = documents.render("certificate", said, locale=locale, made_at=AT)
    assert b"/Type/Pages/Count 1/" in made


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("", ""),
        ("Rima", "\u2068Rima\u2069"),
        ("x" * 26, f"\u2068{'x' * 26}\u2069"),
        ("x" * 60, f"\u2068{'x' * 24}\u00ad{'x' * 24}\u00ad{'x' * 12}\u2069"),
        ("م" * 60, f"\u2068{'م' * 60}\u2069"),
    ],
)
def test_what_people_wrote_stands_alone_and_its_longest_words_may_be_parted(text, parted):
    assert documents.isolate(text) == parted
