"""Find amounts and give them their values: the grammar of a language, applied to texts."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from corpus_etl.language import pack
from corpus_etl.time.grammar import Grammar, Tree
from corpus_etl.time.scanner import Token, fold

from .meanings import Quantity, evaluate
from .types import Amount, AmountKind

_KINDS: dict[str, AmountKind] = {
    "MONEY": "money",
    "PERCENT": "percent",
    "POINTS": "percent",
    "COUNT": "count",
    "FRAC": "number",
    "DOZ": "count",
    "N": "number",
    "NRANGE": "number",
    "ORDINAL": "ordinal",
    "RELORD": "ordinal",
}
_NOUN = re.compile(r"[ \u00a0\u202f](?:(?:de |d['’])?(?P<noun>[^\W\d_]{3,}))")


class AmountAnnotator:
    """The grammar of amounts of a language."""

    def __init__(self, code: str) -> None:
        self._pack = pack(code)

    @cached_property
    def _lexicon(self) -> dict[str, Any]:
        found: dict[str, Any] = self._pack.read_yaml("amounts", "lexicon.yaml")
        return found

    @cached_property
    def grammar(self) -> Grammar:
        """The compiled grammar."""
        rules = self._pack.read_yaml("amounts", "rules.yaml")
        return Grammar({**self._lexicon, **rules}, f"packs/{self._pack.code}/amounts")

    @cached_property
    def _not_nouns(self) -> frozenset[str]:
        return frozenset(str(w) for w in self._lexicon["counts"]["not_nouns"])

    def annotate(self, text: str, numbers: bool) -> list[Amount]:
        """Amounts of a text in order, without overlap; bare numbers and ordinals only if asked for."""
        return list(self._found(text, numbers))

    def _found(self, text: str, numbers: bool) -> Iterator[Amount]:
        folded = fold(text)
        for zone in self.grammar.scanner.zones(text, folded):
            for tree in self.grammar.parse(zone):
                for part, found in _values(tree, zone, text):
                    start, end = zone[part.begin].start, zone[part.end - 1].end
                    amount = self._amount(text, start, end, _KINDS[part.rule.target], found, numbers)
                    if amount is not None:
                        yield amount

    def _amount(
        self, text: str, start: int, end: int, kind: AmountKind, found: Quantity, numbers: bool
    ) -> Amount | None:
        unit = found.unit
        if kind in ("number", "count") and unit is None:
            noun = self._noun(text, end)
            if noun is not None and found.value is not None and (found.value > 1 or found.low is not None):
                kind, unit = "count", noun
            elif kind == "count" and not numbers:
                return None
        if not numbers and kind in ("number", "ordinal") and unit != "share":
            return None
        comparison: Any = found.comparison
        words = text[start:end]
        return Amount(start, end, words, kind, found.value, found.low, found.high, found.currency, unit, comparison)

    def _noun(self, text: str, end: int) -> str | None:
        """The plural noun right after a number."""
        match = _NOUN.match(text, end, end + 40)
        if match is None:
            return None
        noun = match["noun"]
        if noun[-1] not in "sx" or not noun.islower() or noun in self._not_nouns:
            return None
        return noun


def _values(tree: Tree, zone: Sequence[Token], text: str) -> Iterator[tuple[Tree, Quantity]]:
    """The tree with what it means, or its parts where it means nothing as a whole."""
    found = _value(tree, zone) if tree.rule.target in _KINDS and _sound(tree, zone, text) else None
    if found is not None:
        yield tree, found
        return
    parts = [child for child in tree.children.values() if isinstance(child, Tree)]
    for part in sorted(parts, key=lambda child: child.begin):
        yield from _values(part, zone, text)


def _value(tree: Tree, zone: Sequence[Token]) -> Quantity | None:
    try:
        found = evaluate(tree, lambda i, category: zone[i].values[category])
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, Quantity) else None


def _sound(tree: Tree, zone: Sequence[Token], text: str) -> bool:
    """What the symbols of the tokens do not show: signs that touch their number, percents inside a URL."""
    end = zone[tree.end - 1].end
    if tree.rule.meaning == "negative":
        sign = zone[tree.begin]
        before = text[max(0, sign.start - 1) : sign.start]
        return sign.end == zone[tree.begin + 1].start and not before.isalnum()
    if tree.rule.meaning == "percent":
        return not text[end : end + 1].isalnum()
    if tree.rule.meaning == "cents_without_name":
        return re.match(r"\s*(?:$|[^\w\s]|[A-Z])", text[end : end + 3]) is not None and text[end - 2 : end].isdigit()
    of_money = tree.rule.meaning == "range" and tree.rule.target == "MONEY"
    return not (of_money and zone[tree.begin].start == zone[tree.begin].end)


@cache
def annotator(code: str) -> AmountAnnotator:
    """The annotator of a language, compiled once per process."""
    return AmountAnnotator(code)


def annotate(text: str, numbers: bool = False, language: str = "fr") -> list[Amount]:
    """Amounts of a text in order, without overlap: money, percentages, shares, counts of a noun.

    With `numbers`, bare numbers and ordinals too. Time is linear in the length of the text.
    """
    return annotator(language).annotate(text, numbers)
