"""Demo programmes: invented people in real places, approved and ready for a round."""

from tandem.services.demo.programme import make_dithmarschen, make_sized
from tandem.services.demo.sign_ins import SignInCard, demo_password, sign_in_cards

__all__ = ["SignInCard", "demo_password", "make_dithmarschen", "make_sized", "sign_in_cards"]
