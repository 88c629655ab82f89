"""Tokens of crawled French: spaCy's rules for the language, and the breaks that crawling has glued."""

from typing import Any

from spacy.util import compile_infix_regex

_INFIXES = (
    # A stop glued to the next sentence: « IA.Un », « 2019.Depuis ».
    r"(?<=[a-zà-öø-ÿœ0-9»\)])[.!?…](?=[A-ZÀ-ÖØ-ÞŒ«])",
    r"(?<=[A-Z]{2})\.(?=[A-ZÀ-Þ][a-zà-öø-ÿ])",
    r"(?<=[a-zà-öø-ÿœ])[,;:](?=[A-Za-zÀ-ÿ])",
    r"[«»“”]",
)
_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def adapt_tokenizer(nlp: Any) -> None:
    """Add the infix rules of crawled text to the tokenizer of `nlp`."""
    infixes = [*nlp.Defaults.infixes, *_INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def normalise(text: str) -> str:
    """The form that the model sees: one kind of apostrophe and space. As many code points as `text`."""
    return text.translate(_SAME_LENGTH)
