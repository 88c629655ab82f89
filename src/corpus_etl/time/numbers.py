"""Numbers in words: the French system of units, tens, hundreds and scales, as parsed tokens.

The classes of the words (unit, ten, hundred, scale) come from the lexicon; nothing here depends on their spelling.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word of a number. `role`: unit (0-16), ten, hundred, scale (1,000 and more)."""

    role: str
    value: int


def parse_number(words: Sequence[NumberWord | None], i: int) -> tuple[int, int]:
    """Read the longest number that begins at `words[i]`; null entries are joints (hyphen, « et »).

    Returns (value, index after its last word); the index equals `i` where there is none.
    """
    total = 0
    limit = 0
    end = i
    while True:
        value, j = _below_thousand(words, end if end == i else _skip(words, end))
        start = end if end == i else _skip(words, end)
        scale = words[j] if j < len(words) and j == start else None
        if j == start:
            # A scale without a multiplier: « mille », only at the beginning or after a larger scale.
            if scale is None or scale.role != "scale" or (limit and scale.value >= limit):
                return total, end
            value, j = 1, start
        k = _skip(words, j)
        word = words[k] if k < len(words) else None
        if word is not None and word.role == "scale" and (not limit or word.value < limit):
            total += value * word.value
            limit = word.value
            end = k + 1
            continue
        if limit and value >= limit:
            return total, end
        return total + value, j


def _skip(words: Sequence[NumberWord | None], i: int) -> int:
    return i + 1 if i + 1 < len(words) and words[i] is None and words[i + 1] is not None else i


def _below_thousand(words: Sequence[NumberWord | None], i: int) -> tuple[int, int]:
    """(value, end) of the number below a thousand at `i`; end == i where there is none."""
    value, j = _below_hundred(words, i)
    k = _skip(words, j)
    word = words[k] if k < len(words) else None
    if word is not None and word.role == "hundred" and (j == i or 1 < value < 10 or value == 1):
        hundreds = (value if j > i else 1) * 100
        rest, end = _below_hundred(words, _skip(words, k + 1))
        if end > _skip(words, k + 1):
            return hundreds + rest, end
        return hundreds, k + 1
    return value, j


def _below_hundred(words: Sequence[NumberWord | None], i: int) -> tuple[int, int]:
    word = words[i] if i < len(words) else None
    if word is None or word.role in ("hundred", "scale"):
        return 0, i
    value, j = word.value, i + 1
    following = words[_skip(words, j)] if _skip(words, j) < len(words) else None
    if value == 4 and following is not None and following.value == 20 and following.role == "ten":
        value, j = 80, _skip(words, j) + 1
    elif word.role == "unit" and value != 10:
        return value, j
    k = _skip(words, j)
    unit = words[k] if k < len(words) else None
    if unit is None or unit.role != "unit":
        return value, j
    if value == 10:
        return (10 + unit.value, k + 1) if 7 <= unit.value <= 9 else (value, j)
    if 1 <= unit.value <= 9:
        return value + unit.value, k + 1
    if value in (60, 80) and 10 <= unit.value <= 16:
        value, j = value + unit.value, k + 1
        if unit.value == 10:
            k = _skip(words, j)
            last = words[k] if k < len(words) else None
            if last is not None and last.role == "unit" and 7 <= last.value <= 9:
                return value + last.value, k + 1
        return value, j
    return value, j
