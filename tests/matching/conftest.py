"""Property-based tests are judged by what they find, never by how fast the machine is."""

from hypothesis import Phase, settings

settings.register_profile("untimed", deadline=None, max_examples=60)
settings.register_profile(
    "mutants",  # that a test fails is enough; which example is the smallest does not matter
    settings.get_profile("untimed"),
    phases=(Phase.explicit, Phase.generate),
    database=None,
)
settings.load_profile("untimed")
