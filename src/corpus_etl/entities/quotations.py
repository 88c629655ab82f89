"""Where a quotation began, for the words that name its speaker behind it."""

from __future__ import annotations

from bisect import bisect_right

from corpus_etl.language import AnalysedDocument, Sentence, Token

_PAIRS = {"»": "«", "”": "“"}
_STRAIGHT = '"'
_TAG = 60  # characters between the closing mark and the pronoun: « », a-t-il encore déclaré »
_LONGEST = 2500  # characters of a quotation


def quotation_opening(document: AnalysedDocument, token: Token, sentence: Sentence) -> tuple[int, int] | None:
    """Sentence and token index of the mark that opens the quotation which an inverted pronoun closes (« … », dit-il); null
    where the pronoun closes none."""
    if not token.text.startswith("-"):
        return None
    near = document.text[max(sentence.start, token.start - _TAG) : token.start]
    closing = max((near.rfind(mark) for mark in (*_PAIRS, _STRAIGHT)), default=-1)
    if closing < 0:
        return None
    end = token.start - len(near) + closing
    opened = document.text.rfind(_PAIRS.get(near[closing], _STRAIGHT), max(0, end - _LONGEST), end)
    if opened < 0:
        return None
    return _position(document, opened)


def _position(document: AnalysedDocument, offset: int) -> tuple[int, int]:
    """Sentence and token index of a character."""
    index = max(0, bisect_right(document.sentences, offset, key=lambda s: s.start) - 1)
    found = document.sentences[index]
    return found.index, sum(t.end <= offset for t in found.tokens)
