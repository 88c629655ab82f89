"""Meanings of parts of periods, ranges and open bounds."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, add_months, midnight, period, safe_date
from .clocks import on_day
from .context import Context, meaning
from .grammar import Tree
from .points import day_only, pick_day
from .values import Value, day_value

Args = dict[str, Any]


def cut(start: datetime, end: datetime, grain: str, part: str) -> tuple[datetime, datetime]:
    """The beginning, middle or end of a period: thirds; of a month the days 1-10, 11-20 and 21 to the end."""
    days = (end - start).days
    if part == "within":
        return start, end
    if grain == "month":
        cuts = [start, start + 10 * DAY, start + 20 * DAY, end]
    elif grain in ("year", "decade", "century", "half", "quarter", "season"):
        months = (end.year - start.year) * 12 + end.month - start.month
        if months % 3 == 0:
            cuts = [add_months(start, k * months // 3) for k in range(3)] + [end]
        else:
            cuts = [add_months(start, k * (months * 10 // 30)) for k in range(3)] + [end]
    elif grain == "week":
        cuts = [start, start + 2 * DAY, start + 4 * DAY, end]
        if part == "end":
            return start + 3 * DAY, end
    else:
        third = max(1, days // 3)
        cuts = [start, start + third * DAY, end - third * DAY, end]
    i = {"start": 0, "mid": 1, "end": 2}[part]
    return cuts[i], cuts[i + 1]


@meaning
def part_of(ctx: Context, a: Args) -> Value:
    """Début, milieu, fin, mi- of a period."""
    base = ctx.one(a, "q", "r", "s", "t", "v")
    if base.start is None or base.end is None:
        raise ValueError("no period")
    start, end = cut(base.start, base.end, base.grain, str(a["p"]))
    return Value(start, end, "part", base.basis, "interval", approx=base.approx, timex="")


@meaning
def part_of_unit(ctx: Context, a: Args) -> Value:
    """Début, milieu, fin of the present period."""
    unit = str(a["u"])
    low, high = period(ctx.now, unit)
    start, end = cut(low, high, unit, str(a["p"]))
    if ctx.whole and unit == "month" and str(a["p"]) == "start":
        if start < midnight(ctx.now):
            low, high = period(ctx.now, unit, 1)
            start, end = cut(low, high, unit, "start")
    elif start > ctx.now and ctx.direction() < 0 and not _limited(ctx):
        low, high = period(ctx.now, unit, -1)
        start, end = cut(low, high, unit, str(a["p"]))
    return Value(start, end, "part", "relative", "interval", floating=unit == "week")


def _limited(ctx: Context) -> bool:
    """« avant la fin de l'année » is a limit ahead, whatever the tense."""
    return ctx.wording.limit.search(ctx.text, max(0, ctx.span[0] - 8), ctx.span[1]) is not None


def _range(first: Value, last: Value) -> Value:
    start, end = first.start, last.end if last.end is not None else last.start
    if start is None or end is None or end <= start:
        raise ValueError("no range")
    grain = "span"
    basis = "explicit" if first.basis == last.basis == "explicit" else ("anaphoric" if "anaphoric" in (first.basis, last.basis) else "relative")
    return Value(start, end, grain, basis, "interval")  # type: ignore[arg-type]


def _day_number(ctx: Context, raw: Any) -> int:
    if isinstance(raw, Tree):
        child = raw.children["d"]
        assert not isinstance(child, Tree)
        return int(ctx.tokens[child].values[raw.rule.captures["d"]])
    return int(raw)


def _deep(tree: Any) -> Any:
    while isinstance(tree, Tree) and tree.rule.meaning == "same":
        tree = tree.children["d"]
    return tree


@meaning
def days_range(ctx: Context, a: Args) -> Value:
    """Days of one month: its name comes with the last of them."""
    last = ctx.value(a["b"])
    if last.start is None:
        raise ValueError("no day")
    return _from_day(_day_number(ctx, a["a"]), last)


def _from_day(day: int, last: Value) -> Value:
    assert last.start is not None
    first = safe_date(last.start.year, last.start.month, day)
    if first is None or first > last.start:
        before = add_months(last.start.replace(day=1), -1)
        first = safe_date(before.year, before.month, day)
    if first is None:
        raise ValueError("no day")
    return _range(day_value(first, last.basis), last)


