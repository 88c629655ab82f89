"""Which predicted mention answers which annotated one, and when dates and amounts agree."""

from collections.abc import Callable, Mapping
from typing import Any

from .gold import Interval, Mention

_AMOUNT_TOLERANCE = 0.005


def match(gold: list[Mention], found: list[Mention], key: Callable[[str], str]) -> list[tuple[int, int]]:
    """Pairs of indices, one to one: equal `key` of the type, and triggers that overlap or share a gold sentence.

    Overlaps come first, the longest before the others; then the nearest in the sentence.
    """
    candidates = []
    for i, g in enumerate(gold):
        types = {key(t) for t in g.accepted_types or {g.event_type}}
        for j, f in enumerate(found):
            if key(f.event_type) not in types:
                continue
            shared = min(g.trigger[1], f.trigger[1]) - max(g.trigger[0], f.trigger[0])
            distance = abs(g.trigger[0] - f.trigger[0])
            if shared > 0:
                candidates.append((0, -shared, distance, i, j))
            elif g.sentence[0] <= f.trigger[0] < g.sentence[1]:
                candidates.append((1, 0, distance, i, j))
    pairs: list[tuple[int, int]] = []
    for *_, i, j in sorted(candidates):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def dates_close(a: Interval, b: Interval) -> bool:
    """True where the intervals share at least half of the days they cover together."""
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days
    covered = (max(a[1], b[1]) - min(a[0], b[0])).days
    return covered > 0 and shared / covered >= 0.5


def count_amounts(wanted: list[Mapping[str, Any]], found: list[Mapping[str, Any]]) -> int:
    """How many amounts of `wanted` have a partner of their own in `found`."""
    left, hits = list(found), 0
    for amount in wanted:
        partner = next((other for other in left if _same_amount(amount, other)), None)
        if partner is not None:
            left.remove(partner)
            hits += 1
    return hits


def _same_amount(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return _unit(a) == _unit(b) and all(_near(x, y) for x, y in zip(_bounds(a), _bounds(b), strict=True))


def _unit(amount: Mapping[str, Any]) -> str:
    return str(amount.get("currency") or amount.get("unit") or "").upper()


def _bounds(amount: Mapping[str, Any]) -> tuple[float | None, float | None]:
    value = amount.get("value")
    low, high = amount.get("low"), amount.get("high")
    return (value if low is None else low), (value if high is None else high)


def _near(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= _AMOUNT_TOLERANCE * max(abs(a), abs(b), 1e-9)
