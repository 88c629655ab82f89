"""How well a referent fits an anaphor: agreement, kind, grammatical prominence and distance.

After Lappin and Leass (1994): the subject before the object before the oblique, the near before the far, the often
named before the rarely named; agreement in gender, number and kind filters. Scores are relative; see `best`.
"""

from __future__ import annotations

from collections.abc import Iterable

from .drafts import Referent

DECAY = 0.55  # per sentence
WINDOW = 4  # sentences
OTHERS = 0.5


def prominence(
    referent: Referent, sentence: int, token: int, window: int = WINDOW, decay: float = DECAY
) -> float:
    """Sum over the last sentences of the best mention in each, discounted by distance."""
    counted: set[int] = set()
    best: dict[int, float] = {}
    for s, t, weight in reversed(referent.seen):
        distance = sentence - s
        if distance > window:
            break
        if distance < 0 or (distance == 0 and t >= token):
            continue
        # inside a sentence what stands nearer counts a little more
        best[distance] = max(best.get(distance, 0.0), weight)
        counted.add(distance)
    shares = sorted((weight * decay**distance for distance, weight in best.items()), reverse=True)
    # the best mention counts, the others a little: frequency does not outweigh nearness
    return shares[0] + OTHERS * sum(shares[1:]) if shares else 0.0


def agrees(referent: Referent, gender: str, number: str) -> bool:
    """No contradiction in gender or number (unknown values agree); companies change gender with their noun."""
    firm = referent.kind in ("organization", "product") and referent.name is not None
    if gender and referent.gender and gender != referent.gender and not firm:
        return False
    return not number or number == referent.number


def best(scored: Iterable[tuple[float, Referent]], margin: float, floor: float) -> Referent | None:
    """The referent that leads the second by `margin` (a ratio) and reaches `floor`; null otherwise."""
    ranked = sorted(scored, key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < floor:
        return None
    if len(ranked) > 1 and ranked[0][0] < margin * ranked[1][0]:
        return None
    return ranked[0][1]
