"""Meanings of lengths of time."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from .calendar import PERIODS
from .context import Context, meaning
from .counting import shifted
from .values import Duration, Value, as_duration

Args = dict[str, Any]


@meaning
def duration(ctx: Context, a: Args) -> Duration:
    """A number of units."""
    count = float(a["n"]) + float(a.get("plus", 0)) if "n" in a else 1.0
    unit = str(a.get("u", "hour"))
    if "m" in a:
        return Duration(((count, unit), (float(a["m"]), "minute")))
    return Duration(((count, unit),))


@meaning
def dozen(ctx: Context, a: Args) -> Duration:
    """About ten, twenty ... units."""
    return Duration(((float(a["c"]), str(a["u"])),))


@meaning
def vague_duration(ctx: Context, a: Args) -> Duration:
    """Some units."""
    return Duration(((None, str(a["u"])),))


@meaning
def mandate(ctx: Context, a: Args) -> Duration:
    """A term of office."""
    return Duration(((float(a["m"]), "year"),))


@meaning
def compound(ctx: Context, a: Args) -> Duration:
    """Lengths of time added up."""
    parts: tuple[tuple[float | None, str], ...] = ()
    for name in "abcdef":
        if name in a:
            parts += ctx.raw(a[name]).parts
    order = [PERIODS.index("week" if u == "fortnight" else "day" if u == "weekend" else u) for _, u in parts]
    if any(low <= high for low, high in pairwise(order)):
        raise ValueError("two lengths of time side by side")
    return Duration(parts)


@meaning
def about(ctx: Context, a: Args) -> Duration:
    """About, more or less than a length of time."""
    return replace(ctx.raw(a["d"]), approx=True, side=str(a.get("side", "")), little="little" in a)


@meaning
def since_duration(ctx: Context, a: Args) -> Duration:
    """« Depuis trois mois » is the duration."""
    return as_duration(ctx.raw(a["d"]))


@meaning
def within(ctx: Context, a: Args) -> Value:
    """Within a length of time from the reference."""
    return Value(ctx.now, shifted(ctx.now, as_duration(ctx.raw(a["d"])), 1), "span", "relative", "interval", floating=True)
