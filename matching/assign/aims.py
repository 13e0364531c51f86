"""What an aim is worth: one whole number per pair, such that the largest sum is the aim."""

from dataclasses import dataclass

from matching.policy import FULL


@dataclass(frozen=True)
class Worth:
    """A pair that scores s is worth ``scale * s + bonus``.

    Under ``most`` one more tandem outweighs any change of scores; under ``best`` one more
    point outweighs any number of tandems. Both with room to tell gain from loss, also where
    one more pair can be made.
    """

    scale: int
    bonus: int

    @property
    def highest(self) -> int:
        """Worth of a perfect pair."""
        return self.scale * FULL + self.bonus

    def split(self, worth: int) -> tuple[int, int]:
        """Tell a difference of worth as (tandems, points)."""
        if self.scale == 1:
            tandems = (worth + self.bonus // 2) // self.bonus
            return tandems, worth - tandems * self.bonus
        points = (worth + self.scale // 2) // self.scale
        return worth - points * self.scale, points


def worth_under(aim: str, size: int) -> Worth:
    """Return the worth of pairs where at most `size` of them can be made."""
    if aim == "best":
        return Worth(scale=2 * size + 4, bonus=1)
    return Worth(scale=1, bonus=2 * FULL * (size + 1) + 1)
