"""The frame of a narrative: the year that a date at the head of a sentence sets for the dates without year behind it.

« En 2018, la société rachète Vallier. En mars, elle licencie » is March 2018, while « fondée en 2018, elle a licencié en mars »
tells nothing of the year of March. A frame ends with its paragraph.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .values import Value

_GRAINS = frozenset({"year", "month", "day", "season", "quarter", "half"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The value that a narrative goes on from, and where its expression ends in the text. A `weak` one stands inside its
    sentence, and only a date at the head of the next goes on from it (« arrêté le 3 juin 2021. Le 5 août, il a … »)."""

    value: Value
    end: int
    weak: bool = False

    @property
    def base(self) -> datetime:
        """Where dates without year are looked for."""
        start = self.value.start
        assert start is not None
        return datetime(start.year, 7, 2) if self.value.grain == "year" else start

    @property
    def direction(self) -> int:
        """A narrative goes forward; within a year it may begin anywhere."""
        return 0 if self.value.grain == "year" else 1


class Narrative:
    """What sets, carries on and ends a frame, by the words of a language."""

    reach = 400

    def __init__(self, words: Mapping[str, str]) -> None:
        self._opening = re.compile(words["opening"], re.IGNORECASE)

    def opens(self, text: str, start: int) -> bool:
        """Whether an expression stands at the head of its sentence."""
        return self._opening.search(text[max(0, start - 60) : start]) is not None

    def after(self, frame: Frame | None, text: str, value: Value, start: int, end: int) -> Frame | None:
        """The frame behind an expression: set by a full date at the head of a sentence, carried on by what counts from it,
        ended by any other date at the head of a sentence."""
        if value.start is None or value.approx or value.grain not in _GRAINS:
            return frame
        standing = self.holds(frame, text, start)
        if value.basis == "anaphoric":
            return Frame(value, end) if standing else frame
        if self.opens(text, start):
            return Frame(value, end) if value.basis == "explicit" else None
        if (
            value.basis == "explicit"
            and value.grain in ("month", "day")
            and (frame is None or frame.weak or not standing)
        ):
            return Frame(value, end, weak=True)
        return frame

    def holds(self, frame: Frame | None, text: str, start: int) -> bool:
        """Whether the frame still stands for an expression that begins at `start`."""
        if frame is None or (frame.weak and not self.opens(text, start)):
            return False
        between = text[frame.end : start]
        if between.rfind("«") > between.rfind("»"):
            return False  # Who is quoted speaks of his own time.
        return len(between) < self.reach and "\n" not in between
