"""Types of the temporal annotator."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["date", "interval", "time", "duration", "set"]
Basis = Literal["explicit", "relative", "anaphoric"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, the end excluded."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class TemporalExpression:
    """A temporal expression of a text and what it denotes.

    `start` and `end` are code points of the text, the end excluded: `text == source[start:end]`. `value_start` and
    `value_end` are days, the end excluded; null where the expression has no place on the calendar (durations, sets,
    anything relative without a reference). `granularity` is that of the data contract, null without a value.
    `timex_type` and `timex_value` are those of ISO-TimeML (TIMEX3). `instant_start` and `instant_end` are set where
    the expression names a time of the day or counts from the reference; the end is null for a point. `approx` marks
    vague expressions, whose interval is wide. `parts` are the dates that a longer expression contains.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value_start: date | None
    value_end: date | None
    granularity: str | None
    basis: Basis
    timex_type: str
    timex_value: str
    approx: bool = False
    instant_start: datetime | None = None
    instant_end: datetime | None = None
    parts: tuple["TemporalExpression", ...] = field(default=())

    @property
    def interval(self) -> Interval | None:
        """The days of the expression, or null."""
        if self.value_start is None or self.value_end is None:
            return None
        return Interval(self.value_start, self.value_end)
