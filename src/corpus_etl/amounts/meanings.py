"""What the rules of amounts mean: numbers with scales, currencies, ranges, comparisons."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from corpus_etl.time.grammar import Tree

Args = dict[str, Any]
MEANINGS: dict[str, Callable[[Args], Any]] = {}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity while it is computed; `scale` is what its number was multiplied with."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    unit: str | None = None
    comparison: str | None = None
    scale: float = 1.0


def meaning(function: Callable[[Args], Any]) -> Callable[[Args], Any]:
    """Register what a rule of this name means."""
    MEANINGS[function.__name__] = function
    return function


def evaluate(tree: Tree, values: Callable[[int, str], Any]) -> Any:
    """What a tree means; `values` gives the value of a token for a category."""
    args: Args = dict(tree.rule.constants)
    for name, child in tree.children.items():
        args[name] = evaluate(child, values) if isinstance(child, Tree) else values(child, tree.rule.captures[name])
    return MEANINGS[tree.rule.meaning](args)


def _times(value: float, scale: float) -> float:
    """The product, to the cent: 6.6 times 1e9 is 6,600,000,000."""
    return round(value * scale, 6)


def _last_scale(value: float) -> float:
    """The scale that a number in words ends with: a thousand of 5,000, a million of 1,000,000."""
    return next((s for s in (1e12, 1e9, 1e6, 1e3) if value >= s and not value % s), 1.0)


@meaning
def number(a: Args) -> Quantity:
    """A number, maybe with a scale."""
    scale = float(a.get("s", 1))
    value = float(a["n"])
    plus = float(a.get("plus", 0))
    if plus and scale == 1 and value >= 1000:
        scale = _last_scale(value)  # « un million et demi »: the scale is in the number
        return Quantity(value + plus * scale, scale=scale)
    return Quantity(_times(value + plus if scale > 1 or plus else value, scale), scale=scale)


@meaning
def sum(a: Args) -> Quantity:
    """A number of millions and the rest."""
    return Quantity(_times(float(a["a"]), float(a["s"])) + _times(float(a["b"]), float(a.get("t", 1))))


@meaning
def point(a: Args) -> Quantity:
    """A number with its decimals in words; a scale stands in the decimals: « deux virgule cinq milliards »."""
    decimals = float(a["m"])
    scale = _last_scale(decimals) if decimals >= 1000 else 1.0
    return Quantity(_times(float(f"{int(a['n'])}.{int(decimals / scale)}"), scale), scale=scale)


@meaning
def hundreds(a: Args) -> Quantity:
    """A number of hundreds."""
    return Quantity(float(a["n"]) * 100)


@meaning
def currency(a: Args) -> str:
    """Code of a currency, empty where there is none."""
    return str(a["c"])


@meaning
def fraction(a: Args) -> Quantity:
    """A fraction in words: a share."""
    return Quantity(float(a.get("n", 1)) / float(a.get("d", 2)), unit="share")


@meaning
def one_in(a: Args) -> Quantity:
    """One in three: a share."""
    if not float(a["m"]):
        raise ValueError("none of none")
    return Quantity(float(a["n"]) / float(a["m"]), unit="share")


@meaning
def dozen(a: Args) -> Quantity:
    """A number of dozens, scores ..."""
    return Quantity(float(a["n"]) * float(a["d"]), comparison="about")


@meaning
def ordinal(a: Args) -> Quantity:
    """An ordinal, from a number and its last word."""
    last = float(a["o"])
    if "n" not in a:
        return Quantity(last)
    n = float(a["n"])
    return Quantity(n * last if last >= 100 or (last == 20 and n == 4) else n + last)


@meaning
def relative(a: Args) -> Quantity:
    """An ordinal without number: last, next."""
    return Quantity()


@meaning
def money(a: Args) -> Quantity:
    """A number and its currency."""
    return replace(a["n"], currency=a["c"] or None)


@meaning
def money_of_scale(a: Args) -> Quantity:
    """A number, a scale and a currency."""
    n: Quantity = a["n"]
    return replace(n, value=_times(n.value or 0, float(a["s"])), currency=a["c"] or None, scale=float(a["s"]))


@meaning
def money_of_dozens(a: Args) -> Quantity:
    """Some ten millions of a currency."""
    return money_of_scale(a)


@meaning
def vague_money(a: Args) -> Quantity:
    """An unknown number of millions of a currency."""
    return Quantity(currency=a["c"] or None)


@meaning
def money_and_cents(a: Args) -> Quantity:
    """A currency and its hundredths."""
    n: Quantity = a["n"]
    rest: Quantity = a["m"]
    if rest.currency is not None:
        raise ValueError("two amounts")
    return replace(n, value=round((n.value or 0) + (rest.value or 0) / 100, 2), currency=a["c"] or None)


@meaning
def cents(a: Args) -> Quantity:
    """Hundredths of a currency that is not named."""
    return Quantity(float(a["n"]))


@meaning
def cents_without_name(a: Args) -> Quantity:
    """« 15 dollars 50 »."""
    rest: Quantity = a["m"]
    if rest.value is None or not 0 <= rest.value < 100 or rest.scale != 1:
        raise ValueError("no hundredths")
    return money_and_cents(a)


@meaning
def percent(a: Args) -> Quantity:
    """A percentage."""
    return replace(a["n"], unit="percent")


@meaning
def percent_in_words(a: Args) -> Quantity:
    """« dix pour cent »."""
    return Quantity(float(a["n"]), unit="percent")


@meaning
def points(a: Args) -> Quantity:
    """Points of a percentage."""
    return replace(a["n"], unit="point")


@meaning
def range(a: Args) -> Quantity:
    """From one quantity to another; the first has the scale of the last where it is small and has none."""
    first, last = a["a"], a["b"]
    if first.value is None or last.value is None or (first.currency and first.currency != last.currency):
        raise ValueError("no range")
    low = first.value
    if first.scale == 1 and last.scale > 1 and low < 1000 and low * last.scale <= last.value:
        low = _times(low, last.scale)
    if low > last.value:
        raise ValueError("no range")
    return Quantity(None, low, last.value, last.currency, last.unit)


@meaning
def negative(a: Args) -> Quantity:
    """A quantity below zero."""
    value = a["a"].value
    return replace(a["a"], value=None if value is None else -value)


@meaning
def compared(a: Args) -> Quantity:
    """About, more than, less than, at least, at most."""
    found: Quantity = a["a"]
    how = str(a["c"])
    if found.value is None:
        return replace(found, comparison=how)
    low = found.value if how in ("more", "at_least") else None
    high = found.value if how in ("less", "at_most") else None
    return replace(found, comparison=how, low=low, high=high)
