"""Find temporal expressions and give them their values: the grammar of a language, applied to texts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, cached_property

from corpus_etl.language import pack

from . import (  # noqa: F401  importing these registers what the rules mean
    clock_ranges,
    clocks,
    counting,
    dayparts,
    durations,
    holidays,
    periods,
    points,
    recurring,
    rolling,
    seasons,
    spans,
    vague,
)
from .calendar import DAY, midnight
from .context import Context, NoReference
from .filters import Filters
from .grammar import Grammar, Tree
from .narrative import Narrative
from .scanner import Token, fold
from .types import Interval, TemporalExpression
from .values import Duration, Value, timex
from .wording import Wording

REPORTED = frozenset(("DATE", "MONTHP", "BAREMON", "YEARP", "BAREYEAR", "PER", "VAGUE", "BEFORE", "VAGUEADJ", "CLOCKP", "TIMEP",
                      "RANGE", "OPEN", "SET", "DUR", "SINCE", "DAYN", "TIMERANGE", "HRS", "CRANGE", "WHOLE", "DATEJ"))  # fmt: skip
"""Targets of rules that are expressions by themselves; the filters say which of them need more than that."""
_GRANULARITY = {
    "second": "day",
    "minute": "day",
    "hour": "day",
    "daypart": "day",
    "fortnight": "approx",
    "weekend": "week",
    "part": "approx",
    "span": "approx",
    "century": "approx",
}
_TIMES = ("second", "minute", "hour", "daypart")

Reference = Interval | date | datetime | None


class Annotator:
    """The temporal grammar of a language. `annotate` may be called from several threads."""

    def __init__(self, code: str) -> None:
        self._pack = pack(code)

    @cached_property
    def grammar(self) -> Grammar:
        """The compiled grammar."""
        lexicon = self._pack.read_yaml("time", "lexicon.yaml")
        rules = self._pack.read_yaml("time", "rules.yaml")
        return Grammar({**lexicon, **rules}, f"packs/{self._pack.code}/time")

    @cached_property
    def _filters(self) -> Filters:
        return Filters(self._pack.read_yaml("time", "lexicon.yaml"))

    @cached_property
    def _narrative(self) -> Narrative:
        return Narrative(self._pack.read_yaml("time", "lexicon.yaml")["narrative"])

    @cached_property
    def _wording(self) -> Wording:
        return Wording.of(self._pack.read_yaml("time", "lexicon.yaml")["wording"])

    def annotate(self, text: str, reference: Reference) -> list[TemporalExpression]:
        """Expressions of a text in order; they do not overlap."""
        grammar, filters = self.grammar, self._filters
        folded = fold(text)
        found: list[tuple[Tree, Sequence[Token]]] = []
        for zone in grammar.scanner.zones(text, folded):
            for tree in grammar.parse(zone):
                if tree.rule.target in REPORTED:
                    start, end = zone[tree.begin].start, zone[tree.end - 1].end
                    if filters.keep(text, folded, start, end, tree):
                        found.append((tree, zone))
        if not found:
            return []
        ctx = Context(text, *_reference(reference), lambda a, b, since: filters.tense(text, a, b, since), self._narrative, self._wording)
        _learn_weekdays(ctx, found)
        return list(self._valued(ctx, found))

    def _valued(self, ctx: Context, found: Sequence[tuple[Tree, Sequence[Token]]]) -> Iterator[TemporalExpression]:
        stripped = ctx.text.strip(" \n.!?;,")
        for number, (tree, tokens) in enumerate(found):
            start, end = tokens[tree.begin].start, tokens[tree.end - 1].end
            ctx.span, ctx.tokens = (start, end), tokens
            ctx.following = found[number + 1] if number + 1 < len(found) else None
            ctx.whole = end - start >= len(stripped) - 2
            if not self._filters.whole_only(tree, ctx.text, start, end, ctx.whole):
                continue
            result, failed = _evaluate(ctx, tree)
            if habitual(tree, ctx) and isinstance(result, Value) and result.start is not None:
                result = Value(None, None, "span", kind="set", timex=f"XXXX-WXX-{result.start.weekday() + 1}")
            expression = _expression(ctx, tree, start, end, result, failed)
            if expression is None:
                yield from self._pieces(ctx, tree, tokens)
                continue
            parts = tuple(_parts(ctx, tree, tokens)) if expression.kind == "time" else ()
            if parts:
                expression = replace(expression, parts=parts)
            yield expression
            if isinstance(result, Value):
                ctx.remember(result, start, end)

    def _pieces(self, ctx: Context, tree: Tree, tokens: Sequence[Token]) -> Iterator[TemporalExpression]:
        """The parts of a tree that has no value as a whole."""
        children = [c for c in tree.children.values() if isinstance(c, Tree)]
        for child in sorted(children, key=lambda c: c.begin):
            start, end = tokens[child.begin].start, tokens[child.end - 1].end
            ctx.span = (start, end)
            result, failed = _evaluate(ctx, child) if child.rule.target in REPORTED else (None, False)
            expression = _expression(ctx, child, start, end, result, failed)
            if expression is None:
                yield from self._pieces(ctx, child, tokens)
                continue
            yield expression
            if isinstance(result, Value):
                ctx.remember(result, start, end)


def habitual(tree: Tree, ctx: Context) -> bool:
    """« Le mercredi » alone: every Wednesday."""
    while tree.rule.meaning == "same" and isinstance(tree.children["d"], Tree):
        tree = tree.children["d"]
    if tree.rule.meaning != "weekday" or "x" in tree.rule.constants or ctx.whole:
        return False
    return tree.end - tree.begin == 2


def _evaluate(ctx: Context, tree: Tree) -> tuple[Value | Duration | None, bool]:
    """(what the tree denotes, whether it fails only for want of a reference)."""
    ctx.used, ctx.top = "explicit", tree.rule.meaning
    try:
        found = ctx.raw(tree)
    except NoReference:
        return None, True
    except (ValueError, KeyError, OverflowError, AssertionError):
        return None, False
    return (found, False) if isinstance(found, (Value, Duration)) else (None, False)


def _expression(
    ctx: Context, tree: Tree, start: int, end: int, found: Value | Duration | None, unresolved: bool
) -> TemporalExpression | None:
    text = ctx.text[start:end]
    if isinstance(found, Duration):
        return TemporalExpression(
            start, end, text, "duration", None, None, None, "explicit", "DURATION", found.timex, found.approx
        )
    if found is None:
        if not unresolved:
            return None
        return TemporalExpression(start, end, text, "date", None, None, None, "relative", "DATE", "XXXX-XX-XX")
    if found.kind == "set":
        return TemporalExpression(start, end, text, "set", None, None, None, "explicit", "SET", found.timex)
    return _calendar(ctx, tree, start, end, found)


def _calendar(ctx: Context, tree: Tree, start: int, end: int, found: Value) -> TemporalExpression:
    """The expression of a value with, or waiting for, a place on the calendar."""
    text = ctx.text[start:end]
    kind = found.kind
    low, high = found.start, found.end
    granularity = _GRANULARITY.get(found.grain, found.grain)
    if granularity == "approx" and low is not None and high is not None and high <= midnight(low) + DAY:
        granularity = "day"
    first: date | None = None
    last: date | None = None
    if low is not None:
        shown = found.window or (low, high if high is not None else low)
        first = shown[0].date()
        last = max((midnight(shown[1] - timedelta(seconds=1)) + DAY).date(), first + timedelta(days=1))
        approx = found.approx
        if found.floating and ctx.coarse and ctx.reference is not None and not found.approx:
            # The reference is a month or so: what counts from it in days is as vague as that.
            now = midnight(ctx.now)
            first = (ctx.reference[0] + (low - now)).date()
            if granularity in ("day", "week"):
                first = (ctx.reference[0] + (midnight(low) - now)).date()
                last = (ctx.reference[1] + (midnight(high or low) - now)).date()
                last = max(last, first + timedelta(days=1)) if high is not None else last + timedelta(days=0)
            granularity, approx = "approx", True
            if found.wordy:
                first, last = ctx.reference[0].date(), ctx.reference[1].date()
        elif found.window is not None or found.approx:
            granularity = "approx" if found.approx else granularity
    else:
        approx = found.approx
    timed = found.grain in _TIMES or (low is not None and (low != midnight(low) or (high and high != midnight(high))))
    exact = timed or found.window is not None
    return TemporalExpression(
        start,
        end,
        text,
        kind,
        first,
        last,
        granularity if first is not None else None,
        found.basis,
        "TIME" if timed and kind == "time" else "DATE",
        timex(found),
        approx,
        low if exact else None,
        high if exact else None,
    )


def _parts(ctx: Context, tree: Tree, tokens: Sequence[Token]) -> Iterator[TemporalExpression]:
    """The date inside a date with a clock time."""
    if tree.rule.meaning not in ("date_clock", "clock_date", "date_clock_hour", "date_range_clock", "date_to_clock", "from_point", "until_point"):
        return
    child = tree.children.get("d")
    if not isinstance(child, Tree):
        return
    start, end = tokens[child.begin].start, tokens[child.end - 1].end
    result, failed = _evaluate(ctx, child)
    expression = _expression(ctx, child, start, end, result, failed)
    if expression is not None:
        yield expression


def _learn_weekdays(ctx: Context, found: Sequence[tuple[Tree, Sequence[Token]]]) -> None:
    """Weekdays that the text dates somewhere, known before the first bare one is read."""
    for tree, tokens in found:
        stack = [tree]
        while stack:
            node = stack.pop()
            if node.rule.meaning == "date" and "w" in node.children:
                ctx.span, ctx.tokens = (tokens[node.begin].start, tokens[node.end - 1].end), tokens
                _evaluate(ctx, node)
                break
            stack += [c for c in node.children.values() if isinstance(c, Tree)]


def _reference(reference: Reference) -> tuple[tuple[datetime, datetime] | None, datetime | None]:
    """(interval, instant) of a reference."""
    if reference is None:
        return None, None
    if isinstance(reference, Interval):
        low = datetime(reference.start.year, reference.start.month, reference.start.day)
        high = datetime(reference.end.year, reference.end.month, reference.end.day)
        middle = low if high - low <= DAY else midnight(low + (high - low) / 2)
        return (low, high), middle
    if isinstance(reference, datetime):
        day = midnight(reference.replace(tzinfo=None))
        return (day, day + DAY), reference.replace(tzinfo=None)
    day = datetime(reference.year, reference.month, reference.day)
    return (day, day + DAY), day


@cache
def annotator(code: str) -> Annotator:
    """The annotator of a language, compiled once per process."""
    return Annotator(code)


def annotate(text: str, reference: Reference, language: str = "fr") -> list[TemporalExpression]:
    """Temporal expressions of a text, in order, without overlap.

    `reference` is the date of the document: an interval, a day, an instant or null, when relative expressions stay
    without value. Time is linear in the length of the text.
    """
    return annotator(language).annotate(text, reference)
