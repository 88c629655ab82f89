"""Values of expressions while they are computed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, iso_duration, iso_week, midnight
from .types import Basis, Kind


@dataclass(frozen=True, slots=True)
class Value:
    """An interval of time, or a word such as PAST_REF, with its grain and how it was found.

    `grain` is the unit named: second .. century, daypart, season, part (début, mi, fin), span. `end` is null for a
    point in time. `floating`: counted from the reference, so as vague as the reference is.
    """

    start: datetime | None
    end: datetime | None
    grain: str
    basis: Basis = "explicit"
    kind: Kind = "date"
    approx: bool = False
    floating: bool = False
    timex: str = ""
    window: tuple[datetime, datetime] | None = None
    wordy: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; the count is null where it is vague."""

    parts: tuple[tuple[float | None, str], ...]
    approx: bool = False
    side: str = ""
    little: bool = False
    guess: float = 3.0

    @property
    def timex(self) -> str:
        """ISO 8601 duration."""
        texts = [iso_duration(n, u) for n, u in self.parts]
        date = "".join(t[1:] for t in texts if not t.startswith("PT"))
        time = "".join(t[2:] for t in texts if t.startswith("PT"))
        return f"P{date}T{time}" if time else f"P{date}"

    @property
    def counted(self) -> tuple[tuple[float, str], ...]:
        """Parts with a guess for vague counts."""
        return tuple((self.guess if n is None else n, u) for n, u in self.parts)

    @property
    def finest(self) -> str:
        """The smallest unit."""
        order = (
            "second",
            "minute",
            "hour",
            "day",
            "week",
            "fortnight",
            "month",
            "quarter",
            "half",
            "year",
            "decade",
            "century",
        )
        units = ["day" if u == "weekend" else u for _, u in self.parts]
        return min(units, key=order.index)


def timex(value: Value) -> str:
    """TIMEX3 value of an interval at its grain."""
    if value.timex or value.start is None:
        return value.timex or "XXXX-XX-XX"
    start = value.start
    day = f"{start.year:04d}-{start.month:02d}-{start.day:02d}"
    match value.grain:
        case "day":
            return day
        case "week" | "fortnight":
            return iso_week(start)
        case "weekend":
            return f"{iso_week(start)}-WE"
        case "month":
            return day[:7]
        case "quarter":
            return f"{start.year:04d}-Q{(start.month + 2) // 3}"
        case "half":
            return f"{start.year:04d}-H{1 if start.month < 7 else 2}"
        case "season":
            name = {3: "SP", 6: "SU", 9: "FA"}.get(start.month, "WI")
            return f"{start.year:04d}-{name}"
        case "year":
            return day[:4]
        case "decade":
            return f"{day[:3]}X"
        case "century":
            return f"{day[:2]}XX"
        case "hour" | "minute":
            return f"{day}T{start.hour:02d}:{start.minute:02d}"
        case "second":
            return f"{day}T{start.hour:02d}:{start.minute:02d}:{start.second:02d}"
        case _:
            end = value.end
            last = (end - timedelta(seconds=1)) if end is not None else start
            return day if last.date() == start.date() else f"{day}/{last.date().isoformat()}"


def as_duration(raw: Any) -> Duration:
    """A length of time; hours and minutes read as a clock time are one where the words around say so."""
    if isinstance(raw, Duration):
        return raw
    hours, minutes = raw[0], raw[1]
    parts: tuple[tuple[float | None, str], ...] = ((float(hours), "hour"),)
    return Duration((*parts, (float(minutes), "minute")) if minutes else parts)


def day_value(day: datetime, basis: Basis = "explicit", floating: bool = False) -> Value:
    """A day."""
    return Value(midnight(day), midnight(day) + DAY, "day", basis, floating=floating)


def with_basis(value: Value, basis: Basis) -> Value:
    """The value, found on another basis."""
    return replace(value, basis=basis)
