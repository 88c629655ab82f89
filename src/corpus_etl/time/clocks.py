"""Meanings of times of the day: clock times, parts of the day, meals, and their union with a date."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, midnight
from .context import Context, meaning
from .grammar import Tree
from .values import Duration, Value

Args = dict[str, Any]
Clock = tuple[int, int, int, bool]
_LENGTH_BEFORE = re.compile(r"(?:\b(?:en|pendant|durant|de|d[’']|ou|et)\s?|\+\s?)$", re.IGNORECASE)
_LENGTH_AFTER = re.compile(r"\s+d(?:e\s|[’'])\s?[a-zà-ÿ]{3,}(?<!matin)(?<!nuit)")

PARTS_OF_DAY = {"MO": (4, 12), "MI": (12, 14), "AF": (12, 19), "EV": (18, 24), "NI": (21, 30), "DW": (5, 8)}
"""Hours from and to, as Duckling has them; a night ends at six on the next day."""
_CUTS = {
    ("MO", "start"): (7, 9),
    ("MO", "mid"): (9, 11),
    ("MO", "end"): (10, 12),
    ("AF", "start"): (12, 14),
    ("AF", "mid"): (14, 17),
    ("AF", "end"): (17, 19),
    ("EV", "start"): (18, 21),
    ("EV", "mid"): (19, 22),
    ("EV", "end"): (21, 24),
    ("NI", "start"): (21, 24),
    ("NI", "mid"): (24, 27),
    ("NI", "end"): (27, 30),
    ("DW", "start"): (5, 6),
    ("DW", "mid"): (5, 7),
    ("DW", "end"): (6, 8),
    ("MI", "start"): (12, 13),
    ("MI", "mid"): (12, 13),
    ("MI", "end"): (13, 14),
}
_DAY_CUTS = {"start": (6, 10), "mid": (11, 16), "end": (17, 21), "early": (0, 12)}
_MEALS = {
    ("lunch", "after"): (13, 17),
    ("lunch", "before"): (10, 12),
    ("lunch", "during"): (12, 14),
}


@meaning
def clock(ctx: Context, a: Args) -> Clock:
    """(hour, minute, second, whether the half of the day is known) of a clock time."""
    known = "pm" in a
    second = int(a.get("s", 0))
    if "t" in a:
        hour, minute, second = a["t"]
    elif "hm" in a:
        hour, minute = divmod(int(a["hm"]), 100)
    else:
        hour, minute = int(a["h"]), int(a.get("m", 0))
    if known:
        hour = hour % 12 + int(a["pm"])
    total = hour * 60 + minute
    if "minus" in a:
        minus = int(a["minus"])
        total -= minus if minus > 1 else 2 * minute
    total += int(a.get("plus", 0))
    if not 0 <= minute < 60 or not 0 <= total <= 1500:
        raise ValueError("no such time")
    return total // 60, total % 60, second, known or hour > 12


@meaning
def daypart(ctx: Context, a: Args) -> tuple[str, str | None]:
    """A part of the day."""
    return str(a["p"]), None


@meaning
def part_of_daypart(ctx: Context, a: Args) -> tuple[str, str | None]:
    """The beginning, middle or end of a part of the day."""
    return ctx.raw(a["d"])[0], str(a["p"])


def _hours(part: tuple[str, str | None]) -> tuple[int, int]:
    name, piece = part
    return _CUTS.get((name, piece or ""), PARTS_OF_DAY[name])


def _at(day: datetime, found: Clock, day_basis: Any = "relative", floating: bool = False) -> Value:
    hour, minute, second, _ = found
    start = day + timedelta(hours=hour, minutes=minute, seconds=second)
    grain = "second" if second else "minute" if minute else "hour"
    return Value(start, None, grain, day_basis, "time", floating=floating)


def _day(ctx: Context) -> tuple[datetime, Any]:
    """The day of a clock time without a date: the one last named in the paragraph, else that of the reference."""
    shared = ctx.ahead() if not ctx.whole else None
    if shared is not None and shared.start is not None and shared.grain in ("day", "daypart"):
        return midnight(shared.start), shared.basis
    last = ctx.narrative()
    if last is not None and ctx.last_day is not None and ctx.last_day.start is not None and not ctx.whole:
        if ctx.last_day is last or last.kind != "date":
            return midnight(ctx.last_day.start), "anaphoric"
    return midnight(ctx.now), "relative"


@meaning
def clock_alone(ctx: Context, a: Args) -> Value | Duration:
    """A clock time on the day at hand; a length of time where the words say so (« 1 h 30 de trajet »)."""
    if "length" in a and ctx.top == "clock_alone" and (length := _as_length(ctx, ctx.raw(a["c"]))) is not None:
        return length
    day, basis = _day(ctx)
    return _at(day, as_clock(ctx.raw(a["c"])), basis)


def _as_length(ctx: Context, raw: Any) -> Duration | None:
    """Hours and minutes as a length of time, after « en » or « pendant » or before « de » and a noun."""
    found = as_clock(raw)
    low, high = ctx.span
    said = _LENGTH_BEFORE.search(ctx.text[max(0, low - 12) : low]) or _LENGTH_AFTER.match(ctx.text, high)
    if ctx.whole or not said or found[0] >= 24:
        return None
    minutes = ((float(found[1]), "minute"),) if found[1] else ()
    return Duration(((float(found[0]), "hour"), *minutes))


def as_clock(raw: Any) -> Clock:
    """A clock time; hours read as a length of time are one where the words around say so."""
    if isinstance(raw, Duration):
        hours = int(raw.counted[0][0])
        return hours, 0, 0, hours > 12
    found: Clock = raw
    return found


def _adjust(found: Clock, part: str) -> Clock:
    hour, minute, second, known = found
    if part in ("EV", "AF") and 0 < hour < 12 and not known:
        hour += 12
    if part == "NI" and not known and 6 <= hour < 12:
        hour += 12
    return hour, minute, second, True


def clock_of(ctx: Context, tree: Tree) -> Clock:
    """The clock time inside a phrase, in the half of the day that the phrase says."""
    args: Args = dict(tree.rule.constants)
    for name, child in tree.children.items():
        args[name] = child if isinstance(child, Tree) else ctx.tokens[child].values[tree.rule.captures[name]]
    if tree.rule.meaning == "duration":
        return as_clock(ctx.raw(tree))
    if tree.rule.meaning == "clock":
        return as_clock(ctx.raw(tree))
    found = as_clock(ctx.raw(args["c"])) if "c" in args else (int(args["h"]), 0, 0, int(args["h"]) > 12)
    if isinstance(args.get("d"), Tree):
        found = _adjust(found, ctx.raw(args["d"])[0])
    return found


@meaning
def clock_hour(ctx: Context, a: Args) -> Value:
    """An hour, with the part of the day or without."""
    found: Clock = (int(a["h"]), 0, 0, int(a["h"]) > 12)
    if "d" in a:
        return _in_part(ctx, found, ctx.raw(a["d"])[0])
    day, basis = _day(ctx)
    return _at(day, found, basis)


@meaning
def clock_day(ctx: Context, a: Args) -> Value:
    """A clock time with its part of the day."""
    return _in_part(ctx, as_clock(ctx.raw(a["c"])), ctx.raw(a["d"])[0])


def _in_part(ctx: Context, found: Clock, part: str) -> Value:
    day, basis = _day(ctx)
    value = _at(day, _adjust(found, part), basis)
    now = ctx._now
    if ctx.whole and value.start is not None and now is not None and value.start < now and (now.hour or now.minute):
        value = replace(value, start=value.start + DAY)
    return value


def on_day(ctx: Context, day: Value, tree: Tree) -> Value:
    """The clock time of a phrase on a day."""
    if day.start is None:
        raise ValueError("no day")
    found = clock_of(ctx, tree)
    hour, minute, second, known = found
    if day.grain == "daypart" and hour < 12 and not known and day.start.hour >= 12 and hour:
        found = (hour + 12, minute, second, True)
    base = midnight(day.start)
    if found[0] == 24 and found[1]:
        found = (0, found[1], second, True)
    return _at(base, found, day.basis, day.floating)


@meaning
def date_clock(ctx: Context, a: Args) -> Value:
    """A date, then a clock time."""
    return on_day(ctx, ctx.one(a, "d", "t"), a["c"])


@meaning
def clock_date(ctx: Context, a: Args) -> Value:
    """A clock time, then a date."""
    return on_day(ctx, ctx.one(a, "d", "t"), a["c"])


@meaning
def date_clock_hour(ctx: Context, a: Args) -> Value:
    """A date, then a bare hour."""
    day = ctx.value(a["d"])
    if day.start is None:
        raise ValueError("no day")
    return _at(midnight(day.start), (int(a["h"]), 0, 0, True), day.basis, day.floating)


def _part_value(day: datetime, hours: tuple[int, int], basis: Any, floating: bool, name: str) -> Value:
    start, end = (day + timedelta(hours=h) for h in hours)
    label = f"{day.date().isoformat()}T{name}" if name else ""
    return Value(start, end, "daypart", basis, "time", floating=floating, timex=label)


@meaning
def day_daypart(ctx: Context, a: Args) -> Value:
    """A part of today, or of the day at hand."""
    part = ctx.raw(a["d"])
    day, basis = _day(ctx)
    hours = _hours(part)
    if part[0] == "NI" and part[1] is None and ctx.direction() < 0 and not ctx.whole:
        # In a report of the past, « la nuit » is the one before the day of the report.
        if basis == "relative":
            day -= DAY
    return _part_value(day, hours, basis, True, part[0])


@meaning
def last_daypart(ctx: Context, a: Args) -> Value:
    """The last night, the last evening."""
    part = ctx.raw(a["d"])
    return _part_value(midnight(ctx.now) - DAY, _hours(part), "relative", True, part[0])


@meaning
def daypart_same_day(ctx: Context, a: Args) -> Value:
    """A part of the day last named."""
    part = ctx.raw(a["d"])
    day = midnight(ctx.anaphor())
    return _part_value(day, _hours(part), "anaphoric", False, part[0])


@meaning
def anaphoric_daypart(ctx: Context, a: Args) -> Value:
    """« Le même soir »."""
    return daypart_same_day(ctx, a)


def _part_hours(ctx: Context, tree: Tree) -> tuple[tuple[int, int], str]:
    rule = tree.rule
    if rule.meaning == "meal":
        return _MEALS.get((rule.constants["m"], rule.constants["when"]), (12, 14)), ""
    if rule.meaning == "part_of_day":
        return _DAY_CUTS[rule.constants["p"]], ""
    child = tree.children.get("d")
    if not isinstance(child, Tree) or rule.meaning not in ("day_daypart", "daypart_same_day"):
        raise ValueError("not a part of a day")
    part = ctx.raw(child)
    return _hours(part), part[0]


@meaning
def date_daypart(ctx: Context, a: Args) -> Value:
    """A part of a given day."""
    day = ctx.value(a["d"])
    if day.start is None or day.grain != "day":
        raise ValueError("no day")
    hours, name = _part_hours(ctx, a["t"])
    return _part_value(midnight(day.start), hours, day.basis, day.floating, name)


@meaning
def meal(ctx: Context, a: Args) -> Value:
    """Around a meal of the day at hand."""
    day, basis = _day(ctx)
    return _part_value(day, _MEALS.get((str(a["m"]), str(a["when"])), (12, 14)), basis, True, "")


@meaning
def part_of_day(ctx: Context, a: Args) -> Value:
    """The beginning, middle or end of the day."""
    day, basis = _day(ctx)
    return _part_value(day, _DAY_CUTS[str(a["p"])], basis, True, "")


@meaning
def end_of_date(ctx: Context, a: Args) -> Value:
    """The end of a day."""
    day = ctx.value(a["d"])
    if day.start is None or day.grain != "day":
        raise ValueError("no day")
    return Value(midnight(day.start) + timedelta(hours=23, minutes=59, seconds=59), None, "second", day.basis, "time")


@meaning
def end_of_daypart(ctx: Context, a: Args) -> Value:
    """The end of a part of a day."""
    return ctx.value(a["t"])


def _end_clock(ctx: Context, a: Args) -> Clock:
    if "b" in a:
        return clock_of(ctx, a["b"])
    return int(a["k"]), 0, 0, False


def _clocks(ctx: Context, a: Args) -> tuple[Clock, Clock]:
    last = _end_clock(ctx, a)
    begin = a.get("a", a.get("q"))
    if isinstance(begin, Tree):
        first = clock_of(ctx, begin)
    elif "a" in a:
        first = (int(a["a"]) // 100, int(a["a"]) % 100, 0, False)
    else:
        first = (int(a["h"]), 0, 0, False)
    if (last[3] and last[0] > 12 and not first[3] and first[0] + 12 <= last[0] and first[0] < 12 and last[0] - first[0] > 12) or (last[3] and last[0] > 12 and first[0] < 12 and not first[3] and _pm(ctx, a)):
        first = (first[0] + 12, first[1], 0, True)
    return first, last


def _pm(ctx: Context, a: Args) -> bool:
    tree = a.get("b")
    while isinstance(tree, Tree):
        if "pm" in tree.rule.constants or "pm" in tree.children:
            return True
        tree = tree.children.get("c")
    return False


@meaning
def clock_range(ctx: Context, a: Args) -> Value:
    """From one clock time to another."""
    day, basis = _day(ctx)
    return _range_on(ctx, a, day, basis, False)


def _range_on(ctx: Context, a: Args, day: datetime, basis: Any, floating: bool) -> Value:
    first, last = _clocks(ctx, a)
    start = day + timedelta(hours=first[0], minutes=first[1])
    end = day + timedelta(hours=last[0], minutes=last[1])
    if end <= start:
        end += timedelta(hours=12) if not last[3] and first[0] >= 8 and end + timedelta(hours=12) > start else DAY
    return Value(start, end, "span", basis, "interval", floating=floating)


def _range_args(ctx: Context, tree: Tree) -> Args:
    args: Args = dict(tree.rule.constants)
    for name, child in tree.children.items():
        args[name] = child if isinstance(child, Tree) else ctx.tokens[child].values[tree.rule.captures[name]]
    return args


@meaning
def date_range_clock(ctx: Context, a: Args) -> Value:
    """A range of clock times on a day."""
    day = ctx.value(a["d"])
    tree = a.get("t", a.get("r"))
    if day.start is None or not isinstance(tree, Tree):
        raise ValueError("no day")
    if tree.rule.meaning == "clock_range":
        return _range_on(ctx, _range_args(ctx, tree), midnight(day.start), day.basis, day.floating)
    if tree.rule.meaning in ("day_daypart", "part_of_day", "meal"):
        hours, name = _part_hours(ctx, tree)
        return _part_value(midnight(day.start), hours, day.basis, day.floating, name)
    raise ValueError("not a time of the day")


@meaning
def date_to_clock(ctx: Context, a: Args) -> Value:
    """From the beginning of a day to a clock time."""
    day = ctx.value(a["d"])
    end = on_day(ctx, day, a["c"])
    if day.start is None or end.start is None:
        raise ValueError("no day")
    return Value(midnight(day.start), end.start, "span", day.basis, "interval", floating=day.floating)
