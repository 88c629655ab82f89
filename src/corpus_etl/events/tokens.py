"""What factuality and attribution ask of a token: its word as the cue files spell it, its relation without subtype."""

from __future__ import annotations

from corpus_etl.language import Token


def base(token: Token) -> str:
    """The relation of a token to its head without its subtype: `nsubj` of `nsubj:pass`."""
    return token.deprel.split(":", 1)[0]


def word_of(token: Token) -> str:
    """A token in lower case with one kind of apostrophe."""
    return token.text.lower().replace("’", "'").replace("‘", "'")
