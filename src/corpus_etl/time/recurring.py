"""Meanings of what recurs: every Monday, every week."""

from typing import Any

from .calendar import iso_duration
from .clocks import clock_of
from .context import Context, meaning
from .grammar import Tree
from .points import weekday_number
from .values import Duration, Value

Args = dict[str, Any]


def _set(timex: str) -> Value:
    return Value(None, None, "span", "explicit", "set", timex=timex)


@meaning
def set_weekday(ctx: Context, a: Args) -> Value:
    """Every Monday."""
    return _set(f"XXXX-WXX-{weekday_number(ctx, a['w']) + 1}")


@meaning
def set_weekdays(ctx: Context, a: Args) -> Value:
    """Every second and fourth Thursday."""
    return _set(f"XXXX-WXX-{int(a['w']) + 1}")


@meaning
def set_unit(ctx: Context, a: Args) -> Value:
    """Every unit."""
    unit = a.get("u", "day")
    if isinstance(a.get("d"), Tree):
        found = ctx.raw(a["d"])
        if isinstance(found, Duration):
            return _set(found.timex)
        unit = "day"
    return _set("P5Y" if unit == "5years" else iso_duration(1, str(unit)))


@meaning
def set_clock(ctx: Context, a: Args) -> Value:
    """At a time of the day, every so often."""
    hour, minute, _, _ = clock_of(ctx, a["c"])
    clock = f"T{hour:02d}" + (f":{minute:02d}" if minute else "")
    return _set(f"XXXX-WXX-{weekday_number(ctx, a['w']) + 1}{clock}" if "w" in a else clock)
