"""Meanings of periods of the calendar: months, years, quarters, decades, weeks and parts of them."""

from datetime import datetime
from typing import Any

from .calendar import DAY, add_months, period, shift
from .calendar import nth_weekday as nth
from .context import Context, meaning
from .points import full_year, year_of
from .values import Value

Args = dict[str, Any]


def month_value(year: int, month: int, basis: Any = "explicit") -> Value:
    """A month of a year on the calendar."""
    start = datetime(year, month, 1)
    return Value(start, add_months(start, 1), "month", basis)


@meaning
def month_year(ctx: Context, a: Args) -> Value:
    """A month of a year."""
    year = year_of(ctx, a)
    assert year is not None
    return month_value(year, int(ctx.raw(a["m"])))


@meaning
def short_month_year(ctx: Context, a: Args) -> Value:
    """A month of a year in two digits that cannot be a day (« mai 68 »)."""
    year = int(a["y"])
    if year < 32:
        raise ValueError("a day or a year")
    return month_value(full_year(year, ctx), int(ctx.raw(a["m"])))


@meaning
def month_number(ctx: Context, a: Args) -> Value:
    """Year and month in figures."""
    return month_value(*a["m"])


@meaning
def month(ctx: Context, a: Args) -> Value:
    """A month without its year: of the year just named, else the nearest that suits the tense."""
    number = int(ctx.raw(a["m"]))
    mode = a.get("x")
    last = ctx.last
    shared = ctx.ahead() if mode is None else None
    if shared is not None and shared.start is not None and shared.grain == "month" and shared.start.month > number:
        return month_value(shared.start.year, number, shared.basis)
    if mode is None and last is not None and last.start is not None and last.grain in ("year", "month") and not ctx.whole:
        if last.basis != "relative" and ctx.adjoins():
            ctx.used = "anaphoric"
            return month_value(last.start.year, number, "anaphoric")
    if mode == "sameyear":
        return month_value(ctx.same_year(), number, "anaphoric")
    if mode == "lastyear":
        return month_value(ctx.now.year - 1, number, "relative")
    base, tense = ctx.origin() if mode is None else (ctx.now, ctx.direction())
    offset = number - base.month
    if mode == "last":
        offset = offset if offset < 0 else offset - 12
    elif mode == "next":
        offset = offset if offset > 0 else offset + 12
    elif mode is None or mode == "this":
        tense = tense or (1 if ctx.whole else 0)
        if mode == "this":
            return month_value(base.year, number, "relative")
        offset = min((offset - 12, offset, offset + 12), key=lambda m: abs(m) + (6 * abs(tense) if m * tense < 0 else 0) + (0.5 if m > 0 else 0))
    start = add_months(base.replace(day=1), offset)
    return month_value(start.year, start.month, ctx.used if ctx.used != "explicit" else "relative")


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
