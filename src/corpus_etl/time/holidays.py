"""Meanings of holidays."""

from .calendar import DAY, midnight
from .calendar import holiday as holiday_day
from .context import Context, meaning
from .grammar import Tree
from .points import Args, year_of
from .values import Value, day_value


@meaning
def holiday(ctx: Context, a: Args) -> Value:
    """A holiday: the nearest, by tense."""
    return _holiday(ctx, str(a["h"]), None, None)


@meaning
def holiday_year(ctx: Context, a: Args) -> Value:
    """A holiday of a given year, or the last or next one."""
    rule = str(_rule_of(a["d"], ctx))
    return _holiday(ctx, rule, year_of(ctx, a), a.get("x"))


def _rule_of(tree: Tree, ctx: Context) -> str:
    if "h" in tree.rule.constants:
        return tree.rule.constants["h"]
    child = tree.children["h"]
    assert not isinstance(child, Tree)
    return str(ctx.tokens[child].values["HOLIDAY"])


def _holiday(ctx: Context, rule: str, year: int | None, mode: str | None) -> Value:
    if year is not None:
        found = holiday_day(rule, year)
        if found is None:
            raise ValueError("no such day")
        return day_value(found)
    origin, direction = ctx.origin()
    now = midnight(origin)
    days = [d for y in range(now.year - 1, now.year + 2) if (d := holiday_day(rule, y)) is not None]
    tense = {"last": -1, "next": 1}.get(mode or "", 0)
    weight = 400 if tense else 100
    tense = tense or direction or (1 if ctx.whole else 0)
    weight *= 4 if abs(tense) == 2 else 1
    found = min(days, key=lambda d: abs((d - now).days) + (weight if (d - now).days * tense < 0 else 0))
    return day_value(found, ctx.used if ctx.used != "explicit" else "relative")


@meaning
def holiday_weekday(ctx: Context, a: Args) -> Value:
    """The weekday at or after a holiday."""
    base = ctx.one(a, "d")
    wanted = ctx.value(a["w"])
    if base.start is None or wanted.start is None:
        raise ValueError("no day")
    return day_value(base.start + (wanted.start.weekday() - base.start.weekday()) % 7 * DAY, base.basis)
