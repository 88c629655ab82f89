"""Type of an amount."""

from dataclasses import dataclass
from typing import Literal

AmountKind = Literal["money", "percent", "count", "number", "ordinal"]
Comparison = Literal["about", "more", "less", "at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a text: `text == source[start:end]`, in code points, the end excluded.

    A single amount has `value`; a range has `low` and `high` and no value; « plus de 10 » has the value and `low`,
    « moins de 10 » the value and `high`. « Des milliards de dollars » has none of the three. `currency` is ISO 4217,
    null for what is no money or has no code of its own (cents). `unit` is `percent`, `point`, `share`, or the noun
    that is counted.
    """

    start: int
    end: int
    text: str
    kind: AmountKind
    value: float | None
    low: float | None
    high: float | None
    currency: str | None
    unit: str | None
    comparison: Comparison | None
