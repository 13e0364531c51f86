"""Lists as rows of cells, for files: people as the import reads them, the others as they stand."""

from tandem.services.exports.lists import company_rows, proposal_rows, tandem_rows
from tandem.services.exports.people import people_rows

__all__ = ["company_rows", "people_rows", "proposal_rows", "tandem_rows"]
