"""Meanings of clock times, alone, in a part of the day, on a date."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, midnight
from .context import Context, meaning
from .grammar import Tree
from .values import Duration, Value

Args = dict[str, Any]
Clock = tuple[int, int, int, bool]


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


def _at(day: datetime, found: Clock, day_basis: Any = "relative", floating: bool = False) -> Value:
    hour, minute, second, _ = found
    start = day + timedelta(hours=hour, minutes=minute, seconds=second)
    grain = "second" if second else "minute" if minute else "hour"
    return Value(start, None, grain, day_basis, "time", floating=floating)


def day_at_hand(ctx: Context) -> tuple[datetime, Any]:
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
    day, basis = day_at_hand(ctx)
    return _at(day, as_clock(ctx.raw(a["c"])), basis)


def _as_length(ctx: Context, raw: Any) -> Duration | None:
    """Hours and minutes as a length of time, after « en » or « pendant » or before « de » and a noun."""
    found = as_clock(raw)
    low, high = ctx.span
    before = ctx.text[max(0, low - 12) : low]
    said = ctx.wording.length_before.search(before) or ctx.wording.length_after.match(ctx.text, high)
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


def arguments_of(ctx: Context, tree: Tree) -> Args:
    """What the rule of a tree captured: constants, trees and the values of tokens."""
    args: Args = dict(tree.rule.constants)
    for name, child in tree.children.items():
        args[name] = child if isinstance(child, Tree) else ctx.tokens[child].values[tree.rule.captures[name]]
    return args


def clock_of(ctx: Context, tree: Tree) -> Clock:
    """The clock time inside a phrase, in the half of the day that the phrase says."""
    args = arguments_of(ctx, tree)
    if tree.rule.meaning in ("duration", "clock"):
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
    day, basis = day_at_hand(ctx)
    return _at(day, found, basis)


@meaning
def clock_day(ctx: Context, a: Args) -> Value:
    """A clock time with its part of the day."""
    return _in_part(ctx, as_clock(ctx.raw(a["c"])), ctx.raw(a["d"])[0])


def _in_part(ctx: Context, found: Clock, part: str) -> Value:
    day, basis = day_at_hand(ctx)
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
