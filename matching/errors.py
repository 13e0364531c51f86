"""What this package raises."""


class InvalidInput(ValueError):
    """An argument breaks a condition that its docstring states."""


class Refuted(Exception):
    """A result is not what it claims to be; the message says why."""
