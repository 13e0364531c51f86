"""What can be refused for a reason a person can act on."""


class DomainError(Exception):
    """The request was understood and refused."""


class NotFound(DomainError):
    """No such thing, or none that this person may know of."""


class NotAllowed(DomainError):
    """The person may not do that to this thing."""


class Conflict(DomainError):
    """The thing is not in a state where this can be done."""


class Stale(Conflict):
    """Someone else changed the thing since this person looked at it."""
