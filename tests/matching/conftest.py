"""Property-based tests are judged by what they find, never by how fast the machine is."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None, max_examples=60)
settings.load_profile("untimed")
