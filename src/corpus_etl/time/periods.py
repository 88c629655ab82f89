"""Meanings of periods: months, years, seasons, quarters, decades, parts of them, ranges, vague references."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from .calendar import DAY, add_months, midnight, period, shift
from .calendar import nth_weekday as nth
from .context import Context, NoReference, meaning
from .points import full_year, year_of
from .values import Duration, Value

Args = dict[str, Any]
_LONG_AGO = re.compile(r"longtemps", re.IGNORECASE)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _month(year: int, month: int, basis: Any = "explicit") -> Value:
    start = datetime(year, month, 1)
    return Value(start, add_months(start, 1), "month", basis)


@meaning
def month_year(ctx: Context, a: Args) -> Value:
    """A month of a year."""
    year = year_of(ctx, a)
    assert year is not None
    return _month(year, int(ctx.raw(a["m"])))


@meaning
def short_month_year(ctx: Context, a: Args) -> Value:
    """A month of a year in two digits that cannot be a day (« mai 68 »)."""
    year = int(a["y"])
    if year < 32:
        raise ValueError("a day or a year")
    return _month(full_year(year, ctx), int(ctx.raw(a["m"])))


@meaning
def month_number(ctx: Context, a: Args) -> Value:
    """Year and month in figures."""
    return _month(*a["m"])


@meaning
def month(ctx: Context, a: Args) -> Value:
    """A month without its year: of the year just named, else the nearest that suits the tense."""
    number = int(ctx.raw(a["m"]))
    mode = a.get("x")
    last = ctx.last
    shared = ctx.ahead() if mode is None else None
    if shared is not None and shared.start is not None and shared.grain == "month" and shared.start.month > number:
        return _month(shared.start.year, number, shared.basis)
    if mode is None and last is not None and last.start is not None and last.grain in ("year", "month") and not ctx.whole:
        if last.basis != "relative" and ctx.adjoins():
            ctx.used = "anaphoric"
            return _month(last.start.year, number, "anaphoric")
    if mode == "sameyear":
        return _month(ctx.same_year(), number, "anaphoric")
    if mode == "lastyear":
        return _month(ctx.now.year - 1, number, "relative")
    base, tense = ctx.origin() if mode is None else (ctx.now, ctx.direction())
    offset = number - base.month
    if mode == "last":
        offset = offset if offset < 0 else offset - 12
    elif mode == "next":
        offset = offset if offset > 0 else offset + 12
    elif mode is None or mode == "this":
        tense = tense or (1 if ctx.whole else 0)
        if mode == "this":
            return _month(base.year, number, "relative")
        offset = min((offset - 12, offset, offset + 12), key=lambda m: abs(m) + (6 * abs(tense) if m * tense < 0 else 0) + (0.5 if m > 0 else 0))
    start = add_months(base.replace(day=1), offset)
    return _month(start.year, start.month, ctx.used if ctx.used != "explicit" else "relative")


@meaning
def year(ctx: Context, a: Args) -> Value:
    """A year."""
    start = datetime(int(ctx.raw(a["y"])), 1, 1)
    return Value(start, add_months(start, 12), "year")


@meaning
def short_year(ctx: Context, a: Args) -> Value:
    """A year in two digits."""
    start = datetime(full_year(int(a["y"]), ctx), 1, 1)
    return Value(start, add_months(start, 12), "year")


@meaning
def school_year(ctx: Context, a: Args) -> Value:
    """A season or exercise over two years."""
    first, second = int(a["a"]), int(a["b"])
    if second < 100:
        if second != (first + 1) % 100:
            raise ValueError("not two years in a row")
        second = first + 1
    if not 0 <= second - first <= 200:
        raise ValueError("years out of order")
    return Value(datetime(first, 1, 1), datetime(second + 1, 1, 1), "span", kind="interval", timex=f"{first}/{second}")


def _of_year(ctx: Context, a: Args, months: int, n: int, grain: str) -> Value:
    year = year_of(ctx, a) if "z" not in a else full_year(int(a["z"]), ctx)
    count = 12 // months
    if not (1 <= n <= count or n == -1):
        raise ValueError("no such part of a year")
    n = n if n > 0 else count
    if year is not None:
        start = datetime(year, (n - 1) * months + 1, 1)
        return Value(start, add_months(start, months), grain)
    if a.get("x") == "last":
        start = datetime(ctx.now.year - 1, (n - 1) * months + 1, 1)
        return Value(start, add_months(start, months), grain, "relative")
    base, tense = ctx.origin()
    starts = [datetime(y, (n - 1) * months + 1, 1) for y in (base.year - 1, base.year, base.year + 1)]

    def cost(s: datetime) -> float:
        e = add_months(s, months)
        if s <= base < e:
            return 0
        distance = (base - e).days if e <= base else (s - base).days
        side = -1 if e <= base else 1
        same_year = 0 if s.year == base.year else 45
        return distance + same_year + (90 if side * tense < 0 else 0)

    start = min(starts, key=cost)
    return Value(start, add_months(start, months), grain, ctx.used if ctx.used != "explicit" else "relative")


@meaning
def quarter(ctx: Context, a: Args) -> Value:
    """A quarter of a year."""
    if int(a["o"]) == -1 and "y" not in a:
        raise ValueError("the last quarter is a length of time")
    return _of_year(ctx, a, 3, int(a["o"]), "quarter")


@meaning
def half(ctx: Context, a: Args) -> Value:
    """A half of a year."""
    return _of_year(ctx, a, 6, int(a["o"]), "half")


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
        return replace(_month(year, 9), approx=True)
    mode = a.get("x")
    found = month(ctx, {"m": 9, "x": mode} if mode else {"m": 9})
    return replace(found, approx=True)


@meaning
def decade(ctx: Context, a: Args) -> Value:
    """A decade, by two digits or four."""
    n = int(a["d"])
    first = n if n >= 1000 else 1900 + n if n >= 20 else 2000 + n
    if first % 10:
        raise ValueError("no decade")
    return Value(datetime(first, 1, 1), datetime(first + 10, 1, 1), "decade")


@meaning
def century(ctx: Context, a: Args) -> Value:
    """A century: the nineteenth is 1800-1899, as TIMEX3 has it."""
    n = int(a["c"]) + int(a.get("plus", 0))
    if not 1 <= n <= 22:
        raise ValueError("no century")
    return Value(datetime(max(1, 100 * (n - 1)), 1, 1), datetime(100 * n, 1, 1), "century")


def _month_of(ctx: Context, a: Args) -> Value:
    return month_year(ctx, a) if "y" in a else month(ctx, a)


@meaning
def fortnight(ctx: Context, a: Args) -> Value:
    """A half of a month: to the 14th, from the 15th."""
    base = _month_of(ctx, a)
    assert base.start is not None and base.end is not None
    middle = base.start + 14 * DAY
    if int(a["o"]) == 1:
        return Value(base.start, middle, "part", base.basis, "interval")
    return Value(middle, base.end, "part", base.basis, "interval")


@meaning
def nth_week(ctx: Context, a: Args) -> Value:
    """The n-th week that begins in a month; the first whole one."""
    base = _month_of(ctx, a)
    assert base.start is not None and base.end is not None
    start = nth(base.start, base.end, 0, int(a["o"]))
    if start is None:
        raise ValueError("no such week")
    return Value(start, start + 7 * DAY, "week", base.basis)


@meaning
def nth_weekend(ctx: Context, a: Args) -> Value:
    """The n-th weekend of a month."""
    base = _month_of(ctx, a)
    assert base.start is not None and base.end is not None
    start = nth(base.start, base.end, 5, int(a["o"]))
    if start is None:
        raise ValueError("no such weekend")
    return Value(start, start + 2 * DAY, "weekend", base.basis)


@meaning
def week_of(ctx: Context, a: Args) -> Value:
    """The week that begins on, or contains, a day."""
    base = ctx.one(a, "d")
    if base.start is None:
        raise ValueError("no day")
    start, end = period(base.start, "week")
    return Value(start, end, "week", base.basis)


@meaning
def week_number(ctx: Context, a: Args) -> Value:
    """An ISO week."""
    n = int(a["n"])
    year = int(a["y"]) if "y" in a else ctx.now.year
    if not 1 <= n <= 53:
        raise ValueError("no such week")
    start = datetime.fromisocalendar(year, n, 1)
    return Value(start, start + 7 * DAY, "week", "explicit" if "y" in a else "relative")


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
def first_n(ctx: Context, a: Args) -> Value:
    """The first or last n units of a year."""
    year = year_of(ctx, a)
    start = datetime(year if year is not None else ctx.now.year, 1, 1)
    end = add_months(start, 12)
    n, unit = float(a["n"]), str(a["u"])
    low, high = (start, shift(start, unit, n)) if int(a["f"]) > 0 else (shift(end, unit, -n), end)
    if not start <= low < high <= end:
        raise ValueError("more than a year")
    return Value(low, high, "part", "explicit" if year is not None else "relative", "interval")


@meaning
def winter_of(ctx: Context, a: Args) -> Value:
    """A season over two years: the winter, from December."""
    years = ctx.value(a["p"])
    if ctx.raw(a["s"]) != "winter" or a["p"].rule.meaning != "school_year" or years.start is None:
        raise ValueError("no season of two years")
    start = datetime(years.start.year, 12, 1)
    return Value(start, add_months(start, 3), "season")


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


def _vague(ctx: Context, word: str, before: int, after: int) -> Value:
    """A reference without a value of its own: months before and after the reference, approximate."""
    try:
        now = midnight(ctx.now)
    except NoReference:
        return Value(None, None, "span", "relative", timex=word, approx=True)
    start, end = add_months(now, -before), add_months(now, after)
    low, high = (ctx.reference[0], ctx.reference[1]) if ctx.reference else (now, now + DAY)
    return Value(min(start, low), max(end, high) if after else high, "span", "relative", "date", approx=True, timex=word)


@meaning
def vague_past(ctx: Context, a: Args) -> Value:
    """Recently: the last three months; long ago: the last ten years."""
    long_ago = a.get("w") == "past" or _LONG_AGO.search(ctx.text, *ctx.span) is not None
    return _vague(ctx, "PAST_REF", 120 if long_ago else 3, 0)


@meaning
def vague_now(ctx: Context, a: Args) -> Value:
    """Now."""
    return _vague(ctx, "PRESENT_REF", 0, 0)


@meaning
def vague_future(ctx: Context, a: Args) -> Value:
    """Soon: the next three months."""
    return _vague(ctx, "FUTURE_REF", 0, 3)
