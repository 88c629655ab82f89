"""Meanings of periods that lie by the reference: this week, the next weekend, the last three months."""

from typing import Any

from .calendar import DAY, midnight, period, shift
from .context import Context, meaning
from .values import Duration, Value

Args = dict[str, Any]


@meaning
def this_unit(ctx: Context, a: Args) -> Value:
    """This week, the last month, next year: the calendar period."""
    unit = str(a["u"]) if "u" in a else "week"
    start, end = period(ctx.now, unit, int(a["o"]))
    return Value(start, end, unit, "relative", floating=unit == "week")


@meaning
def unit_after(ctx: Context, a: Args) -> Value:
    """The same, next or previous period from the narrative."""
    unit, offset = str(a["u"]), int(a["o"])
    last = ctx.narrative() if not ctx.whole else None
    base = last.start if last is not None and last.start is not None else ctx.now
    basis: Any = "anaphoric" if last is not None else "relative"
    if unit == "month" and offset == 0 and last is not None and last.grain == "year" and last.basis == "relative":
        # « L'année dernière à la même époque »: the month of the reference in that year.
        base = base.replace(month=ctx.now.month)
    start, end = period(base, unit, offset)
    return Value(start, end, unit, basis)


@meaning
def weekend(ctx: Context, a: Args) -> str:
    """The word for the end of the week."""
    return "weekend"


@meaning
def this_weekend(ctx: Context, a: Args) -> Value:
    """Saturday and Sunday; on a Monday or Tuesday of a report in the past, the days just gone."""
    offset = int(a["o"])
    now = ctx.now
    if offset == 0 and ctx.direction() < 0 and now.weekday() < 4:
        offset = -1
    elif offset == 1 and now.weekday() < 5:
        offset = 0 if ctx.direction() > 0 and now.weekday() < 3 else 1
    start, end = period(now, "weekend", offset)
    return Value(start, end, "weekend", "relative", floating=True)


def _rolling(ctx: Context, n: float, unit: str, sign: int) -> Value:
    now = ctx.now
    precise = unit in ("second", "minute", "hour")
    if unit == "weekend":
        unit = "week"
    if precise:
        base, other = now, shift(now, unit, sign * n)
        if sign > 0:
            return Value(base, other, "span", "relative", "interval", floating=True)
        return Value(other, base, "span", "relative", "interval", floating=True)
    here, after = period(now, unit, 0)
    if ctx.whole:
        return (
            Value(after, shift(after, unit, n), "span", "relative", "interval")
            if sign > 0
            else Value(shift(here, unit, -n), here, "span", "relative", "interval")
        )
    today = midnight(now)
    if sign > 0:
        return Value(today + DAY, shift(today + DAY, unit, n), "span", "relative", "interval", floating=True)
    return Value(shift(today, unit, -n), today, "span", "relative", "interval", floating=True)


@meaning
def rolling(ctx: Context, a: Args) -> Value:
    """The last unit, counted back from the reference."""
    unit = str(a["u"])
    if unit in ("quarter", "decade", "century"):
        return Value(shift(ctx.now, unit, -1), ctx.now, "span", "relative", "interval", floating=True)
    start, end = period(ctx.now, unit, -1)
    return Value(start, end, unit, "relative")


@meaning
def rolling_n(ctx: Context, a: Args) -> Value:
    """The last or next n units."""
    if "d" in a:
        length: Duration = ctx.raw(a["d"])
        count, unit = length.counted[0]
        return _rolling(ctx, count, unit, int(a["o"]))
    n = float(a["n"])
    if n > 1000:
        raise ValueError("too many")
    return _rolling(ctx, n, str(a["u"]), int(a["o"]))


@meaning
def rolling_vague(ctx: Context, a: Args) -> Value:
    """« Ces derniers mois »: three units to the end of the present one, marked approximate."""
    unit, sign = str(a["u"]), int(a["o"])
    if unit == "weekend":
        unit = "week"
    now = ctx.now
    if unit in ("hour", "minute", "second"):
        end = now
        start = shift(now, unit, 3 * sign)
        start, end = min(start, end), max(start, end)
    else:
        here, after = period(now, unit, 0)
        start, end = (shift(here, unit, -3), after) if sign < 0 else (here, shift(after, unit, 3))
        if sign < 0 and unit in ("day", "week"):
            end = midnight(now) + DAY
    return Value(start, end, "span", "relative", "interval", approx=True, timex=Duration(((None, unit),)).timex)
