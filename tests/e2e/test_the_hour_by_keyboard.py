"""The hour of a coordinator with a round of 60 x 100 people, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tandem.services import demo
from tests.e2e.browsing import Person

pytestmark = pytest.mark.e2e
STAFF = "svenja.marschkamp@tandem-koordination.example"
READERS = {"postgresql": "de"}
_MOST_TABS = 60


@pytest.fixture
def programme(site, sites_password):
    with Session(site.engine) as session:
        made = demo.make_sized(session, mentors=60, mentees=100, seed=5, password=sites_password)
        return f"/{made.slug}"


@pytest.fixture
def coordinator(visitor, site, backend, sites_password):
    language = READERS[backend]
    somebody = Person(visitor(locale=language), language, site.screenshots, "keyboard")
    somebody.fill_in("E-mail address", STAFF)
    somebody.fill_in("Password", sites_password)
    press_enter(somebody)
    return somebody


def tab_to(somebody, selector):
    """Press Tab until the focus is on such a thing."""
    for _ in range(_MOST_TABS):
        if somebody.page.evaluate("css => document.activeElement.matches(css)", selector):
            return
        somebody.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def enter(somebody, selector):
    """Go there with Tab and press Enter."""
    tab_to(somebody, selector)
    press_enter(somebody)


def press_enter(somebody):
    """Press Enter and wait for the page that it leads to."""
    with somebody.page.expect_navigation():
        somebody.page.keyboard.press("Enter")


def has_focus(somebody):
    """Return the key of the row whose link has the focus."""
    return somebody.page.evaluate("document.activeElement.dataset.key ?? ''")


def opens_a_round(somebody, programme):
    somebody.go(f"{programme}/rounds/")
    tab_to(somebody, "input[name=name]")
    somebody.page.keyboard.type("Herbst 2026")
    press_enter(somebody)
    somebody.look("prepare")


def tries_other_weights(somebody):
    page = somebody.page
    enter(somebody, "a[href*='/policies/']")
    tab_to(somebody, "input[name=language]")
    before = page.locator("#preview-said").inner_text()
    page.keyboard.press("Control+A")
    page.keyboard.type("6000")
    expect(page.locator("#preview-said")).not_to_have_text(before)
    somebody.look("policy")
    page.go_back()


def has_it_solved(somebody):
    somebody.page.locator("main").focus()
    enter(somebody, "form[action$='/solve'] button")
    expect(somebody.page.locator("table[data-rows]")).to_be_visible()


def moves_among_the_rows(somebody):
    page = somebody.page
    tab_to(somebody, "a[data-key]")
    first = has_focus(somebody)
    page.keyboard.press("j")
    second = has_focus(somebody)
    assert second not in {"", first}
    page.keyboard.press("k")
    assert has_focus(somebody) == first
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator(f"#open-{second}")).to_be_in_viewport()
    somebody.look("row")
    page.keyboard.press("Escape")
    expect(page.locator(".t-openrow")).to_have_count(0)
    assert has_focus(somebody) == second


def goes_on_to_the_next_page(somebody):
    page = somebody.page
    page.locator("a[data-key]").last.focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.rel") == "next"
    press_enter(somebody)
    expect(page.locator("a[data-key]").first).to_be_visible()
    tab_to(somebody, "a[data-key]")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.rel") == "prev"
    press_enter(somebody)


def keys_rest_outside_the_table_and_while_typing(somebody):
    """WCAG 2.1.4: a letter does something only while the focus is in the table."""
    page = somebody.page
    page.locator("main").focus()
    page.keyboard.press("p")
    page.keyboard.press("o")
    expect(page.locator(".t-openrow")).to_have_count(0)
    tab_to(somebody, "a[data-key]")
    page.keyboard.press("o")
    expect(page.locator(".t-openbox")).to_be_visible()
    tab_to(somebody, ".t-openbox input[name=reason]")
    page.keyboard.type("jopkd")
    expect(page.locator(".t-openbox input[name=reason]")).to_have_value("jopkd")
    page.keyboard.press("Escape")


def pins_and_takes(somebody):
    page = somebody.page
    tab_to(somebody, "a[data-key]")
    key = has_focus(somebody)
    page.keyboard.press("p")
    expect(page.locator(f"#row-{key}")).to_contain_text(somebody.say("Pinned"))
    expect(page.locator(f"#open-{key}")).to_be_visible()
    assert has_focus(somebody) == key
    page.locator("main").focus()
    enter(somebody, "form[action$='/solve'] button")
    page.wait_for_url(re.compile("/difference$"))
    somebody.look("difference")
    enter(somebody, "form[action$='/take'] button")
    expect(page.locator("table[data-rows]")).to_be_visible()


def decides(somebody):
    page = somebody.page
    tab_to(somebody, "a[data-key]")
    page.keyboard.press("d")
    page.wait_for_url(re.compile("/proposals/"))
    tab_to(somebody, "input[name=verdict]")
    tab_to(somebody, "textarea[name=reason]")
    page.keyboard.type("Beide kennen sich aus dem Gespräch.")
    enter(somebody, "form[action$='/decide'] button[type=submit]")
    somebody.reads("Decided")


def keeps_the_record(somebody, programme):
    page = somebody.page
    somebody.go(f"{programme}/rounds/")
    enter(somebody, "main a.kern-btn")
    enter(somebody, "a[href$='/record']")
    somebody.look("record")
    tab_to(somebody, "a[href*='record.pdf']")
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    made = caught.value.path().read_bytes()
    assert b"/StructTreeRoot" in made


def test_a_coordinator_takes_a_round_from_start_to_record_by_keyboard(coordinator, programme):
    opens_a_round(coordinator, programme)
    tries_other_weights(coordinator)
    has_it_solved(coordinator)
    moves_among_the_rows(coordinator)
    goes_on_to_the_next_page(coordinator)
    keys_rest_outside_the_table_and_while_typing(coordinator)
    pins_and_takes(coordinator)
    decides(coordinator)
    keeps_the_record(coordinator, programme)
