"""Meanings of seasons, their holidays and « la rentrée »."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from .calendar import add_months
from .context import Context, meaning
from .periods import month, month_value
from .points import year_of
from .values import Value

Args = dict[str, Any]

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


@meaning
def season_name(ctx: Context, a: Args) -> str:
    """Name of a season."""
    return str(a["s"])


@meaning
def season(ctx: Context, a: Args) -> Value:
    """A season of three whole months (spring from March); of a year, else the nearest that suits the tense."""
    month = _SEASONS[str(ctx.raw(a["s"]))]
    year = year_of(ctx, a)
    if year is not None:
        start = datetime(year, month, 1)
        return Value(start, add_months(start, 3), "season")
    base, tense = (ctx.now, ctx.direction()) if a.get("x") else ctx.origin()
    starts = [datetime(y, month, 1) for y in (base.year - 2, base.year - 1, base.year, base.year + 1)]
    mode = a.get("x")
    if mode == "last":
        start = max(s for s in starts if add_months(s, 3) <= base or (s <= base and base.month != s.month))
        if add_months(start, 3) > base:
            start = add_months(start, -12)
    elif mode == "next":
        start = min(s for s in starts if s > base)
    else:
        middle = min(
            starts,
            key=lambda s: abs((s - base).days + 45) + (120 * abs(tense) if ((s - base).days + 45) * tense < 0 and mode != "this" else 0),
        )
        start = middle
        if mode == "this":
            start = next((s for s in starts if s.year == base.year), middle)
            if month == 12 and base.month < 3:
                start = add_months(start, -12)
    return Value(start, add_months(start, 3), "season", ctx.used if ctx.used != "explicit" else "relative")


@meaning
def holidays_season(ctx: Context, a: Args) -> Value:
    """The holidays of a season."""
    return replace(season(ctx, {"s": a["x"]}), approx=True)


@meaning
def return_month(ctx: Context, a: Args) -> Value:
    """« La rentrée »: September."""
    year = year_of(ctx, a)
    if year is not None:
        return replace(month_value(year, 9), approx=True)
    mode = a.get("x")
    found = month(ctx, {"m": 9, "x": mode} if mode else {"m": 9})
    return replace(found, approx=True)


@meaning
def winter_of(ctx: Context, a: Args) -> Value:
    """A season over two years: the winter, from December."""
    years = ctx.value(a["p"])
    if ctx.raw(a["s"]) != "winter" or a["p"].rule.meaning != "school_year" or years.start is None:
        raise ValueError("no season of two years")
    start = datetime(years.start.year, 12, 1)
    return Value(start, add_months(start, 3), "season")
