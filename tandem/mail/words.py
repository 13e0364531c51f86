"""Short texts beside a mail in the reader's language, such as the title of a calendar entry."""

from tandem.mail.rendering import _environment


def words(name: str, locale: str, /, **values: object) -> str:
    """Return the text ``name`` of the folder ``emails/parts`` on one line."""
    template = _environment(locale).get_template(f"emails/parts/{name}.txt")
    return " ".join(template.render(**values).split())
