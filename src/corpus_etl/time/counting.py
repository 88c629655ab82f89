"""Meanings of what counts from another time: two days ago, the day before, ten years later."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from .calendar import DAY, add_months, midnight, period, shift
from .context import Context, meaning
from .points import Args
from .types import Basis
from .values import Duration, Value, as_duration, day_value


@meaning
def anaphora(ctx: Context, a: Args) -> Value:
    """A day before, on or after the last day of the narrative; of an event without date, the value is unknown."""
    if int(a["o"]) and ctx.wording.of_event.match(ctx.text, ctx.span[1]):
        return Value(None, None, "day", "anaphoric", timex="XXXX-XX-XX")
    day = ctx.anaphor() + int(a["o"]) * DAY
    return day_value(day, ctx.used if ctx.used != "explicit" else "relative")


@meaning
def same_moment(ctx: Context, a: Args) -> Value:
    """The last time of the narrative."""
    if ctx.last is None:
        raise ValueError("nothing before")
    return replace(ctx.last, basis="anaphoric")


@meaning
def offset_from(ctx: Context, a: Args) -> Value:
    """The day before or after another."""
    base = ctx.one(a, "d")
    offset = int(a["o"]) if "o" in a else int(a["r"].rule.constants.get("o", 0))
    if base.start is None:
        raise ValueError("no day")
    return day_value(midnight(base.start) + offset * DAY, base.basis)


def shifted(moment: datetime, length: Duration, sign: int) -> datetime:
    """A moment, a length of time later or earlier."""
    for count, unit in length.counted:
        moment = shift(moment, unit, sign * count)
    return moment


def counted(ctx: Context, base: datetime, length: Duration, sign: int, anaphoric: bool = False) -> Value:
    """The point a length of time before or after another, with the window that the length leaves open.

    Counted in hours or less it is a point in time, else a day; in months or more the window is that of the month or
    the year, since nobody counts days then.
    """
    unit = length.finest
    moment = shifted(base, length, sign)
    basis: Basis = "anaphoric" if anaphoric else "relative"
    if unit in ("second", "minute", "hour"):
        return Value(moment, None, unit, basis, "time", floating=not anaphoric)
    day = day_value(moment, basis, floating=not anaphoric)
    if unit in ("month", "quarter", "half", "year", "decade", "century"):
        window = _window(moment, "month" if unit in ("month", "quarter", "half") else "year", length)
    elif unit in ("week", "fortnight"):
        window = (midnight(moment) - 3 * DAY, midnight(moment) + 4 * DAY)
        return replace(day, window=window if length.approx else None, approx=length.approx)
    else:
        return replace(day, approx=length.approx)
    return replace(day, window=window, approx=True)


def _window(moment: datetime, unit: str, length: Duration) -> tuple[datetime, datetime]:
    """The time that a length in months or years leaves open: the calendar period, or more than it, or less."""
    if not length.approx:
        return period(moment, unit)
    day = midnight(moment)
    months = (3 if length.little else 12) if unit == "year" else 1
    if length.side == "more":
        return add_months(day, -months), day
    if length.side == "less":
        return day, add_months(day, months)
    half = 6 * months // 12 or 1
    return add_months(day, -half), add_months(day, half)


@meaning
def ago(ctx: Context, a: Args) -> Any:
    """A length of time before the reference; a vague length stays a duration."""
    length = as_duration(ctx.raw(a["d"]))
    if any(n is None for n, _ in length.parts) and not ctx.whole:
        return length
    return counted(ctx, ctx.now, length, -1)


@meaning
def ahead(ctx: Context, a: Args) -> Any:
    """A length of time after the reference."""
    length = as_duration(ctx.raw(a["d"]))
    return counted(ctx, ctx.now, length, 1)


@meaning
def after_last(ctx: Context, a: Args) -> Any:
    """A length of time after the last day of the narrative."""
    if _about_event(ctx):
        return ctx.raw(a["d"])
    return _from_last(ctx, ctx.raw(a["d"]), 1)


@meaning
def before_last(ctx: Context, a: Args) -> Any:
    """A length of time before the last day of the narrative."""
    if _about_event(ctx):
        return ctx.raw(a["d"])
    return _from_last(ctx, ctx.raw(a["d"]), -1)


def _about_event(ctx: Context) -> bool:
    """Whether « après », « avant », « la veille » are followed by the event that they count from."""
    followed = ctx.wording.event.match(ctx.text, ctx.span[1]) is not None
    return followed and ctx.wording.later.search(ctx.text[ctx.span[0] : ctx.span[1]]) is None


def _from_last(ctx: Context, length: Duration, sign: int) -> Any:
    if length.finest in ("second", "minute", "hour") and not ctx.whole:
        return length
    if any(n is None for n, _ in length.parts) and not ctx.whole:
        return length
    found = _counted_from_last(ctx, length, sign)
    if (
        not ctx.whole
        and sign > 0
        and found.start is not None
        and ctx.direction() < 0
        and found.start > ctx.now
    ):
        return Value(
            None, None, "day", "anaphoric", timex="XXXX-XX-XX"
        )  # It counts from an event without date.
    return found


def _counted_from_last(ctx: Context, length: Duration, sign: int) -> Value:
    """The point counted from the narrative, or the date that the text puts beside it."""
    named = ctx.ahead()
    if named is not None and named.basis == "explicit":
        # « Trois ans plus tôt, en 2016 »: the text says itself which.
        return named
    base = ctx.narrative()
    day = ctx.last_day
    if base is not None and base.start is not None and not ctx.whole:
        start = base.start
        if length.finest in ("day", "week") and day is not None and day.start is not None:
            start = day.start
        ctx.used = "anaphoric"
        return counted(ctx, start, length, sign, anaphoric=True)
    return counted(ctx, ctx.anaphor() if not ctx.whole else ctx.now, length, sign, ctx.used == "anaphoric")


@meaning
def after_point(ctx: Context, a: Args) -> Value:
    """A length of time after a date."""
    base = ctx.one(a, "p", "q", "r")
    if base.start is None:
        raise ValueError("no day")
    return replace(counted(ctx, base.start, ctx.raw(a["d"]), 1), basis=base.basis, floating=False)


@meaning
def before_point(ctx: Context, a: Args) -> Value:
    """A length of time before a date."""
    base = ctx.one(a, "p", "q", "r")
    if base.start is None:
        raise ValueError("no day")
    return replace(counted(ctx, base.start, ctx.raw(a["d"]), -1), basis=base.basis, floating=False)
