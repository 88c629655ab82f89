"""The state in which expressions get their values, and the registry of what rules mean."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from .calendar import DAY, midnight
from .grammar import Tree
from .narrative import Frame, Narrative
from .scanner import Token
from .types import Basis
from .values import Value
from .wording import Wording

_ADJOINING = 12
_IN_LIST = 40


class NoReference(Exception):
    """The expression counts from a reference that is not known."""


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
        narrative: Narrative,
        wording: Wording,
    ) -> None:
        self.text = text
        self.reference = reference
        self._now = instant
        self._tense = tense
        self._narrative = narrative
        self.wording = wording
        self._frame: Frame | None = None
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

    def remember(self, value: Value, start: int, end: int) -> None:
        """Take note of a value for what counts from it later."""
        if value.start is None or value.approx:
            return
        self._frame = self._narrative.after(self._frame, self.text, value, start, end)
        self.last, self.last_end = value, end
        if value.grain in ("day", "second", "minute", "hour", "daypart"):
            self.last_day = value

    def origin(self) -> tuple[datetime, int]:
        """Where a date without year is looked for, and in which direction: in the narrative around, unless the words speak
        of a time to come, else around the reference."""
        frame, tense = self._frame, self.direction()
        if frame is None or self.whole or not self._narrative.holds(frame, self.text, self.span[0]):
            return self.now, tense
        if self._now is not None and frame.base < self._now and tense > 0:
            return self.now, tense
        self.used = "anaphoric"
        return frame.base, frame.direction

    def adjoins(self) -> bool:
        """Whether little more than a comma or « et » stands between the last value and this expression, or both stand in a
        list of places or such in one sentence (« en 1997 (en janvier à Metz, en octobre à Nancy) »)."""
        between = self.text[self.last_end : self.span[0]]
        near = _IN_LIST if self.last is not None and self.last.basis == "anaphoric" else _ADJOINING
        return len(between) <= near and "." not in between and "\n" not in between

    def same_year(self) -> int:
        """The year that the narrative is in, else that of the reference."""
        last = self.narrative()
        if last is None or last.start is None:
            return self.now.year
        self.used = "anaphoric"
        return last.start.year

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
        if not self.wording.joint.fullmatch(self.text, self.span[1], start):
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
