"""The amounts of a document that events may have: what is vague left out, and sums whose currency was said elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus_etl import amounts
from corpus_etl.amounts import Amount

_SCALE = re.compile(r"(?:millions?|milliards?|[Mm]ds?)$")


def sums(text: str) -> list[Amount]:
    """Amounts in order. « acquis pour 44 milliards » takes the currency of the text where the text knows only one."""
    found = [a for a in amounts.annotate(text) if a.value is not None or a.low is not None or a.high is not None]
    currencies = {a.currency for a in found if a.currency}
    if len(currencies) != 1:
        return found
    (currency,) = currencies
    taken = [(a.start, a.end) for a in found]
    bare = [
        replace(a, currency=currency, unit=None)
        for a in amounts.annotate(text, numbers=True)
        if a.value is not None and a.currency is None and _SCALE.search(a.text) and not _counted(text, a.end)
    ]
    bare = [a for a in bare if all(a.end <= s or e <= a.start for s, e in taken)]
    return sorted([*found, *bare], key=lambda a: a.start)


def _counted(text: str, end: int) -> bool:
    """What is counted follows: « 3 millions de personnes »."""
    return re.match(r"\s+(?:d(?:e|es|u)\s|d['’])", text[end : end + 6]) is not None
