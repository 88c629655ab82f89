"""Which sentences are worth parsing: those that hold a form of a trigger, and the sentences before them."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Prefilter:
    """Lower-case stems of triggers, matched anywhere in a sentence, and whole words (Aho–Corasick, one pass over the text).

    Words are far more selective: give inflected forms (`language.forms`) rather than short stems. `context` sentences before
    a hit are kept as well: pronouns refer to them.
    """

    stems: tuple[str, ...] = ()
    context: int = 2
    words: tuple[str, ...] = ()

    def keep(self, sentences: Sequence[str]) -> list[bool]:
        """For each sentence of a document: is it to be parsed?"""
        return self.keep_all([sentences])[0]

    def keep_all(self, documents: Sequence[Sequence[str]]) -> list[list[bool]]:
        """`keep` of several documents; the automaton of the stems is built once for all."""
        flat = pl.Series([s for sentences in documents for s in sentences], dtype=pl.String)
        low = flat.str.to_lowercase()
        hits = pl.repeat(False, len(flat), dtype=pl.Boolean, eager=True)
        if self.stems:
            hits |= low.str.contains_any(list(self.stems))
        if self.words:
            # Each word between blanks, so that a pattern with blanks around it is a whole word or a run of them.
            bare = pl.select(
                pl.concat_str(pl.lit(" "), low.str.replace_all(r"[^\p{L}\p{N}]+", " "), pl.lit(" "))
            ).to_series()
            hits |= bare.str.contains_any([f" {w} " for w in self.words])
        found = hits.to_list()
        result = []
        start = 0
        for sentences in documents:
            result.append(self._with_context(found[start : start + len(sentences)]))
            start += len(sentences)
        return result

    def _with_context(self, hits: list[bool]) -> list[bool]:
        wanted = list(hits)
        for index, hit in enumerate(hits):
            if hit:
                first = max(0, index - self.context)
                wanted[first:index] = [True] * (index - first)
        # The first sentences introduce the names.
        wanted[:2] = [any(hits)] * len(wanted[:2])
        return wanted
