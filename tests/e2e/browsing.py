"""What a person does in a browser, in the words of their language."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe
from babel.support import Translations
from playwright.sync_api import Page, expect

TRANSLATIONS = Path(__file__).parents[2] / "tandem" / "translations"
WIDTHS = (320, 1280)
COLOURS: Final[dict[int, Literal["light", "dark"]]] = {320: "light", 1280: "dark"}
_AXE = Axe()


@dataclass
class Person:
    """Somebody at a browser: finds things by role and label, and looks at every page."""

    page: Page
    language: str
    folder: Path | None
    """Where pictures of pages are kept; none: nobody asked for them."""
    who: str
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._words = Translations.load(TRANSLATIONS, [self.language])
        self.page.goto(f"/sign-in?lang={self.language}")

    def say(self, message: str, **values: object) -> str:
        """Return an English sentence in this person's language."""
        translated = str(self._words.gettext(message))
        return (translated % values if values else translated).replace("\xad", "")

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def press(self, message: str, *, exact: bool = True) -> None:
        """Press a button."""
        self._find("button", message, exact=exact).click()
        self.page.wait_for_load_state()

    def follow(self, message: str, *, exact: bool = True) -> None:
        """Follow a link."""
        self._find("link", message, exact=exact).click()
        self.page.wait_for_load_state()

    def _find(self, role, message, *, exact):
        text = self.say(message)
        pattern = re.compile(("^%s$" if exact else "%s") % _loose(text))
        return self.page.get_by_role(role, name=pattern).first

    def fill(self, **answers: str) -> None:
        """Fill in fields by their labels, underscores standing for spaces."""
        for label, text in answers.items():
            self.fill_in(label.replace("_", " "), text)

    def fill_in(self, label: str, text: str) -> None:
        """Fill in the field with this label."""
        self._labelled(label).fill(text)

    def find_in(self, label: str, words: str, code: str) -> None:
        """Write into a field that searches, and choose a result with the keyboard.

        All words at once, as when they are pasted: the list is never that of half a word.
        """
        box = self._labelled(label)
        with self.page.expect_response(lambda answer: answer.url.endswith(f"?q={quote(words)}")):
            box.fill(words)
        results = self.page.locator("li[role=option]:visible")  # not those of a select
        expect(results.first).to_be_visible()
        for _ in range(results.count()):
            box.press("ArrowDown")
            active = box.get_attribute("aria-activedescendant")
            if self.page.locator(f"#{active}").get_attribute("data-code") == code:
                break
        box.press("Enter")
        expect(self.page.locator(f"input[value='{code}']:checked")).to_be_visible()

    def choose(self, label: str, value: str) -> None:
        """Choose an option by its value, in the field with this label."""
        self._labelled(label).select_option(value)

    def tick(self, label: str) -> None:
        """Choose one of several by its label."""
        pattern = re.compile(_loose(self.say(label)))
        self.page.get_by_role("radio", name=pattern).first.check()

    def _labelled(self, label):
        return self.page.get_by_label(re.compile("^" + _loose(self.say(label)))).first

    def reads(self, message: str, **values: object) -> None:
        """Expect a sentence on the page."""
        pattern = re.compile(_loose(self.say(message, **values)))
        expect(self.page.locator("body")).to_contain_text(pattern)

    def look(self, name: str) -> None:
        """Have the page checked on a phone and on a desk, and keep pictures if they are wanted."""
        self.seen.append(name)
        size = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.folder is not None:
                picture = self.folder / f"{self.who}-{name}-{self.language}-{width}.png"
                self.page.screenshot(path=str(picture), full_page=True)
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.page.evaluate(wide) <= 0, f"{name} scrolls sideways at {width}"
            self.page.emulate_media(color_scheme=COLOURS[width])
            found = _AXE.run(self.page)
            assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"
        self.page.emulate_media(color_scheme="light")
        if size is not None:
            self.page.set_viewport_size(size)


def _loose(text: str) -> str:
    """Return a pattern for a text in which soft hyphens may stand anywhere."""
    return "\xad?".join(r"\s+" if letter.isspace() else re.escape(letter) for letter in text)
