"""A round that is the same everywhere, and its digests: for other interpreters to repeat."""

import json
import sys

import matching

POLICIES = {
    "most": matching.Policy(),
    "best": matching.Policy(aim="best", floor=2_000),
    "fair": matching.Policy(aim="fair"),
}


def digests() -> dict[str, str]:
    """Match the same made-up people under every aim, and by blocks."""
    people = matching.simulate(60, 70, seed=7, region="district")
    found = {aim: matching.match(*people, policy, seed=3) for aim, policy in POLICIES.items()}
    found["large"] = matching.match(*people, POLICIES["most"], seed=3, path="large")
    return {name: result.digest for name, result in found.items()}


if __name__ == "__main__":
    json.dump(digests(), sys.stdout)
