"""Which sentences are worth parsing: those that hold the stem of a trigger, and the sentences before them."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Prefilter:
    """Stems of triggers, lower case, matched anywhere in a sentence (Aho–Corasick, one pass over the text).

    `context` sentences before a hit are kept as well: pronouns refer to them.
    """

    stems: tuple[str, ...]
    context: int = 2

    def keep(self, sentences: Sequence[str]) -> list[bool]:
        """For each sentence of a document: is it to be parsed?"""
        if not sentences:
            return []
        lowered = pl.Series(sentences, dtype=pl.String).str.to_lowercase()
        hits = lowered.str.contains_any(list(self.stems)).to_list()
        wanted = list(hits)
        for index, hit in enumerate(hits):
            if hit:
                wanted[max(0, index - self.context) : index] = [True] * min(index, self.context)
        # The first sentences introduce the names.
        wanted[:2] = [any(hits)] * len(wanted[:2])
        return wanted
