"""Values of expressions while they are computed, and the state of the narrative they are computed in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, iso_duration, iso_week, midnight
from .grammar import Tree
from .scanner import Token
from .types import Basis, Kind

_JOINT = re.compile(r"\s*(?:,|et|ou|puis|ainsi que)\s*(?:(?:en|le|du|au|de|les|celui de|à)\s)?\s*", re.IGNORECASE)


class NoReference(Exception):
    """The expression counts from a reference that is not known."""


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
        order = ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "half", "year", "decade", "century")
        units = ["day" if u == "weekend" else u for _, u in self.parts]
        return min(units, key=order.index)


Meaning = Callable[["Context", dict[str, Any]], Any]
MEANINGS: dict[str, Meaning] = {}


def meaning(function: Meaning) -> Meaning:
    """Register what a rule of this name means."""
    MEANINGS[function.__name__] = function
    return function


class Context:
    """The state in which expressions get their values: reference, narrative, the words around.

    `now` is the reference (the middle of a coarse one), `last` the last value with a place on the calendar, and
    `last_day` the last one of a day or finer.
    """

    def __init__(
        self,
        text: str,
        reference: tuple[datetime, datetime] | None,
        instant: datetime | None,
        tense: Callable[[int, int, int], int],
    ) -> None:
        self.text = text
        self.reference = reference
        self._now = instant
        self._tense = tense
        self.last: Value | None = None
        self.last_day: Value | None = None
        self.last_end = 0
        self.weekdays: dict[int, list[datetime]] = {}
        self.span = (0, 0)
        self.whole = False
        self.used: Basis = "explicit"
        self.tokens: Sequence[Token] = ()
        self.top = ""
        self.following: tuple[Tree, Sequence[Token]] | None = None

    @property
    def now(self) -> datetime:
        """The reference; raises NoReference."""
        if self._now is None:
            raise NoReference
        if self.used == "explicit":
            self.used = "relative"
        return self._now

    @property
    def coarse(self) -> bool:
        """Whether the reference is longer than a day."""
        return self.reference is not None and self.reference[1] - self.reference[0] > DAY

    def direction(self) -> int:
        """-1 where the words around speak of the past, +1 of the future, 0 where they leave it open."""
        return self._tense(*self.span, self.last_end if self.last is not None else 0)

    def anaphor(self) -> datetime:
        """The last day of the narrative, else the reference."""
        if self.last_day is not None and self.last_day.start is not None:
            self.used = "anaphoric"
            return self.last_day.start
        return midnight(self.now)

    def narrative(self) -> Value | None:
        """The last value with a place on the calendar, when it is near in the text (the same paragraph)."""
        if self.last is None or self.last.start is None:
            return None
        between = self.text[self.last_end : self.span[0]]
        if between.rfind("«") > between.rfind("»"):
            return None  # Who is quoted speaks of his own time.
        return self.last if len(between) < 400 and "\n\n" not in between else None

    def ahead(self) -> Value | None:
        """The next expression when only « et », « ou », a comma join it to this one: it may hold a shared year."""
        if self.following is None:
            return None
        tree, tokens = self.following
        start = tokens[tree.begin].start
        if not _JOINT.fullmatch(self.text, self.span[1], start):
            return None
        saved = self.tokens, self.following, self.used, self.span
        self.tokens, self.following, self.span = tokens, None, (start, tokens[tree.end - 1].end)
        try:
            found = self.raw(tree)
        except (ValueError, KeyError, OverflowError, NoReference, AssertionError):
            found = None
        self.tokens, self.following, self.used, self.span = saved
        return found if isinstance(found, Value) and found.start is not None else None

    def raw(self, tree: Tree | Any) -> Any:
        """What a rule means, given the tokens at hand."""
        if not isinstance(tree, Tree):
            return tree
        rule = tree.rule
        args: dict[str, Any] = dict(rule.constants)
        for name, child in tree.children.items():
            args[name] = child if isinstance(child, Tree) else self.tokens[child].values[rule.captures[name]]
        return MEANINGS[rule.meaning](self, args)

    def value(self, tree: Tree | Any) -> Value:
        """The value of a tree that denotes a time; raises ValueError where it has none."""
        found = self.raw(tree)
        if not isinstance(found, Value):
            raise ValueError("no place on the calendar")
        return found

    def one(self, args: Mapping[str, Any], *names: str) -> Value:
        """The value of the first of these captures that is present."""
        for name in names:
            if name in args:
                return self.value(args[name])
        raise ValueError(f"none of {names}")


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
