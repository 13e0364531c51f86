"""Codes found by typing one's own words: what can be searched, and the field that asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import BadRequest
from wtforms import Field
from wtforms.validators import StopValidation

from tandem import taxonomy
from tandem.taxonomy import Found, Group, Matched
from tandem.text import Unclean, clean_line
from tandem.web import codes
from tandem.web.languages import locale_code

LONGEST = 120
FIND = "find"
"""The name of the buttons that search and save nothing."""
OWN_WORDS = "own"
"""What is chosen where no code fits, so that the words stand for themselves."""


@dataclass(frozen=True)
class Result:
    """A code to choose, what else it is called, and what it belongs to."""

    code: str
    name: str
    also: tuple[Matched, ...] = ()
    above: str = ""


@dataclass(frozen=True)
class Source:
    """Something that can be searched."""

    find: Callable[[str], list[Result]]
    name: Callable[[str], str]
    is_known: Callable[[str], bool]
    exact: Callable[[str], str | None] = field(default=lambda _words: None)
    """The code that the words are themselves, such as a postal code."""
    groups: Callable[[], list[Group]] = field(default=list)
    """The whole list, for those who would rather look than search."""


@dataclass(frozen=True)
class Searched:
    """What a profile says: the words, and the codes that were chosen for them."""

    words: str = ""
    codes: Sequence[str] = ()


def _results(found: Sequence[Found]) -> list[Result]:
    return [
        Result(
            each.code,
            each.name,
            tuple(matched for matched in each.matched if matched.where == "also"),
            each.above,
        )
        for each in found
    ]


def _places(words: str) -> list[Result]:
    found = dict.fromkeys(place.code for place in taxonomy.search_places(words))
    return [Result(code, _place(code)) for code in found]


def _place(code: str) -> str:
    return " ".join([code, *taxonomy.town_names(code)[:1]])


def _postal_code(words: str) -> str | None:
    first = words.partition(" ")[0]
    return first if taxonomy.is_postal_code(first) else None


SOURCES: Mapping[str, Source] = {
    "occupations": Source(
        find=lambda words: _results(taxonomy.search_occupations(words, locale_code())),
        name=codes.occupation,
        is_known=taxonomy.is_occupation,
        groups=lambda: taxonomy.occupations(locale_code(), digits=4),
    ),
    "sectors": Source(
        find=lambda words: _results(taxonomy.search_sectors(words, locale_code())),
        name=codes.sector,
        is_known=taxonomy.is_sector,
        groups=lambda: taxonomy.sectors(locale_code()),
    ),
    "places": Source(
        find=_places, name=_place, is_known=taxonomy.is_postal_code, exact=_postal_code
    ),
}


class SearchField(Field):
    """One code or a few, found by typing: with a script at once, without one by a button.

    The words, the words that were searched last and the codes are sent side by side, so that
    words which nobody has looked for yet are never saved beside an older choice.
    """

    def __init__(
        self,
        label: Any,
        *,
        source: str,
        most: int = 1,
        required: bool = False,
        own_words: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.source_name, self.source = source, SOURCES[source]
        self.most, self.takes_many = most, most > 1
        self.flags.required = required
        self.takes_own_words, self.keeps_words = own_words, False
        self.words = self.seen = ""
        self._button = ""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Remember the form, since the field stands there under several names."""
        self._sent = formdata
        super().process(formdata, *args, **kwargs)

    def process_data(self, value: Searched | None) -> None:
        """Take what a profile says."""
        said = value or Searched()
        self.words = self.seen = said.words
        self.data = list(said.codes)
        self.keeps_words = self.takes_own_words and bool(said.words) and not self.data

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was typed and what was chosen."""
        self.keeps_words = self.takes_own_words and OWN_WORDS in valuelist
        self.data = [] if self.keeps_words else list(dict.fromkeys(valuelist))
        self._button = self._one(FIND)
        try:
            self.words, self.seen = self._typed("words"), self._typed("seen")
        except Unclean as error:
            raise ValueError(_l("This text holds characters that cannot be stored.")) from error
        if self.words and self.words != self.seen:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """Take words that are a code themselves; else forget what was chosen for other words."""
        self.keeps_words = False
        exact = self.source.exact(self.words)
        if exact:
            self.data, self.seen = [exact], self.words
        elif not self.takes_many:
            self.data = []

    @property
    def code(self) -> str | None:
        """The code that was chosen."""
        return self.data[0] if self.data else None

    @property
    def asks(self) -> bool:
        """Whether somebody wants to see results, or the list, and save nothing yet."""
        return self._button in {self.name, f"{self.name}-list"}

    @property
    def lists(self) -> list[Group]:
        """The whole list where it was asked for."""
        return self.source.groups() if self._button == f"{self.name}-list" else []

    @property
    def has_list(self) -> bool:
        """Whether there is a list to look through."""
        return self.source_name != "places"

    @property
    def is_searched(self) -> bool:
        """Whether the page shows what was found for the words."""
        unsaved = self.words != self.seen or (self._sent and not self.data and not self.keeps_words)
        return bool(self.words) and bool(self.asks or unsaved)

    @property
    def offers_own_words(self) -> bool:
        """Whether the page offers to leave it at the words."""
        return self.takes_own_words and bool(self.words) and (self.is_searched or self.keeps_words)

    @property
    def results(self) -> list[Result]:
        """What there is to choose: what was chosen, then what was found."""
        found = self.source.find(self.words[:LONGEST]) if self.is_searched else []
        known = {result.code for result in found}
        chosen = [code for code in self.data or () if code not in known]
        kept = [Result(code, self.source.name(code)) for code in chosen if self._knows(code)]
        return kept + found

    def pre_validate(self, _form: Any) -> None:
        """Refuse words without a choice, codes that do not exist, and too many of them."""
        if len(self.words) > LONGEST:
            raise StopValidation(_("Use at most %(max)d characters.", max=LONGEST))
        if self.words != self.seen and self.words:
            raise StopValidation(self._ask())
        if not all(self._knows(code) for code in self.data or ()):
            raise StopValidation(_("This is not on the list."))
        if len(self.data or ()) > self.most:
            raise StopValidation(_("Choose %(most)d at most.", most=self.most))
        if self.keeps_words and not self.words:
            raise StopValidation(_("Please write what it is called."))
        if self.flags.required and not self.data and not self.keeps_words:
            raise StopValidation(_("Please choose one."))

    def _ask(self) -> str:
        if self.source.find(self.words[:LONGEST]):
            return str(_("Please choose what fits best, then save again."))
        if self.takes_own_words:
            return str(_("We found nothing for these words. Try others, or keep your own words."))
        if self.has_list:
            return str(_("We found nothing for these words. Try others, or look through the list."))
        return str(_("We found no such place. Check the name, or enter the postal code."))

    def _knows(self, code: str) -> bool:
        return self.source.is_known(code)

    def _typed(self, name: str) -> str:
        return clean_line(self._one(f"{self.name}-{name}"))

    def _one(self, name: str) -> str:
        values = self._sent.getlist(name) if self._sent else []
        if len(values) > 1:
            raise BadRequest
        return str(values[0]) if values else ""


def looks_up(form: Any) -> bool:
    """Whether a search was asked for, so that nothing of ``form`` is to be saved yet."""
    return any(isinstance(field, SearchField) and field.asks for field in form)
