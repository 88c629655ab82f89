"""Folding of words for comparison: case, apostrophes, contractions. No knowledge of a language beyond a table."""

from collections.abc import Iterable
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-"})


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower case, one kind of apostrophe and hyphen, ligature œ written out."""
    return word.translate(_APOSTROPHES).lower().replace("œ", "oe")


def fold_all(words: Iterable[str]) -> frozenset[str]:
    """The folded words as a set."""
    return frozenset(map(fold, words))


def split_words(phrase: str) -> list[str]:
    """Words of a lexicon phrase: « jeter l'éponge » gives jeter, l', éponge. Lexical apostrophes stay: aujourd'hui."""
    words: list[str] = []
    for part in fold(phrase).split():
        head, mark, tail = part.partition("'")
        if mark and tail and len(head) <= 4 and head != "aujourd":
            words += [head + "'", tail]
        else:
            words.append(part)
    return words
