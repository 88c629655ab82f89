"""Meanings of ranges of clock times: from one to another, on a day, from the beginning of a day."""

from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, midnight
from .clocks import Clock, arguments_of, clock_of, day_at_hand, on_day
from .context import Context, meaning
from .dayparts import hours_in, part_value
from .grammar import Tree
from .values import Value

Args = dict[str, Any]


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
    day, basis = day_at_hand(ctx)
    return _range_on(ctx, a, day, basis, False)


def _range_on(ctx: Context, a: Args, day: datetime, basis: Any, floating: bool) -> Value:
    first, last = _clocks(ctx, a)
    start = day + timedelta(hours=first[0], minutes=first[1])
    end = day + timedelta(hours=last[0], minutes=last[1])
    if end <= start:
        end += timedelta(hours=12) if not last[3] and first[0] >= 8 and end + timedelta(hours=12) > start else DAY
    return Value(start, end, "span", basis, "interval", floating=floating)


@meaning
def date_range_clock(ctx: Context, a: Args) -> Value:
    """A range of clock times on a day."""
    day = ctx.value(a["d"])
    tree = a.get("t", a.get("r"))
    if day.start is None or not isinstance(tree, Tree):
        raise ValueError("no day")
    if tree.rule.meaning == "clock_range":
        return _range_on(ctx, arguments_of(ctx, tree), midnight(day.start), day.basis, day.floating)
    if tree.rule.meaning in ("day_daypart", "part_of_day", "meal"):
        hours, name = hours_in(ctx, tree)
        return part_value(midnight(day.start), hours, day.basis, day.floating, name)
    raise ValueError("not a time of the day")


@meaning
def date_to_clock(ctx: Context, a: Args) -> Value:
    """From the beginning of a day to a clock time."""
    day = ctx.value(a["d"])
    end = on_day(ctx, day, a["c"])
    if day.start is None or end.start is None:
        raise ValueError("no day")
    return Value(midnight(day.start), end.start, "span", day.basis, "interval", floating=day.floating)
