"""Meanings of dates: days, months, years, weekdays, holidays, and what counts from them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from .calendar import DAY, add_months, midnight, period, safe_date
from .calendar import nth_weekday as nth
from .context import Context, meaning
from .grammar import Tree
from .values import Value, day_value

Args = dict[str, Any]


@meaning
def same(ctx: Context, a: Args) -> Any:
    """What its only part means."""
    return ctx.raw(a["d"])


@meaning
def month_name(ctx: Context, a: Args) -> int:
    """Number of a month."""
    return int(a["m"])


@meaning
def year_number(ctx: Context, a: Args) -> int:
    """A year; two digits are the nearest such year that is not far ahead."""
    return full_year(int(a["y"]), ctx)


@meaning
def weekday_name(ctx: Context, a: Args) -> int:
    """Number of a weekday, Monday 0."""
    return int(a["w"])


def weekday_number(ctx: Context, raw: Any) -> int:
    """Number of the weekday that a token or a phrase names."""
    while isinstance(raw, Tree) and raw.rule.meaning != "weekday_name":
        raw = raw.children["d" if raw.rule.meaning == "same" else "w"]
    return int(ctx.raw(raw))


def full_year(year: int, ctx: Context) -> int:
    """Two digits made a year: within twenty years after the reference, else before it."""
    if year >= 100:
        return year
    base = ctx.reference[0].year if ctx.reference is not None else 2020
    century = base // 100 * 100 + year
    return century if century <= base + 20 else century - 100


def year_of(ctx: Context, a: Args) -> int | None:
    if "y" not in a:
        return None
    raw = ctx.raw(a["y"])
    if isinstance(raw, Value):
        return raw.start.year if raw.start else None
    return full_year(int(raw), ctx)


def pick_day(ctx: Context, month: int, day: int, weekday: int | None = None, direction: int | None = None) -> datetime:
    """The occurrence of a day of the year that suits best: weekday first, then nearness and tense."""
    base, tense = (ctx.now, 0) if direction else ctx.origin()
    years = range(base.year - 6, base.year + 7) if weekday is not None else range(base.year - 1, base.year + 2)
    if (month, day) == (2, 29):
        years = range(base.year - 8, base.year + 9)
    days = [d for y in years if (d := safe_date(y, month, day)) is not None]
    if not days:
        raise ValueError("no such day")
    today = midnight(base)
    if direction in (-1, 1):
        on_side = [d for d in days if (d - today).days * direction >= 0] or days
        return min(on_side, key=lambda d: abs((d - today).days))
    if weekday is not None:
        near = [d for d in days if d.weekday() == weekday and abs((d - today).days) < 400]
        if near:
            return min(near, key=lambda d: abs((d - today).days))

    def cost(d: datetime) -> float:
        distance = (d - today).days
        return abs(distance) + (100 * tense * tense if distance * tense < 0 else 0) + (0.5 if distance < 0 else 0)

    return min(days, key=cost)


@meaning
def date(ctx: Context, a: Args) -> Value:
    """A day of a month, with or without its year."""
    month, day = int(ctx.raw(a["m"])), int(a["d"])
    weekday = weekday_number(ctx, a["w"]) if "w" in a else None
    mode = a.get("x")
    year = ctx.same_year() if mode == "sameyear" else year_of(ctx, a)
    if year is not None:
        found = safe_date(year, month, day)
        if found is None:
            raise ValueError("no such day")
        return _mention(ctx, day_value(found, "anaphoric" if mode else "explicit"), weekday)
    if mode == "lastyear":
        found = safe_date(ctx.now.year - 1, month, day)
        return day_value(found or ctx.now, "relative")
    direction = {"last": -1, "next": 1}.get(mode or "")
    shared = ctx.ahead() if mode is None and weekday is None else None
    if shared is not None and shared.start is not None and shared.grain == "day" and shared.basis == "explicit":
        same = safe_date(shared.start.year, month, day)
        if same is not None and same <= shared.start:
            return day_value(same)
    found = pick_day(ctx, month, day, weekday, direction)
    return _mention(ctx, day_value(found, ctx.used if ctx.used != "explicit" else "relative"), weekday)


def _mention(ctx: Context, value: Value, weekday: int | None) -> Value:
    if weekday is not None and value.start is not None and value.start.weekday() == weekday:
        ctx.weekdays.setdefault(weekday, []).append(value.start)
    return value


@meaning
def ymd(ctx: Context, a: Args) -> Value:
    """ISO date, maybe with a time."""
    year, month, day, clock = a["d"]
    found = safe_date(year, month, day)
    if found is None:
        raise ValueError("no such day")
    if clock is None:
        return day_value(found)
    start = found.replace(hour=clock[0] % 24, minute=clock[1], second=clock[2])
    return Value(start, None, "second" if clock[2] else "minute", kind="time")


@meaning
def dmy(ctx: Context, a: Args) -> Value:
    """Day, month and year in figures."""
    raw, month, day = a["d"]
    found = safe_date(full_year(int(raw), ctx), month, day)
    if found is None:
        raise ValueError("no such day")
    return day_value(found)


@meaning
def dm(ctx: Context, a: Args) -> Value:
    """Day and month in figures."""
    month, day = a["d"]
    weekday = weekday_number(ctx, a["w"]) if "w" in a else None
    return day_value(pick_day(ctx, month, day, weekday), "relative")


@meaning
def weekday_day(ctx: Context, a: Args) -> Value:
    """Weekday and day of the month: the nearest month in which they agree."""
    weekday, day = weekday_number(ctx, a["w"]), int(a["d"])
    now = midnight(ctx.now)
    first = now.replace(day=1)
    days = [
        d
        for k in range(-7, 8)
        if (d := safe_date((m := add_months(first, k)).year, m.month, day)) is not None and d.weekday() == weekday
    ]
    near = [d for d in days if abs((d - now).days) <= 45] or days
    if not near:
        return pick_weekday(ctx, weekday)
    tense = ctx.direction()
    found = min(near, key=lambda d: abs((d - now).days) + (20 if (d - now).days * tense < 0 else 0))
    if abs((found - now).days) > 45:
        return pick_weekday(ctx, weekday)
    return _mention(ctx, day_value(found, "relative"), weekday)


@meaning
def day_only(ctx: Context, a: Args) -> Value:
    """A day of the month alone: of the month of the narrative, else the nearest."""
    day = int(a["d"])
    last = ctx.narrative()
    if last is not None and last.start is not None and last.grain in ("day", "month", "part") and not ctx.whole:
        found = safe_date(last.start.year, last.start.month, day)
        if found is not None:
            return day_value(found, "anaphoric")
    now = midnight(ctx.now)
    first = now.replace(day=1)
    days = [d for k in (-1, 0, 1) if (d := safe_date((m := add_months(first, k)).year, m.month, day)) is not None]
    tense = ctx.direction() or (1 if ctx.whole else 0)
    found = min(days, key=lambda d: abs((d - now).days) + (40 if (d - now).days * tense < 0 else 0))
    return day_value(found, "relative")


def pick_weekday(ctx: Context, weekday: int, mode: str | None = None) -> Value:
    """A weekday: the one that the text dates elsewhere, else before or after the reference by tense."""
    now = midnight(ctx.now)
    before = now - ((now.weekday() - weekday) % 7) * DAY
    after = now + ((weekday - now.weekday()) % 7) * DAY
    if mode == "last":
        found = before if before != now else now - 7 * DAY
    elif mode == "next":
        found = after if after != now else now + 7 * DAY
    elif mode == "this":
        found = before if ctx.direction() < 0 else (after + 7 * DAY if ctx.whole and after == now else after)
        if ctx.direction() == 0 and not ctx.whole and (now - before).days < (after - now).days:
            found = before
    else:
        known = [d for d in ctx.weekdays.get(weekday, ()) if abs((d - now).days) <= 7]
        if known:
            return day_value(known[-1], "anaphoric", floating=True)
        tense = ctx.direction() or (1 if ctx.whole else 0)
        if tense:
            found = before if tense < 0 else after
        else:
            found = before if (now - before).days <= (after - now).days else after
    return day_value(found, "relative", floating=True)


@meaning
def weekday(ctx: Context, a: Args) -> Value:
    """A weekday alone or with dernier, prochain, ce, en huit."""
    day = weekday_number(ctx, a["w"])
    mode = a.get("x")
    if mode == "in":
        start = pick_weekday(ctx, day, "next").start
        now = midnight(ctx.now)
        soonest = now + ((day - now.weekday()) % 7) * DAY
        weeks = {8: 1, 15: 2}.get(int(a["n"]), 0)
        if not weeks:
            return pick_weekday(ctx, day)
        if start is not None and soonest == now:
            return day_value(now + 7 * weeks * DAY, "relative", floating=True)
        return day_value(soonest + 7 * weeks * DAY, "relative", floating=True)
    return pick_weekday(ctx, day, mode)


@meaning
def weekday_abbreviation(ctx: Context, a: Args) -> Value:
    """An abbreviated weekday."""
    return pick_weekday(ctx, int(a["w"]))


@meaning
def weekday_of_week(ctx: Context, a: Args) -> Value:
    """A weekday of this week, the next or the last."""
    monday, _ = period(ctx.now, "week", int(a["o"]))
    return day_value(monday + weekday_number(ctx, a["w"]) * DAY, "relative", floating=True)


@meaning
def day_offset(ctx: Context, a: Args) -> Value:
    """Yesterday, today, tomorrow."""
    offset = int(a["o"] if "o" in a else a["d"])
    value = day_value(midnight(ctx.now) + offset * DAY, "relative", floating=True)
    return replace(value, wordy=offset == 0)


@meaning
def aujourdhui_weekday(ctx: Context, a: Args) -> Value:
    """Today, named with its weekday."""
    return day_value(midnight(ctx.now), "relative", floating=True)


@meaning
def weekday_offset(ctx: Context, a: Args) -> Value:
    """Yesterday or tomorrow, named with its weekday."""
    return day_value(midnight(ctx.now) + int(a["d"]) * DAY, "relative", floating=True)


@meaning
def nth_weekday(ctx: Context, a: Args) -> Value:
    """The n-th weekday of a month, a year or another period."""
    base = ctx.one(a, "p")
    if base.start is None or base.end is None:
        raise ValueError("no period")
    found = nth(base.start, base.end, weekday_number(ctx, a["w"]), int(a["o"]))
    if found is None:
        raise ValueError("no such weekday")
    return day_value(found, base.basis)


@meaning
def nth_weekday_season(ctx: Context, a: Args) -> Value:
    """The n-th weekday of the astronomical season: its beginning is what the expression depends on."""
    year = ctx.now.year
    tense = ctx.direction()
    month, day = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 22), "winter": (12, 21)}[str(ctx.raw(a["s"]))]
    starts = [datetime(y, month, day) for y in (year - 1, year, year + 1)]
    days = [d for s in starts if (d := nth(s, add_months(s, 3), weekday_number(ctx, a["w"]), int(a["o"]))) is not None]
    last = ctx.narrative()
    now = last.start if last is not None and last.start is not None and last.grain == "year" else ctx.now
    found = min(days, key=lambda d: abs((d - now).days) + (200 if (d - now).days * tense < 0 else 0))
    return day_value(found, "relative")


@meaning
def nth_day(ctx: Context, a: Args) -> Value:
    """The n-th day of a period; -1 is the last."""
    base = ctx.one(a, "p", "q", "r")
    if base.start is None or base.end is None:
        raise ValueError("no period")
    n = int(a["o"])
    return day_value(base.start + (n - 1) * DAY if n > 0 else base.end + n * DAY, base.basis)


