"""A client that refuses a page no browser should be shown."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask.testing import FlaskClient
from html5lib import HTMLParser
from werkzeug.test import TestResponse

from tests.support.measuring import unmeasured

FRAGMENTS = ("/row",)
"""How the addresses of those parts end that a script puts into a page."""
CONTROLS = {"input", "select", "textarea"}
UNSAFE_ATTRIBUTES = {"style", "onclick", "onload", "onsubmit", "onchange"}


def _nothing() -> None:
    """Do nothing before a request."""


class PageClient(FlaskClient):
    """Checks every HTML response, whatever the test was about."""

    before_each: Callable[[], object] = staticmethod(_nothing)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        self.before_each()
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in {302, 303, 308}:
            whole = response.status_code != 200 or not response.request.path.endswith(FRAGMENTS)
            (check_page if whole else check_fragment)(response.text)
        return response

    def submit(
        self, url: str, data: dict[str, Any] | None = None, *, action: str = "", follow: bool = True
    ) -> TestResponse:
        """Fill in the form at ``url`` as a browser would, and follow where it leads.

        Fields that ``data`` does not mention keep what the page proposed. Of several forms
        it is the one that posts to ``action``, else the first inside the main part.
        """
        page = parse(self.get(url).text)
        form = find_form(page, action)
        target = action or form.get("action") or url
        return self.post(target, data=values_of(form) | (data or {}), follow_redirects=follow)


def find_form(page: Any, action: str = "") -> Any:
    """Return the posting form of the main part that goes to ``action``, or the first."""
    forms = [form for form in page.findall(".//main//form") if form.get("method") == "post"]
    wanted = [form for form in forms if not action or (form.get("action") or "") == action]
    assert wanted, f"no form that posts to {action or 'its page'}"
    return wanted[0]


def values_of(form: Any) -> dict[str, Any]:
    """Return what a browser would send if nothing were changed."""
    values: dict[str, Any] = {}
    for control in (element for element in form.iter() if element.tag in CONTROLS):
        name, kind = control.get("name"), control.get("type", "")
        if not name or kind in {"submit", "button"}:
            continue
        if control.tag == "textarea":
            values[name] = (control.text or "").lstrip("\n")
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None]
            picked = chosen or ([] if control.get("multiple") is not None else options[:1])
            values[name] = [option.get("value", option.text) for option in picked]
        elif kind in {"checkbox", "radio"}:
            if control.get("checked") is not None:
                values.setdefault(name, []).append(control.get("value", "on"))
        else:
            values[name] = control.get("value", "")
    return values


def check_page(html: str) -> None:
    """Well formed, one heading that the title opens with, every id once, every control labelled."""
    page = parse(html)
    headings = page.findall(".//h1")
    title = " ".join((page.findtext(".//title") or "").split())
    assert len(headings) == 1, f"{len(headings)} h1 on the page «{title}»"
    heading = " ".join("".join(headings[0].itertext()).replace("\xad", "").split())
    assert title.replace("\xad", "").startswith(heading), (title, heading)
    assert page.get("lang"), "no language"
    _check_elements(page)


def check_fragment(html: str) -> None:
    """Well formed, no heading of a page, every id once, every control labelled."""
    part = _read(html, HTMLParser.parseFragment)
    assert not part.findall(".//h1")
    _check_elements(part)


def _check_elements(page: Any) -> None:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)
    _check_controls(page, set(ids))
    for element in page.iter():
        assert not UNSAFE_ATTRIBUTES & set(element.keys()), element.tag
        assert element.tag != "style"
        assert element.tag != "script" or element.get("src"), "inline script"


def _check_controls(page: Any, ids: set[str]) -> None:
    labelled = {label.get("for") for label in page.iter("label")}
    for control in (element for element in page.iter() if element.tag in CONTROLS):
        hidden = control.get("type") in {"hidden", "submit"}
        assert hidden or control.get("id") in labelled, f"{control.get('name')} has no label"
        for reference in (control.get("aria-describedby") or "").split():
            assert reference in ids, f"aria-describedby names {reference}, which is not there"
    for form in page.iter("form"):
        if form.get("method") == "post":
            assert form.find(".//input[@name='csrf_token']") is not None


@lru_cache(maxsize=16)
def parse(html: str) -> Any:
    """Return the parsed page, to be read only; refuse what is not well formed."""
    return _read(html, HTMLParser.parse)


def _read(html: str, how: Callable[[HTMLParser, str], Any]) -> Any:
    parser = HTMLParser(namespaceHTMLElements=False)
    with unmeasured():
        tree = how(parser, html)
    assert not parser.errors, parser.errors[:3]
    return tree
