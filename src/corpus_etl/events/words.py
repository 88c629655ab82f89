"""Folding of words for comparison: case, apostrophes, words of a phrase."""

from collections.abc import Iterable
from functools import lru_cache

from corpus_etl.language.tokenizer import tokenize

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-"})


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower case, one kind of apostrophe and hyphen, ligature œ written out."""
    return word.translate(_APOSTROPHES).lower().replace("œ", "oe")


def fold_all(words: Iterable[str]) -> frozenset[str]:
    """The folded words as a set."""
    return frozenset(map(fold, words))


@lru_cache(maxsize=65_536)
def _pieces(phrase: str, code: str) -> tuple[str, ...]:
    return tuple(fold(phrase[start:end]) for start, end in tokenize(phrase, code))


def split_words(phrase: str, code: str) -> list[str]:
    """Words of a lexicon phrase, folded, cut as the tokenizer cuts texts: « jeter l'éponge » gives jeter, l', éponge."""
    return list(_pieces(phrase, code))
