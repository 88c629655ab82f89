"""Where a quotation began, for the words that name its speaker behind it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus_etl.language import AnalysedDocument, Sentence, Token
from corpus_etl.language.quotations import Quotation

_TAG = 60  # characters between the closing mark and the pronoun: « », a-t-il encore déclaré »


def quotation_opening(
    document: AnalysedDocument, quotations: Sequence[Quotation], token: Token, sentence: Sentence
) -> tuple[int, int] | None:
    """Sentence and token index of the mark that opens the quotation which an inverted pronoun closes (« … », dit-il); null
    where the pronoun closes none. `quotations`: those of the document in order."""
    if not token.text.startswith("-"):
        return None
    last = bisect_right(quotations, token.start, key=lambda q: q.end) - 1
    if last < 0 or quotations[last].end < max(sentence.start, token.start - _TAG):
        return None
    return _position(document, quotations[last].start - 1)


def _position(document: AnalysedDocument, offset: int) -> tuple[int, int]:
    """Sentence and token index of a character."""
    index = max(0, bisect_right(document.sentences, offset, key=lambda s: s.start) - 1)
    found = document.sentences[index]
    return found.index, sum(t.end <= offset for t in found.tokens)
