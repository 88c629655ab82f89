"""Meanings of references without a value of their own: recently, now, soon."""

from typing import Any

from .calendar import DAY, add_months, midnight
from .context import Context, NoReference, meaning
from .values import Value

Args = dict[str, Any]


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
    long_ago = a.get("w") == "past" or ctx.wording.long_ago.search(ctx.text, *ctx.span) is not None
    return _vague(ctx, "PAST_REF", 120 if long_ago else 3, 0)


@meaning
def vague_now(ctx: Context, a: Args) -> Value:
    """Now."""
    return _vague(ctx, "PRESENT_REF", 0, 0)


@meaning
def vague_future(ctx: Context, a: Args) -> Value:
    """Soon: the next three months."""
    return _vague(ctx, "FUTURE_REF", 0, 3)
