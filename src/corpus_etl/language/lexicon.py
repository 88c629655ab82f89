"""The lexicon of inflected forms of a pack, and the lemma it allows a word.

Forms are kept as sorted bytes and looked up by bisection: 16 MB in memory where a dictionary of them takes ten times that.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np

_ACCENTS = {"e": "éèêë", "a": "àâ", "c": "ç", "i": "îï", "o": "ô", "u": "ùûü"}
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX"})


class FormLexicon:
    """Readings of forms: a bit mask of parts of speech and inflections, and lemmas by part of speech."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as kept:
            self._forms, self._class = kept["forms"], kept["form_class"]
            self._lemma_keys, self._lemma_ends = kept["lemmas"], kept["lemma_ends"]
            self._lemma_forms = kept["lemma_forms"]
            self._plain, self._plain_mask = kept["plain"], kept["plain_mask"]
            classes = json.loads(bytes(kept["classes"]).decode("utf-8"))
            self._known: dict[str, str] = json.loads(bytes(kept["known"]).decode("utf-8"))
        self._masks = [int(c[0]) for c in classes]
        self._lemmas: list[dict[str, list[str]]] = [c[1] for c in classes]

    @staticmethod
    def _find(keys: Any, word: str) -> int:
        raw = word.encode("utf-8")
        if not raw or len(raw) > keys.dtype.itemsize or raw[-1] == 0:
            return -1
        at = int(np.searchsorted(keys, np.bytes_(raw)))
        return at if at < len(keys) and keys[at] == raw else -1

    def mask(self, form: str) -> int:
        """Bits of the readings of `form` as written; 0 where it is unknown."""
        at = self._find(self._forms, form)
        return self._masks[self._class[at]] if at >= 0 else 0

    def plain_mask(self, form: str) -> int:
        """Bits of the forms that are `form` once their accents are lost."""
        at = self._find(self._plain, form)
        return int(self._plain_mask[at]) if at >= 0 else 0

    def lemmas(self, form: str, upos: str) -> list[str]:
        """Lemmas of `form` as `upos`, by the lexicon."""
        at = self._find(self._forms, form)
        if at < 0:
            return []
        return [apply_script(form, script) or form for script in self._lemmas[self._class[at]].get(upos, ())]

    def forms(self, lemma: str) -> list[str]:
        """All inflected forms of `lemma`; none where the lexicon lacks it."""
        at = self._find(self._lemma_keys, lemma)
        if at < 0:
            return []
        first = int(self._lemma_ends[at - 1]) if at else 0
        return [
            bytes(self._forms[i]).decode("utf-8") for i in self._lemma_forms[first : self._lemma_ends[at]]
        ]

    def lemma(self, form: str, upos: str, guess: str) -> str:
        """The lemma of `form`: what the treebanks say, else `guess` where the lexicon has it or lacks the form."""
        return self._lemma(form, upos, guess)

    @lru_cache(maxsize=65_536)  # noqa: B019  (one lexicon per process)
    def _lemma(self, form: str, upos: str, guess: str) -> str:
        low = form.lower()
        known = self._known.get(f"{low} {upos}")
        if known is not None:
            return known
        if low != form and not self.mask(low):
            restored = self._with_accents(low, upos)
            if restored:
                return restored
        if upos in _OPEN:
            allowed = self.lemmas(low, upos)
            if not allowed and upos == "AUX":
                allowed = self.lemmas(low, "VERB")
            if allowed and guess.lower() not in allowed:
                return allowed[0]
        return guess

    def _with_accents(self, low: str, upos: str) -> str | None:
        """Lemma of the form of which `low` is what capitals without accents leave; None where there is none."""
        if not self.plain_mask(low):
            return None
        for candidate in _accented(low):
            lemma = self._known.get(f"{candidate} {upos}")
            if lemma is not None:
                return lemma
            lemmas = self.lemmas(candidate, upos)
            if lemmas:
                return lemmas[0]
        return None


@cache
def form_lexicon(path: Path) -> FormLexicon:
    """The lexicon of a file, read once per process."""
    return FormLexicon(path)


def _accented(word: str) -> Iterator[str]:
    """`word` with one, two, three accents on its letters, the most usual ones first; at most some hundreds."""
    places = [i for i, c in enumerate(word) if c in _ACCENTS][:8]
    for count in (1, 2, 3):
        for chosen in combinations(places, count):
            for letters in product(*(_ACCENTS[word[i]] for i in chosen)):
                changed = list(word)
                for i, letter in zip(chosen, letters, strict=True):
                    changed[i] = letter
                yield "".join(changed)


def apply_script(form: str, script: str) -> str | None:
    """The lemma that an edit script makes of `form`: see `edit_script` of the training. None where it does not fit."""
    if script.startswith("="):
        return script[1:]
    base = form if script[0] == "k" else form.lower()
    count, _, ending = script[1:].partition("+")
    cut = int(count)
    if cut > len(base) or not (len(base) - cut or ending):
        return None
    return base[: len(base) - cut] + ending
