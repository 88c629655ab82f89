"""Meanings of parts of the day and of meals, of the day at hand or on a date."""

from datetime import datetime, timedelta
from typing import Any

from .calendar import DAY, midnight
from .clocks import day_at_hand
from .context import Context, meaning
from .grammar import Tree
from .values import Value

Args = dict[str, Any]

PARTS_OF_DAY = {"MO": (4, 12), "MI": (12, 14), "AF": (12, 19), "EV": (18, 24), "NI": (21, 30), "DW": (5, 8)}
"""Hours from and to, as Duckling has them; a night ends at six on the next day."""
_CUTS = {
    ("MO", "start"): (7, 9),
    ("MO", "mid"): (9, 11),
    ("MO", "end"): (10, 12),
    ("AF", "start"): (12, 14),
    ("AF", "mid"): (14, 17),
    ("AF", "end"): (17, 19),
    ("EV", "start"): (18, 21),
    ("EV", "mid"): (19, 22),
    ("EV", "end"): (21, 24),
    ("NI", "start"): (21, 24),
    ("NI", "mid"): (24, 27),
    ("NI", "end"): (27, 30),
    ("DW", "start"): (5, 6),
    ("DW", "mid"): (5, 7),
    ("DW", "end"): (6, 8),
    ("MI", "start"): (12, 13),
    ("MI", "mid"): (12, 13),
    ("MI", "end"): (13, 14),
}
_DAY_CUTS = {"start": (6, 10), "mid": (11, 16), "end": (17, 21), "early": (0, 12)}
_MEALS = {
    ("lunch", "after"): (13, 17),
    ("lunch", "before"): (10, 12),
    ("lunch", "during"): (12, 14),
}


@meaning
def daypart(ctx: Context, a: Args) -> tuple[str, str | None]:
    """A part of the day."""
    return str(a["p"]), None


@meaning
def part_of_daypart(ctx: Context, a: Args) -> tuple[str, str | None]:
    """The beginning, middle or end of a part of the day."""
    return ctx.raw(a["d"])[0], str(a["p"])


def _hours(part: tuple[str, str | None]) -> tuple[int, int]:
    name, piece = part
    return _CUTS.get((name, piece or ""), PARTS_OF_DAY[name])


def part_value(day: datetime, hours: tuple[int, int], basis: Any, floating: bool, name: str) -> Value:
    """A part of a day by its hours."""
    start, end = (day + timedelta(hours=h) for h in hours)
    label = f"{day.date().isoformat()}T{name}" if name else ""
    return Value(start, end, "daypart", basis, "time", floating=floating, timex=label)


@meaning
def day_daypart(ctx: Context, a: Args) -> Value:
    """A part of today, or of the day at hand."""
    part = ctx.raw(a["d"])
    day, basis = day_at_hand(ctx)
    hours = _hours(part)
    if part[0] == "NI" and part[1] is None and ctx.direction() < 0 and not ctx.whole:
        # In a report of the past, « la nuit » is the one before the day of the report.
        if basis == "relative":
            day -= DAY
    return part_value(day, hours, basis, True, part[0])


@meaning
def last_daypart(ctx: Context, a: Args) -> Value:
    """The last night, the last evening."""
    part = ctx.raw(a["d"])
    return part_value(midnight(ctx.now) - DAY, _hours(part), "relative", True, part[0])


@meaning
def daypart_same_day(ctx: Context, a: Args) -> Value:
    """A part of the day last named."""
    part = ctx.raw(a["d"])
    day = midnight(ctx.anaphor())
    return part_value(day, _hours(part), "anaphoric", False, part[0])


@meaning
def anaphoric_daypart(ctx: Context, a: Args) -> Value:
    """« Le même soir »."""
    return daypart_same_day(ctx, a)


def hours_in(ctx: Context, tree: Tree) -> tuple[tuple[int, int], str]:
    """(hours, name or "") of a part of the day or a meal; raises ValueError where a tree means neither."""
    rule = tree.rule
    if rule.meaning == "meal":
        return _MEALS.get((rule.constants["m"], rule.constants["when"]), (12, 14)), ""
    if rule.meaning == "part_of_day":
        return _DAY_CUTS[rule.constants["p"]], ""
    child = tree.children.get("d")
    if not isinstance(child, Tree) or rule.meaning not in ("day_daypart", "daypart_same_day"):
        raise ValueError("not a part of a day")
    part = ctx.raw(child)
    return _hours(part), part[0]


@meaning
def date_daypart(ctx: Context, a: Args) -> Value:
    """A part of a given day."""
    day = ctx.value(a["d"])
    if day.start is None or day.grain != "day":
        raise ValueError("no day")
    hours, name = hours_in(ctx, a["t"])
    return part_value(midnight(day.start), hours, day.basis, day.floating, name)


@meaning
def meal(ctx: Context, a: Args) -> Value:
    """Around a meal of the day at hand."""
    day, basis = day_at_hand(ctx)
    return part_value(day, _MEALS.get((str(a["m"]), str(a["when"])), (12, 14)), basis, True, "")


@meaning
def part_of_day(ctx: Context, a: Args) -> Value:
    """The beginning, middle or end of the day."""
    day, basis = day_at_hand(ctx)
    return part_value(day, _DAY_CUTS[str(a["p"])], basis, True, "")


@meaning
def end_of_date(ctx: Context, a: Args) -> Value:
    """The end of a day."""
    day = ctx.value(a["d"])
    if day.start is None or day.grain != "day":
        raise ValueError("no day")
    return Value(midnight(day.start) + timedelta(hours=23, minutes=59, seconds=59), None, "second", day.basis, "time")


@meaning
def end_of_daypart(ctx: Context, a: Args) -> Value:
    """The end of a part of a day."""
    return ctx.value(a["t"])
