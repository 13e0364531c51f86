"""What templates and style sheets promise one another."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "tandem" / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if path.relative_to(ROOT / "templates").parts[0] not in {"emails", "documents"}
)
SHEETS = [STATIC / name for name in ("tandem.css", "rtl.css", "fonts.css")]

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# `t-panel--{{ side }}` cannot be looked up whole: what stands before the braces must begin a class.
OPEN_ENDED = re.compile(r"\b((?:kern|t)-[a-z0-9_-]*)\{\{")
NAME = re.compile(r"(?<![\w/.#-])((?:kern|t)-[a-z0-9][a-z0-9_-]*)(?![\w{-])")
SCRIPT_ELEMENT = re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
STYLE_ATTRIBUTE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
HANDLER_ATTRIBUTE = re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
FOREIGN_SOURCE = re.compile(r"(?:src|@import|url\()\W*(?:https?:)?//", re.IGNORECASE)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)(?![\w-])"
)


def classes_in(sheet):
    return set(re.findall(r"\.((?:kern|t)-[A-Za-z0-9_-]+)", sheet))


def markup(path):
    return COMMENT.sub("", path.read_text())


def styles(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


@pytest.fixture(scope="module")
def known():
    sheets = [VENDOR / "kern" / "kern.min.css", *SHEETS]
    return set().union(*(classes_in(path.read_text()) for path in sheets))


def relative(path):
    return str(path.relative_to(ROOT))


def test_there_are_templates_to_check():
    assert TEMPLATES


def test_every_class_used_exists(known):
    used = {name: path for path in TEMPLATES for name in NAME.findall(markup(path))}
    assert {each: used[each] for each in used.keys() - known if not each.endswith("-")} == {}


def test_every_class_with_an_open_end_begins_one_that_exists(known):
    starts = {start: path for path in TEMPLATES for start in OPEN_ENDED.findall(markup(path))}
    assert starts
    unknown = [each for each in starts if not any(name.startswith(each) for name in known)]
    assert {each: starts[each] for each in unknown} == {}


@pytest.mark.parametrize(
    "forbidden", [SCRIPT_ELEMENT, STYLE_ELEMENT, STYLE_ATTRIBUTE, HANDLER_ATTRIBUTE, FOREIGN_SOURCE]
)
def test_no_template_holds_what_the_content_policy_blocks(forbidden):
    assert [path for path in TEMPLATES if forbidden.search(markup(path))] == []


def test_every_static_file_named_exists():
    pattern = re.compile(r"asset\(['\"]([^'\"]+)['\"]\)")
    named = {name: path for path in TEMPLATES for name in pattern.findall(markup(path))}
    assert named
    assert {name: path for name, path in named.items() if not (STATIC / name).is_file()} == {}


def test_our_own_sheet_knows_no_left_and_right():
    assert PHYSICAL.findall(styles(STATIC / "tandem.css")) == []


@pytest.mark.parametrize("path", SHEETS, ids=relative)
def test_sheets_load_only_files_that_lie_beside_them(path):
    addresses = re.findall(r"url\(\"?([^)\"]+)\"?\)", styles(path))
    assert [address for address in addresses if not (path.parent / address).is_file()] == []


@pytest.mark.parametrize("path", SHEETS, ids=relative)
def test_sheets_use_only_tokens_that_are_set_somewhere(path):
    kern = (VENDOR / "kern" / "kern.min.css").read_text()
    ours = "".join(styles(sheet) for sheet in SHEETS)
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", styles(path)))
    assert {token for token in used if f"{token}:" not in kern + ours} == set()


def test_every_vendored_folder_says_what_it_is_and_under_which_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert (folder / "LICENSE").is_file()
        assert "unmodified" in (folder / "VERSION").read_text()


@pytest.mark.parametrize("path", sorted(VENDOR.rglob("*.woff2")), ids=relative)
def test_every_vendored_font_is_used(path):
    address = path.relative_to(STATIC).as_posix()
    assert f'"{address}"' in (STATIC / "fonts.css").read_text()
