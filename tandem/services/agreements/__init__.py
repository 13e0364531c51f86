"""Agreements: what a tandem wants to reach, written by one side and agreed to by the other."""

from tandem.services.agreements.finding import SIGN_WITHIN, in_force, list_unsigned

__all__ = ["SIGN_WITHIN", "in_force", "list_unsigned"]
