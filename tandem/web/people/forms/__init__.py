"""What coordinators enter about people, one module per task."""

from tandem.web.people.forms.deciding import DecideForm
from tandem.web.people.forms.entering import EnterForm
from tandem.web.people.forms.merging import MergeForm
from tandem.web.people.forms.noting import ApartForm, FindForm, NoteForm, RemoveForm
from tandem.web.people.forms.reaching import AddressForm, NameForm, NoticeForm
from tandem.web.people.forms.searching import SearchForm

__all__ = [
    "AddressForm",
    "ApartForm",
    "DecideForm",
    "EnterForm",
    "FindForm",
    "MergeForm",
    "NameForm",
    "NoteForm",
    "NoticeForm",
    "RemoveForm",
    "SearchForm",
]
