"""People of a programme, as their coordinator sees them: finding, comparing, deciding."""

from tandem.services.people.comparing import Change, compare, name_gaps
from tandem.services.people.deciding import (
    CompanyRefused,
    NothingToDecide,
    Ruling,
    TooManyTandems,
    Verdict,
    decide,
)
from tandem.services.people.finding import (
    PAGE_SIZE,
    Listing,
    Person,
    count_waiting,
    get_person,
    list_people,
    list_tandems_of,
    list_waiting,
    walk_people,
)
from tandem.services.people.history import Chapter, Deed, tell_history
from tandem.services.people.others import Others, find_others
from tandem.services.people.searching import Among, Search, is_named, says

__all__ = [
    "PAGE_SIZE",
    "Among",
    "Change",
    "Chapter",
    "CompanyRefused",
    "Deed",
    "Listing",
    "NothingToDecide",
    "Others",
    "Person",
    "Ruling",
    "Search",
    "TooManyTandems",
    "Verdict",
    "compare",
    "count_waiting",
    "decide",
    "find_others",
    "get_person",
    "is_named",
    "list_people",
    "list_tandems_of",
    "list_waiting",
    "name_gaps",
    "says",
    "tell_history",
    "walk_people",
]