@meaning
def days_only_range(ctx: Context, a: Args) -> Value:
    """From one day of the month to another, the month unsaid."""
    first = day_only(ctx, {"d": _day_number(ctx, a["a"])})
    assert first.start is not None
    last = safe_date(first.start.year, first.start.month, _day_number(ctx, a["b"]))
    if last is None:
        raise ValueError("no day")
    return _range(first, day_value(last, first.basis))


def _month_days(ctx: Context, a: Args) -> Value:
    tree = a["m"]
    number = ctx.raw(tree.children["m"]) if isinstance(tree, Tree) else int(tree)
    first = pick_day(ctx, int(number), int(a["a"]))
    last = safe_date(first.year, first.month, int(a["b"]))
    if last is None:
        raise ValueError("no day")
    return _range(day_value(first, "relative"), day_value(last, "relative"))


@meaning
def days_of_month_range(ctx: Context, a: Args) -> Value:
    """From one day to another of a month."""
    return _month_days(ctx, a)


@meaning
def month_days_range(ctx: Context, a: Args) -> Value:
    """A month, then its first and last day."""
    return _month_days(ctx, a)


@meaning
def month_days_range2(ctx: Context, a: Args) -> Value:
    """A date, then the last day."""
    first = ctx.value(a["d"])
    assert first.start is not None
    last = safe_date(first.start.year, first.start.month, int(a["b"]))
    if last is None:
        raise ValueError("no day")
    return _range(first, day_value(last, first.basis))


def _is_weekday(tree: Any) -> bool:
    return isinstance(tree, Tree) and tree.rule.meaning == "weekday"


@meaning
def between(ctx: Context, a: Args) -> Value:
    """From one date to another; the first takes the month or year of the last where it has none."""
    first_tree, last_tree = a.get("a", a.get("c")), a.get("b", a.get("d"))
    last = ctx.value(last_tree)
    deep = _deep(first_tree)
    if isinstance(deep, Tree) and deep.rule.meaning in ("weekday_day", "day_only"):
        return _from_day(_day_number(ctx, deep), last)
    first = ctx.value(first_tree)
    if _is_weekday(deep) and _is_weekday(_deep(last_tree)) and first.start is not None and last.start is not None:
        # Two weekdays: the second is the one that follows the first.
        last = day_value(first.start + (last.start - first.start).days % 7 * DAY, first.basis, first.floating)
        return _range(first, last)
    if last.start is not None and first.start is not None and first.basis != "explicit":
        if last.basis == "explicit" or first.start > last.start or (last.start - first.start).days > 400:
            years = (last.start.year, last.start.year - 1)
            moved = [first.start.replace(year=y) for y in years if (first.start.month, first.start.day) != (2, 29)]
            start = next((m for m in moved if m <= last.start), first.start)
            first = replace(first, start=start, basis=last.basis)
    if first.basis == "explicit" and last.start is not None and first.start is not None and last.start < first.start:
        if last.basis != "explicit":
            last = replace(last, start=last.start.replace(year=first.start.year), end=last.end and last.end.replace(year=first.start.year))
    return _range(first, last)


@meaning
def night(ctx: Context, a: Args) -> Value:
    """A night between two days: both of them."""
    if "n" in a:
        return days_range(ctx, {"a": a["n"], "b": a["b"]})
    return between(ctx, a)


@meaning
def from_point(ctx: Context, a: Args) -> Value:
    """From a point on: the value is that point, as in TIMEX3."""
    value = ctx.one(a, "p", "q", "r", "s", "t", "v", "w", "x", "c")
    if "d" in a and "c" in a:
        value = on_day(ctx, ctx.value(a["d"]), a["c"])
    return value


@meaning
def until_point(ctx: Context, a: Args) -> Value:
    """Before a point: the value is that point, as in TIMEX3; before a time of the day, the day up to then."""
    value = from_point(ctx, a)
    if value.kind == "time" and value.start is not None and value.end is None:
        return replace(value, start=midnight(value.start - timedelta(seconds=1)), end=value.start, kind="interval", grain="span")
    return value
